"""Computations of the lessons on losses and gradients: the right results beside those of the articles' faulty code."""

import math

import numpy as np
import pytest

from playground.experiment.lessons.computations import compute
from playground.experiment.lessons.losses_and_gradients import gradient_check


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


def test_far_away_a_descent_has_all_its_digits() -> None:
    *_point, distance = compute("descent_distance", {"start": [-3, 4], "rate": 1.1, "steps": 100})
    assert distance == pytest.approx(5 * 1.2**100, rel=1e-12)
    assert compute("descent_distance", {"start": [-3, 4], "rate": 1e9, "steps": 1000})[2] == math.inf


def test_the_callers_array_is_changed_unless_it_is_copied() -> None:
    assert compute("callers_array", {"start": [-3, 4]}) == pytest.approx([-6.111e-10, 8.148e-10], abs=1e-13)
    assert compute("callers_array", {"start": [-3, 4], "shared": False}) == [-3, 4]


def test_momentum_and_adam_need_fewer_steps_in_a_long_valley() -> None:
    plain, momentum, adam = compute("valley_race", {"rate": 0.1})
    assert adam < momentum < plain / 5
    assert compute("valley_race", {"rate": 1.1})[0] == math.inf


@pytest.mark.parametrize("side", [-1, 0, 1])
def test_a_hair_beside_the_ridge_decides_where_descent_ends(side: int) -> None:
    assert compute("saddle_descent", {"x": 1, "y": side * 1e-6, "steps": 200}) == pytest.approx([0, side], abs=1e-6)


def test_a_row_minus_a_column_is_the_mean_over_all_pairs() -> None:
    values = {"outputs": [1, 0, 0, 1], "targets": [1, 0, 0, 1]}
    assert compute("displayed_loss", values) == 0.5
    assert compute("displayed_loss", {**values, "column": False}) == 0


@pytest.mark.parametrize("seed", range(5))
def test_a_shuffle_of_views_loses_rows_and_a_permutation_none(seed: int) -> None:
    rows = {"rows": 100, "seed": seed}
    left = len(set(compute("shuffled_rows", rows)))
    assert 20 < left == compute("different_rows_after_shuffle", rows) < 80
    mended = compute("shuffled_rows", {**rows, "views": False})
    assert mended != sorted(mended) == list(range(1, 101))


def test_a_shuffle_of_views_keeps_six_rows_only_where_it_exchanges_none() -> None:
    assert compute("shuffled_rows", {"rows": 6, "seed": 654}) == [1, 2, 3, 4, 5, 6]
    assert [
        seed for seed in range(654) if compute("different_rows_after_shuffle", {"rows": 6, "seed": seed}) == 6
    ] == []


def off(**mistake: bool) -> list[list[int]]:
    """Return where the backward pass and finite differences disagree, by layer."""
    return [np.flatnonzero(np.abs(row - 1) > 1e-4).tolist() for row in gradient_check(**mistake).T]


def test_without_a_mistake_all_derivatives_agree_with_finite_differences() -> None:
    assert gradient_check() == pytest.approx(np.ones((6, 2)), abs=1e-6)


def test_a_mistake_falsifies_what_it_touches_and_nothing_else() -> None:
    everything = [0, 1, 2, 3, 4, 5]
    assert off(early_update=True) == [everything, []]
    assert off(tied_bias=True) == [[4, 5], [4, 5]]
    assert off(missing_slope=True) == [everything, everything]
    assert compute("gradient_check", {"tied_bias": True})[5][1] == pytest.approx(-2.6353, abs=1e-4)


def test_an_early_update_gives_the_published_derivative_times_what_the_program_gives() -> None:
    after, layerwise = 0.15 - 0.1497807161, 0.15 - 0.1498176386  # w1 after a step, together and layer by layer
    assert gradient_check(early_update=True)[0, 0] == pytest.approx(layerwise / after, abs=1e-6)
