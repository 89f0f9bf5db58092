"""One curve for each network of a race, over the same steps."""

from collections.abc import Callable, Sequence

from playground.language import _
from playground.ui.canvas.chart import NOTHING
from playground.ui.canvas.chart_items import Array, Series
from playground.ui.canvas.run_chart import RunChart, last_of, nearest
from playground.ui.core.ticks import value_label

COLOURS = ("racer_0", "racer_1", "racer_2", "racer_3")
"""Of the theme: the run itself, and its competitors in turn."""


class ComparisonPlot(RunChart):
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
        super().__init__(name, series[::-1], shares=shares)
        self.name_of: Callable[[int], str] = lambda k: str(k + 1)
        self.reset()

    def reset(self, last_step: float | None = None) -> None:
        self.goal = last_step
        self.set_curves(())

    def set_curves(self, curves: Sequence[tuple[Array, Array]]) -> None:
        for k in range(len(COLOURS)):
            self.set_data(f"racer_{k}", *(curves[k] if k < len(curves) else (NOTHING, NOTHING)))
        self.fit_axes(last_of(*(x for x, _y in curves)), *(y for _x, y in curves))

    def numbers(self) -> dict[str, tuple[Array, Array]]:
        curves = [self.data(f"racer_{k}") for k in range(len(COLOURS))]
        return {self.name_of(k): curve for k, curve in enumerate(curves) if len(curve[0])}

    def describe(self, x: float, _y: float) -> str:
        lines: list[str] = []
        for k in range(len(COLOURS)):
            steps, values = self.data(f"racer_{k}")
            if len(steps):
                at = nearest(steps, x)
                lines = lines or [_("step {n:,}").format(n=int(steps[at]))]
                value = f"{100 * values[at]:.1f} %" if self.shares else value_label(values[at])
                lines.append(f"{self.name_of(k)}  {value}")
        return "\n".join(lines)
