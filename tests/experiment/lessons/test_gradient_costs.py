"""What the ways of finding a gradient cost, and how far they are apart."""

from typing import Any

import numpy as np
import pytest

from playground.engine.gradients import NumericalLossGradient
from playground.experiment.config import raw_edits
from playground.experiment.config.presets import PRESETS
from playground.experiment.lessons import quantities
from playground.experiment.training.trainer import Trainer

ARTICLE = {"data": "digits"}
SMALL = {"data": {"name": "digits", "samples": 100}, "network.hidden": [5], "precision": "float64"}


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
