import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton, QWidget

from playground.engine.network import Network
from playground.experiment.config import edits
from playground.experiment.config.schema import ExperimentConfig, InitialChoice
from playground.ui.canvas.histogram import BINS, Histogram, counts
from playground.ui.setup.network_panel import NetworkPanel
from tests.ui.bench import Bench
from tests.ui.conftest import PanelBench


@pytest.fixture
def bench(panel_bench: PanelBench) -> Bench:
    return panel_bench(NetworkPanel, ExperimentConfig(), size=(292, 700))


def is_offered(bench: Bench, name: str, key: str) -> bool:
    combo = bench.find(QComboBox, name)
    combo.showPopup()
    combo.hidePopup()
    model = combo.model()
    assert isinstance(model, QStandardItemModel)
    return bool(model.item(combo.findData(key)).isEnabled())


def reason(bench: Bench, name: str, key: str) -> str:
    combo = bench.find(QComboBox, name)
    return str(combo.itemData(combo.findData(key), Qt.ItemDataRole.ToolTipRole))


def test_layers_are_added_removed_and_resized(bench: Bench) -> None:
    bench.click("add_layer")
    assert bench.config.network.hidden == (4, 4)
    bench.type("hidden_layer_2", "3")
    assert bench.config.network.hidden == (4, 3)
    field = bench.find(QLineEdit, "hidden_layer_1")
    field.setFocus()
    bench.qtbot.keyClick(field, Qt.Key.Key_Up)
    bench.qtbot.keyClick(field, Qt.Key.Key_Up)
    assert bench.config.network.hidden == (6, 3)
    bench.store.undo()
    assert field.text() == "4"
    bench.click("remove_layer")
    bench.click("remove_layer")
    assert bench.config.network.hidden == ()
    assert not bench.find(QWidget, "remove_layer").isEnabled()
    assert not bench.find(QComboBox, "activation").isEnabled()


def test_sixteen_layers_are_the_most(bench: Bench) -> None:
    bench.store.apply(edits.set_hidden(bench.config, (2,) * 15))
    bench.click("add_layer")
    assert bench.config.network.hidden == (2,) * 16
    assert not bench.find(QWidget, "add_layer").isEnabled()
    fields = [bench.find(QLineEdit, f"hidden_layer_{k}") for k in range(1, 17)]
    bench.qtbot.waitUntil(lambda: all(field.isVisible() for field in fields))
    centres = [field.mapTo(bench.panel, field.rect().center()) for field in fields]
    assert all(bench.panel.rect().contains(centre) for centre in centres)
    assert len({(centre.x(), centre.y()) for centre in centres}) == 16


@pytest.mark.parametrize("nonsense", ["0", "10001", "2.5", "many", ""])
def test_an_impossible_number_of_units_is_refused(bench: Bench, nonsense: str) -> None:
    field = bench.find(QLineEdit, "hidden_layer_1")
    bench.qtbot.mouseClick(field, Qt.MouseButton.LeftButton)
    field.selectAll()
    bench.qtbot.keyClick(field, Qt.Key.Key_Delete)
    bench.qtbot.keyClicks(field, nonsense)
    bench.qtbot.keyClick(field, Qt.Key.Key_Return)
    assert bench.config.network.hidden == (4,)
    assert field.property("problem") is True


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


def test_the_histogram_shows_the_true_first_weights(bench: Bench) -> None:
    bench.wait_for_run()
    info = bench.session.info
    assert info is not None
    network = Network(info.sizes, info.config.network.activations, info.config.network.output)
    network.restore(info.start)
    expected = counts(np.concatenate([weight.ravel() for weight in network.weights]))
    histogram = bench.find(Histogram, "initial_histogram")
    assert histogram.heights.tolist() == expected[0].tolist()
    assert histogram.reach == expected[1]


def test_zeros_are_said_to_be_zeros(bench: Bench) -> None:
    bench.click("initial_scheme_zeros")
    assert bench.config.network.initial == InitialChoice("zeros")
    bench.wait_for_run()
    histogram = bench.find(Histogram, "initial_histogram")
    assert histogram.heights[BINS // 2] == 12
    assert bench.find(QLabel, "initial_sentence").text() == "All 12 weights and the biases start at 0."


def test_the_width_of_the_bell_is_the_schemes_own_option(bench: Bench) -> None:
    bench.type("initial_std", "0.01")
    assert bench.config.network.initial == InitialChoice("gaussian", std=0.01)
    bench.wait_for_run()
    assert bench.find(Histogram, "initial_histogram").reach < 0.1
    bench.click("initial_scheme_uniform")
    assert bench.config.network.initial == InitialChoice("uniform")
    assert not bench.panel.findChildren(QLineEdit, "initial_std") or not any(
        field.isVisible() for field in bench.panel.findChildren(QLineEdit, "initial_std")
    )


def test_one_layer_starts_differently(bench: Bench) -> None:
    bench.wait_for_run()
    bench.choose("initial_layer", "0")
    bench.click("initial_scheme_constant")
    initials = bench.config.network.initials
    assert [choice.name for choice in initials] == ["constant", "gaussian"]
    bench.wait_for_run()
    assert bench.find(QLabel, "initial_sentence").text() == "All 8 weights start at 1; biases 0."
    bench.choose("initial_layer", "all")
    assert not any(
        bench.find(QPushButton, f"initial_scheme_{name}").isChecked() for name in ("constant", "gaussian", "zeros")
    )


def test_given_weights_are_offered_only_where_they_are_in_use(bench: Bench) -> None:
    given = bench.find(QPushButton, "initial_scheme_given")
    assert not given.isVisible()
    weights = [[[0.1] * 4] * 2, [[0.2]] * 4]
    bench.store.apply(edits.change(bench.config, "network.initial", InitialChoice("given", weights=weights)))
    assert given.isVisible()
    assert given.isChecked()


def test_arrow_keys_walk_the_schemes_past_the_one_not_offered(bench: Bench) -> None:
    zeros = bench.find(QPushButton, "initial_scheme_zeros")
    bench.click("initial_scheme_zeros")
    bench.qtbot.keyClick(zeros, Qt.Key.Key_Left)
    assert bench.config.network.initial == InitialChoice("he")


def test_counting_is_symmetric_about_zero() -> None:
    heights, reach = counts(np.array([-2.0, -2.0, 0.0, 2.0]))
    assert reach == 2.0
    assert (heights[0], heights[BINS // 2], heights[-1]) == (2, 1, 1)
    assert counts(np.zeros(3))[1] == 1.0


def test_limits_that_cross_are_answered_and_not_taken(bench: Bench) -> None:
    bench.click("initial_scheme_uniform")
    field = bench.type("initial_low", "5")
    assert bench.config.network.initial == InitialChoice("uniform")
    problem = bench.find(QLabel, "initial_problem")
    assert problem.isVisible()
    assert "5" in problem.text()
    assert field.text() == "-1"
    bench.type("initial_low", "-3")
    assert bench.config.network.initial == InitialChoice("uniform", low=-3.0)
    assert not problem.isVisible()


def test_details_open_by_themselves_when_one_is_special(bench: Bench) -> None:
    combo = bench.find(QComboBox, "initial_bias")
    assert not combo.isVisible()
    bench.store.apply(edits.change(bench.config, "network.initial", InitialChoice("gaussian", bias="same")))
    bench.qtbot.waitUntil(lambda: bench.find(QComboBox, "initial_bias").isVisible())
    assert bench.find(QComboBox, "initial_bias").currentData() == "same"
