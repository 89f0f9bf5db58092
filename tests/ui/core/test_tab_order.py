"""The order of the Tab key: what lies in layouts comes as the eye reads it, and nothing of a layout is held on to."""

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLayoutItem, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import Shiboken

from playground.ui.core.tab_order import in_reading_order


def nested(qtbot: QtBot) -> tuple[QWidget, list[QPushButton]]:
    window = QWidget()
    qtbot.addWidget(window)
    buttons = [QPushButton(str(k), window) for k in range(7)]
    column, row, grid = QVBoxLayout(window), QHBoxLayout(), QGridLayout()
    row.addWidget(buttons[1])
    row.addStretch(1)
    row.addWidget(buttons[0])
    column.addLayout(row)
    column.addWidget(buttons[4])
    grid.addWidget(buttons[3], 1, 0)
    grid.addWidget(buttons[2], 0, 0)
    column.addLayout(grid)
    column.insertWidget(0, buttons[6])
    with qtbot.waitExposed(window):
        window.show()
    return window, buttons


def items() -> list[QLayoutItem]:
    return [it for it in Shiboken.getAllValidWrappers() if type(it).__name__ in ("QWidgetItem", "QLayoutItem")]


def test_tab_follows_the_layouts_within_layouts_and_then_what_lies_in_none(qtbot: QtBot) -> None:
    window, _buttons = nested(qtbot)
    assert [it.text() for it in in_reading_order(window) if isinstance(it, QPushButton)] == list("6104325")


def test_no_item_of_a_layout_outlives_its_widget_in_python(qtbot: QtBot) -> None:
    window, buttons = nested(qtbot)
    before = len(items())
    stops = list(in_reading_order(window))
    assert len(stops) == len(buttons)
    buttons[4].deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert len(items()) == before
