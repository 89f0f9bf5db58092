"""The diagram on its bench, for all tests of its parts."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget

from playground.experiment.config import schema as configs
from playground.experiment.config.presets import PRESETS
from playground.experiment.config.schema import ExperimentConfig
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
        return [weight.copy() for weight in self.view.scene.weights]

    @property
    def biases(self) -> list[Any]:
        return [bias.copy() for bias in self.view.scene.biases]


OpenStage = Callable[..., Stage]


@pytest.fixture
def stage(panel_bench: PanelBench) -> OpenStage:
    return lambda config=PRESETS["and-gate"].config: panel_bench(
        NetworkDiagramPanel, config, size=(700, 420), bench=Stage
    )
