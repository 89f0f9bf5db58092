"""The activations of the hidden units for one input: a strip of cells for each layer."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter

from playground.language import _
from playground.ui.canvas.grid_view import Grid
from playground.ui.canvas.images import best_columns, indices, symmetric_limit, table_image
from playground.ui.canvas.painted_view import PaintedView, elide
from playground.ui.core import theme
from playground.ui.core.ticks import value_label

CAPTION = 15
ROOM_FOR_CAPTION = 30  # of a layer's height; in less, its number stands beside the cells
LARGEST_CELL = 13


class LayerStrips(PaintedView):
    """Cells in the diverging colours, on each layer's own scale; hovering names the unit and its value."""

    def __init__(self) -> None:
        super().__init__("draw_layers", _("Outputs of the hidden units"))
        self.setMinimumSize(80, 24)
        self.layers: tuple[NDArray[np.floating], ...] = ()
        self.captions: tuple[str, ...] = ()
        self._limits: tuple[float | None, ...] = ()

    def sizeHint(self) -> QSize:
        return QSize(200, 44 * max(1, len(self.captions)))

    def set_captions(self, captions: tuple[str, ...]) -> None:
        self.captions = captions
        self.set_layers((), ())

    def set_layers(self, layers: tuple[NDArray[np.floating], ...], limits: tuple[float | None, ...]) -> None:
        """Show the activations of each layer, on a scale from minus to plus its limit, or ±max where there is none."""
        self.layers, self._limits = layers, limits
        self.update()

    def _rooms(self, k: int) -> tuple[QRectF, QRectF]:
        """Return the room for the caption of layer `k` and for its cells: below it, or beside it where that is low."""
        height, head = self.height() / max(1, len(self.captions)), theme.px(CAPTION)
        whole = QRectF(0, k * height, self.width(), height)
        if height >= theme.px(ROOM_FOR_CAPTION):
            return QRectF(0, whole.top(), self.width(), head), whole.adjusted(1, head, -1, -4)
        return QRectF(0, whole.top(), head, height - 3), whole.adjusted(head, 0, -1, -3)

    def grid(self, k: int) -> Grid:
        """Return the cells of layer `k` (0 is the first hidden layer), in pixels."""
        room, count = self._rooms(k)[1], len(self.layers[k])
        height = max(3.0, room.height())
        columns = best_columns(count, room.width(), height, 1, 1)
        side = min(room.width() / columns, height / -(-count // columns), theme.px(LARGEST_CELL))
        columns = max(columns, min(count, int(room.width() / side)))
        return Grid(room.left(), room.top(), side, side, columns, count)

    def describe(self, place: QPointF) -> str:
        for k, layer in enumerate(self.layers):
            unit = self.grid(k).at(place)
            if unit is not None:
                text = _("layer {layer}, unit {unit}: {value}")
                return text.format(layer=k + 1, unit=unit + 1, value=value_label(float(layer[unit])))
        return ""

    def draw(self, painter: QPainter) -> None:
        painter.setFont(theme.font(11))
        painter.setPen(theme.color("muted"))
        for k, caption in enumerate(self.captions):
            line, cells = self._rooms(k)
            text = str(k + 1) if line.bottom() > cells.top() else elide(painter, caption, line.width())
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, text)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        for k, (layer, limit) in enumerate(zip(self.layers, self._limits, strict=True)):
            grid, limit = self.grid(k), symmetric_limit(layer) if limit is None else limit
            values = np.zeros(grid.rows * grid.columns)
            values[: len(layer)] = layer
            places = indices(values.reshape(grid.rows, grid.columns), -limit, limit)
            painter.drawImage(grid.area, table_image(places, theme.diverging()))
            grid.draw_gaps(painter, 1)
