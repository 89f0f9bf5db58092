"""Numbers of a run by their names."""

from typing import Any

import numpy as np
import pytest

from playground.engine.gradients import NumericalLossGradient
from playground.experiment.config import raw_edits
from playground.experiment.config.presets import PRESETS
from playground.experiment.lessons import quantities
from playground.experiment.lessons.schema import Measure
from playground.experiment.training.trainer import Trainer
from playground.registry import UserError

PLACES = {0: "", 1: "[1]", 2: "[1][0]", 3: "[1][0][0]"}
ARTICLE = {"data": "digits"}
SMALL = {"data": {"name": "digits", "samples": 100}, "network.hidden": [5], "precision": "float64"}
WRONG = ("", "weight", "weight[1]", "no_such", "published:nothing", "published:softmax[9]", "a b", "x()")


@pytest.fixture(scope="module")
def trainer() -> Trainer:
    made = Trainer(PRESETS["worked-example"].config)
    made.run(1)
    return made


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("step", 1),
        ("parameters", 8),
        ("train_loss", 0.29102777),
        ("batch_loss[0]", 0.298371109),
        ("output[0][0]", 0.74208811),
        ("target[0][1]", 0.99),
        ("weight[2][0][0]", 0.35891648),
        ("weight[1][0][0]", 0.149780716),
        ("bias[2][1]", 0.60),
        ("gradient_length[1]", 0.00148334),
        ("distinct_units[1]", 2),
        ("published:worked-first-outputs[1]", 0.772928465),
    ],
)
def test_a_quantity_is_read(trainer: Trainer, name: str, value: float) -> None:
    assert quantities.read(name, trainer) == pytest.approx(value, abs=1e-6)


def test_a_loss_at_a_step_is_that_of_this_step_however_long_the_run_is() -> None:
    trainer = Trainer(raw_edits.with_values(PRESETS["and-gate"].config, {"seed": 180}))
    at = {}
    for step in (0, 1000):
        trainer.run(step + 1 - trainer.step_count)
        at[step] = trainer.loss
    trainer.run(10_000)
    assert at[0] == pytest.approx(0.09889, abs=1e-5)
    for step, loss in at.items():
        assert quantities.read(f"batch_loss[{step}]", trainer) == loss
    assert quantities.read("batch_loss[1001]", trainer) is None


def test_every_quantity_can_be_read_of_some_run() -> None:
    trainer = Trainer(PRESETS["digits"].config)
    trainer.run(2)
    for name in quantities.QUANTITIES:
        assert quantities.read(name + PLACES[quantities.index_count(name)], trainer) is not None, name


@pytest.mark.parametrize("name", ["weight[9][0][0]", "output[99][0]", "test_loss"])
def test_what_a_run_does_not_have_is_none(trainer: Trainer, name: str) -> None:
    assert quantities.read(name, trainer) is None


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_name_is_refused(name: str) -> None:
    with pytest.raises(UserError):
        quantities.parse(name)


def test_a_measure_computes_with_quantities() -> None:
    measure = Measure(computation="total", arguments={"values": [{"quantity": "train_loss"}, 2]})
    assert quantities.names_in(measure, 3.0, None) == ("train_loss",)
    assert quantities.value_of(measure, {"train_loss": 1.5}) == 3.5
    with pytest.raises(UserError, match="no “train_loss”"):
        quantities.value_of(measure, {})


def test_accuracies_on_the_way_are_those_of_the_history() -> None:
    made = Trainer(raw_edits.with_values(PRESETS["digits"].config, {"training.stop.epochs": 2}))
    start = quantities.read("test_accuracy", made)
    made.run(1000)
    assert quantities.read("test_accuracy_at[0]", made) == start
    assert quantities.read("test_accuracy_at[1000]", made) == quantities.read("test_accuracy", made)
    lowest, last = (quantities.read(name, made) for name in ("lowest_test_loss", "test_loss"))
    assert lowest is not None
    assert last is not None
    assert lowest <= last


def test_a_unit_that_is_switched_off_hands_nothing_on() -> None:
    made = Trainer(raw_edits.with_values(PRESETS["digits"].config, {"network.hidden": [1], "training.stop.epochs": 2}))
    made.run(1000)
    before = made.network.copy_parameters()
    constant = np.argmax(made.network.biases[-1])
    expected = np.mean(made.data.labels_test == constant)
    assert quantities.read("accuracy_without[1][0]", made) == pytest.approx(expected)
    assert np.array_equal(made.network.parameters, before)


def trainer_of(preset: str, edits: dict[str, Any] | None = None) -> Trainer:
    return Trainer(raw_edits.with_values(PRESETS[preset].config, edits or {}))


def test_two_passes_are_needed_for_each_parameter() -> None:
    trainer = trainer_of("mnist-two-layer", SMALL)
    work = NumericalLossGradient(trainer.network, trainer.data.x_train[:1], trainer.data.t_train[:1], "cross-entropy")
    assert quantities.read("numerical_passes", trainer) == work.total == 2 * (64 * 5 + 5 + 5 * 10 + 10)


def test_backpropagation_costs_two_passes_for_one_layer_and_nearly_three_for_many() -> None:
    assert quantities.read("backprop_passes", trainer_of("simple-net")) == 2
    trainer = trainer_of("mnist-two-layer", {"data": "digits", "network.hidden": [64] * 9})
    assert 2.8 < quantities.read("backprop_passes", trainer) < 3


def test_seconds_are_measured_and_positive() -> None:
    trainer = trainer_of("mnist-two-layer", ARTICLE)
    found = {name: quantities.read(f"{name}_seconds", trainer) for name in ("naive", "numerical", "backprop")}
    assert all(0 < seconds < np.inf for seconds in found.values())
    assert trainer.step_count == 0


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_gradient_of_a_step_agrees_with_the_numerical_one_unless_layers_are_updated_early(seed: int) -> None:
    wrong = trainer_of("and-gate", {"seed": seed})
    before = wrong.network.copy_parameters()
    assert quantities.read("gradient_error[4]", wrong) > 1e-5
    assert np.array_equal(wrong.network.parameters, before)
    right = trainer_of("and-gate", {"seed": seed, "training.update": "together"})
    assert quantities.read("gradient_error[4]", right) < 1e-7


def test_an_h_too_large_or_too_small_makes_the_numerical_gradient_worse() -> None:
    trainer = trainer_of("mnist-two-layer", SMALL)
    large, middle, tiny = (quantities.read(f"gradient_error[{k}]", trainer) for k in (1, 4, 12))
    assert large > 100 * middle
    assert tiny > 100 * middle


def test_classes_of_one_output_are_those_of_the_accuracy() -> None:
    """Of an output by tanh the classes part at 0."""
    edits = {"network.output": "tanh", "training.loss": "mse", "training.stop": {}}
    made = trainer_of("circle", edits)
    made.run(500)
    test = made.evaluate()[1]
    assert test is not None
    assert test.accuracy is not None
    right = sum(quantities.read(f"confusion[{k}][{k}]", made) or 0 for k in (0, 1))
    assert right == quantities.read("test_correct", made)
    without = [quantities.read(f"accuracy_without[1][{k}]", made) for k in range(made.network.sizes[1])]
    assert len(set(without)) > 1
