"""What all curves over the course of a run have in common: two axes that follow it in jumps."""

import math
from collections.abc import Sequence
from typing import ClassVar

import numpy as np

from playground.ui.canvas.chart import Chart
from playground.ui.canvas.chart_items import Array, Range, Series
from playground.ui.core.ticks import round_up, to_log

FIRST_STEPS = 20.0
DEEPEST = 8.0
"""A logarithmic axis usually goes at most so many powers of ten below its largest value."""

JUMP = 1.5
"""The end of the axis is this many times further away whenever the run reaches it."""

EDGE = 0.012
"""So much of the axis is left free before 0, that what begins there is seen whole."""

PERCENT_SPAN = (0.0, 1.04)
LINE_POINTS = 80
LINE_WIDTH, WIDER = 1.8, 1.5
"""Of the line in front, and by how much each one behind it is wider."""


class RunChart(Chart):
    """Values over the steps or epochs of a run; the axis of a new run ends at `first`, that of `shares` stays."""

    deepest: ClassVar[float] = DEEPEST

    def __init__(
        self,
        name: str,
        series: tuple[Series, ...],
        label: str = "",
        *,
        first: float = FIRST_STEPS,
        shares: bool = False,
    ) -> None:
        super().__init__(name, series, label)
        self.first, self.shares = first, shares
        self.goal: float | None = None
        """Where the run will end, if that is known."""
        self._shown: tuple[float, tuple[Array, ...]] = (0.0, ())
        self.axes["left"].is_percent = shares

    def fit_axes(self, last: float, *values: Array) -> None:
        """Make room for curves that lead up to `last`, and for every finite one of `values`."""
        self._shown = (last, values)
        end = run_end(last, self.first, self.goal)
        span = PERCENT_SPAN if self.shares else value_range(*values, logarithmic=self.logarithmic, deepest=self.deepest)
        self.set_ranges((-EDGE * end, end), span)

    def set_logarithmic(self, on: bool) -> None:
        super().set_logarithmic(on)
        self.fit_axes(*self._shown[:1], *self._shown[1])


def overlaid(colours: Sequence[tuple[str, str]]) -> tuple[Series, ...]:
    """Return lines of these keys and colours, the first one in front; of those that coincide all are seen."""
    widths = (LINE_WIDTH + WIDER * k for k in range(len(colours)))
    return tuple(Series(key, "line", ink, width=width) for (key, ink), width in zip(colours, widths, strict=True))[::-1]


def run_end(last: float, first: float, goal: float | None) -> float:
    """Return where an axis ends that begins at 0 and holds `last`: at `goal` rather than near it."""
    end = first
    while end < last:
        end *= JUMP
    return goal if goal is not None and last <= goal < end * JUMP else end


def value_range(*values: Array, logarithmic: bool, deepest: float) -> Range:
    """Return a range that holds every finite value, from 0 to a round number, or in half powers of ten.

    If `logarithmic` it goes at most `deepest` powers of ten below the largest value.
    """
    everything = np.concatenate([np.ravel(array) for array in values]) if values else np.empty(0)
    finite = everything[np.isfinite(everything)]
    low, high = (float(finite.min()), float(finite.max())) if finite.size else (0.1, 1.0)
    if not logarithmic:
        return (0.0, round_up(high * 1.05))
    low, high = to_log(np.array([low, high])).tolist()
    return (math.floor(max(low, high - deepest) * 2 - 0.1) / 2, math.ceil(high * 2 + 0.1) / 2)


def merged(steps: Array, mean: Array, low: Array, high: Array) -> tuple[Array, Array, Array, Array]:
    """Return the history averaged in at most twice `LINE_POINTS` buckets: steps, mean, low and high, (buckets,) each.

    Buckets are counted from the start of the run, so the line does not tremble while it grows.
    """
    size = len(steps) // LINE_POINTS
    if size < 2:
        return steps, mean, low, high
    starts = np.arange(0, len(steps), size)
    counts = np.diff(np.append(starts, len(steps)))
    return (
        np.add.reduceat(steps, starts) / counts,
        np.add.reduceat(mean, starts) / counts,
        np.minimum.reduceat(low, starts),
        np.maximum.reduceat(high, starts),
    )


def nearest(sorted_values: Array, value: float) -> int:
    """Return the place of the entry of `sorted_values` that is nearest to `value`."""
    k = int(np.clip(np.searchsorted(sorted_values, value), 0, len(sorted_values) - 1))
    return k - 1 if k > 0 and value - sorted_values[k - 1] < sorted_values[k] - value else k


def last_of(*steps: Array) -> float:
    """Return the last of all steps, 0 where there is none."""
    return max([0.0, *(float(some[-1]) for some in steps if len(some))])
