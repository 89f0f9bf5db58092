"""Many small pictures as one image: the receptive fields of a layer, one tile a unit, on one shared scale."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter

from playground.language import _
from playground.ui.canvas.grid_view import Grid, GridView
from playground.ui.canvas.images import CRISP, best_columns, indices, mosaic, symmetric_limit, table_image
from playground.ui.core import theme

MOST_TILES = 256


class MosaicView(GridView):
    """Tiles (units, h, w) of numbers between ±`limit`; `explain_pixel` gets the unit, the row and the column."""

    usual_size = (560, 300)

    def __init__(self) -> None:
        super().__init__("mosaic_view", _("Weight pattern of each unit"))
        self.limit = 1.0
        self.explain_pixel: Callable[[int, int, int], str] = lambda _tile, _row, _column: ""
        self._tiles: NDArray[np.floating] = np.empty((0, 1, 1))

    def set_tiles(self, tiles: NDArray[np.floating]) -> None:
        """Show the first `MOST_TILES` of `tiles` (units, h, w) on their shared scale, ±max."""
        self._tiles = tiles[:MOST_TILES]
        self.limit = symmetric_limit(self._tiles)
        self.update()

    def grid(self) -> Grid:
        count, height, width = self._tiles.shape
        room_width, room_height = self.width() - 2, self.height() - 4
        columns = best_columns(count, room_width, room_height, width, height)
        rows = max(1, -(-count // columns))
        scale = min(room_width / (columns * width), room_height / (rows * height))
        return Grid(0, 2, width * scale, height * scale, columns, count)

    def describe(self, place: QPointF) -> str:
        grid = self.grid()
        tile = grid.at(place)
        if tile is None:
            return ""
        _count, height, width = self._tiles.shape
        inside = place - grid.box(tile).topLeft()
        row, column = int(inside.y() / grid.height * height), int(inside.x() / grid.width * width)
        return self.explain_pixel(tile, min(row, height - 1), min(column, width - 1))

    def draw(self, painter: QPainter) -> None:
        if not len(self._tiles):
            return
        grid = self.grid()
        places = indices(mosaic(self._tiles, grid.columns), -self.limit, self.limit)
        is_smooth = grid.width < CRISP * self._tiles.shape[2]
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, is_smooth)
        painter.drawImage(grid.area, table_image(places, theme.diverging()))
        grid.draw_gaps(painter, 3)
