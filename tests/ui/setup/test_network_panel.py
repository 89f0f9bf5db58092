from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel

from playground.experiment.config import edits
from playground.ui.setup.network_panel import NetworkPanel
from tests.ui.bench import Bench

PANEL = NetworkPanel


def is_offered(bench: Bench, name: str, key: str) -> bool:
    combo = bench.find(QComboBox, name)
    combo.showPopup()
    combo.hidePopup()
    model = combo.model()
    return bool(model.item(combo.findData(key)).isEnabled())


def reason(bench: Bench, name: str, key: str) -> str:
    combo = bench.find(QComboBox, name)
    return str(combo.itemData(combo.findData(key), Qt.ItemDataRole.ToolTipRole))


def test_a_choice_is_applied_and_undone(bench: Bench) -> None:
    bench.choose("activation", "tanh")
    assert bench.config.network.activation == "tanh"
    bench.choose("bias", "layer")
    assert bench.config.network.bias == "layer"
    bench.store.undo()
    bench.store.undo()
    assert bench.config.network.activation == "sigmoid"
    assert bench.find(QComboBox, "activation").currentData() == "sigmoid"
    assert bench.find(QComboBox, "bias").currentData() == "unit"


def test_an_impossible_loss_is_disabled_and_says_why(bench: Bench) -> None:
    assert is_offered(bench, "loss", "cross-entropy")
    bench.choose("output", "tanh")
    assert bench.config.network.output == "tanh"
    assert not is_offered(bench, "loss", "cross-entropy")
    assert "sigmoid or softmax" in reason(bench, "loss", "cross-entropy")
    bench.choose("loss", "cross-entropy")
    assert bench.config.training.loss != "cross-entropy"
    bench.find(QComboBox, "loss").activated.emit(bench.find(QComboBox, "loss").findData("cross-entropy"))
    assert bench.config.training.loss != "cross-entropy"
    problem = next(it for it in bench.panel.findChildren(QLabel) if it.property("role") == "problem" and it.isVisible())
    assert problem.text() == "Cross-entropy needs a sigmoid or softmax output, not Tanh."
    bench.choose("output", "sigmoid")
    assert not problem.isVisible()
    assert is_offered(bench, "loss", "cross-entropy")


def test_softmax_and_cross_entropy_are_not_offered_for_numbers_to_predict(bench: Bench) -> None:
    bench.store.apply(edits.set_data(bench.config, "plane"))
    assert not is_offered(bench, "output", "softmax")
    assert not is_offered(bench, "loss", "cross-entropy")
    assert "numbers" in reason(bench, "output", "softmax")


def test_the_shape_is_in_the_header(bench: Bench) -> None:
    bench.wait_for_run()
    shape = bench.find(QLabel, "network_shape")
    assert shape.text() == "2 – 4 – 1"
    bench.click("add_layer")
    assert shape.text() == "2 – 4 – 4 – 1"
