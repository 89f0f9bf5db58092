"""Cells of one size in rows: found under the mouse, framed, and walked through with the arrow keys."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen

from playground.ui.canvas.painted_view import PaintedView
from playground.ui.core import theme

SMALLEST_WITH_GAPS = 5
OPENING_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


@dataclass(frozen=True)
class Grid:
    """`count` cells of `width` × `height` pixels in rows of `columns`, from the corner at `left` and `top` on."""

    left: float
    top: float
    width: float
    height: float
    columns: int
    count: int

    @property
    def rows(self) -> int:
        """How many rows there are; the last one may not be full."""
        return math.ceil(self.count / self.columns)

    @property
    def area(self) -> QRectF:
        """All rows, the last one filled up."""
        return QRectF(self.left, self.top, self.columns * self.width, self.rows * self.height)

    def box(self, index: int) -> QRectF:
        """Return where a cell is, in pixels."""
        row, column = divmod(index, self.columns)
        return QRectF(self.left + column * self.width, self.top + row * self.height, self.width, self.height)

    def at(self, place: QPointF) -> int | None:
        """Return the index of the cell at a position in pixels, None outside of all cells."""
        row = math.floor((place.y() - self.top) / self.height)
        column = math.floor((place.x() - self.left) / self.width)
        index = row * self.columns + column
        return index if row >= 0 and 0 <= column < self.columns and index < self.count else None

    def draw_gaps(self, painter: QPainter, width: float) -> None:
        """Paint gaps between cells that are large enough for them, and cover what is left of the last row."""
        area, ground = self.area, theme.color("panel")
        if spare := self.rows * self.columns - self.count:
            last = self.box(self.count)
            painter.fillRect(QRectF(last.left(), last.top(), spare * self.width + 1, self.height + 1), ground)
        if min(self.width, self.height) < SMALLEST_WITH_GAPS:
            return
        ratio = painter.device().devicePixelRatioF()  # in whole dots, as the cells of an image end
        across = [round((area.left() + k * self.width) * ratio) / ratio for k in range(1, self.columns)]
        down = [round((area.top() + k * self.height) * ratio) / ratio for k in range(1, self.rows)]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        half = (width - 1) / 2
        painter.drawRects([QRectF(x - half, area.top(), width, area.height()) for x in across])
        painter.drawRects([QRectF(area.left(), y - half, area.width(), width) for y in down])


class GridView(PaintedView):
    """A picture of cells. `explain` says in words what a cell shows: at the mouse, and for screen readers.

    If it is `selectable` there is a current cell: a click or the arrow keys choose it (``pointed(index)``); a click,
    Enter and Space open it (``opened(index)``).
    """

    pointed = Signal(int)
    opened = Signal(int)

    is_list: ClassVar[bool] = False
    """Whether the arrows go on in the next row, and the current cell is marked without the keyboard focus too."""

    def __init__(self, name: str, label: str = "", *, selectable: bool = False) -> None:
        super().__init__(name, label)
        self.setMinimumSize(160, 112)
        self.current: int | None = None
        self.explain: Callable[[int], str] = lambda _index: ""
        self._selectable = selectable
        if selectable:
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def grid(self) -> Grid:
        """Return the grid of the cells for the present size of the widget."""
        raise NotImplementedError

    def describe(self, place: QPointF) -> str:
        found = self.grid().at(place)
        return "" if found is None else self.explain(found)

    def set_current(self, index: int | None) -> None:
        """Mark a cell, None for no cell, and tell a screen reader what it shows."""
        self.current = index
        is_there = index is not None and index < self.grid().count
        self.setAccessibleDescription(self.explain(index) if index is not None and is_there else "")
        self.update()

    def paint_hint(self, painter: QPainter) -> None:
        grid = self.grid()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self.current is not None and self.current < grid.count and (self.is_list or self.hasFocus()):
            painter.setPen(QPen(theme.color("accent"), 2))
            painter.drawRect(grid.box(self.current).adjusted(1, 1, -1, -1))
        found = grid.at(self.mouse) if self.mouse is not None else None
        if found is not None:
            painter.setPen(QPen(theme.color("text"), 1.5))
            painter.drawRect(grid.box(found))
        super().paint_hint(painter)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        if self._selectable:
            is_over = self.grid().at(event.position()) is not None
            self.setCursor(Qt.CursorShape.PointingHandCursor if is_over else Qt.CursorShape.ArrowCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        found = self.grid().at(event.position())
        if self._selectable and found is not None and event.button() == Qt.MouseButton.LeftButton:
            self._point_at(found)
            self.opened.emit(found)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        grid, key = self.grid(), Qt.Key(event.key())
        sideways = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        moves = {**sideways, Qt.Key.Key_Up: -grid.columns, Qt.Key.Key_Down: grid.columns}
        if not self._selectable or not grid.count or key not in (*moves, *OPENING_KEYS):
            super().keyPressEvent(event)
        elif key in OPENING_KEYS:
            self.opened.emit(self.current or 0)
        else:
            target = 0 if self.current is None else self.current + moves[key]
            leaves_row = key in sideways and target // grid.columns != (self.current or 0) // grid.columns
            if 0 <= target < grid.count and (self.is_list or not leaves_row):
                self._point_at(target)

    def _point_at(self, index: int) -> None:
        self.set_current(index)
        self.pointed.emit(index)
