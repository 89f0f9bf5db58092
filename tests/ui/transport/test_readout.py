from pytestqt.qtbot import QtBot

from playground.ui.transport.panel import Readout


def test_a_readout_is_as_wide_for_every_number(qtbot: QtBot) -> None:
    readout = Readout("steps", "9,999,999")
    qtbot.addWidget(readout)
    readout.set_text("Steps")
    width = readout.sizeHint().width()
    for number in ("1", "1,234,567"):
        readout.set_number(number)
        assert readout.number() == number
        assert readout.sizeHint().width() == width
