"""Ranges of axes that follow a run: they jump, rarely, instead of creeping with every frame."""

import math

import numpy as np
from numpy.typing import NDArray

from playground.ui.core.ticks import Ticks, linear_ticks, log_ticks, to_log

Array = NDArray[np.floating]

DEEPEST = 8.0
"""A logarithmic axis goes at most so many powers of ten below its largest value."""


class GrowingEnd:
    """The end of an axis that begins at zero: jumps by half again when it is reached.

    `goal` is where the run will end, if that is known: the axis stops there instead of going beyond.
    """

    def __init__(self, first: float) -> None:
        self.first = first
        self.end = first
        self.goal: float | None = None

    def reset(self, goal: float | None = None) -> None:
        """Begin anew."""
        self.end, self.goal = self.first, goal

    def aim(self, goal: float | None) -> None:
        """Take over another goal; an end that came of the one before, or lies beyond this one, is found anew."""
        known = self.goal is not None and goal is not None and math.isclose(goal, self.goal, rel_tol=1e-6)
        if known or goal == self.goal:
            return
        if self.end == self.goal or (goal is not None and self.end > goal):
            self.end = self.first
        self.goal = goal

    def include(self, largest: float) -> float:
        """Return the end of the axis once it holds `largest`."""
        if math.isfinite(largest) and largest > self.end:
            self.end = largest * 1.5
            if self.goal is not None and largest <= self.goal < self.end:
                self.end = self.goal
        return self.end


class ValueRange:
    """The vertical range of a loss, straight or logarithmic: jumps when a value leaves it or it is far too large."""

    def __init__(self) -> None:
        self.logarithmic = False
        self._low, self._high = 0.0, 0.0

    def reset(self) -> None:
        """Begin anew."""
        self._low = self._high = 0.0

    def set_logarithmic(self, on: bool) -> None:
        """Switch between the two kinds of axis."""
        self.logarithmic = on
        self.reset()

    def include(self, *values: Array) -> tuple[tuple[float, float], Ticks]:
        """Return the range that holds every finite value, in the units of the axis, and its ticks."""
        finite = [array[np.isfinite(array)] for array in values]
        everything = np.concatenate(finite) if finite else np.empty(0)
        low, high = (float(everything.min()), float(everything.max())) if everything.size else (0.1, 1.0)
        if self.logarithmic:
            return self._include_log(*to_log(np.array([low, high])).tolist())
        if high > self._high or high < self._high / 3 or self._high == 0:
            self._high = high * 1.15 if high > 0 else 1.0
        return (0.0, self._high), linear_ticks(0.0, self._high, 6)

    def _include_log(self, low: float, high: float) -> tuple[tuple[float, float], Ticks]:
        low = max(low, high - DEEPEST)
        outside = low < self._low or high > self._high
        if outside or self._low == self._high or high - low < (self._high - self._low) / 3:
            self._low, self._high = math.floor(low * 2 - 0.1) / 2, math.ceil(high * 2 + 0.1) / 2
        return (self._low, self._high), log_ticks(self._low, self._high)
