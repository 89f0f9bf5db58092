"""A bent grid and the samples on it: the input plane as a layer of the network sees it."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEasingCurve, Qt, QVariantAnimation
from PySide6.QtGui import QColor

from playground.language import _
from playground.ui.canvas.chart import NOTHING, Chart
from playground.ui.canvas.chart_items import Array, Range, Series
from playground.ui.canvas.painted_view import blend
from playground.ui.canvas.pictures import Table
from playground.ui.core import theme

INKS = 17
"""Colours of lines and samples: shades from low to high outputs; the classes have fewer."""

MARGIN = 0.06
SHRINKING = 0.2
"""The axes grow at once when something leaves them, and shrink by this share a frame."""

PALER = 0.25
SLIDE_MS = 450

Inks = NDArray[np.intp]


def diverging_inks() -> tuple[QColor, ...]:
    """Return line colours from low to high outputs, grey in between, that stand out from the panel."""
    middle = blend(theme.color("panel"), theme.color("faint"), 0.55)
    values = np.linspace(-1, 1, INKS).tolist()
    return tuple(blend(middle, theme.color("high" if v > 0 else "low"), min(1.0, 1.4 * abs(v))) for v in values)


class SpaceView(Chart):
    """Points and grid lines, at other places in each frame.

    `set_frame` once a run or choice, `set_shape` each frame. `explain` tells about the sample under the mouse.
    """

    def __init__(self, explain: Callable[[int], str]) -> None:
        self.explain = explain
        self._inks: tuple[QColor, ...] = ()
        self._every = 1
        self.sample_titles: Sequence[str] = ()
        self.samples: Sequence[Sequence[object]] = ()
        """What is known of each sample beside its place, and what that is called; for the table."""

        self._begun = False
        self._of_points: Inks = np.empty(0, np.intp)
        self._of_grid: Inks | None = None
        self._points: Array = np.empty((0, 2))
        self._grid: Array | None = None
        self._from: tuple[Array, Array | None] | None = None  # where a slide began
        self._slide = QVariantAnimation(duration=SLIDE_MS, startValue=0.0, endValue=1.0)
        self._slide.setEasingCurve(QEasingCurve.Type.InOutCubic)
        lines = tuple(Series(f"line{k}", "lines", "muted") for k in range(INKS))
        dots = tuple(Series(f"dot{k}", "points", "muted", size=8) for k in range(INKS))
        series = (*lines, Series("cut", "line", "text", width=1.4), *dots)
        super().__init__("space_view", series, _("The input grid and the samples as the chosen layer sees them"))
        self.setMinimumSize(160, 140)
        self._slide.valueChanged.connect(self._draw_shape)

    def set_frame(
        self, titles: tuple[str, str], inks: tuple[QColor, ...], of_points: Inks, every: int, *, same_scale: bool
    ) -> None:
        """Begin another picture, with at most `INKS` colours, of which each sample has the one at `of_points` (n,).

        Each so many rows and columns of the grid are drawn as lines, a little paler; with `same_scale` a unit of one
        axis is as long as a unit of the other.
        """
        if len(inks) != len(self._inks):
            self._grid = None  # its colours were those of the run before
        self._inks, self._of_points, self._every, self._begun = inks, of_points, every, False
        self.field.setAspectLocked(same_scale)
        self.set_titles(*titles)
        self.colour_all()
        self._draw_shape()

    def set_shape(
        self, points: Array, grid: Array | None, of_grid: Inks | None, *, cut: float | None, slides: bool
    ) -> None:
        """Show samples (n, 2) and grid (rows, columns, 2), each of whose points has the colour that `of_grid` names.

        At `cut` a line stands between two classes. With `slides` everything glides there from where it is.
        """
        fits = len(points) == len(self._points) and (grid is None) == (self._grid is None)
        before, old = (self._points, self._grid), self.ranges
        self._slide.stop()
        self._points, self._grid, self._of_grid = points, grid, of_grid
        self._follow()
        self.set_data("cut", np.full(2, np.nan if cut is None else cut), np.array(self.ranges[1]))
        self._from = None
        if slides and fits and self.isVisible():
            self._from = (self._moved(before[0], old), None if before[1] is None else self._moved(before[1], old))
            self._slide.start()
        self._draw_shape()

    def _moved(self, places: Array, old: tuple[Range, Range]) -> Array:
        """Return what is now at the pixels of `places` (…, 2) while the axes showed the `old` ranges."""
        old_low, old_high = np.array(old).T
        low, high = np.array(self.ranges).T
        return np.asarray(low + (places - old_low) / (old_high - old_low) * (high - low))

    @property
    def is_sliding(self) -> bool:
        """Whether points and lines are moving to new places."""
        return self._slide.state() == QVariantAnimation.State.Running

    def _draw_shape(self) -> None:
        points, grid = self._points, self._grid
        if self._from is not None and self.is_sliding:
            share, (points_before, grid_before) = float(self._slide.currentValue()), self._from
            points = points_before + (points - points_before) * share
            if grid is not None and grid_before is not None and grid.shape == grid_before.shape:
                grid = grid_before + (grid - grid_before) * share
        of_points = self._of_points if len(self._of_points) == len(points) else np.full(len(points), -1)
        ends, of_lines = (NOTHING, NOTHING) if grid is None else self._pieces(grid)
        for k in range(INKS):
            dots, line = self.drawn[f"dot{k}"], self.drawn[f"line{k}"]
            dots.setVisible(bool((of_points == k).any()))
            line.setVisible(bool((of_lines == k).any()))
            if dots.isVisible():
                self.set_data(f"dot{k}", *points[of_points == k].T)
            if line.isVisible():
                line.setData(*ends[of_lines == k].reshape(-1, 2).T)
        self.drawn["cut"].setVisible(not self.is_sliding)

    def _pieces(self, grid: Array) -> tuple[Array, Inks]:
        """Return the pieces of the lines, each two ends and a gap (n, 3, 2), and the number of the colour of each."""
        assert self._of_grid is not None
        pieces, inks = [], []
        for lines, colours in ((grid, self._of_grid), (grid.swapaxes(0, 1), self._of_grid.T)):
            if lines.shape[1] > 1:
                lines, colours = lines[:: self._every], colours[:: self._every]
                gap = np.full_like(lines[:, 1:], np.nan)
                pieces.append(np.stack([lines[:, :-1], lines[:, 1:], gap], axis=2).reshape(-1, 3, 2))
                inks.append(colours[:, 1:].ravel())
        return np.concatenate(pieces), np.concatenate(inks)

    def _follow(self) -> None:
        """Set axes that hold everything: they grow at once and shrink slowly, so that nothing seems to jump."""
        parts = [self._points] if self._grid is None else [self._points, self._grid.reshape(-1, 2)]
        everything = np.concatenate(parts)
        if not len(everything):
            return
        low, high = everything.min(axis=0), everything.max(axis=0)
        size = np.where(high - low > 1e-9, high - low, 1.0)
        middle = (low + high) / 2
        low, high = middle - (0.5 + MARGIN) * size, middle + (0.5 + MARGIN) * size
        if self._begun:
            old_low, old_high = np.array(self.ranges).T
            low = np.where(low < old_low, low, old_low + SHRINKING * (low - old_low))
            high = np.where(high > old_high, high, old_high + SHRINKING * (high - old_high))
        self._begun = True
        (x_low, x_high), (y_low, y_high) = np.stack([low, high], axis=1).tolist()
        self.set_ranges((x_low, x_high), (y_low, y_high))

    def colour_series(self, one: Series, ink: QColor) -> None:
        number = int(one.key.lstrip("linedotcu") or -1)
        if 0 <= number < len(self._inks):
            ink = self._inks[number]
            ink = blend(ink, theme.color("field"), PALER) if one.kind == "lines" else ink
        super().colour_series(one, ink)
        if one.key == "cut":
            pen = self.pen(ink, one.width)
            pen.setStyle(Qt.PenStyle.DashLine)
            self.drawn["cut"].setPen(pen)

    def table(self) -> Table:
        x, y = self.titles
        rows = zip(self.samples, self._points.tolist(), strict=False)
        return (*self.sample_titles, x or "x", y or "y"), [(*sample, *point) for sample, point in rows]

    def describe(self, x: float, y: float) -> str:
        sample = None if self.is_sliding else self.nearest(self._points, self.place(x, y))
        return "" if sample is None else self.explain(sample)
