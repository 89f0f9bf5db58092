import numpy as np
import pytest

from playground.experiment import edits
from playground.experiment.config import InitialChoice, from_builtins
from playground.experiment.diagnosis import diagnose, distinct_units
from playground.experiment.presets import PRESETS
from playground.experiment.trainer import Trainer


def found_after(config, steps):
    trainer = Trainer(config)
    trainer.run(steps)
    return {(found.rule, found.layer): found for found in diagnose(trainer)}


def test_zeros_are_one_unit_for_ever():
    found = found_after(PRESETS["and-gate-zeros"].config, 10_000)
    assert found.keys() == {("identical-units", 1)}
    assert found["identical-units", 1].evidence == {"units": 4, "distinct": 1}
    assert "4 units" in found["identical-units", 1].sentence


@pytest.mark.parametrize("name", ["and-gate", "xor-gate", "spiral", "digits"])
def test_a_healthy_start_has_nothing_to_report(name):
    assert found_after(PRESETS[name].config, 100) == {}


def test_fifty_hidden_units_from_zero_are_one(mnist_folder):
    found = found_after(PRESETS["mnist-zeros"].config, 600)
    assert found["identical-units", 1].evidence == {"units": 50, "distinct": 1}


def test_a_wide_gaussian_start_on_mnist_is_saturated(mnist_folder):
    config = edits.set_initial(PRESETS["mnist-two-layer"].config, InitialChoice("gaussian"))
    assert 0.55 < found_after(config, 0)["saturated", 1].evidence["share"] < 0.7


def test_zeros_with_relu_are_dead():
    config = from_builtins(
        {"data": "circle", "network": {"hidden": [6], "activation": "relu", "initial": "zeros"}, "training": {}}
    )
    assert found_after(config, 10)["dead-units", 1].evidence == {"dead": 6, "units": 6}


def test_divergence_says_where_and_what_to_try():
    config = edits.set_learning_rate(edits.set_optimizer(PRESETS["sine-curve"].config, "sgd"), 50.0)
    found = found_after(config, 1_000)
    assert [rule for rule, _ in found] == ["diverged"]
    (only,) = found.values()
    assert "below 50, such as 5." in only.sentence
    assert f"step {only.evidence['step']}" in only.sentence


def test_units_are_told_apart_by_their_weights_and_their_bias():
    weights = np.array([[1.0, 1.0, 1.0 + 1e-9], [2.0, 2.0, 2.0]])
    assert distinct_units(weights, np.zeros(3)) == 1
    assert distinct_units(weights, np.array([0.0, 0.5, 0.0])) == 2
    assert distinct_units(np.zeros((2, 5)), np.zeros(5)) == 1
