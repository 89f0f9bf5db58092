"""The numbers along an axis."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.ui.core.ticks import linear_ticks, log_ticks, number_label, to_log, value_label, value_labels


@pytest.mark.parametrize(
    ("value", "label"),
    [
        (0, "0"),
        (0.05, "0.05"),
        (1e-4, "1e-4"),
        (0.001, "0.001"),
        (2.5e-7, "2.5e-7"),
        (250, "250"),
        (1000, "1k"),
        (2500, "2.5k"),
        (10_000, "10k"),
        (1e6, "1M"),
        (-0.5, "−0.5"),
        (-1e-5, "−1e-5"),
        (-2000, "−2k"),
    ],
)
def test_a_number_on_an_axis_is_short(value: float, label: str) -> None:
    assert number_label(value) == label


@given(st.floats(-1e9, 1e9), st.floats(1e-6, 1e9), st.integers(3, 8))
def test_ticks_are_few_and_inside_the_range(low: float, width: float, most: int) -> None:
    high = low + width
    if high <= low:
        return
    found = linear_ticks(low, high, most)
    assert len(found) <= most
    assert all(low - 1e-6 * width <= position <= high + 1e-6 * width for position, _label in found)


def test_ten_thousand_steps_are_marked_as_a_reader_expects() -> None:
    assert [label for _position, label in linear_ticks(0, 10_000)] == ["0", "2.5k", "5k", "7.5k", "10k"]


def test_powers_of_ten_are_marked_by_their_values() -> None:
    assert [label for _position, label in log_ticks(-4, 0)] == ["1e-4", "0.001", "0.01", "0.1", "1"]


def test_many_powers_are_thinned() -> None:
    assert len(log_ticks(-12, 3)) <= 5


def test_less_than_a_power_still_gets_marks() -> None:
    found = log_ticks(math.log10(0.40), math.log10(0.49))
    assert len(found) >= 2
    assert all(0.40 <= float(label) <= 0.49 for _position, label in found)


@pytest.mark.parametrize("bad", [(0.0, 0.0), (1.0, 0.0), (math.nan, 1.0), (0.0, math.inf)])
def test_a_range_that_is_none_has_no_marks(bad: tuple[float, float]) -> None:
    assert linear_ticks(*bad) == []
    assert log_ticks(*bad) == []


def test_zeros_survive_the_logarithm_and_what_is_no_number_stays_so() -> None:
    found = to_log(np.array([1.0, 0.0, -1.0, np.nan, np.inf]))
    assert found[0] == 0
    assert found[1] == found[2] == -20
    assert np.isnan(found[3:]).all()


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.0, "0"), (-1.5, "−1.5"), (math.nan, "NaN"), (-math.inf, "−∞"), (1.27e-8, "1.27e-8"), (-5e-9, "−5.00e-9")],
)
def test_a_value_is_written_for_reading(value: float, text: str) -> None:
    assert value_label(value) == text


def test_values_that_differ_are_written_so_that_they_look_different() -> None:
    assert value_labels([0.5, 0.25]) == ["0.5", "0.25"]
    assert value_labels([0.00017541, 0.00017538, 0.00017532]) == ["0.00017541", "0.00017538", "0.00017532"]
    assert value_labels([1.0, 1.0, 1.00001]) == ["1", "1", "1.00001"]
    assert value_labels([1.27e-8, 1.268e-8, math.nan]) == ["1.270e-8", "1.268e-8", "NaN"]
    assert value_labels([1.0, 1.0 + 1e-14]) == ["1", "1"]
