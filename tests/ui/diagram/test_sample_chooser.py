"""The sample whose numbers the diagram shows."""

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from playground.runtime.selection import Sample
from tests.ui.diagram.conftest import OpenStage, experiment


def test_the_sample_is_chosen_with_buttons_and_a_number(stage: OpenStage) -> None:
    it = stage()
    assert not it.find(QWidget, "sample_previous").isEnabled()
    it.push("sample_next")
    it.push("sample_next")
    assert it.session.selection.sample == Sample("train", 2)
    it.push("sample_previous")
    np.testing.assert_array_equal(it.view.scene.values[0], it.session.info.data.x_train[1])
    number = it.find(QWidget, "sample_number")
    number.selectAll()
    it.qtbot.keyClicks(number, "4")
    it.qtbot.keyClick(number, Qt.Key.Key_Return)
    assert it.session.selection.sample.row == 3
    assert not it.find(QWidget, "sample_next").isEnabled()


def test_a_sample_that_other_data_do_not_have_is_given_up(stage: OpenStage) -> None:
    it = stage(experiment("circle", [3]))
    it.session.selection.set_sample(Sample("train", 100))
    it.store.apply(experiment("xor", [3]))
    it.settle()
    assert it.session.selection.sample == Sample("train", 0)
