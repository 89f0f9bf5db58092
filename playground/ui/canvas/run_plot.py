"""What all curves over the course of a run have in common: two axes that follow it in jumps."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QResizeEvent

from playground.ui.canvas.axes_plot import AxesPlot, Series
from playground.ui.canvas.growing_range import GrowingEnd, ValueRange
from playground.ui.core import theme
from playground.ui.core.ticks import PERCENT, linear_ticks, to_log

Array = NDArray[np.floating]

FIRST_STEPS = 20.0
PERCENT_SPAN = (0.0, 1.04)
EDGE = 0.012  # of the axis is left free before 0, so that what begins there is seen whole
TALL = 150  # pixels of a plot that has room for the titles of its axes


class RunPlot(AxesPlot):
    """Values over the steps or epochs of a run; a subclass draws its curves in `_show`, and fits the axes there.

    Parameters
    ----------
    name
        The stable object name.
    series
        What can be drawn, from the back to the front.
    left_width
        Pixels for the numbers at the left.
    first
        Where the axis of a new run ends.
    most_ticks
        How many numbers stand below the axis at most.
    shares
        Whether the values are shares from 0 to 1, whose axis stays.
    """

    def __init__(
        self,
        name: str,
        series: tuple[Series, ...],
        left_width: int = 46,
        *,
        first: float = FIRST_STEPS,
        most_ticks: int = 5,
        shares: bool = False,
    ) -> None:
        self._end = GrowingEnd(first)
        self._range = ValueRange()
        self._most_ticks = most_ticks
        self._shares = shares
        self._wanted_titles = ("", "")
        super().__init__(name, series, left_width)

    @property
    def logarithmic(self) -> bool:
        """Whether the values have a logarithmic axis."""
        return self._range.logarithmic

    def set_logarithmic(self, on: bool) -> None:
        """Give the values a logarithmic axis, or a straight one."""
        if on != self._range.logarithmic:
            self._range.set_logarithmic(on)
            self._show()

    def _begin_axes(self, goal: float | None) -> None:
        """Begin the axes of a new run, which ends at `goal` if that is known."""
        self._end.reset(goal)
        self._range.reset()

    def aim(self, goal: float | None) -> None:
        """Take over where the run will end: at another place since its batches, say, or its stop condition changed."""
        self._end.aim(goal)

    def set_titles(self, x: str, y: str) -> None:
        """Write what the axes are beside them, where the plot is tall enough."""
        self._wanted_titles = (x, y)
        self._fit_titles()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_titles()

    def _fit_titles(self) -> None:
        """Show the titles or leave them out."""
        titles = self._wanted_titles if self.height() >= theme.px(TALL) else ("", "")
        if titles != self._titles:
            self.set_axis_titles(*titles)

    def _put(self, values: Array) -> Array:
        return to_log(values) if self.logarithmic else np.asarray(values)

    def _fit_axes(self, last: float, *values: Array) -> float:
        """Make room for the curves, which lead up to `last`, and return where their axis ends."""
        span, ticks = (PERCENT_SPAN, PERCENT) if self._shares else self._range.include(*values)
        end = self._end.include(float(last))
        self.set_ranges((-EDGE * end, end), span, (linear_ticks(0.0, end, self._most_ticks), ticks))
        return end

    def _show(self) -> None:
        raise NotImplementedError


def nearest(sorted_values: Array, value: float) -> int:
    """Return the place of the entry of `sorted_values` that is nearest to `value`."""
    k = int(np.clip(np.searchsorted(sorted_values, value), 0, len(sorted_values) - 1))
    return k - 1 if k > 0 and value - sorted_values[k - 1] < sorted_values[k] - value else k
