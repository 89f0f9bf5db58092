"""Difference quotients: article B's figures, where their error is least, and what integers do to them."""

import numpy as np
import pytest

from playground.experiment.landscape.differences import EXAMPLES, STEPS, Errors, difference, errors, integer_gradient
from playground.experiment.landscape.formula import Formula


def errors_of(formula: Formula, x: float, *, central: bool) -> Errors:
    return errors(formula.value, lambda at: float(formula.derivatives(at)[1][0]), x, central=central)


@pytest.mark.parametrize(("x", "slope"), [(5.0, 0.2), (10.0, 0.3)])
def test_the_derivatives_of_the_article_come_out(x: float, slope: float) -> None:
    formula = Formula(EXAMPLES[0].text)
    assert float(formula.derivatives(x)[1][0]) == pytest.approx(slope, abs=1e-15)
    assert float(difference(formula.value, x, 1e-4, central=True)) == pytest.approx(slope, abs=1e-9)


def test_a_central_difference_on_a_parabola_has_no_truncation_error() -> None:
    formula = Formula(EXAMPLES[0].text)
    found = errors_of(formula, 5.0, central=True)
    assert not found.truncation.any()
    assert errors_of(formula, 5.0, central=False).truncation.all()


@pytest.mark.parametrize(("central", "best"), [(True, 1e-5), (False, 1e-8)])
def test_the_error_of_the_sine_is_least_where_the_two_estimates_cross(central: bool, best: float) -> None:
    found = errors_of(Formula("sin(x)"), 1.0, central=central)
    crossing = STEPS[np.abs(np.log(found.truncation / found.rounding)).argmin()]
    assert abs(np.log10(crossing / best)) <= 1
    assert abs(np.log10(STEPS[found.measured.argmin()] / best)) <= 1.5
    large = (STEPS >= 1e-3) & (STEPS <= 0.1)
    assert found.measured[large] == pytest.approx(found.truncation[large], rel=0.1)
    small = STEPS < 1e-9
    assert (found.measured[small] <= 10 * found.rounding[small]).all()


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda one: one.text)
def test_every_example_is_shown_around_its_point(example) -> None:
    assert example.low < example.x < example.high
    assert np.isfinite(Formula(example.text).value(np.linspace(example.low, example.high, 50))).all()


def test_an_array_of_integers_gives_the_gradient_of_the_article() -> None:
    def f(x: np.ndarray) -> float:
        return float(np.sum(x**2))

    assert integer_gradient(f, [3, 4]).tolist() == pytest.approx([25_000, 35_000])
    assert integer_gradient(f, [3.9, 4.9]).tolist() == pytest.approx([25_000, 35_000])
