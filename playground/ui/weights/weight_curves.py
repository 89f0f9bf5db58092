"""Many numbers by step as curves over one pair of axes; the nearest one to the mouse stands out and is named."""

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from playground.ui.canvas.axes_plot import AxesPlot, Series, line_pen
from playground.ui.canvas.class_colours import MANY, class_colour
from playground.ui.canvas.growing_range import GrowingEnd
from playground.ui.canvas.painted_view import blend
from playground.ui.core import theme
from playground.ui.core.ticks import linear_ticks

Array = NDArray[np.floating]

FIRST_STEPS = 20.0
PALE = 0.55
"""How far the colour of a pale curve is on its way to the ground."""

MOST_POINTS = 4_000
MOST_SMOOTH_POINTS = 1_500
"""Up to so many points the curves are smoothed; more are painted one pixel wide, a tenth of the time."""

MOST_POINTS_A_CURVE, FEWEST_POINTS_A_CURVE = 100, 32


class WeightCurves(AxesPlot):
    """Curves in groups of one colour each; the first point of each is marked.

    `explain` gets the number of a curve and the place of a step, and returns what the bubble says.
    """

    def __init__(self) -> None:
        self._groups: NDArray[np.intp] = np.empty(0, np.intp)
        self._pale: NDArray[np.bool_] = np.empty(0, np.bool_)
        self._steps: Array = np.empty(0)
        self._values: Array = np.empty((0, 0))
        self._end = GrowingEnd(FIRST_STEPS)
        self._low, self._high = 0.0, 0.0
        self._near: int | None = None
        shades = [f"{shade}{k}" for shade in ("pale", "full") for k in range(len(MANY))]
        super().__init__(
            "weights_curves",
            (
                Series("zero", "line", "strong_border"),
                *(Series(key, "line", "muted") for key in shades),
                Series("start", "points", "muted", 6.0),
            ),
        )
        self.explain: Callable[[int, int], str] = lambda _curve, _place: ""
        self.describe = self._describe
        self.decorate = self._decorate

    @property
    def groups(self) -> int:
        """How many groups there are."""
        return int(self._groups.max()) + 1 if self._groups.size else 0

    @property
    def curves(self) -> tuple[Array, Array]:
        """The steps (n,) and the values (n, curves) shown."""
        return self._steps, self._values

    def reset(self, groups: NDArray[np.intp], pale: NDArray[np.bool_], last_step: float | None = None) -> None:
        """Begin anew, with curves in these groups, numbered from 0; the pale ones are painted so."""
        self._groups, self._pale = groups, pale
        self._steps, self._values = np.empty(0), np.empty((0, len(groups)))
        self._end.reset(last_step)
        self._low = self._high = 0.0
        self._near = None
        self._show()

    def set_curves(self, steps: Array, values: Array) -> None:
        """Show `values` (n, curves) after `steps` (n,)."""
        self._steps, self._values = steps, values
        self._show()

    def colour(self, group: int) -> QColor:
        """Return the colour of a group."""
        return class_colour(group, len(MANY))

    def _show(self) -> None:
        """Hand the curves to their items, by colour, and move the axes if need be."""
        shown = thinned(self._steps, max(1, len(self._groups)))
        steps, values = self._steps[shown], np.where(np.isfinite(self._values[shown]), self._values[shown], 0.0)
        colours = self._groups % len(MANY)
        for k in range(len(MANY)):
            for shade, pale in (("full", False), ("pale", True)):
                self._put(f"{shade}{k}", steps, values[:, (colours == k) & (self._pale == pale)])
        first = values[0] if len(values) else np.empty(0)
        if not np.array_equal(first, self.data("start")[1]):
            self._mark_start(first)
        self._move_axes(float(steps[-1]) if len(steps) else 0.0, values)

    def _mark_start(self, values: Array) -> None:
        """Put a dot where each curve begins."""
        self.set_data("start", np.zeros(len(values)), values)
        if len(values):
            inks = [self._ink(int(group), bool(pale)) for group, pale in zip(self._groups, self._pale, strict=True)]
            self.colour_points("start", np.array([[c.red(), c.green(), c.blue()] for c in inks], np.uint8))

    def _put(self, key: str, steps: Array, values: Array) -> None:
        """Draw the curves `values` (n, curves) with one item."""
        count, curves = values.shape
        joined = np.ones((curves, count), np.bool_)
        joined[:, -1:] = False
        stroke = self.strokes[key]
        smooth = self._values.shape[1] * count <= MOST_SMOOTH_POINTS
        if smooth != stroke.smooth:
            stroke.smooth = smooth
            self._dress(key)
        self.draw_lines(key, np.tile(steps, curves), values.T.ravel(), joined.ravel())

    def _move_axes(self, last: float, values: Array) -> None:
        low, high = (float(values.min()), float(values.max())) if values.size else (-1.0, 1.0)
        if high - low < 1e-9 * max(abs(low), abs(high), 1e-9):
            low, high = low - max(1.0, abs(low)), high + max(1.0, abs(high))
        if low < self._low or high > self._high or high - low < (self._high - self._low) / 3:
            margin = 0.15 * (high - low)
            self._low, self._high = low - margin, high + margin
        end = self._end.include(last)
        ticks = (linear_ticks(0.0, end), linear_ticks(self._low, self._high, 6))
        self.set_ranges((-0.012 * end, end), (self._low, self._high), ticks)
        self.set_data("zero", np.array([0.0, end]), np.zeros(2) if self._low < 0 < self._high else np.full(2, np.nan))

    def _ink(self, group: int, pale: bool) -> QColor:
        colour = self.colour(group)
        return blend(colour, theme.color("panel"), PALE) if pale else colour

    def _colour(self, one: Series) -> None:
        """Give one series its colour: the curves have those of their groups."""
        super()._colour(one)
        if one.key.startswith(("full", "pale")):
            self._dress(one.key)
        elif one.key == "start" and len(self._values):
            self._mark_start(self._values[0])

    def _dress(self, key: str) -> None:
        stroke = self.strokes[key]
        stroke.pen = line_pen(self._ink(int(key[4:]), key.startswith("pale")), 1.4 if stroke.smooth else 1.0)

    def _describe(self, x: float, y: float) -> str:
        """Return what is said about the curve nearest to the mouse."""
        self._near = None
        if not len(self._steps) or not self._values.shape[1]:
            return ""
        place = int(np.abs(self._steps - x).argmin())
        distances = np.abs(self._values[place] - y)
        if not np.isfinite(distances).any():
            return ""
        self._near = int(np.nanargmin(distances))
        return self.explain(self._near, place)

    def _decorate(self, painter: QPainter) -> None:
        """Paint the curve that the bubble speaks of once more, thick."""
        if self._near is None or self._near >= len(self._groups):
            return
        shown = thinned(self._steps, 1)
        values = self._values[shown, self._near]
        points = [self.place(x, y) for x, y in zip(self._steps[shown], values, strict=True) if math.isfinite(y)]
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._ink(int(self._groups[self._near]), False), 3.0, Qt.PenStyle.SolidLine))
        painter.drawPolyline(QPolygonF([QPointF(point) for point in points]))


def thinned(steps: Array, curves: int) -> NDArray[np.intp]:
    """Return the places of the steps to draw: evenly spread over the axis, with both ends of every jump."""
    most = min(MOST_POINTS_A_CURVE, max(FEWEST_POINTS_A_CURVE, MOST_POINTS // curves))
    if len(steps) <= most:
        return np.arange(len(steps))
    even = np.searchsorted(steps, np.linspace(steps[0], steps[-1], most))
    jumps = np.flatnonzero(np.diff(steps) == 0)
    return np.unique(np.concatenate([even, jumps, jumps + 1, [len(steps) - 1]]))
