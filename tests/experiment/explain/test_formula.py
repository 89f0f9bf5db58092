"""Formulas are worked out by hand here: parsed as they are shown, evaluated, and compared to the shown digits."""

import itertools
import math
import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.engine.activations import ACTIVATIONS, OUTPUTS, Softmax
from playground.engine.network import Network
from playground.experiment.explain.formula import addition, equation, softmax_formula, unit_formula
from playground.experiment.explain.step_formulas import loss_formula

FUNCTIONS = {
    "σ": lambda z: 1 / (1 + math.exp(-z)),
    "tanh": math.tanh,
    "ReLU": lambda z: max(0.0, z),
    "leaky_ReLU": lambda z: max(0.01 * z, z),
    "ELU": lambda z: z if z > 0 else math.expm1(z),
    "softplus": lambda z: math.log1p(math.exp(z)),
    "swish": lambda z: z / (1 + math.exp(-z)),
    "ln": math.log,
}


def by_hand(text: str) -> float:
    """Work out one side of a formula as it is shown."""
    text = re.sub(r"\[\d+ more: ([^]]+)\]", r"(\1)", text)
    for shown, meant in (("−", "-"), ("·", "*"), ("leaky ReLU", "leaky_ReLU"), ("½", "0.5"), ("²", "**2"), ("^", "**")):
        text = text.replace(shown, meant)
    value = eval(text, {"e": math.e, **FUNCTIONS})
    assert isinstance(value, float | int)
    return float(value)


def half_a_unit(text: str) -> float:
    """Return half of what the last shown digit stands for."""
    mantissa, *exponent = text.replace("−", "-").split("e")
    return 0.5 * 10.0 ** (int(exponent[0] if exponent else 0) - len(mantissa.partition(".")[2]))


def check(text: str) -> None:
    """Check that every side of a formula gives the last, and its neighbour, to the shown digits."""
    assert "≈" not in text, text
    sides = text.split(" = ")
    for left, right in itertools.pairwise(sides):
        if right is sides[-1] or "(" not in right:
            assert abs(by_hand(left) - by_hand(right)) <= half_a_unit(right) * (1 + 1e-5), text
        else:  # σ(1.2·0.5 + 0.3) = σ(0.9): the sum in the brackets is what is rounded
            inner = right[right.index("(") + 1 : -1]
            whole = left[left.index("(") + 1 : -1]
            assert abs(by_hand(whole) - by_hand(inner)) <= half_a_unit(inner) * (1 + 1e-5), text


def test_the_shown_numbers_add_up_in_random_small_networks() -> None:
    for seed in range(60):
        rng = np.random.default_rng(seed)
        sizes = rng.integers(1, 9, rng.integers(2, 5))
        output = rng.choice([name for name in OUTPUTS if name != "softmax"])
        activations = rng.choice(list(ACTIVATIONS), len(sizes) - 2)
        kind = np.float32 if seed % 4 == 0 else np.float64
        network = Network(sizes, activations.tolist(), str(output), dtype=kind)
        network.parameters[...] = rng.normal(0, 10.0 ** rng.integers(-2, 1), network.parameters.size)
        layers = network.activations_of(rng.normal(size=(1, sizes[0])))
        digits = int(rng.choice([3, 4, 6, 9]))
        for k, name in enumerate([*activations, output]):
            for unit in range(sizes[k + 1]):
                formula = unit_formula(
                    network.weights[k][:, unit],
                    layers[k][0],
                    float(network.biases[k][unit]),
                    str(name),
                    float(layers[k + 1][0, unit]),
                    digits,
                )
                assert formula.holds, formula.text
                check(formula.text)
                shown = float(formula.right.replace("−", "-"))
                assert abs(shown - float(layers[k + 1][0, unit])) <= half_a_unit(formula.right) * (1 + 1e-5)


def test_the_formula_of_the_issue_is_written_like_that() -> None:
    formula = unit_formula([1.2, -0.7], [0.5, 1.0], 0.3, "sigmoid", 1 / (1 + math.exp(-0.2)), digits=2)
    assert formula.text == "σ(1.2·0.5 − 0.7·1 + 0.3) = σ(0.2) = 0.55"


def test_without_biases_there_is_none_in_the_formula() -> None:
    assert unit_formula([2.0], [-0.5], None, "linear", -1.0).text == "2·(−0.5) = −1"


def test_terms_get_more_digits_where_few_would_not_add_up() -> None:
    plain = equation([0.1449, 7.449], lambda v: v[0] * v[1], "·".join, 0.1449 * 7.449, 2)
    assert plain.text == "0.145·7.45 = 1.1"
    check(plain.text)


def test_a_long_sum_shows_its_largest_terms_and_still_adds_up() -> None:
    rng = np.random.default_rng(1)
    weights, inputs = rng.normal(size=784), rng.random(784)
    z = float(weights @ inputs + 0.25)
    formula = unit_formula(weights, inputs, 0.25, "sigmoid", 1 / (1 + math.exp(-z)))
    assert "[781 more: " in formula.text
    largest = np.argsort(-np.abs(weights * inputs))[:3]
    assert all(str(abs(float(weights[k])))[:4] in formula.text for k in largest)
    check(formula.text)


def test_what_cannot_add_up_says_so() -> None:
    wrong = equation([0.5], lambda v: v[0], lambda t: t[0], 0.9)
    assert not wrong.holds
    assert wrong.text == "0.5 ≈ 0.9"


@given(st.lists(st.floats(-40, 40), min_size=1, max_size=14), st.data())
def test_shares_add_up(z: list[float], data: st.DataObject) -> None:
    unit = data.draw(st.integers(0, len(z) - 1))
    formula = softmax_formula(z, unit, float(Softmax.formula(np.array(z))[unit]))
    check(formula.text)


@given(st.lists(st.floats(-10, 10).map(lambda x: round(x, 6)), min_size=1, max_size=14))
def test_additions_add_up(values: list[float]) -> None:
    text = addition(values, math.fsum(values)).text
    if "≈" not in text:
        check(text)
    else:
        assert abs(math.fsum(values)) < 1e-9  # what is left is the rounding of the last bit


@pytest.mark.parametrize(("loss", "output"), [("squared", "sigmoid"), ("mse", "tanh"), ("cross-entropy", "sigmoid")])
@pytest.mark.parametrize("outputs", [1, 2, 10])
def test_losses_add_up(loss: str, output: str, outputs: int) -> None:
    rng = np.random.default_rng(outputs)
    y, t = rng.random(outputs), rng.integers(0, 2, outputs).astype(float)
    if loss == "cross-entropy":
        value = float(-(t * np.log(y) + (1 - t) * np.log(1 - y)).sum())
    else:
        value = float(((y - t) ** 2).sum() * (0.5 if loss == "squared" else 1 / outputs))
    check(loss_formula(loss, output, y, t, value).text)


def test_the_loss_of_a_softmax_is_the_surprise_at_the_true_class() -> None:
    assert loss_formula("cross-entropy", "softmax", [0.2, 0.5, 0.3], [0, 1, 0], math.log(2)).text == "−ln(0.5) = 0.6931"
