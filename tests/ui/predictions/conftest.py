"""The predictions on their bench: what is said, and what the same run gives."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel

from playground.experiment.config.schema import ExperimentConfig
from playground.experiment.probes.classification import ClassificationProbe, Classifications
from playground.experiment.training.trainer import Trainer
from tests.ui.bench import Bench
from tests.ui.conftest import experiment

DIGITS: ExperimentConfig = experiment("digits", [8], "softmax", batch_size=50, learning_rate=0.5)


def click_heading(stage: Bench, column: int) -> None:
    header = stage.panel.table.horizontalHeader()
    place = QPoint(header.sectionViewportPosition(column) + 8, header.height() // 2)
    stage.qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
    stage.settle()


def texts(stage: Bench, column: int) -> list[str]:
    model = stage.panel.table.model()
    return [model.data(model.index(row, column)) for row in range(model.rowCount())]


def note(stage: Bench) -> str:
    label = stage.card.findChild(QLabel, "predictions_note")
    return label.text()


def classifications(stage: Bench) -> Classifications:
    trainer = Trainer(stage.panel.store.config)
    trainer.run(stage.session.step_count)
    result = ClassificationProbe(stage.panel.part).compute(trainer)
    assert result.classifications is not None
    return result.classifications
