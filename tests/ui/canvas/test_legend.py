"""The key to the colours of a plot."""

from pytestqt.qtbot import QtBot

from playground.ui.canvas.legend import Legend


def test_it_shows_its_words_as_they_are_and_can_be_read_aloud(qtbot: QtBot) -> None:
    legend = Legend("key")
    qtbot.addWidget(legend)
    legend.set_entries((("accent", "train"), ("#e67e22", "<test>")), "Losses")
    assert legend.accessibleName() == "train, <test>"
    assert "&lt;test&gt;" in legend.text()
    assert legend.toolTip() == "Losses"
