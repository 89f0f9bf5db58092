"""Where the numbers of an axis stand and what is written there: few, round, readable."""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from playground.ui.core.number_text import not_finite, scientific, significant

Ticks = list[tuple[float, str]]

SMALLEST = 1e-20
"""What a logarithmic axis shows instead of zero and of anything below."""


def linear_ticks(low: float, high: float, most: int = 5) -> Ticks:
    """Return at most `most` round values in [low, high], each with its label, lowest first."""
    if not (math.isfinite(low) and math.isfinite(high)) or high - low <= 1e-9 * max(abs(low), abs(high)):
        return []
    step = _round_up((high - low) / max(1, most - 1), (1.0, 2.0, 2.5, 5.0, 10.0))
    while math.floor(high / step + 1e-9) - math.ceil(low / step - 1e-9) + 1 > most:
        step = _round_up(step * 1.01, (1.0, 2.0, 2.5, 5.0, 10.0))
    values = [k * step for k in range(math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9) + 1)]
    labels = [number_label(value) for value in values]
    if len(set(labels)) < len(labels):  # far from zero, and close together
        labels = [significant(value, 12) for value in values]
    return list(zip(values, labels, strict=True))


def log_ticks(low: float, high: float, most: int = 5) -> Ticks:
    """Return at most about `most` values between the exponents `low` and `high` of ten; positions are exponents.

    Whole powers of ten where there are three or more, thinned where there are many; else 1, 2 and 5 times a power; in
    a range narrower than that, evenly spaced values.
    """
    if not (math.isfinite(low) and math.isfinite(high)) or high <= low:
        return []
    first, last = math.ceil(low - 1e-9), math.floor(high + 1e-9)
    if last - first + 1 >= 3:
        stride = max(1, math.ceil((last - first + 1) / most))
        powers = range(first, last + 1, stride)  # a tiny one too, which elsewhere is what rounding left of 0
        return [(float(k), f"1e{k}" if k < -14 else number_label(10.0**k)) for k in powers]
    found: Ticks = []
    for power in range(math.floor(low), math.ceil(high) + 1):
        for factor in (1, 2, 5):
            position = power + math.log10(factor)
            if low - 1e-9 <= position <= high + 1e-9:
                found.append((position, number_label(factor * 10.0**power)))
    if len(found) < 2:
        return [(math.log10(value), label) for value, label in linear_ticks(10.0**low, 10.0**high, most) if value > 0]
    return found[-most:]


def round_up(value: float) -> float:
    """Return a round number that is at least `value`, so that a range jumps instead of creeping; 1 for 0."""
    return _round_up(value, (1.0, 1.5, 2.0, 3.0, 5.0, 7.0, 10.0)) if value > 0 else 1.0


def _round_up(least: float, factors: tuple[float, ...]) -> float:
    """Return the smallest of these factors times a power of ten that is at least `least`."""
    power = 10.0 ** math.floor(math.log10(least))
    return next((factor * power for factor in factors if factor * power >= least * (1 - 1e-9)), 10.0 * power)


def number_label(value: float) -> str:
    """Return a number as text for an axis: ``0``, ``0.05``, ``1e-4``, ``250``, ``2.5k``, ``10k``, ``1M``."""
    size = abs(value)
    if size < 1e-15:
        return "0"
    if size >= 1e12 or size < 0.9995e-3:
        mantissa, exponent = f"{value:.2e}".split("e")
        return f"{mantissa.rstrip('0').rstrip('.')}e{int(exponent)}".replace("-", "−", int(value < 0))
    for unit, letter in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
        if size >= unit * 0.99995:
            return f"{value / unit:.4g}{letter}".replace("-", "−")
    return f"{value:.4g}".replace("-", "−")


def value_label(value: float, digits: int = 4) -> str:
    """Return a number as text: so many significant digits, a true minus sign; ``NaN`` and ``∞`` as they are.

    With an exponent it has one digit less.
    """
    if not math.isfinite(value):
        return not_finite(value)
    if value == 0:
        return "0"
    return significant(value, digits) if 1e-4 <= abs(value) < 1e6 else scientific(value, digits - 1)


def value_labels(values: Sequence[float], least: int = 4, most: int = 10) -> list[str]:
    """Return numbers as texts, with as many digits, from `least` to `most`, as tell different ones apart."""
    different = len(set(map(repr, values)))
    labels: list[str] = []
    for digits in range(least, most + 1):
        labels = [value_label(value, digits) for value in values]
        if len(set(labels)) == different:
            break
    return labels


def to_log(values: NDArray[np.floating]) -> NDArray[np.float64]:
    """Return log10 of `values`; zeros and negative numbers become `SMALLEST`, what is not finite stays NaN."""
    array = np.asarray(values, np.float64)
    found = np.log10(np.where(array > SMALLEST, array, SMALLEST))
    found[~np.isfinite(array)] = np.nan
    return found
