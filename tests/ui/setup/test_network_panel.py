from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QWidget

from playground.engine.activations import ACTIVATIONS, OUTPUTS
from playground.engine.losses import LOSSES
from playground.experiment.config import edits
from playground.ui.forms.number_field import NumberField
from playground.ui.setup.network_panel import Curve, NetworkPanel, activation_curves, loss_curves, picture
from tests.ui.bench import Bench

PANEL = NetworkPanel


def is_offered(bench: Bench, name: str, key: str) -> bool:
    combo = bench.find(QComboBox, name)
    combo.showPopup()
    combo.hidePopup()
    return bool(combo.model().item(combo.findData(key)).isEnabled())


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


CURVES = {**activation_curves(ACTIVATIONS), **loss_curves()}


def test_all_but_softmax_have_a_curve_and_the_dashed_one_is_its_derivative() -> None:
    for name, (x, values, derivatives) in CURVES.items():
        smooth = np.abs(x) > 0.1  # ReLU has a corner at 0, and so steep is the logarithm there
        expected = np.gradient(values, x)
        assert derivatives[smooth][1:-1] == pytest.approx(expected[smooth][1:-1], abs=0.05), name
    assert set(activation_curves(OUTPUTS)) == set(OUTPUTS) - {"softmax"}
    assert set(loss_curves()) == set(LOSSES)
    y, losses, _derivatives = loss_curves()["cross-entropy"]
    assert losses.tolist() == pytest.approx((-np.log(y)).tolist())


def test_each_item_gets_its_picture_when_the_list_opens(bench: Bench) -> None:
    for name in ("activation", "output", "loss"):
        combo = bench.find(QComboBox, name)
        size, before = combo.size(), combo.grab().toImage()
        combo.showPopup()
        combo.hidePopup()
        images = [combo.itemIcon(k).pixmap(60, 34).toImage() for k in range(combo.count())]
        assert all(not image.isNull() for image in images)
        assert all(first != second for first, second in pairwise(images))
        assert combo.size() == size
        assert combo.grab().toImage() == before  # the closed list shows none


def test_without_a_curve_the_picture_is_empty(qapp: object) -> None:
    curve: Curve = CURVES["sigmoid"]
    assert picture(None, 1.0, 1.0).toImage() != picture(curve, 1.0, 1.0).toImage()
    assert picture(curve, 1.0, 2.0).size() == 2 * picture(curve, 1.0, 1.0).size()


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
    second = bench.find(QLineEdit, "hidden_layer_2")
    bench.click("remove_layer")
    assert not second.isVisible()
    bench.store.undo()
    assert second.isVisible()
    assert bench.panel.findChildren(QLineEdit, "hidden_layer_2") == [second]
    bench.click("remove_layer")
    bench.click("remove_layer")
    assert bench.config.network.hidden == ()
    assert not bench.find(QWidget, "remove_layer").isEnabled()
    assert not bench.find(QComboBox, "activation").isEnabled()


def test_what_was_typed_for_a_layer_that_goes_is_forgotten(bench: Bench) -> None:
    bench.click("add_layer")
    field = bench.find(NumberField, "hidden_layer_2")
    field.setFocus()
    for typed in ("nonsense", "7"):
        field.selectAll()
        bench.qtbot.keyClicks(field, typed)
        bench.store.undo()
        assert bench.config.network.hidden == (4,)
        bench.store.redo()
        assert (bench.config.network.hidden, field.problem()) == ((4, 4), "")
        field.setFocus()


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


def test_an_impossible_number_of_units_is_refused(bench: Bench) -> None:
    for nonsense in ("0", "10001", "2.5"):
        field = bench.type("hidden_layer_1", nonsense)
        assert bench.config.network.hidden == (4,)
        assert field.property("problem") is True
