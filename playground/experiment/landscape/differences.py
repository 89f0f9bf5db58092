"""Difference quotients of a function of one variable, and the two parts of their error.

Of the difference quotient with step h the truncation error falls with h, since the secant turns into the tangent, and
the rounding error rises as 1 / h, since f(x + h) and f(x) have more and more digits in common.
Press, Teukolsky, Vetterling, Flannery: Numerical recipes, 2007, section 5.7.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from playground.engine.gradients import STEP

Array = NDArray[np.float64]

STEPS = 10.0 ** np.arange(-16, 0.25, 0.5)
"""The steps h whose errors are drawn, (33,)."""

EPSILON = float(np.finfo(np.float64).eps)

_WIDE = 1e-2
"""Step for the second and third derivative, from the exact first: wide, so that rounding does not matter."""

_NOTHING = 1e-13
"""A second or third derivative below this share of the function's size is taken for 0: it is rounding."""


@dataclass(frozen=True)
class Example:
    """A function of one variable: its formula, the part of the axis that is shown, and the point to begin with."""

    text: str
    low: float
    high: float
    x: float


EXAMPLES = (
    Example("0.01x² + 0.1x", -20, 20, 5),
    Example("x²", -4, 4, 1.5),
    Example("sin(x)", -4, 8, 1),
    Example("sigmoid(x)", -8, 8, 1),
    Example("tanh(x)", -5, 5, 0.5),
    Example("relu(x)", -4, 4, 1),
    Example("exp(x)", -3, 3, 1),
    Example("abs(x)", -3, 3, 1),
)
"""The first is article B's, also to the left of 0, where its slope is 0."""


@dataclass(frozen=True, eq=False)
class Errors:
    """How far difference quotients are from the derivative, by step.

    Attributes
    ----------
    h
        (n,) the steps, rising.
    quotients, measured
        (n,) the difference quotients, and how far they are from the derivative.
    truncation, rounding
        (n,) estimates of the two parts: ½ h |f''| or ⅙ h² |f'''|, and what the last digit of f may be off, by the
        width.
    """

    h: Array
    quotients: Array
    measured: Array
    truncation: Array
    rounding: Array


def difference(f: Callable[[Array], Array], x: float, h: ArrayLike, *, central: bool) -> Array:
    """Return (f(x + h) − f(x − h)) / 2h, or (f(x + h) − f(x)) / h where it is not `central`; of the shape of `h`."""
    h = np.asarray(h, np.float64)
    if central:
        return np.asarray((f(x + h) - f(x - h)) / (2 * h))
    return np.asarray((f(x + h) - f(np.full_like(h, x))) / h)


def errors(f: Callable[[Array], Array], slope: Callable[[float], float], x: float, *, central: bool) -> Errors:
    """Return the errors of difference quotients at `x`, for each of `STEPS`; `slope` is the derivative of f."""
    wide = _WIDE * max(1.0, abs(x))
    below, here, above = (slope(x + k * wide) for k in (-1, 0, 1))
    second, third = (above - below) / (2 * wide), (above - 2 * here + below) / wide**2
    size = abs(float(f(np.asarray(x)))) + abs(x * here)
    derivative = abs(third) / 6 if central else abs(second) / 2
    if derivative * wide**2 < _NOTHING * max(size, abs(here)):
        derivative = 0.0
    with np.errstate(all="ignore"):
        quotients = difference(f, x, STEPS, central=central)
        measured = np.abs(quotients - here)
    truncation = derivative * STEPS ** (2 if central else 1)
    rounding = EPSILON * size / (2 * STEPS if central else STEPS)
    return Errors(STEPS, quotients, measured, truncation, rounding)


def integer_gradient(f: Callable[[Array], float], at: ArrayLike, h: float = STEP) -> Array:
    """Return what article B's ``numerical_gradient`` computes where `at`, (n,), is an array of integers.

    x + h is cut back to a whole number as it is stored: 3.0001 becomes 3, and 2.9999 becomes 2.
    """
    x = np.array(at, dtype=np.int64)
    gradient = np.zeros(len(x))
    for k, value in enumerate(x.tolist()):
        x[k] = int(value + h)
        above = f(x.astype(np.float64))
        x[k] = int(value - h)
        below = f(x.astype(np.float64))
        x[k] = value
        gradient[k] = (above - below) / (2 * h)
    return gradient
