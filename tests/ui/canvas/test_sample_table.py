"""A table of samples: what it works out, and the current sample of all views."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from playground.runtime.selection import Sample, Selection
from playground.ui.canvas.sample_table import Column, SampleTable
from playground.ui.core import theme


@pytest.fixture
def selection() -> Selection:
    return Selection()


@pytest.fixture
def table(qtbot: QtBot, qapp: QApplication, selection: Selection) -> SampleTable:
    theme.apply(qapp, "light")
    found = SampleTable("table", selection)
    found.set_columns((Column("x", str),), 5)
    qtbot.addWidget(found)
    found.show()
    return found


def marked(table: SampleTable) -> list[int]:
    picture = table.viewport().grab().toImage()
    tops = [table.rowViewportPosition(row) + 2 for row in range(5)]
    mark = theme.color("accent_soft").name()
    return [row for row, top in enumerate(tops) if picture.pixelColor(2, top).name() == mark]


def test_a_click_makes_a_row_the_current_sample(qtbot: QtBot, table: SampleTable, selection: Selection) -> None:
    place = table.visualRect(table.samples.index(3, 0)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert selection.sample == Sample("train", 3)
    assert marked(table) == [3]


def test_only_the_sample_of_the_part_in_the_table_is_marked(table: SampleTable, selection: Selection) -> None:
    assert marked(table) == [0]
    selection.set_sample(Sample("test", 2))
    assert marked(table) == []
    table.set_part("test")
    assert marked(table) == [2]


def test_the_arrows_lead_from_the_current_sample_to_the_next(
    qtbot: QtBot, table: SampleTable, selection: Selection
) -> None:
    selection.set_sample(Sample("train", 2))
    qtbot.keyClick(table, Qt.Key.Key_Down)
    assert selection.sample == Sample("train", 3)
    qtbot.keyClick(table, Qt.Key.Key_Up)
    qtbot.keyClick(table, Qt.Key.Key_Up)
    assert marked(table) == [1]
    qtbot.keyClick(table, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(table, Qt.Key.Key_Down)
    assert selection.sample == Sample("train", 4)


def test_the_arrows_follow_the_order_that_is_seen(qtbot: QtBot, table: SampleTable, selection: Selection) -> None:
    table.samples.set_rows(np.array([4, 0, 3]))
    qtbot.keyClick(table, Qt.Key.Key_Down)
    assert selection.sample == Sample("train", 3)
    selection.set_sample(Sample("train", 1))
    table.setCurrentIndex(table.samples.index(1, 0))
    qtbot.keyClick(table, Qt.Key.Key_Up)
    assert selection.sample == Sample("train", 4)


def test_the_table_works_out_only_what_is_in_sight(qtbot: QtBot) -> None:
    asked: set[int] = set()

    def text(row: int) -> str:
        asked.add(row)
        return str(row)

    table = SampleTable("table", Selection())
    qtbot.addWidget(table)
    table.resize(300, 200)
    table.set_columns((Column("n", text),), 10_000)
    with qtbot.waitExposed(table):
        table.show()
    table.grab()
    assert table.samples.rowCount() == 10_000
    assert len(asked) < 60
    table.scrollToBottom()
    table.grab()
    assert 9_999 in asked
    first, count = table.visible_rows()
    assert first + count == 10_000


def test_live_columns_show_what_is_so_now(qtbot: QtBot) -> None:
    outputs = ["0.1"]
    table = SampleTable("table", Selection())
    qtbot.addWidget(table)
    verdict = Column("", lambda _row: "✓", live=True, verdict=lambda _row: True)
    table.set_columns((Column("output", lambda row: outputs[row], live=True), verdict), 1, ("Alice",))
    model = table.model()
    assert model.data(model.index(0, 0)) == "0.1"
    outputs[0] = "0.9"
    assert model.data(model.index(0, 0)) == "0.9"
    assert model.data(model.index(0, 1), Qt.ItemDataRole.ForegroundRole).name() == theme.current().good
    assert model.headerData(0, Qt.Orientation.Vertical) == "Alice"


def test_a_table_shows_some_rows_in_any_order(qtbot: QtBot) -> None:
    table = SampleTable("table", Selection(), sortable=True)
    qtbot.addWidget(table)
    table.set_columns((Column("x", str),), 6)
    model = table.model()
    for order in ([5, 1], [2], [0, 3, 4, 1], None):
        table.samples.set_rows(None if order is None else np.array(order))
        expected = list(range(6)) if order is None else order
        assert model.rowCount() == len(expected)
        assert [model.data(model.index(row, 0)) for row in range(len(expected))] == [str(k) for k in expected]
        assert model.headerData(0, Qt.Orientation.Vertical) == str(expected[0] + 1)
