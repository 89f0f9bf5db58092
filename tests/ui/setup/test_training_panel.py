from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QToolButton, QWidget

from playground.experiment.config import edits
from playground.experiment.config.schema import StopConfig
from playground.ui.setup.training_panel import TrainingPanel
from tests.ui.bench import Bench

PANEL = TrainingPanel


def test_a_typed_rate_is_applied_and_undone_and_nonsense_is_answered(bench: Bench) -> None:
    for nonsense in ("fast", "-1"):
        field = bench.type("learning_rate", nonsense)
        assert bench.config.training.learning_rate == 0.1
        assert field.property("problem") is True
        complaints = [label.text() for label in bench.panel.findChildren(QLabel) if label.property("role") == "problem"]
        assert any(text.endswith(".") for text in complaints)
        assert not bench.store.can_undo
    bench.type("learning_rate", "0.03")
    assert field.property("problem") is False
    assert bench.config.training.learning_rate == 0.03
    bench.store.undo()
    assert field.text() == "0.1"
    bench.store.redo()
    assert field.text() == "0.03"


def test_an_empty_batch_means_all_rows(bench: Bench) -> None:
    bench.wait_for_run()
    field = bench.type("batch_size", "2")
    assert bench.config.training.batch_size == 2
    bench.qtbot.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    bench.qtbot.keyClick(field, Qt.Key.Key_Delete)
    bench.qtbot.keyClick(field, Qt.Key.Key_Return)
    assert bench.config.training.batch_size is None
    assert field.placeholderText() == "all"


def test_choosing_an_optimizer_brings_its_constants(bench: Bench) -> None:
    assert bench.panel.findChild(QWidget, "optimizer_beta1") is None
    bench.choose("optimizer", "adam")
    assert bench.config.training.optimizer.name == "adam"
    bench.type("optimizer_beta1", "0.8")
    assert bench.config.training.optimizer["beta1"] == 0.8
    bench.type("optimizer_beta1", "1.5")
    assert bench.config.training.optimizer["beta1"] == 0.8
    bench.store.undo()
    assert bench.find(QLineEdit, "optimizer_beta1").text() == "0.9"


def test_every_control_has_a_sentence_which_says_whether_it_starts_the_run_again(bench: Bench) -> None:
    controls = [it for it in bench.panel.findChildren(QWidget) if isinstance(it, QLineEdit | QComboBox)]
    assert len(controls) == 15
    for control in controls:
        assert control.objectName()
        assert control.accessibleName()
        assert control.toolTip().rstrip().endswith(".")
    bench.choose("optimizer", "momentum")
    live = ("learning_rate", "batch_size", "l1", "l2", "stop_steps", "stop_accuracy_above", "optimizer_momentum")
    for name in live:
        assert "again" not in bench.find(QLineEdit, name).toolTip()
    for name in ("seed", "optimizer", "gradient", "sampling", "precision"):
        assert "again" in bench.find(QWidget, name).toolTip()


def test_a_live_change_keeps_the_run_and_another_seed_begins_a_new_one(bench: Bench) -> None:
    bench.wait_for_run()
    runs: list[object] = []
    bench.session.run_started.connect(runs.append)
    bench.type("learning_rate", "0.5")
    bench.session.step(3)
    bench.qtbot.waitUntil(lambda: bench.session.step_count == 3)
    assert runs == []
    bench.click("new_seed")
    assert bench.config.seed != 42
    bench.qtbot.waitUntil(lambda: len(runs) == 1)
    assert bench.find(QLineEdit, "seed").text() == str(bench.config.seed)


def test_more_opens_the_advanced_rows_by_keyboard(bench: Bench) -> None:
    l2 = bench.find(QLineEdit, "l2")
    assert not l2.isVisible()
    button = bench.find(QToolButton, "training_more")
    button.setFocus()
    bench.qtbot.keyClick(button, Qt.Key.Key_Space)
    assert l2.isVisible()
    bench.type("l2", "0.001")
    assert bench.config.training.l2 == 0.001
    bench.choose("update", "layerwise")
    bench.choose("gradient", "numerical")  # which takes the layerwise update away
    assert bench.config.training.gradient == "numerical"
    assert bench.find(QComboBox, "update").currentData() == "together"
    bench.type("stop_steps", "500")
    bench.type("stop_accuracy_above", "0.95")
    assert bench.config.training.stop.steps == 500
    assert bench.config.training.stop.accuracy_above == 0.95
    bench.type("stop_accuracy_above", "95")
    assert bench.config.training.stop.accuracy_above == 0.95
    bench.store.apply(edits.change(bench.config, "training.stop", StopConfig()))
    assert bench.find(QLineEdit, "stop_steps").text() == ""
