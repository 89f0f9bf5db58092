"""Many numbers by step as curves over one pair of axes; the nearest one to the mouse stands out and is named."""

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from playground.language import _
from playground.ui.canvas.chart import NOTHING
from playground.ui.canvas.chart_items import Array, Series
from playground.ui.canvas.images import MANY, class_colour
from playground.ui.canvas.painted_view import blend
from playground.ui.canvas.pictures import Table
from playground.ui.canvas.run_chart import EDGE, FIRST_STEPS, RunChart, last_of, run_end
from playground.ui.core import theme
from playground.ui.core.ticks import round_up, value_label

PALE = 0.55
"""How far the colour of a pale curve is on its way to the ground."""

MOST_POINTS = 4_000
MOST_POINTS_A_CURVE, FEWEST_POINTS_A_CURVE = 100, 32


class WeightCurves(RunChart):
    """Curves in groups of one colour each; the first point of each is marked."""

    def __init__(self) -> None:
        self._groups: NDArray[np.intp] = np.empty(0, np.intp)
        self._pale: NDArray[np.bool_] = np.empty(0, np.bool_)
        self._steps: Array = NOTHING
        self._values: Array = np.empty((0, 0))
        self._near: int | None = None
        self._layer, self._links = "", tuple[str, ...]()
        shades = tuple(Series(f"{shade}{k}", "lines", "muted") for shade in ("pale", "full") for k in range(len(MANY)))
        zero = Series("zero", "line", "strong_border")
        series = (zero, *shades, Series("start", "points", "muted", 6.0))
        super().__init__("weights_curves", series, _("Weights and biases by step"))

    @property
    def groups(self) -> int:
        """How many groups there are."""
        return int(self._groups.max()) + 1 if self._groups.size else 0

    @property
    def curves(self) -> tuple[Array, Array]:
        """The steps (n,) and what all numbers were after them, (n, curves)."""
        return self._steps, self._values

    def reset(
        self,
        groups: NDArray[np.intp],
        pale: NDArray[np.bool_],
        layer: str,
        links: tuple[str, ...],
        last_step: float | None = None,
    ) -> None:
        """Reset to curves in these groups, numbered from 0; the pale ones are painted so.

        `links` are their names, in a layer called `layer`.
        """
        self._groups, self._pale, self.goal, self._near = groups, pale, last_step, None
        self._layer, self._links = layer, links
        self.set_curves(NOTHING, np.empty((0, len(groups))))

    def set_curves(self, steps: Array, values: Array) -> None:
        """Show `values` (n, curves) after `steps` (n,)."""
        self._steps, self._values = steps, values
        shown = thinned(steps, max(1, len(self._groups)))
        drawn = np.where(np.isfinite(values[shown]), values[shown], 0.0)
        for k in range(len(MANY)):
            for shade, pale in (("full", False), ("pale", True)):
                mine = (self._groups % len(MANY) == k) & (self._pale == pale)
                if mine.any() or len(self.data(f"{shade}{k}")[0]):
                    self.set_lines(f"{shade}{k}", steps[shown], drawn[:, mine])
        first = drawn[0] if len(drawn) else NOTHING
        if not np.array_equal(first, self.data("start")[1]):
            self.set_data("start", np.zeros(len(first)), first)
            self._colour_starts()
        end = run_end(last_of(steps), FIRST_STEPS, self.goal)
        low, high = (float(drawn.min()), float(drawn.max())) if drawn.size else (-1.0, 1.0)
        self.set_data("zero", np.array([0.0, end]), np.zeros(2) if low < 0 < high else np.full(2, np.nan))
        self.set_ranges((-EDGE * end, end), jumping_range(low, high))

    def colour(self, group: int) -> QColor:
        """Return the colour of a group."""
        return class_colour(group, len(MANY))

    def table(self) -> Table:
        steps, heads = self._steps.tolist(), super().table()[0]
        names = [f"{self._layer}: {link}" for link in self._links]
        curves = zip(names, self._values.T.tolist(), strict=True)
        return heads, [(name, *point) for name, values in curves for point in zip(steps, values, strict=True)]

    def colour_series(self, one: Series, ink: QColor) -> None:
        shade, group = one.key[:4], one.key[4:]
        is_curve = shade in ("full", "pale")
        super().colour_series(one, self._ink(int(group), shade == "pale") if is_curve else ink)
        if one.key == "start":
            self._colour_starts()

    def _ink(self, group: int, pale: bool) -> QColor:
        colour = self.colour(group)
        return blend(colour, theme.color("panel"), PALE) if pale else colour

    def _colour_starts(self) -> None:
        inks = [self._ink(int(group), bool(pale)) for group, pale in zip(self._groups, self._pale, strict=True)]
        if len(self.data("start")[0]) == len(inks):
            self.drawn["start"].setBrush([pg.mkBrush(ink) for ink in inks])

    def describe(self, x: float, y: float) -> str:
        self._near = None
        if not self._values.size:
            return ""
        place = int(np.abs(self._steps - x).argmin())
        distances = np.abs(self._values[place] - y)
        if not np.isfinite(distances).any():
            return ""
        self._near = int(np.nanargmin(distances))
        start, value = (value_label(float(self._values[k, self._near])) for k in (0, place))
        where = _("step {n:,}").format(n=int(self._steps[place]))
        return f"{self._links[self._near]}\n{where}: {value}\n" + _("at the start {value}").format(value=start)

    def decorate(self, painter: QPainter) -> None:
        if self._near is None or self._near >= len(self._groups):
            return
        shown = thinned(self._steps, 1)
        curve = np.column_stack([self._steps[shown], self._values[shown, self._near]])
        points = [self.place(x, y) for x, y in curve[np.isfinite(curve).all(axis=1)].tolist()]
        painter.setClipRect(self.frame())
        painter.setPen(QPen(self._ink(int(self._groups[self._near]), False), 3.0))
        painter.drawPolyline(QPolygonF(points))
        painter.setClipping(False)


def jumping_range(low: float, high: float) -> tuple[float, float]:
    """Return a range with some room around numbers from `low` to `high`, whose ends jump instead of creeping."""
    if high - low < 1e-9 * max(abs(low), abs(high), 1e-9):
        low, high = low - max(1.0, abs(low)), high + max(1.0, abs(high))
    step = round_up(0.1 * (high - low))
    return (float(np.floor(low / step - 0.5) * step), float(np.ceil(high / step + 0.5) * step))


def thinned(steps: Array, curves: int) -> NDArray[np.intp]:
    """Return the places of the steps to draw: evenly spread over the axis, with both ends of every jump."""
    most = min(MOST_POINTS_A_CURVE, max(FEWEST_POINTS_A_CURVE, MOST_POINTS // curves))
    if len(steps) <= most:
        return np.arange(len(steps))
    even = np.searchsorted(steps, np.linspace(steps[0], steps[-1], most))
    jumps = np.flatnonzero(np.diff(steps) == 0)
    return np.unique(np.concatenate([even, jumps, jumps + 1, [len(steps) - 1]]))
