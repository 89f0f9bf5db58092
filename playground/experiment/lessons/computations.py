"""Computations that a lesson can ask for by name, on plain numbers: the only functions that it reaches.

To add one, write a function of numbers and lists that returns numbers or lists, and give it a line in `COMPUTATIONS`.
"""

import inspect
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from playground.engine.activations import Sigmoid, Softmax
from playground.engine.gradients import STEP, numerical_derivative
from playground.experiment.lessons import losses_and_gradients
from playground.language import _
from playground.registry import UserError, quoted
from playground.suggestions import did_you_mean

Numbers = Any
"""A number, a list of numbers, or a list of rows of numbers."""

MOST_NUMBERS = 10_000
LARGEST = 1e300

CURVES: Mapping[str, Callable[[float], float]] = {
    "square": lambda x: x**2,
    "parabola": lambda x: 0.01 * x**2 + 0.1 * x,
    "sine": np.sin,
    "exponential": np.exp,
    "sigmoid": lambda x: 1 / (1 + np.exp(-x)),
}
"""Functions of one number that can be differentiated."""


def softmax(values: Numbers, subtract_maximum: bool = True, whole_batch: bool = False) -> Numbers:
    """Return the softmax of values, or of each row; the printed code of article A divides by the sum of all rows."""
    z = np.asarray(values, dtype=float)
    if subtract_maximum and not whole_batch:
        return Softmax.formula(np.array(z))
    with np.errstate(over="ignore", invalid="ignore"):
        powers = np.exp(z - z.max() if subtract_maximum else z)
        return powers / (powers.sum() if whole_batch else powers.sum(axis=-1, keepdims=True))


def sigmoid(z: Numbers) -> Numbers:
    """Return 1 / (1 + e^−z)."""
    return Sigmoid.formula(np.array(z, dtype=float))


def neuron(inputs: Numbers, weights: Numbers, bias: float) -> float:
    """Return the output of one sigmoid neuron."""
    return float(sigmoid(np.dot(np.ravel(inputs), np.ravel(weights)) + bias))


def net_input(inputs: Numbers, weights: Numbers, bias: float) -> float:
    """Return the sum of inputs times weights, and the bias."""
    return float(np.dot(np.ravel(inputs), np.ravel(weights)) + bias)


def squared_error(outputs: Numbers, targets: Numbers) -> float:
    """Return half the sum of the squared differences (articles B, C, E)."""
    return float(0.5 * np.sum(np.square(np.subtract(outputs, targets))))


def cross_entropy(outputs: Numbers, targets: Numbers, inside: float = 1e-7, mean: bool = False) -> float:
    """Return −Σ target · log(output + inside), or its `mean`; article B puts 1e-7 inside the logarithm."""
    with np.errstate(divide="ignore", invalid="ignore"):
        terms = np.where(np.asarray(targets) == 0, 0.0, np.asarray(targets) * np.log(np.add(outputs, inside)))
    return float(-np.mean(terms) if mean else -np.sum(terms)) + 0.0


def minus_log(value: float) -> float:
    """Return −log(value), infinite at 0."""
    with np.errstate(divide="ignore"):
        return float(-np.log(value)) + 0.0


def derivative(function: str, x: float, h: float = STEP) -> float:
    """Return the derivative of one of `CURVES` at x by a central difference."""
    return float(numerical_derivative(_curve(function), x, h))


def broadcast_size(first: Numbers, second: Numbers) -> int:
    """Return how many numbers NumPy makes of the difference of two arrays of these shapes."""
    return int(np.prod(np.broadcast_shapes(tuple(map(int, first)), tuple(map(int, second)))))


def share_never_drawn(rows: int, draws: int) -> float:
    """Return the share of the rows that so many random draws with replacement miss, on the average."""
    return float((1 - 1 / max(rows, 1)) ** draws)


def pieces(ink: Numbers) -> Numbers:
    """Return the first and the last column of each piece of a picture that is cut where columns hold no ink.

    `ink` is how much of it is in each column; the pieces are the rows of the result.
    """
    holds = np.concatenate([[0], np.ravel(ink) > 0, [0]])
    first, behind = np.flatnonzero(np.diff(holds) == 1), np.flatnonzero(np.diff(holds) == -1)
    return np.column_stack([first, behind - 1])


def product(values: Numbers) -> float:
    """Return the product of all numbers."""
    return float(np.prod(values))


def quotient(first: float, second: float, digits: int = 12) -> float:
    """Return the first number divided by the second, rounded to so many digits after the point."""
    return round(float(first) / float(second), int(digits))


def total(values: Numbers) -> float:
    """Return the sum of all numbers."""
    return float(np.sum(values))


COMPUTATIONS: Mapping[str, Callable[..., Any]] = {
    function.__name__: function
    for function in (
        softmax,
        sigmoid,
        neuron,
        net_input,
        squared_error,
        cross_entropy,
        minus_log,
        derivative,
        broadcast_size,
        share_never_drawn,
        pieces,
        product,
        quotient,
        total,
        *losses_and_gradients.FUNCTIONS,
    )
}


def compute(name: str, arguments: Mapping[str, Any]) -> Numbers:
    """Return the result of a computation: a number or nested lists of numbers.

    Raises
    ------
    UserError
        Where there is no such computation, it has no such argument, or it cannot be computed of these.
    """
    if name not in COMPUTATIONS:
        raise UserError(
            _("there is no computation {name}.").format(name=quoted(name)) + did_you_mean(name, COMPUTATIONS)
        )
    function = COMPUTATIONS[name]
    known = inspect.signature(function).parameters
    for key, value in arguments.items():
        if key not in known:
            sentence = _("{name} has no argument {key}; it has {known}.")
            sentence = sentence.format(name=name, key=quoted(key), known=", ".join(known))
            raise UserError(sentence + did_you_mean(key, known))
        _check(key, value, known[key].annotation)
    if lacking := [key for key, it in known.items() if it.default is it.empty and key not in arguments]:
        raise UserError(_("{name} needs the argument {key}.").format(name=name, key=quoted(lacking[0])))
    try:
        result = np.asarray(function(**arguments)).tolist()
    except (TypeError, ValueError, IndexError, ArithmeticError) as error:
        raise UserError(_("{name} cannot be computed: {error}.").format(name=name, error=error)) from error
    return result


def item_of(result: Numbers, item: tuple[int, ...]) -> float:
    """Return one number of a result.

    Raises
    ------
    UserError
        Where the indices lead to no number.
    """
    found = result
    for index in item:
        if not isinstance(found, list) or not 0 <= index < len(found):
            raise UserError(_("the result has no item {item}.").format(item=list(item)))
        found = found[index]
    if isinstance(found, list):
        raise UserError(_("the result is a list of {n}: “item” says which one is meant.").format(n=len(found)))
    return float(found)


def _check(key: str, value: Any, kind: object) -> None:
    """Raise `UserError` unless an argument is what its function takes: true or false, a word, or so many numbers."""
    if kind in (bool, str):
        if not isinstance(value, bool if kind is bool else str):
            expected = _("true or false") if kind is bool else _("a text")
            sentence = _("the argument {key} must be {expected}, not {value}.")
            raise UserError(sentence.format(key=quoted(key), expected=expected, value=quoted(value)))
        return
    flat = _flat(value) if kind is Numbers else [value]
    if not all(isinstance(it, int | float) and not isinstance(it, bool) and abs(it) < LARGEST for it in flat):
        sentence = _("the argument {key} must be a number or a list of numbers, not {value}.")
        raise UserError(sentence.format(key=quoted(key), value=quoted(value)))
    if len(flat) > MOST_NUMBERS:
        raise UserError(_("the argument {key} has more than {n} numbers.").format(key=quoted(key), n=MOST_NUMBERS))


def _flat(value: Any) -> list[Any]:
    return [it for inside in value for it in _flat(inside)] if isinstance(value, list) else [value]


def _curve(name: str) -> Callable[[float], float]:
    if name not in CURVES:
        sentence = _("there is no function {name}; there are {known}.")
        raise ValueError(sentence.format(name=quoted(name), known=", ".join(CURVES)).rstrip("."))
    return CURVES[name]
