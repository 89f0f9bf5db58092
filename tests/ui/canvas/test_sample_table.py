"""A table of samples: what it works out, and the current sample of all views."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from playground.experiment.config.presets import PRESETS
from playground.runtime.selection import Sample, Selection
from playground.ui.canvas.sample_table import Column, SampleTable
from playground.ui.core import theme
from playground.ui.predictions.panel import PredictionsPanel
from tests.ui.bench import Bench
from tests.ui.conftest import PanelBench, experiment
from tests.ui.predictions.conftest import click_heading, texts


@pytest.fixture
def selection() -> Selection:
    return Selection()


@pytest.fixture
def table(qtbot: QtBot, selection: Selection) -> SampleTable:
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
    selection.set_sample(Sample("test", 2))  # of the other part
    assert marked(table) == []
    table.set_part("test")
    assert marked(table) == [2]


def test_of_a_long_heading_the_beginning_is_seen(table: SampleTable) -> None:
    seen = []
    for end in ("this", "that"):
        table.set_columns((Column(f"the name of a column that goes on and on and on to {end}", str),), 5)
        seen.append(table.headings.viewport().grab().toImage())
    assert seen[0] == seen[1]


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
    table.samples.set_rows(np.array([4, 0, 3]))  # and follow the order that is seen
    qtbot.keyClick(table, Qt.Key.Key_Down)
    assert selection.sample == Sample("train", 0)
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
    verdict = Column("", lambda _row: "✓", verdict=lambda _row: True)
    table.set_columns((Column("output", lambda row: outputs[row]), verdict), 1, ("Alice",))
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


def numbers(stage: Bench, column: int) -> list[float]:
    return [float(text.replace("−", "-")) for text in texts(stage, column)]


def test_a_heading_sorts_up_down_and_back_and_a_click_means_the_sample_that_is_seen(panel_bench: PanelBench) -> None:
    stage = panel_bench(PredictionsPanel, experiment("spiral", [3]))
    table, before = stage.panel.table, texts(stage, 0)
    for column in (0, 3):
        click_heading(stage, column)
        assert numbers(stage, column) == sorted(numbers(stage, column))
        click_heading(stage, column)
        assert numbers(stage, column) == sorted(numbers(stage, column), reverse=True)
        click_heading(stage, column)
        assert texts(stage, 0) == before
    click_heading(stage, 0)
    place = table.visualRect(table.samples.index(2, 0)).center()
    stage.qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    raw = stage.session.info.data.raw_test[:, 0]
    assert stage.session.selection.sample == Sample("test", int(np.argsort(raw, kind="stable")[2]))
    click_heading(stage, 3)
    first = texts(stage, 0)
    stage.step(200)  # the order follows the outputs
    assert numbers(stage, 3) == sorted(numbers(stage, 3))
    assert texts(stage, 0) != first


def test_the_keys_sort_by_a_heading_up_down_and_back(panel_bench: PanelBench) -> None:
    stage = panel_bench(PredictionsPanel, experiment("spiral", [3]))
    headings, before = stage.panel.table.headings, texts(stage, 0)
    headings.setFocus(Qt.FocusReason.TabFocusReason)
    for _press in range(3):
        stage.qtbot.keyClick(headings, Qt.Key.Key_Right)
    assert headings.cursor_column == 3
    assert headings.accessibleDescription() == "output"
    stage.qtbot.keyClick(headings, Qt.Key.Key_Return)
    stage.settle()
    assert numbers(stage, 3) == sorted(numbers(stage, 3))
    assert headings.accessibleDescription() == "output, sorted from small to large"
    stage.qtbot.keyClick(headings, Qt.Key.Key_Space)
    stage.settle()
    assert numbers(stage, 3) == sorted(numbers(stage, 3), reverse=True)
    assert headings.accessibleDescription() == "output, sorted from large to small"
    stage.qtbot.keyClick(headings, Qt.Key.Key_Return)
    stage.settle()
    assert texts(stage, 0) == before
    for _press in range(9):
        stage.qtbot.keyClick(headings, Qt.Key.Key_Right)
    assert headings.cursor_column == 4
    assert headings.accessibleDescription() == "right or wrong"


def test_errors_are_sorted_by_their_size(panel_bench: PanelBench) -> None:
    stage = panel_bench(PredictionsPanel, experiment("sine", [4], "linear"))
    click_heading(stage, 3)
    click_heading(stage, 3)
    sizes = np.abs(numbers(stage, 3))
    assert (np.diff(sizes) <= 1e-3).all()
    assert sizes[0] > sizes[-1]


def test_rows_keep_their_names_when_they_are_sorted(panel_bench: PanelBench) -> None:
    stage = panel_bench(PredictionsPanel, PRESETS["height-weight"].config)
    model = stage.panel.table.model()
    named = {texts(stage, 0)[row]: model.headerData(row, Qt.Orientation.Vertical) for row in range(4)}
    click_heading(stage, 0)
    assert {texts(stage, 0)[row]: model.headerData(row, Qt.Orientation.Vertical) for row in range(4)} == named
