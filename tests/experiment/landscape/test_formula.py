"""Formulas: what they are worth, their derivatives, and the sentence for each mistake."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.engine.gradients import numerical_gradient
from playground.experiment.landscape.formula import FUNCTIONS, LONGEST, Formula
from playground.registry import UserError


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0.01x² + 0.1x", 0.24),
        ("2(x + 1)", 6.0),
        ("-x^2", -4.0),
        ("x^-1", 0.5),
        ("1e-3x", 0.002),
        ("2e", 2 * np.e),
        ("2π", 2 * np.pi),
        ("10/x", 5.0),
        ("+x−1", 1.0),
        ("sigmoid(0) + relu(−x)", 0.5),
        ("3 × sin(x)·cos(x)", 3 * np.sin(2) * np.cos(2)),
        ("（x ÷ 4）³", 0.125),
    ],
)
def test_a_formula_is_read_as_people_write_it(text: str, value: float) -> None:
    assert Formula(text).value(2.0) == pytest.approx(value)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_the_derivative_of_each_function_is_that_of_small_steps(name: str) -> None:
    formula = Formula(f"{name}(x0) * x1 + {name}(x1 / 2)", ("x0", "x1"))
    for point in ([0.7, 1.3], [1.1, 0.4]):
        gradient = [float(one) for one in formula.derivatives(*point)[1]]
        assert gradient == pytest.approx(
            numerical_gradient(lambda at: float(formula.value(*at)), point, 1e-6), abs=1e-7
        )


@pytest.mark.parametrize("text", ["x0^x1", "x0/x1 - x1/x0", "(x0 - 2x1)³ + 3^x0", "exp(-x0² - x1²)", "x0", "5", "-x1"])
def test_the_gradient_of_each_operation_is_that_of_small_steps(text: str) -> None:
    formula = Formula(text, ("x0", "x1"))
    gradient = [float(one) for one in formula.derivatives(1.4, 0.6)[1]]
    assert gradient == pytest.approx(
        numerical_gradient(lambda at: float(formula.value(*at)), [1.4, 0.6], 1e-6), abs=1e-7
    )


def test_values_and_derivatives_have_the_shape_of_the_variables_and_nan_where_there_is_none() -> None:
    value, (first, second) = Formula("3", ("x0", "x1")).derivatives(np.zeros((4, 5)), 1.0)
    assert value.shape == first.shape == second.shape == (4, 5)
    assert not first.any()
    assert np.isnan(Formula("log(x)").value(-1.0))  # and no warning
    assert np.isinf([Formula("1/x").value(0.0), Formula("9**9**9").value(0.0)]).all()


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("2x +", 5),
        ("x + y", 5),
        ("  foo(x)", 3),
        ("x² + sin", 6),
        ("2 + x % 3", 5),
        ("x + sin(x, x)", 5),
        ("x < 2", 1),
        ("sin x", 5),
        ("x.real", 1),
        ("'x'", 1),
        ("1e999x", 1),
        ("x²²² + α", 8),
        ("__import__('os').system('true')", 1),
        ("(lambda: x)()", 2),
        ("[x for x in 'ab']", 1),
        ("True", 1),
    ],
)
def test_a_mistake_is_named_with_its_place(text: str, place: int) -> None:
    with pytest.raises(UserError, match=f"character {place}\\b"):
        Formula(text)


@pytest.mark.parametrize("text", ["", "   ", "x" * (LONGEST + 1), "\0x", "(" * 190, "-" * 199])
def test_what_is_no_formula_at_all_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(UserError) as caught:
        Formula(text)
    assert str(caught.value)


@given(st.text(alphabet="x01 .+-*/^()²sincoe,_[]{}'\"=:@\n", max_size=40))
def test_any_text_is_a_formula_or_is_refused(text: str) -> None:
    try:
        value = Formula(text).value(np.ones(3))
    except UserError:
        return
    assert value.shape == (3,)
