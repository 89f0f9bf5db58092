"""A matrix as a heat map: names along two sides, the numbers in the cells where they fit."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from playground.language import _, ngettext
from playground.ui.canvas.grid_view import Grid, GridView
from playground.ui.canvas.images import Array, ColourTable, indices, symmetric_limit, table_image
from playground.ui.canvas.painted_view import elide
from playground.ui.canvas.pictures import Table
from playground.ui.core import number_text, theme
from playground.ui.core.ticks import value_label

MOST_NUMBERS = 130
"""Numbers are written into the cells up to so many cells."""

DARK_INK, LIGHT_INK = "#1d2430", "#ffffff"


@dataclass(frozen=True)
class Frame:
    """What stays of a matrix: names of rows and columns, and what the two sides are called.

    `apart` is ``"row"`` or ``"column"`` where the last one stands a little apart, as the biases do.
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    row_title: str = ""
    column_title: str = ""
    apart: str = ""

    def transposed(self) -> "Frame":
        """Return the frame of the matrix that lies on its side."""
        apart = {"row": "column", "column": "row"}.get(self.apart, "")
        return Frame(self.columns, self.rows, self.column_title, self.row_title, apart)


class MatrixView(GridView):
    """A heat map of a matrix: `set_frame` when its meaning changes, `set_values` each frame."""

    def __init__(self, name: str, label: str = "", *, selectable: bool = False) -> None:
        super().__init__(name, label, selectable=selectable)
        self.frame = Frame((), ())
        self.values: Array = np.empty((0, 0))
        self.limit = 1.0
        self.explain = self.names_and_value
        self.numbers = self.table

    def set_frame(self, frame: Frame) -> None:
        """Show a matrix with these names; its numbers are set later."""
        self.frame, self.values = frame, np.empty((0, 0))
        self.update()

    def set_values(self, values: Array) -> None:
        """Show these numbers (rows, columns) on a scale from −max to +max."""
        self.values, self.limit = values, symmetric_limit(values)
        self.update()

    def table(self) -> Table:
        """Return the numbers as they are seen: a row for each row, its name first."""
        rows = zip(self.frame.rows, self.values.tolist(), strict=False)
        return (self.frame.row_title, *self.frame.columns), [(name, *values) for name, values in rows]

    def colours(self) -> tuple[NDArray[np.uint8], ColourTable]:
        """Return the colour index of each cell, (rows, columns) uint8, and the colour table (256, 3)."""
        return indices(self.values, -self.limit, self.limit), theme.diverging()

    def number(self, value: float) -> str:
        """Return what is written into a cell."""
        return short_number(value)

    def names_and_value(self, index: int) -> str:
        """Return the names of the row and the column of a cell, and below them its number."""
        row, column = divmod(index, self.values.shape[1])
        names = [names[k] for names, k in ((self.frame.rows, row), (self.frame.columns, column)) if k < len(names)]
        return "\n".join([" · ".join(filter(None, names)), value_label(float(self.values[row, column]))])

    def grid(self) -> Grid:
        rows, columns = self.values.shape
        names = [self.fontMetrics().horizontalAdvance(name) for name in self.frame.rows[:40]]
        title = theme.px(18)
        left = min(max(names, default=0) + 12, self.width() * 0.35) + (title if self.frame.row_title else 0)
        top = theme.px(20) + (title if self.frame.column_title else 0)
        width = min((self.width() - left - 6) / max(1, columns), theme.px(86))
        height = min((self.height() - top - 6) / max(1, rows), theme.px(46))
        return Grid(left, top, max(0.1, width), max(0.1, height), max(1, columns), rows * columns)

    def draw(self, painter: QPainter) -> None:
        if not self.values.size:
            return
        grid, (places, table) = self.grid(), self.colours()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        painter.drawImage(grid.area, table_image(places, table))
        grid.draw_gaps(painter, 1)
        self._draw_apart(painter, grid)
        self._draw_names(painter, grid)
        if self.values.size <= MOST_NUMBERS:
            brightness = table[places.ravel()] @ np.array([0.299, 0.587, 0.114])
            self._draw_numbers(painter, grid, brightness > 140)

    def _draw_apart(self, painter: QPainter, grid: Grid) -> None:
        if not self.frame.apart:
            return
        is_row = self.frame.apart == "row"
        last, area = grid.box(grid.count - 1), grid.area
        painter.setPen(QPen(theme.color("panel"), min(theme.px(6), 0.4 * (last.height() if is_row else last.width()))))
        if is_row:
            painter.drawLine(QLineF(area.left(), last.top(), area.right(), last.top()))
        else:
            painter.drawLine(QLineF(last.left(), area.top(), last.left(), area.bottom()))

    def _draw_numbers(self, painter: QPainter, grid: Grid, is_bright: NDArray[np.bool_]) -> None:
        painter.setFont(theme.font(11, tabular=True))
        texts, metrics = [self.number(value) for value in self.values.ravel().tolist()], painter.fontMetrics()
        if max(map(metrics.horizontalAdvance, texts)) > grid.width - 2 or metrics.ascent() + 1 > grid.height:
            return
        inks = {True: QColor(DARK_INK), False: QColor(LIGHT_INK)}
        for index, (text, bright) in enumerate(zip(texts, is_bright.tolist(), strict=True)):
            painter.setPen(inks[bright])
            painter.drawText(grid.box(index), Qt.AlignmentFlag.AlignCenter, text)

    def _draw_names(self, painter: QPainter, grid: Grid) -> None:
        frame = self.frame
        painter.setFont(theme.font(11))
        painter.setPen(theme.color("muted"))
        metrics = painter.fontMetrics()
        line, edge = metrics.height(), theme.px(18) if frame.row_title else 0
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for row in shown(frame.rows, grid.height, line, keeps_last=frame.apart == "row"):
            middle = grid.top + (row + 0.5) * grid.height
            room = QRectF(edge, middle - line / 2, grid.left - 8 - edge, line)
            painter.drawText(room, right, elide(painter, frame.rows[row], room.width()))
        widest = max((metrics.horizontalAdvance(name) for name in frame.columns[:60]), default=10)
        wide = max(grid.width - 4, min(widest + 4.0, 60.0))
        for column in shown(frame.columns, grid.width, min(widest + 6.0, 60.0), keeps_last=frame.apart == "column"):
            middle = grid.left + (column + 0.5) * grid.width
            room = QRectF(middle - wide / 2, grid.top - theme.px(18), wide, theme.px(16))
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter, elide(painter, frame.columns[column], wide))
        self._draw_titles(painter, grid.area)

    def _draw_titles(self, painter: QPainter, cells: QRectF) -> None:
        painter.setPen(theme.color("faint"))
        above = QRectF(cells.left(), 0, self.width() - cells.left(), theme.px(16))
        painter.drawText(above, Qt.AlignmentFlag.AlignLeft, self.frame.column_title)
        if self.frame.row_title:
            painter.save()
            painter.translate(theme.px(8), cells.center().y())
            painter.rotate(-90)
            room = QRectF(-cells.height() / 2, -theme.px(9), cells.height(), theme.px(18))
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter, elide(painter, self.frame.row_title, room.width()))
            painter.restore()


def shown(names: Sequence[str], pitch: float, needed: float, *, keeps_last: bool) -> list[int]:
    """Return which names to write where each has `pitch` pixels and needs `needed`; perhaps the last one always."""
    stride = max(1, math.ceil(needed / pitch))
    last = len(names) - 1
    chosen = [k for k in range(0, len(names), stride) if not keeps_last or last - k >= stride]
    return [*chosen, last] if keeps_last else chosen


def short_number(value: float) -> str:
    """Write a weight into its cell: two decimals, more digits only where the number is tiny."""
    if not math.isfinite(value):
        return value_label(value)
    if 0 < abs(value) < 0.005:
        return number_text.scientific(value, 2)
    return f"{value:.2f}".replace("-", "−", 1)


class ConfusionView(MatrixView):
    """Counts of samples by true class (rows) and predicted class (columns).

    The diagonal is as blue as the share of its row, the rest as orange as its share of the commonest mistake: on one
    scale, mistakes would not be seen beside what is right.
    """

    def __init__(self, name: str, label: str = "", *, selectable: bool) -> None:
        super().__init__(name, label, selectable=selectable)
        self.explain = self._explain_count

    def set_classes(self, names: tuple[str, ...]) -> None:
        """Show the matrix of these classes; its counts are to follow."""
        self.set_frame(Frame(names, names, _("true class"), _("output")))
        self.current = 0

    def set_counts(self, counts: NDArray[np.int64]) -> None:
        """Show these counts (classes, classes)."""
        self.set_values(counts.astype(float))
        self.set_current(self.current)

    def colours(self) -> tuple[NDArray[np.uint8], ColourTable]:
        return indices(shares(self.values), -1.0, 1.0), theme.outputs()

    def number(self, value: float) -> str:
        """Return what is written into a cell."""
        return f"{value:.0f}" if value else ""

    def _explain_count(self, index: int) -> str:
        row, column = divmod(index, len(self.values))
        count, total = int(self.values[row, column]), float(self.values[row].sum())
        names = self.frame.rows
        words = _("true class {true}, output {found}").format(true=names[row], found=names[column])
        numbers = ngettext("{count:,} sample", "{count:,} samples", count).format(count=count)
        share = _("{share} of the class").format(share=number_text.share(count / max(1.0, total)))
        return f"{words}\n{numbers}, {share}"


def shares(counts: NDArray[np.floating]) -> NDArray[np.float64]:
    """Return the colours of a confusion matrix on a scale from −1 (the commonest mistake) to 1 (a class all right)."""
    right = np.eye(len(counts), dtype=bool)
    commonest = max(1.0, float(counts[~right].max(initial=0.0)))
    totals = np.maximum(counts.sum(axis=1, keepdims=True), 1.0)
    return np.where(right, counts / totals, -counts / commonest)
