"""Computations of the lessons on losses and gradients: the right results beside those of the articles' faulty code."""

import math

import numpy as np
import pytest

from playground.experiment.lessons.computations import compute


@pytest.mark.parametrize("seed", range(3))
def test_the_softmax_over_the_whole_batch_ends_in_no_number(seed: int) -> None:
    first, largest, steps = compute("whole_batch_training", {"seed": seed})
    assert first == pytest.approx(math.log(1000), abs=0.01)
    assert largest == pytest.approx(-math.log(1e-7), abs=1e-6)
    assert 140 <= steps <= 150


def test_a_row_gets_its_share_of_a_softmax_over_the_whole_batch() -> None:
    values = [0.3, 2.9, 4.0]
    assert compute("softmax_row_sum", {"values": values, "rows": 4}) == pytest.approx(1)
    assert compute("softmax_row_sum", {"values": values, "rows": 4, "whole_batch": True}) == pytest.approx(0.25)


def test_the_printed_softmax_overflows_where_the_maximum_is_not_subtracted() -> None:
    large = {"values": [1000.3, 1002.9, 1004.0]}
    assert np.isnan(compute("softmax", {**large, "subtract_maximum": False})).all()
    assert compute("softmax", large) == pytest.approx([0.01821127, 0.24519181, 0.73659691], abs=1e-8)


def test_the_two_losses_stand_beside_the_output() -> None:
    assert compute("losses_by_output", {"outputs": [0.5, 0]}) == [
        pytest.approx([0.5, 0.25, math.log(2)]),
        [0.0, 1.0, math.inf],
    ]


def test_the_error_of_a_difference_quotient_has_a_smallest_h() -> None:
    def error(h: float, one_sided: bool = False) -> float:
        return compute("sine_derivative_error", {"x": 1, "h": h, "one_sided": one_sided})

    assert error(1e-5) < 1e-9 < error(1e-12) < error(0.1)
    assert error(1e-3, one_sided=True) > 100 * error(1e-3)


@pytest.mark.parametrize(("rate", "nearest", "farthest"), [(0.1, 1e-9, 1.1e-9), (1.0, 4.99, 5.01), (1.1, 1e6, np.inf)])
def test_descent_is_stable_for_rates_below_one(rate: float, nearest: float, farthest: float) -> None:
    *_point, distance = compute("descent_distance", {"start": [-3, 4], "rate": rate, "steps": 100})
    assert nearest < distance < farthest


def test_the_callers_array_is_changed_unless_it_is_copied() -> None:
    assert compute("callers_array", {"start": [-3, 4]}) == pytest.approx([-6.111e-10, 8.148e-10], abs=1e-13)
    assert compute("callers_array", {"start": [-3, 4], "copies": True}) == [-3, 4]


def test_momentum_and_adam_need_fewer_steps_in_a_long_valley() -> None:
    plain, momentum, adam = compute("valley_race", {"rate": 0.1})
    assert adam < momentum < plain / 5
    assert compute("valley_race", {"rate": 1.1})[0] == math.inf


@pytest.mark.parametrize("side", [-1, 0, 1])
def test_a_hair_beside_the_ridge_decides_where_descent_ends(side: int) -> None:
    assert compute("saddle_descent", {"x": 1, "y": side * 1e-6, "steps": 200}) == pytest.approx([0, side], abs=1e-6)
