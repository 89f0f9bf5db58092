"""A weight or a bias changed by hand in the diagram."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from playground.experiment.config import schema as configs
from playground.experiment.config.presets import PRESETS
from playground.experiment.config.schema import ExperimentConfig
from playground.experiment.training.trainer import Trainer
from playground.ui.canvas.network_layout import Hit
from playground.ui.diagram.network_view import NetworkView
from playground.ui.diagram.panel import NetworkDiagramPanel
from tests.ui.bench import Bench
from tests.ui.conftest import PanelBench


def experiment(data: str, hidden: list[int], output: str = "sigmoid", **network: Any) -> ExperimentConfig:
    loss = {"loss": "cross-entropy"} if output == "softmax" else {}
    part = {"hidden": hidden, "activation": "tanh", "output": output, **network}
    return configs.from_builtins({"data": {"name": data}, "network": part, "training": loss})


class Stage(Bench):
    """The panel on its bench, and hands for its picture."""

    @property
    def view(self) -> NetworkView:
        return self.panel.view

    def place(self, hit: Hit) -> QPoint:
        layout = self.view.layout_
        assert layout is not None
        if hit.kind == "link":  # where no other crosses it
            points = layout.links[hit.layer - 1].points[layout.link(hit)]
            return next(place for place in (QPointF(*at).toPoint() for at in points) if self.view.hit(place) == hit)
        centre = layout.centre(hit)
        assert centre is not None, hit
        if hit.kind == "unit":  # beside the values and the bias
            centre -= QPointF(2, 2)
        return centre.toPoint()

    def hover(self, hit: Hit) -> str:
        QTest.mouseMove(self.view, QPoint(1, 1))  # a mouse that is there already does not move
        QTest.mouseMove(self.view, self.place(hit))
        self.qtbot.waitUntil(lambda: self.view.pointed == hit)
        self.settle()
        return self.view.describe(QPointF(self.place(hit))).replace("\u00a0", " ")

    def click(self, hit: Hit) -> None:
        self.qtbot.mouseClick(self.view, Qt.MouseButton.LeftButton, pos=self.place(hit))
        self.settle()

    def press(self, *keys: Qt.Key) -> None:
        for key in keys:
            self.qtbot.keyClick(self.view, key)

    def push(self, name: str) -> None:
        assert self.find(QWidget, name).isVisible(), name
        self.qtbot.mouseClick(self.find(QWidget, name), Qt.MouseButton.LeftButton)
        self.settle()

    @property
    def field(self) -> QLineEdit:
        return self.find(QLineEdit, "diagram_value")

    def enter(self, text: str) -> None:
        self.field.selectAll()
        self.qtbot.keyClicks(self.field, text)
        self.qtbot.keyClick(self.field, Qt.Key.Key_Return)
        self.settle()

    @property
    def weights(self) -> list[Any]:
        assert self.view.scene is not None
        return [weight.copy() for weight in self.view.scene.weights]

    @property
    def biases(self) -> list[Any]:
        assert self.view.scene is not None
        return [bias.copy() for bias in self.view.scene.biases]


OpenStage = Callable[..., Stage]


@pytest.fixture
def stage(panel_bench: PanelBench) -> OpenStage:
    return lambda config=PRESETS["and-gate"].config: panel_bench(
        NetworkDiagramPanel, config, size=(700, 420), bench=Stage
    )


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
    assert isinstance(problem, QLabel)
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
