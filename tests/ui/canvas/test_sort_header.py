"""Sorting by a heading, with the mouse and with the keys."""

import numpy as np
from PySide6.QtCore import QPoint, Qt

from playground.experiment.config.presets import PRESETS
from playground.runtime.selection import Sample
from playground.ui.predictions.panel import PredictionsPanel
from tests.ui.bench import Bench
from tests.ui.conftest import PanelBench, experiment


def click_heading(stage: Bench, column: int) -> None:
    header = stage.panel.table.horizontalHeader()
    place = QPoint(header.sectionViewportPosition(column) + 8, header.height() // 2)
    stage.qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
    stage.settle()


def texts(stage: Bench, column: int) -> list[str]:
    model = stage.panel.table.model()
    return [model.data(model.index(row, column)) for row in range(model.rowCount())]


def numbers(stage: Bench, column: int) -> list[float]:
    return [float(text.replace("−", "-")) for text in texts(stage, column)]


def test_a_heading_sorts_up_down_and_back(panel_bench: PanelBench) -> None:
    stage = panel_bench(PredictionsPanel, experiment("spiral", [3]))
    before = texts(stage, 0)
    for column in (0, 3):
        click_heading(stage, column)
        assert numbers(stage, column) == sorted(numbers(stage, column))
        click_heading(stage, column)
        assert numbers(stage, column) == sorted(numbers(stage, column), reverse=True)
        click_heading(stage, column)
        assert texts(stage, 0) == before


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


def test_the_order_follows_the_outputs_while_the_network_learns(panel_bench: PanelBench) -> None:
    stage = panel_bench(PredictionsPanel, experiment("spiral", [3]))
    click_heading(stage, 3)
    first = texts(stage, 0)
    stage.step(200)
    assert numbers(stage, 3) == sorted(numbers(stage, 3))
    assert texts(stage, 0) != first


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


def test_a_click_in_a_sorted_table_means_the_sample_that_is_seen(panel_bench: PanelBench) -> None:
    stage = panel_bench(PredictionsPanel, experiment("spiral", [3]))
    click_heading(stage, 0)
    table = stage.panel.table
    place = table.visualRect(table.samples.index(2, 0)).center()
    stage.qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    raw = stage.session.info.data.raw_test[:, 0]
    assert stage.session.selection.sample == Sample("test", int(np.argsort(raw, kind="stable")[2]))
