"""One curve for each network of a race, over the same steps."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from playground.language import _
from playground.ui.canvas.axes_plot import Series
from playground.ui.canvas.run_plot import RunPlot, nearest
from playground.ui.core.ticks import value_label

Array = NDArray[np.floating]

COLOURS = ("racer_0", "racer_1", "racer_2", "racer_3")
"""Of the theme: the run itself, and its rivals in turn."""


class RacePlot(RunPlot):
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
        super().__init__(name, series[::-1], most_ticks=4, shares=shares)
        self.name_of: Callable[[int], str] = lambda k: str(k + 1)
        self.describe = self._describe
        self.reset()

    def reset(self, last_step: float | None = None) -> None:
        """Begin a new race, which ends at `last_step` if that is known."""
        self._begin_axes(last_step)
        self.set_curves(())

    def set_curves(self, curves: Sequence[tuple[Array, Array]]) -> None:
        """Show the steps and values of each network, the run itself first."""
        self._curves = curves
        self._show()

    def _show(self) -> None:
        nothing = (np.empty(0), np.empty(0))
        for k in range(len(COLOURS)):
            x, y = self._curves[k] if k < len(self._curves) else nothing
            self.set_data(f"racer_{k}", x, self._put(y))
        self._fit_axes(max([0.0, *(x[-1] for x, _y in self._curves if len(x))]), *(y for _x, y in self._curves))

    def _describe(self, x: float, _y: float) -> str:
        lines: list[str] = []
        for k, (steps, values) in enumerate(self._curves):
            if len(steps):
                at = nearest(steps, x)
                lines = lines or [_("step {n:,}").format(n=int(steps[at]))]
                value = f"{100 * values[at]:.1f} %" if self._shares else value_label(values[at])
                lines.append(f"{self.name_of(k)}  {value}")
        return "\n".join(lines)
