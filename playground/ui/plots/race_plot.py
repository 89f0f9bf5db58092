"""One curve for each network of a race, over the same steps."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from playground.language import _
from playground.ui.plots.axes_plot import AxesPlot, Series
from playground.ui.plots.growing_range import GrowingEnd, ValueRange
from playground.ui.plots.loss_plot import nearest
from playground.ui.plots.ticks import Ticks, linear_ticks, to_log, value_label

Array = NDArray[np.floating]

COLOURS = ("train", "test", "third", "bad")
"""Of the theme: the run itself, and its rivals in turn."""

FIRST_STEPS = 20.0
PERCENT: Ticks = [(0.0, "0"), (0.25, "25"), (0.5, "50"), (0.75, "75"), (1.0, "100 %")]


class RacePlot(AxesPlot):
    """A loss, or a share of right answers, of up to as many networks as there are colours.

    Parameters
    ----------
    name
        The stable object name.
    shares
        Whether the values are shares from 0 to 1.
    """

    def __init__(self, name: str, *, shares: bool = False) -> None:
        series = tuple(Series(f"racer_{k}", "line", colour, width=1.8) for k, colour in enumerate(COLOURS))
        super().__init__(name, series[::-1])
        self.name_of: Callable[[int], str] = lambda k: str(k + 1)
        self._shares = shares
        self._end = GrowingEnd(FIRST_STEPS)
        self._range = ValueRange()
        self._curves: Sequence[tuple[Array, Array]] = ()
        self.describe = self._describe
        self.reset()

    @property
    def logarithmic(self) -> bool:
        """Whether the values have a logarithmic axis."""
        return self._range.logarithmic

    def set_logarithmic(self, on: bool) -> None:
        """Give the values a logarithmic axis, or a straight one."""
        if on != self._range.logarithmic:
            self._range.set_logarithmic(on)
            self.set_curves(self._curves)

    def reset(self, last_step: float | None = None) -> None:
        """Begin a new race, which ends at `last_step` if that is known."""
        self._end.reset(last_step)
        self._range.reset()
        self.set_curves(())

    def set_curves(self, curves: Sequence[tuple[Array, Array]]) -> None:
        """Show the steps and values of each network, the run itself first."""
        self._curves = curves
        empty = np.empty(0)
        span, ticks = ((0.0, 1.04), PERCENT) if self._shares else self._range.include(*(y for _x, y in curves))
        end = self._end.include(max((float(x[-1]) for x, _y in curves if len(x)), default=0.0))
        for k in range(len(COLOURS)):
            x, y = curves[k] if k < len(curves) else (empty, empty)
            self.set_data(f"racer_{k}", x, to_log(y) if self.logarithmic else y)
        self.set_ranges((0.0, end), span, (linear_ticks(0.0, end, 4), ticks))

    def _describe(self, x: float, _y: float) -> str:
        """Return the step under the mouse and the value of each network there."""
        lines: list[str] = []
        for k, (steps, values) in enumerate(self._curves):
            if len(steps):
                at = nearest(steps, x)
                lines = lines or [_("step {n:,}").format(n=int(steps[at]))]
                value = f"{100 * values[at]:.1f} %" if self._shares else value_label(values[at])
                lines.append(f"{self.name_of(k)}  {value}")
        return "\n".join(lines)
