"""A weight or a bias changed by hand in the diagram."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from playground.experiment.training.trainer import Trainer
from playground.ui.canvas.network_layout import Hit
from tests.ui.diagram.conftest import OpenStage, experiment

LINK = Hit("link", 1, 2, 1)


OUTPUT_BIAS = Hit("bias", 2, 0)


def test_a_click_on_a_link_edits_its_weight_and_training_goes_on_from_there(stage: OpenStage) -> None:
    it = stage()
    it.click(LINK)
    assert it.find(QWidget, "diagram_value_editor").isVisible()
    assert float(it.field.text()) == pytest.approx(float(it.weights[0][1, 2]))
    it.enter("-2.5e-1")
    assert not it.find(QWidget, "diagram_value_editor").isVisible()
    assert it.weights[0][1, 2] == -0.25
    it.step(10)
    trainer = Trainer(it.store.config)
    trainer.network.weights[0][1, 2] = -0.25
    trainer.set_parameters(trainer.network.copy_parameters())
    trainer.run(10)
    np.testing.assert_array_equal(it.weights[0], trainer.network.weights[0])


def test_an_edited_weight_is_undone_and_redone(stage: OpenStage) -> None:
    it = stage()
    before = it.weights[0]
    it.click(LINK)
    it.enter("7")
    it.store.undo()
    it.settle()
    np.testing.assert_array_equal(it.weights[0], before)
    it.store.redo()
    it.settle()
    assert it.weights[0][1, 2] == 7


def test_a_click_on_a_bias_edits_it(stage: OpenStage) -> None:
    it = stage(experiment("xor", [3]))
    it.click(OUTPUT_BIAS)
    it.enter("0,5")
    assert it.biases[1][0] == 0.5


def test_a_shared_bias_stays_shared(stage: OpenStage) -> None:
    it = stage(experiment("xor", [3], bias="layer"))
    it.click(Hit("bias", 1, 1))
    it.enter("1.5")
    assert it.biases[0].tolist() == [1.5, 1.5, 1.5]
    it.step(20)
    assert len(set(it.biases[0].tolist())) == 1


def test_nonsense_is_answered_with_a_sentence_and_escape_leaves(stage: OpenStage) -> None:
    it = stage()
    before = it.weights[0]
    it.click(LINK)
    it.enter("one")
    problem = it.find(QWidget, "diagram_value_problem")
    assert problem.isVisible()
    assert "“one” is not a number" in problem.text()
    it.qtbot.keyClick(it.field, Qt.Key.Key_Escape)
    assert not it.find(QWidget, "diagram_value_editor").isVisible()
    np.testing.assert_array_equal(it.weights[0], before)
    assert not it.store.can_undo


def test_escape_leaves_what_was_typed(stage: OpenStage) -> None:
    it = stage()
    it.click(LINK)
    it.field.selectAll()
    it.qtbot.keyClicks(it.field, "9")
    it.qtbot.keyClick(it.field, Qt.Key.Key_Escape)
    it.settle()
    assert not it.store.can_undo
    assert it.view.hasFocus()


def test_the_editor_lies_inside_the_panel(stage: OpenStage) -> None:
    it = stage(experiment("xor", [4]))
    for hit in (OUTPUT_BIAS, Hit("bias", 1, 3), Hit("link", 1, 0, 0)):
        it.click(hit)
        assert it.panel.rect().contains(it.find(QWidget, "diagram_value_editor").geometry())
        it.qtbot.keyClick(it.field, Qt.Key.Key_Escape)


def test_another_network_closes_the_editor(stage: OpenStage) -> None:
    it = stage()
    it.click(LINK)
    it.store.apply(experiment("xor", [2]))
    it.settle()
    assert not it.find(QWidget, "diagram_value_editor").isVisible()
