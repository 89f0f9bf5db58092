"""The gradient check of the worked example: all ones without a mistake, and each mistake in places of its own."""

import numpy as np
import pytest

from playground.experiment.lessons.computations import compute
from playground.experiment.lessons.worked_example import gradient_check


def off(**mistake: bool) -> list[list[int]]:
    """Return where the backward pass and finite differences disagree, by layer."""
    return [np.flatnonzero(np.abs(row - 1) > 1e-4).tolist() for row in gradient_check(**mistake).T]


def test_without_a_mistake_all_derivatives_agree_with_finite_differences() -> None:
    assert gradient_check() == pytest.approx(np.ones((6, 2)), abs=1e-6)


def test_an_early_update_falsifies_the_hidden_layer_only() -> None:
    assert off(early_update=True) == [[0, 1, 2, 3, 4, 5], []]


def test_a_tied_bias_falsifies_the_biases_only() -> None:
    assert off(tied_bias=True) == [[4, 5], [4, 5]]


def test_a_missing_slope_falsifies_everything() -> None:
    assert off(missing_slope=True) == [[0, 1, 2, 3, 4, 5], [0, 1, 2, 3, 4, 5]]


def test_an_early_update_gives_the_published_derivative_times_what_the_program_gives() -> None:
    after, layerwise = 0.15 - 0.1497807161, 0.15 - 0.1498176386  # w1 after a step, together and layer by layer
    assert gradient_check(early_update=True)[0, 0] == pytest.approx(layerwise / after, abs=1e-6)


def test_a_lesson_can_ask_for_it() -> None:
    assert compute("gradient_check", {"tied_bias": True})[5][1] == pytest.approx(-2.6353, abs=1e-4)
