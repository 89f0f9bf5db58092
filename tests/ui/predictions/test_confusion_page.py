"""The confusion matrix, whose cells open their samples."""

import numpy as np
from PySide6.QtCore import Qt

from playground.ui.predictions.panel import LIST_PAGE, PredictionsPanel
from tests.ui.bench import Bench
from tests.ui.conftest import PanelBench
from tests.ui.predictions.conftest import DIGITS, classifications, note


def click_cell(stage: Bench, true: int, found: int) -> None:
    matrix = stage.panel.confusion.matrix
    place = matrix.grid().box(true * len(matrix.values) + found).center().toPoint()
    stage.qtbot.mouseClick(matrix, Qt.MouseButton.LeftButton, pos=place)
    stage.settle()


def test_the_confusion_counts_and_the_bars_say_how_many_of_each_class_are_right(panel_bench: PanelBench) -> None:
    stage = panel_bench(PredictionsPanel, DIGITS)
    stage.step(40)
    stage.click("predictions_view_confusion")
    expected = classifications(stage)
    np.testing.assert_array_equal(stage.panel.confusion.matrix.values, expected.confusion())
    np.testing.assert_allclose(stage.panel.confusion.bars.values, expected.accuracies())
    right = len(expected) - len(expected.mistakes)
    assert note(stage).startswith(f"{right:,} of {len(expected):,} right")
    assert stage.panel.confusion.bars.accessibleName()


def test_a_cell_opens_its_samples_and_the_matrix_can_be_returned_to(panel_bench: PanelBench) -> None:
    stage = panel_bench(PredictionsPanel, DIGITS)
    stage.step(40)
    stage.click("predictions_view_confusion")
    expected = classifications(stage)
    wrong = expected.confusion() * (1 - np.eye(10, dtype=int))
    true, found = divmod(int(wrong.argmax()), 10)
    click_cell(stage, true, found)
    names = stage.session.info.data.dataset.class_names
    assert stage.panel.gallery.isVisible()
    assert stage.panel.gallery.count == min(LIST_PAGE, wrong.max())
    assert all(caption.startswith(f"{names[found]} ({names[true]}) ") for caption in stage.panel.gallery.captions)
    stage.click("predictions_back")
    assert stage.panel.confusion.isVisible()
    click_cell(stage, true, found)
    stage.click("predictions_view_confusion")
    assert stage.panel.confusion.isVisible()


def test_the_keyboard_walks_to_a_cell_and_enter_opens_it(panel_bench: PanelBench) -> None:
    stage = panel_bench(PredictionsPanel, DIGITS)
    stage.step(40)
    stage.click("predictions_view_confusion")
    matrix = stage.panel.confusion.matrix
    matrix.setFocus()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Left):
        stage.qtbot.keyClick(matrix, key)
    assert matrix.current == 11
    assert matrix.accessibleDescription().startswith("true class 1, output 1")
    stage.qtbot.keyClick(matrix, Qt.Key.Key_Return)
    stage.settle()
    assert stage.panel.cell == (1, 1)
    assert not any(stage.panel.gallery.wrong)


def test_an_empty_cell_says_so(panel_bench: PanelBench) -> None:
    stage = panel_bench(PredictionsPanel, DIGITS)
    stage.step(60)
    stage.click("predictions_view_confusion")
    true, found = map(int, np.argwhere(classifications(stage).confusion() == 0)[0])
    click_cell(stage, true, found)
    assert stage.panel.reason.isVisible()
    assert stage.panel.reason.text() == f"No sample of class {true} is predicted as {found}."
