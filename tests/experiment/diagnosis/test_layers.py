"""Rules about units that are alike, saturated or dead."""

import numpy as np
import pytest

from playground.experiment.config import edits
from playground.experiment.config.presets import PRESETS
from playground.experiment.diagnosis import diagnose
from playground.experiment.probes.probe import RunEvidence
from playground.experiment.training.trainer import Trainer
from tests.experiment.diagnosis.provoked import (
    activation,
    data,
    deep,
    found_after,
    on,
    optimizer,
    preset,
    rate,
    rectified_spiral,
    seed,
    start,
)


def test_zeros_are_one_unit_for_ever():
    found = found_after(PRESETS["and-gate-zeros"].config, 10_000)
    assert found.keys() == {"identical-units"}
    (units,) = found.values()
    assert (units.evidence["units"], units.evidence["distinct"]) == (4, 1)
    assert units.sentence == "4 hidden units that act as 1. It does no harm here: AND needs only one."
    assert units.is_harmless
    assert [action.key for action in units.actions] == ["race"]


def test_copies_that_are_in_the_way_are_a_warning():
    (units,) = found_after(PRESETS["xor-gate-zeros"].config, 3_000).values()
    assert units.sentence == "4 hidden units that act as 1. Equal weights get equal updates and stay equal."
    assert not units.is_harmless
    assert [action.key for action in units.actions] == ["break", "race"]


@pytest.mark.parametrize("activation", ["tanh", "relu", "leaky-relu", "elu", "swish"])
def test_zeros_that_pass_no_gradient_say_so(activation):
    config = preset("and-gate-zeros", lambda it: edits.change(it, "network.activation", activation))
    (units,) = found_after(config, 3_000).values()
    assert units.headline == "4 hidden units that act as 1."
    assert "only the output's bias can learn" in units.advice
    assert [action.key for action in units.actions] == ["break", "race"]


def test_fifty_hidden_units_from_zero_are_one_until_their_symmetry_is_broken(mnist_folder):
    trainer = Trainer(PRESETS["mnist-zeros"].config)
    trainer.run(600)
    found = {found.rule: found for found in diagnose(trainer)}["identical-units"]
    assert found.headline == "50 hidden units that act as 1."
    accuracy_of_one = trainer.evaluate()[0].accuracy
    (action,) = [action for action in found.actions if action.key == "break"]
    biases = [bias.copy() for bias in trainer.network.biases]
    trainer.set_parameters(action.parameters(trainer.network.copy_parameters()))
    for bias, before in zip(trainer.network.biases, biases, strict=True):
        np.testing.assert_array_equal(bias, before)
    assert RunEvidence().compute(trainer).layers[0].distinct == 50
    trainer.run(3_000)
    assert trainer.evaluate()[0].accuracy > 0.88 > 2 * accuracy_of_one
    assert "identical-units" not in {found.rule for found in diagnose(trainer)}


def test_a_wide_gaussian_start_on_mnist_is_saturated(mnist_folder):
    config = preset("mnist-two-layer", start("gaussian"))
    assert 0.55 < found_after(config, 20)["saturated"].evidence["share"] < 0.66
    assert "saturated" in found_after(config, 1_000)


@pytest.mark.parametrize("seed_", [1, 2, 42])
@pytest.mark.parametrize(("name", "scheme"), [("swish", "xavier"), ("softplus", "he")])
def test_a_gradient_that_vanished_after_a_jump_is_no_matter_of_the_activation(name, scheme, seed_):
    trainer = Trainer(preset("spiral", activation(name), start(scheme), seed(seed_), on))
    trainer.run(4_000)
    trainer.apply_live(rate(3.0)(trainer.config))
    trainer.run(25)
    trainer.evaluate()
    (found,) = diagnose(trainer)
    assert found.rule == "vanishing-gradient"
    assert [action.label for action in found.actions] == ["Start again at 0.007"]
    assert "a step that was too long" in found.why
    assert "sigmoid" not in found.why


@pytest.mark.parametrize(("name", "speaks"), [("sigmoid", True), ("tanh", False)])
def test_a_vanishing_gradient_is_explained_by_the_activation_that_is_there(name, speaks):
    config = preset("circle", optimizer("sgd"), deep(name), start("gaussian", std=0.05))
    found = found_after(config, 100)["vanishing-gradient"]
    assert ("sigmoid" in found.why) is speaks
    assert "ReLU passes the gradient" in found.why
    assert [action.key for action in found.actions] == ["rectify"]


@pytest.mark.parametrize("seed_", [1, 2, 3])
def test_a_gradient_that_is_small_while_the_loss_falls_all_the_same_has_not_vanished(seed_):
    trainer = Trainer(rectified_spiral(data(samples=200, noise=0.4), seed(seed_)))
    for _look in range(12):
        trainer.run(1_000)
        trainer.evaluate()
        assert "vanishing-gradient" not in {found.rule for found in diagnose(trainer)}
