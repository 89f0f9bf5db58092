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


def test_the_confusion_counts_and_a_click_on_a_cell_opens_its_samples(panel_bench: PanelBench) -> None:
    stage = panel_bench(PredictionsPanel, DIGITS)
    stage.step(60)
    stage.click("predictions_view_confusion")
    expected, gallery, page = classifications(stage), stage.panel.gallery, stage.panel.confusion
    counts = expected.confusion()
    np.testing.assert_array_equal(page.matrix.values, counts)
    np.testing.assert_allclose(page.bars.values, expected.accuracies())
    right = len(expected) - len(expected.mistakes)
    assert note(stage).startswith(f"{right:,} of {len(expected):,} right")
    assert page.bars.accessibleName()
    true, found = divmod(int((counts * (1 - np.eye(10, dtype=int))).argmax()), 10)
    click_cell(stage, true, found)
    names = stage.session.info.data.dataset.class_names
    assert gallery.isVisible()
    assert gallery.count == min(LIST_PAGE, counts[true, found])
    assert all(caption.startswith(f"{names[found]} ({names[true]}) ") for caption in gallery.captions)
    stage.click("predictions_back")
    assert page.isVisible()
    click_cell(stage, true, found)
    stage.click("predictions_view_confusion")
    assert page.isVisible()
    true, found = map(int, np.argwhere(counts == 0)[0])
    click_cell(stage, true, found)
    assert stage.panel.reason.isVisible()
    assert stage.panel.reason.text() == f"No sample of class {true} is predicted as {found}."
    stage.click("predictions_view_confusion")
    stage.click("predictions_part_train")
    assert page.matrix.values.sum() == len(stage.session.info.data.x_train)


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
