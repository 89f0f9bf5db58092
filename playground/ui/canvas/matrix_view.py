"""A matrix as a heat map: names along two sides, the numbers in the cells where they fit."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPixmap, QResizeEvent

from playground.ui.canvas.images import indices, symmetric_limit, table_image
from playground.ui.canvas.painted_view import PaintedView, elide
from playground.ui.canvas.quick_text import QuickText
from playground.ui.core import number_text, theme
from playground.ui.core.ticks import value_label

Array = NDArray[np.floating]

MOST_NUMBERS = 130
"""Numbers are written into the cells up to so many cells."""


@dataclass(frozen=True)
class Frame:
    """What stays of a matrix: names of rows and columns, and what the two sides are called.

    `apart` is the number of a row (`apart_row`) or column that stands a little apart, as the biases do; −1 for none.
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    row_title: str = ""
    column_title: str = ""
    apart: int = -1
    apart_row: bool = True


class MatrixView(PaintedView):
    """A heat map of a matrix: `set_frame` when its meaning changes, `set_values` each frame.

    Parameters
    ----------
    name
        The stable object name.
    """

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.setMinimumSize(160, 120)
        self.frame = Frame((), ())
        self.values: Array = np.empty((0, 0))
        self.limit = 1.0
        self.number: Callable[[float], str] = short_number
        self.explain: Callable[[int, int], str] = self._explain
        self._places = np.empty((0, 0), np.uint8)
        self._image: QImage | None = None
        self._cells: QRectF | None = None
        self._over: QPixmap | None = None
        self._numbers = QuickText(11, tabular=True)

    def resizeEvent(self, _event: QResizeEvent) -> None:
        self._move_cells()

    def _move_cells(self) -> None:
        """Place the cells, and what stays around them, anew."""
        self._cells = self._over = None

    def sizeHint(self) -> QSize:
        return QSize(420, 260)

    def set_frame(self, frame: Frame) -> None:
        """Show a matrix with these names; its numbers are to follow."""
        self.frame, self.values, self._image = frame, np.empty((0, 0)), None
        self._move_cells()
        self.update()

    def set_values(self, values: Array) -> None:
        """Show these numbers (rows, columns) on a scale from −max to +max."""
        if values.shape != self.values.shape:
            self._move_cells()
        self.values = values
        self.limit = symmetric_limit(values)
        self._places = indices(values, -self.limit, self.limit)
        self._image = table_image(self._places, theme.diverging())
        self.update()

    def apply_theme(self) -> None:
        """Paint the heat map again in the colours and sizes of the theme."""
        self._move_cells()
        self._numbers.restyle()
        if self._image is not None:
            self._image = table_image(self._places, theme.diverging())

    def cells(self) -> QRectF:
        """Return where the cells are, in pixels, without the gap of what stands apart."""
        if self._cells is None:
            self._cells = self._place_cells()
        return self._cells

    def _place_cells(self) -> QRectF:
        metrics = self.fontMetrics()
        names = [metrics.horizontalAdvance(name) for name in self.frame.rows[:40]]
        left = min(max(names, default=0) + 12, self.width() * 0.35) + (theme.px(18) if self.frame.row_title else 0)
        top = theme.px(20) + (theme.px(18) if self.frame.column_title else 0)
        rows, columns = max(1, self.values.shape[0]), max(1, self.values.shape[1])
        gap = theme.px(6) if self.frame.apart >= 0 else 0
        width, height = self.width() - left - gap - 6, self.height() - top - gap - 6
        width, height = min(width, columns * theme.px(86)), min(height, rows * theme.px(46))
        return QRectF(left, top, max(10.0, width), max(10.0, height))

    def cell(self, row: int, column: int) -> QRectF:
        """Return where one cell is, in pixels."""
        cells, (rows, columns) = self.cells(), self.values.shape
        width, height = cells.width() / columns, cells.height() / rows
        box = QRectF(cells.left() + column * width, cells.top() + row * height, width, height)
        gap = theme.px(6)
        if self.frame.apart >= 0 and (row if self.frame.apart_row else column) >= self.frame.apart:
            box.translate(*((0, gap) if self.frame.apart_row else (gap, 0)))
        return box

    def cell_at(self, place: QPointF) -> tuple[int, int] | None:
        """Return the row and column of the cell at a place in pixels."""
        if not self.values.size:
            return None
        cells, (rows, columns) = self.cells(), self.values.shape
        row = int((place.y() - cells.top()) / cells.height() * rows)
        column = int((place.x() - cells.left()) / cells.width() * columns)
        for r in (row, row - 1):
            for c in (column, column - 1):
                if 0 <= r < rows and 0 <= c < columns and self.cell(r, c).contains(place):
                    return r, c
        return None

    def describe(self, place: QPointF) -> str:
        """Return the names and the number of the cell under the mouse."""
        found = self.cell_at(place)
        return self.explain(*found) if found else ""

    def _explain(self, row: int, column: int) -> str:
        """Return the names of the row and the column and the number where they meet."""
        names = [names[k] for names, k in ((self.frame.rows, row), (self.frame.columns, column)) if k < len(names)]
        return "\n".join([" · ".join(name for name in names if name), value_label(float(self.values[row, column]))])

    def draw(self, painter: QPainter) -> None:
        """Paint the heat map in one or two pieces, what stays around it, and the numbers."""
        if self._image is None:
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        for room, part in self._pieces():
            painter.drawImage(room, self._image, part)
        painter.drawPixmap(0, 0, self._overlay())
        if self.values.size <= MOST_NUMBERS:
            self._draw_numbers(painter)

    def paint_hint(self, painter: QPainter) -> None:
        """Frame the cell under the mouse, and say what it is."""
        found = self.cell_at(self.mouse) if self.mouse is not None else None
        if found:
            painter.setPen(QPen(theme.color("text"), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.cell(*found))
        super().paint_hint(painter)

    def _pieces(self) -> list[tuple[QRectF, QRectF]]:
        """Return where the rows (or columns) before and after the split are, and which part of the picture each is."""
        rows, columns = self.values.shape
        by_row = self.frame.apart_row
        count = rows if by_row else columns
        split = self.frame.apart if self.frame.apart >= 0 else count
        found = []
        for first, last in ((0, split), (split, count)):
            if last > first:
                start = self.cell(first, 0) if by_row else self.cell(0, first)
                end = self.cell(last - 1, columns - 1) if by_row else self.cell(rows - 1, last - 1)
                part = QRectF(0, first, columns, last - first) if by_row else QRectF(first, 0, last - first, rows)
                found.append((start.united(end), part))
        return found

    def _overlay(self) -> QPixmap:
        """Return what stays from frame to frame, painted once: lines between the cells, and names."""
        self._over = self.kept(self._over, self._draw_frame)
        return self._over

    def _draw_frame(self, painter: QPainter) -> None:
        self._draw_lines(painter)
        self._draw_names(painter)

    def _draw_lines(self, painter: QPainter) -> None:
        one = self.cell(0, 0)
        if min(one.width(), one.height()) < 6:
            return
        painter.setPen(QPen(theme.color("panel"), 1))
        for room, part in self._pieces():
            across = [room.left() + one.width() * k for k in range(1, round(part.width()))]
            down = [room.top() + one.height() * k for k in range(1, round(part.height()))]
            painter.drawLines([QLineF(x, room.top(), x, room.bottom()) for x in across])
            painter.drawLines([QLineF(room.left(), y, room.right(), y) for y in down])

    def _draw_numbers(self, painter: QPainter) -> None:
        """Write the number of each cell into it, where all of them fit."""
        size, numbers = self.cell(0, 0), self._numbers
        texts = [[self.number(value) for value in row] for row in self.values.tolist()]
        widest = max(numbers.width(text) for row in texts for text in row)
        if widest > size.width() - 2 or numbers.ascent() + 1 > size.height():
            return
        table = theme.diverging()
        inks = {place: ink_on(table[place]) for place in set(self._places.ravel().tolist())}
        for row, (line, places) in enumerate(zip(texts, self._places.tolist(), strict=True)):
            for column, (text, place) in enumerate(zip(line, places, strict=True)):
                if text:
                    painter.setPen(inks[place])
                    numbers.draw(painter, self.cell(row, column), text, Qt.AlignmentFlag.AlignCenter)

    def _draw_names(self, painter: QPainter) -> None:
        painter.setFont(theme.font(11))
        painter.setPen(theme.color("muted"))
        cells = self.cells()
        one = self.cell(0, 0)
        line = painter.fontMetrics().height()
        edge = theme.px(18) if self.frame.row_title else 0
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for row in shown(self.frame.rows, self.values.shape[0], one.height(), line, self._kept(True)):
            box = self.cell(row, 0)
            room = QRectF(edge, box.center().y() - line / 2, cells.left() - 8 - edge, line)
            painter.drawText(room, right, elide(painter, self.frame.rows[row], room.width()))
        widest = max((painter.fontMetrics().horizontalAdvance(name) for name in self.frame.columns[:60]), default=10)
        room_wide = max(one.width() - 4, 24.0)
        for column in shown(
            self.frame.columns, self.values.shape[1], one.width(), min(widest + 6.0, 60.0), self._kept(False)
        ):
            box = self.cell(0, column)
            wide = max(room_wide, min(widest + 4.0, 60.0))
            room = QRectF(box.center().x() - wide / 2, cells.top() - theme.px(18), wide, theme.px(16))
            text = elide(painter, self.frame.columns[column], wide)
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter, text)
        self._draw_titles(painter, cells)

    def _kept(self, rows: bool) -> int:
        """Return the row or column whose name is always written: that of the biases."""
        return self.frame.apart if self.frame.apart_row == rows else -1

    def _draw_titles(self, painter: QPainter, cells: QRectF) -> None:
        """Write what the two sides are."""
        painter.setPen(theme.color("faint"))
        if self.frame.column_title:
            room = QRectF(cells.left(), 0, self.width() - cells.left(), theme.px(16))
            painter.drawText(room, Qt.AlignmentFlag.AlignLeft, self.frame.column_title)
        if self.frame.row_title:
            painter.save()
            painter.translate(theme.px(8), cells.center().y())
            painter.rotate(-90)
            room = QRectF(-cells.height() / 2, -theme.px(9), cells.height(), theme.px(18))
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter, elide(painter, self.frame.row_title, cells.height()))
            painter.restore()


def shown(names: Sequence[str], count: int, pitch: float, needed: float, kept: int) -> list[int]:
    """Return which of `count` names to write where each has `pitch` pixels and needs `needed`."""
    stride = max(1, int(np.ceil(needed / max(pitch, 1e-6))))
    chosen = [k for k in range(min(count, len(names))) if k % stride == 0 and (kept < 0 or kept - k >= stride)]
    return [*chosen, kept] if 0 <= kept < len(names) else chosen


def ink_on(colour: NDArray[np.uint8]) -> QColor:
    """Return black or white, whichever reads better on `colour` (r, g, b)."""
    brightness = 0.299 * colour[0] + 0.587 * colour[1] + 0.114 * colour[2]
    return QColor("#1d2430" if brightness > 140 else "#ffffff")


def short_number(value: float) -> str:
    """Write a weight into its cell: two decimals, more digits only where the number is tiny."""
    if not np.isfinite(value):
        return value_label(value)
    if 0 < abs(value) < 0.005:
        return number_text.scientific(value, 2)
    text = f"{value:.2f}"
    return text.replace("-", "−", 1) if text.startswith("-") else text
