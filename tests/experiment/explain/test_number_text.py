"""Numbers as a formula shows them."""

import math

import pytest

from playground.experiment.explain.formula import number, unit_formula


def test_numbers_that_are_none_are_named() -> None:
    formula = unit_formula([math.nan, 1.0], [1.0, 1.0], 0.0, "tanh", math.nan)
    assert not formula.holds
    assert formula.text.endswith("≈ NaN")


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (0.25, 4, "0.25"),
        (-0.250049, 4, "−0.25"),
        (0.99996, 4, "1"),
        (123456.0, 3, "123456"),
        (1.5e-7, 4, "1.5e−7"),
        (-0.0, 4, "0"),
        (math.inf, 4, "∞"),
        (0.593269992, 9, "0.593269992"),
    ],
)
def test_numbers_are_short_and_have_a_real_minus(value: float, digits: int, text: str) -> None:
    assert number(value, digits) == text
