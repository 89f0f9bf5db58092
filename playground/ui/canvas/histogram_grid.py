"""Histograms side by side, one for each layer of a network, and each a chart of its own."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from playground.language import N_
from playground.ui.canvas.chart import Chart
from playground.ui.canvas.chart_items import Array, Series
from playground.ui.canvas.images import best_columns
from playground.ui.canvas.painted_view import HINTS, elide
from playground.ui.core import plain_text, theme

OVERSHOOT = 3.0
"""The outline may be so many times as tall as the tallest bar; beyond that it is cut off, which the caption says."""

MOVES = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}
PAD, HEAD = 8, 18  # pixels around a chart, and for the line above it
GAP = 6
LEAST_HEIGHT = 64


@dataclass(frozen=True, eq=False)
class Bars:
    """One histogram: `counts` in equal bins from `low` to `high`, and what is said about it.

    `outline` are counts in the same bins, drawn as stairs. `detail` is left out first where there is no room, and
    `short` stands for a title that does not fit; `is_bad` says that the remark is bad news. Without a `colour`, bars
    have the colours of signs.
    """

    title: str
    counts: NDArray[np.intp]
    low: float
    high: float
    outline: NDArray[np.intp] | None = None
    detail: str = ""
    remark: str = ""
    is_bad: bool = False
    colour: QColor | None = None
    tip: str = ""
    short: str = ""

    def room(self) -> float:
        """Return the largest count that there is room for."""
        tallest, outline = max(1, int(self.counts.max())), 0 if self.outline is None else int(self.outline.max())
        return float(max(tallest, min(outline, OVERSHOOT * tallest)))

    @property
    def is_cut(self) -> bool:
        """Whether the outline does not fit."""
        return self.outline is not None and bool(self.outline.max() > self.room())

    def edges(self) -> Array:
        """Return where the bins begin and end, (bins + 1,)."""
        return np.linspace(self.low, self.high, len(self.counts) + 1)


class LayerHistogram(Chart):
    """The bars of one histogram with a line above them, framed; ``pressed(number)`` where it was clicked."""

    pressed = Signal(int)
    left, bottom, tall = 30, 18, 98

    def __init__(self, grid: "HistogramGrid", number: int) -> None:
        self.number = number
        self.bars: Bars | None = None
        self.is_chosen = False
        self.explain: Callable[[Bars, int], str] = lambda _bars, _k: ""
        self._items: tuple[Any, ...] = tuple(
            pg.BarGraphItem(x=[], height=[], width=1.0, pen=pg.mkPen(None)) for _side in range(3)
        )
        super().__init__(f"{grid.objectName()}_{number + 1}", (Series("outline", "line", "text"),))
        self.setParent(grid)
        self.setMinimumSize(40, 40)
        for item in self._items:
            item.setZValue(-1)
            self.add(item)

    def show_bars(self, bars: Bars, is_chosen: bool) -> None:
        """Show these."""
        self.bars, self.is_chosen = bars, is_chosen
        self.setAccessibleName(bars.title)
        self.setToolTip(plain_text.tip(bars.tip))
        edges = bars.edges()
        middles, width = edges[:-1] + np.diff(edges) / 2, 0.9 * (edges[1] - edges[0])
        sides = np.sign(np.where(np.abs(middles) < 0.25 * width, 0.0, middles))
        for side, item in zip((-1, 0, 1), self._items, strict=True):
            item.setOpts(x=middles[sides == side], height=bars.counts[sides == side], width=width)
        if bars.outline is not None:
            stairs = np.concatenate([[0], np.repeat(bars.outline, 2), [0]])
            self.set_data("outline", np.repeat(edges, 2), stairs.astype(float))
        self.colour_all()
        self.set_ranges((bars.low, bars.high), (0.0, 1.05 * bars.room()))

    def apply_theme(self) -> None:
        super().apply_theme()
        self.grid.setContentsMargins(PAD // 2, theme.px(HEAD + PAD), PAD, PAD // 2)

    def colour_all(self) -> None:
        super().colour_all()
        own = None if self.bars is None else self.bars.colour
        for item, name in zip(self._items, ("negative", "faint", "positive"), strict=True):
            item.setOpts(brush=own or theme.color(name))

    def numbers(self) -> dict[str, tuple[Array, Array]]:
        if self.bars is None:
            return {}
        middles = (self.bars.edges()[1:] + self.bars.edges()[:-1]) / 2
        outline = {} if self.bars.outline is None else {N_("outline"): (middles, self.bars.outline.astype(float))}
        return {N_("bars"): (middles, self.bars.counts.astype(float)), **outline}

    def describe(self, x: float, _y: float) -> str:
        if self.bars is None or not self.bars.low <= x < self.bars.high:
            return ""
        share = (x - self.bars.low) / (self.bars.high - self.bars.low)
        return self.explain(self.bars, int(share * len(self.bars.counts)))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self.pressed.emit(self.number)

    def drawForeground(self, painter: QPainter, _room: QRectF) -> None:
        """Paint the frame; in it the title, the detail where it fits, and the remark at the right."""
        bars = self.bars
        if bars is None:
            return
        painter.setRenderHints(HINTS)
        painter.setPen(self.pen(theme.color("accent" if self.is_chosen else "border"), 1.5 if self.is_chosen else 1))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 5, 5)
        line = QRectF(PAD, PAD // 2, self.width() - 2 * PAD, theme.px(HEAD))
        if bars.colour is not None:
            side = theme.px(8)
            painter.fillRect(QRectF(line.left(), line.center().y() - side / 2, side, side), bars.colour)
            line.setLeft(line.left() + side + 5)
        painter.setFont(theme.font(11, QFont.Weight.DemiBold if self.is_chosen else QFont.Weight.Normal))
        wide = painter.fontMetrics().horizontalAdvance
        middle, right = Qt.AlignmentFlag.AlignVCenter, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.setPen(theme.color("text"))
        title = bars.title if wide(bars.title) <= line.width() else bars.short or bars.title
        painter.drawText(line, middle, elide(painter, title, line.width()))
        used = wide(bars.title + " ")
        room = line.width() - used
        painter.setPen(theme.color("muted"))
        if wide(f"{bars.detail}  {bars.remark}") <= room:
            painter.drawText(line.adjusted(used, 0, 0, 0), middle, bars.detail)
        if wide(bars.remark) <= room:
            painter.setPen(theme.color("bad" if bars.is_bad else "muted"))
            painter.drawText(line, right, bars.remark)


class HistogramGrid(QWidget):
    """A histogram for each layer, the first layer first, in as many columns as make them largest.

    `explain` returns what is said about a bin, from 0, of a histogram. ``chosen(layer)``: a layer, counted from 0, was
    clicked or reached with the arrow keys.
    """

    chosen = Signal(int)

    def __init__(self, name: str, titles: tuple[str, str], explain: Callable[[Bars, int], str] | None = None) -> None:
        super().__init__()
        self._titles = titles
        self._explain = explain or (lambda _bars, _k: "")
        self.setObjectName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.bars: tuple[Bars, ...] = ()
        self.selected: int | None = None
        self.cells: list[LayerHistogram] = []

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(110), theme.px(90))

    def show_bars(self, bars: tuple[Bars, ...]) -> None:
        """Show a histogram for each layer."""
        has_changed = len(bars) != len(self.bars)
        self.bars = bars
        while len(self.cells) < len(bars):
            cell = LayerHistogram(self, len(self.cells))
            cell.pressed.connect(self.chosen)
            cell.explain = self._explain
            cell.set_titles(*self._titles)
            self.cells.append(cell)
        if has_changed:
            self._lay_out()
        for k, (cell, one) in enumerate(zip(self.cells, bars, strict=False)):
            cell.show_bars(one, len(bars) > 1 and k == self.selected)

    def select(self, layer: int | None) -> None:
        """Mark the histogram of a layer, counted from 0; None for no mark."""
        self.selected = layer
        self.show_bars(self.bars)

    def _lay_out(self) -> None:
        count, columns = len(self.bars), self._best_columns()
        width, height = (self.width() + GAP) / columns, (self.height() + GAP) / max(1, math.ceil(count / columns))
        for k, cell in enumerate(self.cells):
            row, column = divmod(k, columns)
            corners = QPointF(column * width, row * height), QPointF((column + 1) * width, (row + 1) * height)
            cell.setGeometry(QRect(*(corner.toPoint() for corner in corners)).adjusted(0, 0, -GAP - 1, -GAP - 1))
            cell.setVisible(k < count)

    def _best_columns(self) -> int:
        count = max(1, len(self.bars))
        most_rows = max(1, self.height() // theme.px(LEAST_HEIGHT))
        return max(best_columns(count, self.width(), self.height(), 1.9, 1.0), math.ceil(count / most_rows))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        move = MOVES.get(Qt.Key(event.key()), 0)
        if move and self.bars and self.selected is not None:
            self.chosen.emit(min(max(self.selected + move, 0), len(self.bars) - 1))
        else:
            super().keyPressEvent(event)
