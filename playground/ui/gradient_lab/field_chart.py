"""A surface over two variables: bands and contours, the gradient as arrows, and paths downhill."""

import numpy as np
import pyqtgraph as pg
from numpy.typing import ArrayLike, NDArray
from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent

from playground.experiment.landscape.surfaces import Bounds, Surface, arrows, with_aspect
from playground.language import N_, _
from playground.ui.canvas.chart_items import KEPT, Array, Series
from playground.ui.canvas.painted_view import blend
from playground.ui.core import theme
from playground.ui.core.ticks import value_label
from playground.ui.gradient_lab.page import DragChart

OPTIMIZERS = {"sgd": "racer_0", "momentum": "racer_1", "rmsprop": "racer_2", "adam": "racer_3"}
"""Those that can be raced, and their colours."""

MOST_ARROWS, LEAST_ARROWS, ARROW_PIXELS = 400, 100, 15
"""How many arrows there are: each has a square of so many pixels, if that makes no more and no fewer than these."""

LEVELS = 12
ARROW_SHARE = 0.12
"""Of the width of the plane, the length of the arrow at the start."""

_FINE = 61
_FULL = 0.45
"""How far the lowest band is from the background to the accent colour."""

_FAR = 20.0
"""A path is drawn until it is so many times the width of the plane away from it."""


def shades() -> NDArray[np.uint8]:
    """Return the colours of a surface from its lowest to its highest place, (256, 3)."""
    low = blend(theme.color("panel"), theme.color("accent"), _FULL)
    return theme.ramp(low.name(), theme.current().panel)


def contours(grid: Array, bounds: Bounds, levels: ArrayLike) -> tuple[Array, Array]:
    """Return line segments, x and y of their ends in pairs, where `grid` (rows, columns) passes through each level."""
    with np.errstate(all="ignore"):
        segments = [one for level in np.asarray(levels).tolist() for one in pg.isocurve(grid, level)]
    row, column = np.array(segments, np.float64).reshape(-1, 2).T - 0.5  # it counts from the edge of the first cell
    (left, right), (bottom, top) = bounds
    rows, columns = grid.shape
    return left + column * (right - left) / (columns - 1), bottom + row * (top - bottom) / (rows - 1)


class FieldChart(DragChart):
    """Shows a `Surface`; the point that is dragged is where the paths start.

    ``reshaped`` is emitted when it has another aspect, and so shows another part of the plane.
    """

    reshaped = Signal()

    def __init__(self) -> None:
        paths = tuple(Series(f"path_{key}", "lines", colour, width=1.8) for key, colour in OPTIMIZERS.items())
        series = (
            Series(N_("contours"), "band", "strong_border"),
            Series(N_("arrows"), "band", "muted"),
            Series(N_("steps"), "points", "muted", size=5),
            *paths,
            Series(N_("gradient"), "band", "accent", width=2.4),
            Series(N_("start"), "points", "text", size=10),
        )
        self._aspect, self._is_downhill = 0.0, False
        self._surface: Surface | None = None
        super().__init__("lab_field", series, _("Gradient field with paths"))
        for item in (self.image, self.drawn["contours"], self.drawn["arrows"]):  # they stay while the start is dragged
            item.setCacheMode(KEPT)

    @property
    def aspect(self) -> float:
        """How many times as wide as high the field between the axes is."""
        frame = self.frame()
        return max(0.2, frame.width() / max(1.0, frame.height()))

    def set_surface(self, text: str, bounds: Bounds, *, downhill: bool) -> None:
        """Show the surface of a formula on at least this part of the plane, with its gradient or the opposite of it."""
        self._aspect, self._is_downhill = self.aspect, downhill
        whole = with_aspect(bounds, self._aspect)
        self._surface = surface = Surface(text, whole)
        grid = surface.grid(_FINE)
        finite = grid[np.isfinite(grid)]
        levels = np.unique(np.quantile(finite, np.arange(1, LEVELS + 1) / (LEVELS + 1))) if finite.size else np.empty(0)
        bands = np.searchsorted(levels, np.nan_to_num(grid, nan=np.inf)) / max(1, len(levels))
        self.set_data("contours", *contours(grid, whole, levels))
        (left, right), (low, high) = whole
        frame, pixels = self.frame(), theme.px(ARROW_PIXELS)
        count = min(MOST_ARROWS, max(LEAST_ARROWS, frame.width() * frame.height() / pixels**2))
        cell = float(np.sqrt((right - left) * (high - low) / count))
        points, gradients = surface.field(round((right - left) / cell), max(1, round((high - low) / cell)))
        self.set_data("arrows", *arrows(points, -gradients if downhill else gradients, 0.85 * cell))
        self.set_ranges(*whole)
        self.show_image(np.round(255 * bands), whole)

    def set_paths(self, start: tuple[float, float], paths: dict[str, Array]) -> None:
        """Draw the paths (steps + 1, 2) of some optimisers."""
        self.point = start
        self.set_data("start", np.array([start[0]]), np.array([start[1]]))
        if self._surface is not None:
            (left, right), _bounds = self.ranges
            gradient = self._surface.gradient([start])
            x, y = arrows(np.array([start]), -gradient if self._is_downhill else gradient, ARROW_SHARE * (right - left))
            self.set_data("gradient", x + (x[1] - x[0]) / 2, y + (y[1] - y[0]) / 2)  # from the start, not around it
        shown = {key: self._near(paths.get(key, np.empty((0, 2)))) for key in OPTIMIZERS}
        for key, path in shown.items():
            self.set_data(f"path_{key}", *path.T)
        self.set_data("steps", *np.concatenate(list(shown.values())).T)

    def _near(self, path: Array) -> Array:
        """Return the path up to the first point that is far away: Qt cannot draw what is at 1e300."""
        (left, right), (low, high) = self.ranges
        far = ~(np.abs(path - [(left + right) / 2, (low + high) / 2]) < _FAR * max(right - left, high - low)).all(
            axis=1
        )
        return path[: int(far.argmax())] if far.any() else path

    def apply_theme(self) -> None:
        super().apply_theme()
        self.image.setLookupTable(shades())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.axes and self._aspect and abs(self.aspect - self._aspect) > 1e-3:
            self.reshaped.emit()

    def describe(self, x: float, y: float) -> str:
        if self._surface is None:
            return ""
        value, gradient = float(self._surface.value((x, y))), self._surface.gradient((x, y)).tolist()
        where = f"({value_label(x)}, {value_label(y)})"
        words = _("{where}: {value}\ngradient [{first}, {second}]")
        first, second = map(value_label, gradient)
        return words.format(where=where, value=value_label(value), first=first, second=second)
