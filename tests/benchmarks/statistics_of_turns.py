"""Medians and spreads of times that were taken in turns."""

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Spread:
    """A median and its quartiles."""

    median: float
    low: float
    high: float

    @classmethod
    def of(cls, values: Sequence[float]) -> "Spread":
        """Return those of some values."""
        if len(values) < 2:
            return cls(values[0], values[0], values[0])
        low, median, high = statistics.quantiles(values, n=4, method="inclusive")
        return cls(median, low, high)


def ratios(values: Sequence[float], base: Sequence[float]) -> list[float]:
    """Return each turn's value divided by that of the turn beside it."""
    return [value / other for value, other in zip(values, base, strict=True)]


def bounds_of_median(values: Sequence[float]) -> tuple[float, float]:
    """Return the bounds between which the true median lies with at least 95 % certainty.

    By order statistics, so nothing is assumed of how the values are spread: of n values the k-th from either
    end is a bound, where k is the largest number for which fewer than k of n coins fall on one side with a chance
    of at most 2.5 %. With fewer than six values that can never be said, and the bounds are the extremes.
    """
    ordered = sorted(values)
    n = len(ordered)
    k, chance = 0, 0.0
    while chance + math.comb(n, k) / 2**n <= 0.025:
        chance += math.comb(n, k) / 2**n
        k += 1
    place = max(k - 1, 0)
    return ordered[place], ordered[n - 1 - place]
