"""A curve a layer over the steps, on a logarithmic axis, with a band of healthy values if there is one."""

from collections.abc import Callable

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QResizeEvent

from playground.language import _
from playground.ui.canvas.chart import BOTTOM, LEFT, NOTHING
from playground.ui.canvas.chart_items import Array, Series
from playground.ui.canvas.painted_view import blend
from playground.ui.canvas.run_chart import RunChart, last_of, nearest
from playground.ui.core import theme
from playground.ui.core.ticks import value_label
from playground.ui.widgets.labels import text_label

MOST_LAYERS = 17
"""Sixteen hidden layers and the outputs."""
BAND_SHARE = 0.18
"""How green the band is; blended, since transparent paint is slow."""


def layer_colour(layer: int, layers: int) -> QColor:
    """Return the colour of a layer, counted from 0, out of `layers`, in the theme in use."""
    first, middle, last = (theme.color(f"layer_{name}") for name in ("first", "middle", "last"))
    place = 2 * layer / (layers - 1) if layers > 1 else 0.0
    return blend(first, middle, place) if place <= 1 else blend(middle, last, place - 1)


class FlowPlot(RunChart):
    """Curves of one positive number for each layer, and a band from the lowest to the highest healthy value, if any."""

    def __init__(self, name: str, band: tuple[float, float] | None = None) -> None:
        self._layers = 1
        self._band = band
        self._band_item = pg.LinearRegionItem(np.log10(band or (1, 1)), "horizontal", movable=False, pen=pg.mkPen(None))
        self._steps: Array = NOTHING
        self._values: Array = np.empty((0, 1))
        self.name_of: Callable[[int], str] = lambda k: str(k + 1)
        super().__init__(name, tuple(Series(f"layer_{k}", "line", "train") for k in range(MOST_LAYERS)))
        if band is not None:
            self._band_item.setZValue(-10)
            self.add(self._band_item)
        self._note = text_label(f"{name}_note")
        self._note.setParent(self)
        self._note.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._note.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.set_logarithmic(True)
        self.reset(1)

    @property
    def is_empty(self) -> bool:
        """Whether no curve is drawn."""
        return not np.isfinite(self._values).any()

    def set_note(self, words: str) -> None:
        self._note.setText(words)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.axes:
            self._note.setGeometry(self.rect().adjusted(theme.px(LEFT), 0, 0, -theme.px(BOTTOM)))

    def reset(self, layers: int, last_step: float | None = None) -> None:
        """Begin a new run of a network of so many layers, which ends at `last_step` if that is known."""
        self._layers, self.goal = layers, last_step
        self.colour_all()
        for one in self.series:
            self.set_data(one.key, NOTHING, NOTHING)
        self.set_flow(NOTHING, np.empty((0, layers)))

    def set_flow(self, steps: Array, values: Array) -> None:
        """Show `values` (n, layers) at these steps; zeros and what is not finite are left out."""
        self._steps, self._values = steps, np.where(values > 0, values, np.nan)
        for k in range(values.shape[1]):
            self.set_data(f"layer_{k}", steps, self._values[:, k])
        self.fit_axes(last_of(steps), self._values, np.array(self._band or ()))

    def numbers(self) -> dict[str, tuple[Array, Array]]:
        return {self.name_of(k): self.data(f"layer_{k}") for k in range(self._layers)}

    def colour_series(self, one: Series, _ink: QColor) -> None:
        super().colour_series(one, layer_colour(int(one.key.removeprefix("layer_")), self._layers))
        self._band_item.setBrush(pg.mkBrush(band_colour()))

    def describe(self, x: float, _y: float) -> str:
        if not len(self._steps):
            return ""
        k = nearest(self._steps, x)
        lines = [_("step {n:,}").format(n=int(self._steps[k]))]
        lines += [
            f"{self.name_of(layer)}  {value_label(value)}" for layer, value in enumerate(self._values[k].tolist())
        ]
        return "\n".join(lines)


def band_colour() -> QColor:
    """Return the colour of the band of healthy values, in the theme in use."""
    return blend(theme.color("panel"), theme.color("good"), BAND_SHARE)
