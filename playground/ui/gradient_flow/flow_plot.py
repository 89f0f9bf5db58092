"""A curve a layer over the steps, on a logarithmic axis, with a band of healthy values if there is one."""

from collections.abc import Callable

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QResizeEvent
from PySide6.QtWidgets import QGraphicsRectItem

from playground.language import _
from playground.ui.canvas.axes_plot import Series, line_pen
from playground.ui.canvas.run_plot import RunPlot, nearest
from playground.ui.core import plain_text, theme
from playground.ui.core.ticks import value_label
from playground.ui.gradient_flow.layer_colours import blended, layer_colour

Array = NDArray[np.floating]

MOST_LAYERS = 17
"""Sixteen hidden layers and the outputs."""

BAND_SHARE = 0.18
"""How green the band is; blended, since transparent paint is slow."""


class FlowPlot(RunPlot):
    """Curves of one positive number for each layer.

    Parameters
    ----------
    name
        The stable object name.
    band
        The lowest and highest healthy value, or None.
    """

    def __init__(self, name: str, band: tuple[float, float] | None = None) -> None:
        self._layers = 1
        self._band = band
        self._band_item: QGraphicsRectItem | None = None
        layers = tuple(Series(f"layer_{k}", "line", "train") for k in range(MOST_LAYERS))
        super().__init__(name, layers, 52, most_ticks=4)
        self.name_of: Callable[[int], str] = lambda k: str(k + 1)
        self._range.set_logarithmic(True)
        self._steps: Array = np.empty(0)
        self._values: Array = np.empty((0, 1))
        self.describe = self._describe
        self._note = plain_text.label(parent=self)
        self._note.setObjectName(f"{name}_note")
        self._note.setProperty("role", "muted")
        self._note.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._note.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.reset(1)

    @property
    def is_empty(self) -> bool:
        """Whether there is no curve to be seen."""
        return not np.isfinite(self._values).any()

    def set_note(self, words: str) -> None:
        """Write why there is no curve, in the middle of the plot."""
        if words != self._note.text():
            self._note.setText(words)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._note.setGeometry(self.rect().adjusted(theme.px(52), 0, 0, -theme.px(20)))

    def reset(self, layers: int, last_step: float | None = None) -> None:
        """Begin a new run of a network of so many layers, which ends at `last_step` if that is known."""
        self._layers = layers
        self._begin_axes(last_step)
        for one in self._series:
            self._colour(one)
            self.set_data(one.key, np.empty(0), np.empty(0))
        self.set_flow(np.empty(0), np.empty((0, layers)))

    def set_flow(self, steps: Array, values: Array) -> None:
        """Show `values` (n, layers) at these steps; zeros and what is not finite are left out."""
        self._steps, self._values = steps, np.where(values > 0, values, np.nan)
        self._show()

    def _show(self) -> None:
        exponents = self._put(self._values)
        for k in range(exponents.shape[1]):
            self.set_data(f"layer_{k}", self._steps, exponents[:, k])
        band = np.empty(0) if self._band is None else np.array(self._band)
        self._place_band(self._fit_axes(max([0.0, *self._steps[-1:]]), self._values.ravel(), band))

    def _place_band(self, end: float) -> None:
        if self._band is None:
            return
        if self._band_item is None:
            self._band_item = QGraphicsRectItem()
            self._band_item.setPen(pg.mkPen(None))
            self._band_item.setZValue(-10)
            self._plot.add(self._band_item)
            self._tint_band()
        low, high = np.log10(self._band)
        self._band_item.setRect(0.0, low, end, high - low)

    def _tint_band(self) -> None:
        if self._band_item is not None:
            self._band_item.setBrush(pg.mkBrush(band_colour()))

    def _colour(self, one: Series) -> None:
        ink = layer_colour(int(one.key.removeprefix("layer_")), self._layers)
        self.strokes[one.key].pen = line_pen(ink, one.width)
        self._tint_band()

    def _describe(self, x: float, _y: float) -> str:
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
    return blended(theme.color("panel"), theme.color("good"), BAND_SHARE)
