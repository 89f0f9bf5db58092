"""Numbers and formulas whose shown digits add up: whoever works them out by hand gets what is shown.

A formula shows rounded numbers. If each were rounded on its own, 0.44·0.44 would be shown as 0.4·0.4 = 0.2 and nobody
could check it. So `equation` shows its terms with as many digits as it takes for the shown terms to give
the shown result; where even all digits do not (a float32 result that lies just at the edge of a rounding), the result
is shown with fewer digits, and at the very worst the sign is ``≈``.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from playground.engine.activations import ACTIVATIONS, OUTPUTS
from playground.experiment.explain.number_text import not_finite
from playground.language import _

DIGITS = 4
"""Significant digits of a result, unless asked for more."""

MOST_DIGITS = 17
"""Significant digits that distinguish any two float64."""

MOST_TERMS = 6
"""A longer sum shows its `FEW_TERMS` largest terms, and the sum of the others as one number."""

FEW_TERMS = 3

SYMBOLS = {"sigmoid": "σ", "relu": "ReLU", "leaky-relu": "leaky ReLU", "elu": "ELU"}
"""How activation functions are written in a formula; the others by their names. ``linear`` is not written at all."""

_SMALLEST_PLAIN = 1e-4
_SLACK = 1 + 1e-6

Evaluate = Callable[[Sequence[float]], float]
Render = Callable[[Sequence[str]], str]


def number(value: float, digits: int = DIGITS) -> str:
    """Return a number with at most so many significant digits (whole numbers keep all), without trailing zeros.

    The minus is a real one: ``−0.25``. Very small numbers are written ``1.5e−7``.
    """
    if not math.isfinite(value):
        return not_finite(value)
    text = f"{value:.{digits - 1}e}" if 0 < abs(value) < _SMALLEST_PLAIN else f"{value:.{_decimals(value, digits)}f}"
    mantissa, *exponent = text.split("e")
    if "." in mantissa:
        mantissa = mantissa.rstrip("0").rstrip(".")
    if mantissa == "-0":
        mantissa = "0"
    text = mantissa + (f"e{int(exponent[0])}" if exponent else "")
    return text.replace("-", "−")


def read(text: str) -> float:
    """Return the number that `number` wrote."""
    return float(text.replace("−", "-").replace("∞", "inf"))


@dataclass(frozen=True)
class Equation:
    """``left = right``, as shown; `holds` says whether the shown terms give the shown result to its digits."""

    left: str
    right: str
    holds: bool

    @property
    def text(self) -> str:
        """The equation in one line; just the number where the left side is that number."""
        if self.left == self.right:
            return self.right
        return f"{self.left} {'=' if self.holds else '≈'} {self.right}"


def equation(
    values: Sequence[float], evaluate: Evaluate, render: Render, result: float, digits: int = DIGITS
) -> Equation:
    """Return an equation with as many digits as it takes to add up, `digits` significant ones at least.

    `evaluate` works the left side out from its `values`, `render` writes it from them as they are shown; `result` is
    the number on the right, as it was really computed.
    """
    shown = [float(value) for value in values]
    for fewer in range(digits, 0, -1):
        right = number(result, fewer)
        texts = _texts_giving(right, _half_unit(result, fewer), shown, evaluate, digits)
        if texts is not None:
            return Equation(render(texts), right, True)
    return Equation(render([number(value, digits) for value in shown]), number(result, digits), False)


def _texts_giving(
    right: str, edge: float, values: Sequence[float], evaluate: Evaluate, digits: int
) -> list[str] | None:
    """Return the values with as few digits as give a shown number within `edge`; None where all digits do not."""
    for more in range(digits, MOST_DIGITS + 1):
        texts = [number(value, more) for value in values]
        if abs(evaluate([read(text) for text in texts]) - read(right)) <= edge * _SLACK:
            return texts
    return None


@dataclass(frozen=True, eq=False)
class Terms:
    """A sum of products and a constant, shortened where it is long: its numbers, its value, its text.

    Attributes
    ----------
    places
        Which products are shown, by their places in the sum.
    values
        The shown numbers: left and right of each product, the sum of the others if any, the constant if any.
    others
        How many products are summed into one number.
    """

    places: tuple[int, ...]
    values: tuple[float, ...]
    others: int

    def evaluate(self, values: Sequence[float]) -> float:
        """Return the value of the sum with these numbers in the places of `values`."""
        pairs = 2 * len(self.places)
        products = [values[k] * values[k + 1] for k in range(0, pairs, 2)]
        return math.fsum([*products, *values[pairs:]])

    def render(self, texts: Sequence[str]) -> str:
        """Return ``1.2·0.5 − 0.7·1 + 0.3`` of the numbers as they are shown."""
        pairs = 2 * len(self.places)
        parts = [f"{texts[k]}·{bracketed(texts[k + 1])}" for k in range(0, pairs, 2)]
        cut = pairs + bool(self.others)
        return joined([*parts, *more_terms(self.others, texts[pairs:cut]), *texts[cut:]])


def shortened(addends: NDArray[Any]) -> tuple[list[int], list[float]]:
    """Return the places of the addends (n,) that a sum shows, and the sum of the others, if any.

    All are shown, or of more than `MOST_TERMS` the largest few.
    """
    if len(addends) <= MOST_TERMS:
        return list(range(len(addends))), []
    known = np.nan_to_num(np.abs(addends), nan=np.inf)
    places = sorted(np.argsort(-known, kind="stable")[:FEW_TERMS].tolist())
    return places, [math.fsum(np.delete(addends, places)) if np.isfinite(addends).all() else math.nan]


def more_terms(count: int, texts: Sequence[str]) -> list[str]:
    """Return ``[7 more: 0.3]``, the part of a sum for `count` terms that are not shown, with its number in `texts`."""
    return [_("[{n} more: {value}]").format(n=count, value=text) for text in texts]


def terms(left: ArrayLike, right: ArrayLike, constant: float | None = None) -> Terms:
    """Return the sum of ``left[k] · right[k]`` and a constant, with the largest products where there are many."""
    factors = np.asarray(left, np.float64), np.asarray(right, np.float64)
    products: NDArray[Any] = factors[0] * factors[1]
    places, rest = shortened(products)
    values = [float(factor[k]) for k in places for factor in factors] + rest
    if constant is not None:
        values.append(float(constant))
    return Terms(tuple(places), tuple(values), len(products) - len(places))


def addition(values: ArrayLike, result: float, digits: int = DIGITS, divisor: int = 1) -> Equation:
    """Return ``0.1 − 0.2 + 0.05 = −0.05``, or ``(0.1 − 0.2)/2 = −0.05`` with a divisor.

    Of many numbers the largest are shown, and the sum of the others.
    """
    numbers = np.asarray(values, np.float64)
    places, rest = shortened(numbers)
    shown = len(places)

    def render(texts: Sequence[str]) -> str:
        whole = joined([*texts[:shown], *more_terms(len(numbers) - shown, texts[shown:])])
        return whole if divisor == 1 else f"({whole})/{divisor}"

    return equation([*numbers[places], *rest], lambda given: math.fsum(given) / divisor, render, result, digits)


def unit_formula(
    weights: ArrayLike,
    inputs: ArrayLike,
    bias: float | None,
    activation_name: str,
    output: float,
    digits: int = DIGITS,
) -> Equation:
    """Return the formula of one unit for one sample: ``σ(1.2·0.5 − 0.7·1 + 0.3) = σ(0.2) = 0.55``.

    Parameters
    ----------
    weights, inputs
        (n_in,) each: the unit's weights and what comes in (scaled as the network scales it).
    bias
        None where the network has no biases.
    activation_name
        A name in `ACTIVATIONS` or `OUTPUTS`. For ``softmax``, whose output depends on all units, the formula ends with
        the sum; `softmax_formula` has the rest.
    output, digits
        What comes out, and how many significant digits of it are shown.
    """
    summed = terms(weights, inputs, bias)
    z = summed.evaluate(summed.values)
    if activation_name in ("linear", "softmax"):
        end = z if activation_name == "softmax" else float(output)
        return equation(summed.values, summed.evaluate, summed.render, end, digits)
    symbol = SYMBOLS.get(activation_name, activation_name)
    curve = equation([z], _function(activation_name), lambda texts: f"{symbol}({texts[0]})", float(output), digits)
    shown = curve.left[len(symbol) + 1 : -1]
    texts = _texts_giving(shown, _unit_of(shown) / 2, summed.values, summed.evaluate, digits)
    sign = "≈" if texts is None else "="
    inner = summed.render(texts or [number(value, digits) for value in summed.values])
    return Equation(f"{symbol}({inner}) {sign} {curve.left}", curve.right, curve.holds)


def softmax_formula(z: ArrayLike, unit: int, output: float, digits: int = DIGITS) -> Equation:
    """Return ``e^1.2 / (e^1.2 + e^0.3) = 0.71`` for one unit of a softmax layer with the sums `z` (units,).

    Where e^z would be too large, the largest z is taken off all of them first, which changes nothing.
    """
    sums = np.asarray(z, np.float64)
    sums = sums - sums.max() if np.abs(sums).max() > 30 else sums
    shown = list(range(len(sums)))
    if len(sums) > MOST_TERMS:
        shown = [unit, *[k for k in np.argsort(-sums, kind="stable").tolist() if k != unit][: FEW_TERMS - 1]]
    others = len(sums) - len(shown)
    rest = [float(np.exp(np.delete(sums, shown)).sum())] if others else []
    at = shown.index(unit)

    def evaluate(values: Sequence[float]) -> float:
        powers = [math.exp(value) for value in values[: len(shown)]]
        return powers[at] / (math.fsum(powers) + sum(values[len(shown) :]))

    def render(texts: Sequence[str]) -> str:
        powers = [f"e^{bracketed(text)}" for text in texts[: len(shown)]]
        below = [*powers, *more_terms(others, texts[len(shown) :])]
        return f"{powers[at]} / ({' + '.join(below)})"

    return equation([*(float(sums[k]) for k in shown), *rest], evaluate, render, float(output), digits)


def bracketed(text: str) -> str:
    """Return a number as it stands after a sign: in brackets where it is negative."""
    return f"({text})" if text.startswith("−") else text


def negated(text: str) -> str:
    """Return a shown number with the other sign, for a sum."""
    return text[1:] if text.startswith("−") else f"−{text}"


def joined(parts: Sequence[str]) -> str:
    """Return the parts of a sum with the signs between them: ``1.2·0.5 − 0.7·1 + 0.3``."""
    text = parts[0] if parts else "0"
    for part in parts[1:]:
        text += f" − {part[1:]}" if part.startswith("−") else f" + {part}"
    return text


def _function(name: str) -> Evaluate:
    function = (OUTPUTS if name in OUTPUTS else ACTIVATIONS)[name].make

    def evaluate(values: Sequence[float]) -> float:
        with np.errstate(over="ignore"):
            return float(function.formula(np.array(values, np.float64))[0])

    return evaluate


def _decimals(value: float, digits: int) -> int:
    if value == 0:
        return 0
    return max(0, digits - 1 - math.floor(math.log10(abs(value))))


def _half_unit(value: float, digits: int) -> float:
    """Return half of what the last of so many significant digits stands for."""
    if value == 0 or not math.isfinite(value):
        return 0.5 * 10.0**-digits
    if abs(value) < _SMALLEST_PLAIN:
        return 0.5 * 10.0 ** (math.floor(math.log10(abs(value))) - digits + 1)
    return 0.5 * 10.0 ** -_decimals(value, digits)


def _unit_of(text: str) -> float:
    """Return what the last shown digit of a number stands for."""
    mantissa, *exponent = text.split("e")
    decimals = len(mantissa.partition(".")[2])
    return float(10.0 ** ((read(exponent[0]) if exponent else 0) - decimals))
