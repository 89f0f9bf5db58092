"""Histograms of what each layer gives out, side by side, painted by hand."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from playground.language import _
from playground.ui.core import plain_text, theme
from playground.ui.core.ticks import number_label
from playground.ui.gradient_flow.layer_colours import layer_colour

CELL_HEIGHT = 84


@dataclass(frozen=True, eq=False)
class LayerBars:
    """One layer's histogram: `counts` in equal bins from `low` to `high`, with words above it and a tooltip.

    `detail` is left out first where there is no room; `alarm` says that the remark is bad news.
    """

    title: str
    detail: str
    remark: str
    alarm: bool
    counts: NDArray[np.intp]
    low: float
    high: float
    tip: str


class LayerBarsView(QWidget):
    """A grid of histograms, the first layer first."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self._layers: tuple[LayerBars, ...] = ()

    @property
    def layers(self) -> tuple[LayerBars, ...]:
        """What is shown."""
        return self._layers

    def show_layers(self, layers: Sequence[LayerBars]) -> None:
        """Show these layers."""
        self._layers = tuple(layers)
        words = "; ".join(f"{one.title}, {one.remark}" for one in self._layers)
        if words != self.accessibleDescription():
            self.setAccessibleDescription(words)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(190), theme.px(200))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(110), theme.px(90))

    def cells(self) -> list[QRectF]:
        """Return where each layer stands: in one column, or in more where they are too many for the height."""
        count = len(self._layers)
        if not count:
            return []
        most_rows = max(1, int(self.height() / theme.px(CELL_HEIGHT * 0.62)))
        columns = math.ceil(count / most_rows)
        rows = math.ceil(count / columns)
        wide, tall = self.width() / columns, min(self.height() / rows, float(theme.px(CELL_HEIGHT * 1.6)))
        return [QRectF(k % columns * wide, k // columns * tall, wide, tall) for k in range(count)]

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            for layer, cell in zip(self._layers, self.cells(), strict=True):
                if cell.contains(event.pos().toPointF()):
                    QToolTip.showText(event.globalPos(), plain_text.tip(layer.tip), self)
                    return True
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            for k, (layer, cell) in enumerate(zip(self._layers, self.cells(), strict=True)):
                self._paint_layer(painter, layer, cell, layer_colour(k, len(self._layers)))

    def _paint_layer(self, painter: QPainter, layer: LayerBars, cell: QRectF, ink: QColor) -> None:
        line, gap = theme.px(15), theme.px(8)
        cell = cell.adjusted(0, 0, -gap, -theme.px(6))
        top = cell.top() + line
        left_top = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
        painter.setFont(theme.font(11))
        square = theme.px(8)
        painter.fillRect(QRectF(cell.left(), cell.top() + (line - square) / 2, square, square), ink)
        words = QRectF(cell.left() + square + 5, cell.top(), cell.width() - square - 5, line)
        painter.setPen(theme.color("text"))
        painter.drawText(words, left_top, layer.title)
        wide = painter.fontMetrics().horizontalAdvance
        used = wide(layer.title + " ")
        room = words.width() - used
        painter.setPen(theme.color("muted"))
        if wide(f"{layer.detail}  {layer.remark}") <= room:
            painter.drawText(words.adjusted(used, 0, 0, 0), left_top, layer.detail)
        if wide(layer.remark) <= room:
            painter.setPen(theme.color("bad" if layer.alarm else "muted"))
            painter.drawText(words, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, layer.remark)
        bottom = cell.bottom() - theme.px(13)
        tallest = max(int(layer.counts.max()), 1)
        step = cell.width() / len(layer.counts)
        for k, count in enumerate(layer.counts.tolist()):
            if count:
                tall = max(1.5, (bottom - top - 4) * count / tallest)
                painter.fillRect(QRectF(cell.left() + k * step, bottom - tall, max(1.0, step - 1), tall), ink)
        painter.fillRect(QRectF(cell.left(), bottom, cell.width(), 1), theme.color("border"))
        painter.setFont(theme.font(10))
        painter.setPen(theme.color("muted"))
        below = QRectF(cell.left(), bottom + 1, cell.width(), theme.px(13))
        painter.drawText(below, left_top, number_label(float(f"{layer.low:.2g}")))
        high = number_label(float(f"{layer.high:.2g}"))
        painter.drawText(below, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, high)
        painter.drawText(below, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, _("activation value"))
