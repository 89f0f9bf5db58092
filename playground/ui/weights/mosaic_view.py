"""Many small pictures as one image: the receptive fields of a layer, one tile a unit, on one shared scale."""

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPen

from playground.ui.canvas.images import CRISP, best_columns, indices, mosaic, symmetric_limit, table_image
from playground.ui.canvas.painted_view import PaintedView
from playground.ui.core import theme

Array = NDArray[np.floating]

MOST_TILES = 256


class MosaicView(PaintedView):
    """A mosaic of (units, h, w) numbers between ±`limit`; hovering names the unit and the number."""

    def __init__(self) -> None:
        super().__init__("mosaic_view")
        self.setMinimumSize(160, 120)
        self.limit = 1.0
        self.explain: Callable[[int, int, int], str] = lambda _tile, _row, _column: ""
        self._tiles: Array = np.empty((0, 1, 1))
        self._columns = 1
        self._places = np.empty((0, 0), np.uint8)
        self._image: QImage | None = None

    def sizeHint(self) -> QSize:
        return QSize(560, 300)

    @property
    def tile_count(self) -> int:
        """How many tiles are shown."""
        return len(self._tiles)

    def set_tiles(self, tiles: Array) -> None:
        """Show the first `MOST_TILES` of `tiles` (units, h, w) on their shared scale, ±max."""
        self._tiles = tiles[:MOST_TILES]
        self.limit = symmetric_limit(self._tiles)
        _count, height, width = self._tiles.shape
        room = self._room()
        self._columns = best_columns(self.tile_count, room.width(), room.height(), width, height)
        self._places = indices(mosaic(self._tiles, self._columns), -self.limit, self.limit)
        self._image = table_image(self._places, theme.diverging())
        self.update()

    def apply_theme(self) -> None:
        """Paint the mosaic again in the colours of the theme."""
        if self._image is not None:
            self._image = table_image(self._places, theme.diverging())

    def _room(self) -> QRectF:
        return QRectF(self.rect()).adjusted(0, 2, -2, -2)

    def scale(self) -> float:
        """Return how many pixels of the screen one number takes."""
        room, (rows, columns) = self._room(), self._places.shape
        return min(room.width() / max(1, columns), room.height() / max(1, rows))

    def tile(self, index: int) -> QRectF:
        """Return where a tile is, in pixels."""
        _count, height, width = self._tiles.shape
        scale, room = self.scale(), self._room()
        row, column = divmod(index, self._columns)
        place = QPointF(room.left() + column * width * scale, room.top() + row * height * scale)
        return QRectF(place.x(), place.y(), width * scale, height * scale)

    def tile_at(self, place: QPointF) -> tuple[int, int, int] | None:
        """Return the tile at a place in pixels, and the row and column in it."""
        if not self.tile_count:
            return None
        _count, height, width = self._tiles.shape
        room, scale = self._room(), self.scale()
        down, across = (place.y() - room.top()) / scale, (place.x() - room.left()) / scale
        row, column = math.floor(down / height), math.floor(across / width)
        index = row * self._columns + column
        if row < 0 or not 0 <= column < self._columns or index >= self.tile_count:
            return None
        return index, int(down - row * height), int(across - column * width)

    def describe(self, place: QPointF) -> str:
        """Return what is under the mouse."""
        found = self.tile_at(place)
        return self.explain(*found) if found else ""

    def draw(self, painter: QPainter) -> None:
        """Paint the one image, then the gaps between its tiles."""
        if self._image is None:
            return
        scale = self.scale()
        room = QRectF(
            self._room().left(), self._room().top(), self._image.width() * scale, self._image.height() * scale
        )
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, scale < CRISP)
        painter.drawImage(room, self._image)
        _count, height, width = self._tiles.shape
        painter.setPen(QPen(theme.color("panel"), 3))
        rows = math.ceil(self.tile_count / self._columns)
        across = [room.left() + k * width * scale for k in range(1, self._columns)]
        down = [room.top() + k * height * scale for k in range(1, rows)]
        painter.drawLines([QLineF(x, room.top(), x, room.bottom()) for x in across])
        painter.drawLines([QLineF(room.left(), y, room.right(), y) for y in down])
        if spare := rows * self._columns - self.tile_count:
            last = self.tile(rows * self._columns - 1)
            painter.fillRect(last.adjusted(-(spare - 1) * last.width(), 0, 1, 1), theme.color("panel"))

    def paint_hint(self, painter: QPainter) -> None:
        """Frame the tile under the mouse, and say what it is."""
        found = self.tile_at(self.mouse) if self.mouse is not None else None
        if found:
            painter.setPen(QPen(theme.color("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.tile(found[0]))
        super().paint_hint(painter)
