"""What every hidden unit gives out for one input: a strip of cells for each layer."""

import math

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPen

from playground.language import _
from playground.ui import theme
from playground.ui.plots.images import best_columns, indices, symmetric_limit, table_image
from playground.ui.plots.painted_view import PaintedView, elide

Array = NDArray[np.floating]

CAPTION = 15
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
        """Return a comfortable size."""
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

    def restyle(self) -> None:
        """Show the cells in the colours of the theme."""
        self._images = {}

    def block(self, k: int) -> tuple[QRectF, int]:
        """Return where the cells of layer `k` are, in pixels, and how many stand in a row."""
        count = len(self.layers[k])
        tall = self.height() / len(self.layers)
        top = k * tall + theme.px(CAPTION)
        room = max(3.0, tall - theme.px(CAPTION) - 4)
        columns = best_columns(count, self.width() - 2, room, 1, 1)
        rows = math.ceil(count / columns)
        cell = min((self.width() - 2) / columns, room / rows, theme.px(LARGEST_CELL))
        columns = max(columns, min(count, int((self.width() - 2) / cell)))
        return QRectF(1, top, columns * cell, math.ceil(count / columns) * cell), columns

    def describe(self, place: QPointF) -> str:
        """Return the unit under the mouse and what it gives out."""
        for k, layer in enumerate(self.layers):
            box, columns = self.block(k)
            if box.contains(place):
                cell = box.width() / columns
                unit = int((place.y() - box.top()) / cell) * columns + int((place.x() - box.left()) / cell)
                if unit < len(layer):
                    text = _("layer {layer}, unit {unit}: {value:.4g}")
                    return text.format(layer=k + 1, unit=unit + 1, value=float(layer[unit]))
        return ""

    def draw(self, painter: QPainter) -> None:
        """Paint each layer's caption and cells."""
        painter.setFont(theme.font(11))
        tall = self.height() / max(1, len(self.captions))
        for k, caption in enumerate(self.captions):
            painter.setPen(theme.color("muted"))
            line = QRectF(0, k * tall, self.width(), theme.px(CAPTION))
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, elide(painter, caption, self.width()))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        for k in range(len(self.layers)):
            box, columns = self.block(k)
            painter.drawImage(box, self._cells(k, columns))
            self._draw_gaps(painter, k, box, columns)

    def _cells(self, k: int, columns: int) -> QImage:
        """Return the cells of a layer as an image, a pixel each."""
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
