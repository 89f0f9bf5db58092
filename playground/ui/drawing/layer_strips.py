"""What every hidden unit gives out for one input: a strip of cells for each layer."""

import math

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPen

from playground.language import _
from playground.ui.canvas.images import best_columns, indices, symmetric_limit, table_image
from playground.ui.canvas.painted_view import PaintedView, elide
from playground.ui.core import theme
from playground.ui.core.ticks import value_label

Array = NDArray[np.floating]

CAPTION = 15
ROOM_FOR_CAPTION = 30  # of a layer's height; in less, its number stands beside the cells
LARGEST_CELL = 13


class LayerStrips(PaintedView):
    """Cells in the diverging colours, on each layer's own scale; hovering names the unit and its value."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.setMinimumSize(80, 24)
        self.layers: tuple[Array, ...] = ()
        self.captions: tuple[str, ...] = ()
        self._limits: list[float] = []
        self._images: dict[int, QImage] = {}

    def sizeHint(self) -> QSize:
        return QSize(200, 44 * max(1, len(self.captions)))

    def set_captions(self, captions: tuple[str, ...]) -> None:
        """Show so many layers, without values."""
        self.captions = captions
        self.set_layers((), ())

    def set_layers(self, layers: tuple[Array, ...], limits: tuple[float | None, ...]) -> None:
        """Show what the units give out, on a scale from minus to plus each limit, or ±max where there is none."""
        self.layers = layers
        self._limits = [
            symmetric_limit(layer) if limit is None else limit for layer, limit in zip(layers, limits, strict=True)
        ]
        self._images = {}
        self.update()

    def apply_theme(self) -> None:
        """Show the cells in the colours of the theme."""
        self._images = {}

    def _room(self, k: int) -> tuple[QRectF, QRectF]:
        """Return the room for the caption of layer `k` and for its cells: below it, or beside it where that is low."""
        tall = self.height() / max(1, len(self.captions))
        whole = QRectF(0, k * tall, self.width(), tall)
        if tall >= theme.px(ROOM_FOR_CAPTION):
            head = theme.px(CAPTION)
            return QRectF(0, whole.top(), self.width(), head), whole.adjusted(1, head, -1, -4)
        side = theme.px(CAPTION)
        return QRectF(0, whole.top(), side, tall - 3), whole.adjusted(side, 0, -1, -3)

    def block(self, k: int) -> tuple[QRectF, int]:
        """Return where the cells of layer `k` are, in pixels, and how many stand in a row."""
        room = self._room(k)[1]
        count, width, tall = len(self.layers[k]), room.width(), max(3.0, room.height())
        columns = best_columns(count, width, tall, 1, 1)
        cell = min(width / columns, tall / math.ceil(count / columns), theme.px(LARGEST_CELL))
        columns = max(columns, min(count, int(width / cell)))
        return QRectF(room.left(), room.top(), columns * cell, math.ceil(count / columns) * cell), columns

    def describe(self, place: QPointF) -> str:
        """Return the unit under the mouse and what it gives out."""
        for k, layer in enumerate(self.layers):
            box, columns = self.block(k)
            if box.contains(place):
                cell = box.width() / columns
                unit = int((place.y() - box.top()) / cell) * columns + int((place.x() - box.left()) / cell)
                if unit < len(layer):
                    text = _("layer {layer}, unit {unit}: {value}")
                    return text.format(layer=k + 1, unit=unit + 1, value=value_label(float(layer[unit])))
        return ""

    def draw(self, painter: QPainter) -> None:
        """Paint each layer's caption and cells."""
        painter.setFont(theme.font(11))
        painter.setPen(theme.color("muted"))
        for k, caption in enumerate(self.captions):
            line, cells = self._room(k)
            text = str(k + 1) if line.bottom() > cells.top() else elide(painter, caption, line.width())
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, text)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        for k in range(len(self.layers)):
            box, columns = self.block(k)
            painter.drawImage(box, self._cells(k, columns))
            self._draw_gaps(painter, k, box, columns)

    def _cells(self, k: int, columns: int) -> QImage:
        image = self._images.get(k)
        if image is None or image.width() != columns:
            layer, limit = self.layers[k], self._limits[k]
            rows = math.ceil(len(layer) / columns)
            cells = np.zeros(rows * columns, np.float32)
            cells[: len(layer)] = layer
            image = table_image(indices(cells.reshape(rows, columns), -limit, limit), theme.diverging())
            self._images[k] = image
        return image

    def _draw_gaps(self, painter: QPainter, k: int, box: QRectF, columns: int) -> None:
        """Paint lines between cells that are large enough for it, and hide what is left of the last row."""
        cell = box.width() / columns
        count = len(self.layers[k])
        rows = math.ceil(count / columns)
        if spare := rows * columns - count:
            left = box.right() - spare * cell
            painter.fillRect(QRectF(left, box.bottom() - cell, spare * cell + 1, cell + 1), theme.color("panel"))
        if cell < 5:
            return
        painter.setPen(QPen(theme.color("panel"), 1))
        for column in range(1, columns):
            painter.drawLine(
                QPointF(box.left() + column * cell, box.top()), QPointF(box.left() + column * cell, box.bottom())
            )
        for row in range(1, rows):
            painter.drawLine(QPointF(box.left(), box.top() + row * cell), QPointF(box.right(), box.top() + row * cell))
