"""A table of samples and what all views look at."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from playground.runtime.selection import Sample, Selection
from playground.ui.canvas.row_selection import RowFocus
from playground.ui.canvas.sample_model import Column
from playground.ui.canvas.sample_table import SampleTable
from playground.ui.core import theme


@pytest.fixture
def table(qtbot: QtBot, qapp: QApplication) -> SampleTable:
    theme.apply(qapp, "light")
    found = SampleTable("table")
    found.set_columns((Column("x", str),), 5)
    qtbot.addWidget(found)
    found.show()
    return found


def marked(table: SampleTable) -> list[int]:
    picture = table.viewport().grab().toImage()
    tops = [table.rowViewportPosition(row) + 2 for row in range(5)]
    mark = theme.color("accent_soft").name()
    return [row for row, top in enumerate(tops) if picture.pixelColor(2, top).name() == mark]


def test_a_click_makes_a_row_the_current_sample(qtbot: QtBot, table: SampleTable) -> None:
    focus = Selection()
    RowFocus(table, focus)
    place = table.visualRect(table.samples.index(3, 0)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert focus.sample == Sample("train", 3)
    assert marked(table) == [3]


def test_only_the_sample_of_the_part_in_the_table_is_marked(table: SampleTable) -> None:
    focus = Selection()
    rows = RowFocus(table, focus)
    assert marked(table) == [0]
    focus.set_sample(Sample("test", 2))
    assert marked(table) == []
    rows.set_part("test")
    assert marked(table) == [2]


def test_the_arrows_lead_from_the_current_sample_to_the_next(qtbot: QtBot, table: SampleTable) -> None:
    focus = Selection()
    RowFocus(table, focus)
    focus.set_sample(Sample("train", 2))
    qtbot.keyClick(table, Qt.Key.Key_Down)
    assert focus.sample == Sample("train", 3)
    qtbot.keyClick(table, Qt.Key.Key_Up)
    qtbot.keyClick(table, Qt.Key.Key_Up)
    assert marked(table) == [1]
    qtbot.keyClick(table, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(table, Qt.Key.Key_Down)
    assert focus.sample == Sample("train", 4)


def test_the_arrows_follow_the_order_that_is_seen(qtbot: QtBot, table: SampleTable) -> None:
    focus = Selection()
    RowFocus(table, focus)
    table.set_order(np.array([4, 0, 3]))
    qtbot.keyClick(table, Qt.Key.Key_Down)
    assert focus.sample == Sample("train", 3)
    focus.set_sample(Sample("train", 1))
    table.setCurrentIndex(table.samples.index(1, 0))
    qtbot.keyClick(table, Qt.Key.Key_Up)
    assert focus.sample == Sample("train", 4)
