"""The order of the Tab key: what was put into layouts first comes first."""

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from playground.ui.core.tab_order import focus_next, in_reading_order


def test_tab_follows_the_layouts_whatever_was_made_first(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    buttons = [QPushButton(str(k)) for k in range(5)]
    column, row = QVBoxLayout(window), QHBoxLayout()
    column.addWidget(buttons[4])
    row.addWidget(buttons[1])
    row.addWidget(buttons[0])
    column.addLayout(row)
    column.addWidget(buttons[2])
    column.addWidget(buttons[3])
    buttons[3].setEnabled(False)
    with qtbot.waitExposed(window):
        window.show()
    stops = in_reading_order(window)
    assert [stop.text() for stop in stops if isinstance(stop, QPushButton)] == list("4102")
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    assert focus_next(stops, buttons[2], forward=True)
    assert buttons[4].hasFocus()
    assert focus_next(stops, buttons[4], forward=False)
    assert buttons[2].hasFocus()
