"""How the numbers of each layer are spread: a histogram a layer, with the start as an outline behind."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QMouseEvent, QPainter, QPen, QPolygonF

from playground.language import _, ngettext
from playground.ui.canvas.histogram import counts, thinned
from playground.ui.canvas.images import best_columns
from playground.ui.canvas.painted_view import PaintedView, elide
from playground.ui.core import theme
from playground.ui.core.ticks import number_label, value_label

Array = NDArray[np.floating]

GAP = 14.0
OVERSHOOT = 1.3
"""The outline of the start may be so many times as tall as the tallest bar; beyond that it is cut off."""

BINS_BY_SIZE = ((40, 11), (200, 21), (math.inf, 41))
"""Fewer numbers are counted in fewer bins; odd, so that zero stands in the middle of one."""


@dataclass(frozen=True, eq=False)
class Spread:
    """The numbers of one layer, counted in the same bins now and at the start, from −`reach` to `reach`."""

    now: NDArray[np.intp]
    start: NDArray[np.intp]
    reach: float


def spread(now: Array, start: Array) -> Spread:
    """Count the numbers of a layer (1-D), and those of its start, over a range that holds both and is round."""
    now, start = thinned(now), thinned(start)
    bins = next(count for size, count in BINS_BY_SIZE if now.size <= size)
    sizes = np.abs(np.concatenate([now, start]))
    finite = sizes[np.isfinite(sizes)]
    reach = round_up(float(finite.max())) if finite.size else 1.0
    return Spread(counts(now, bins, reach)[0], counts(start, bins, reach)[0], reach)


def round_up(value: float) -> float:
    """Return a round number that is at least `value`, so that a range jumps instead of creeping; 1 for 0."""
    if value <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(value))
    return next(factor * power for factor in (1.0, 1.5, 2.0, 3.0, 5.0, 7.0, 10.0) if factor * power >= value * 0.999999)


class HistogramGrid(PaintedView):
    """Small multiples; one of them is chosen, by a click or with the arrow keys."""

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__("weights_histograms")
        self.setMinimumSize(160, 120)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.titles: tuple[str, ...] = ()
        self.spreads: tuple[Spread, ...] = ()
        self.selected = 0

    def sizeHint(self) -> QSize:
        return QSize(560, 260)

    def set_titles(self, titles: tuple[str, ...]) -> None:
        """Show so many layers; their numbers are to follow."""
        if titles != self.titles:
            self.spreads = self.spreads if len(titles) == len(self.titles) else ()
            self.titles = titles
            self.update()

    def set_spreads(self, spreads: tuple[Spread, ...]) -> None:
        """Show how the numbers of each layer are spread."""
        self.spreads = spreads
        self.update()

    def select(self, layer: int) -> None:
        """Frame one layer."""
        self.selected = layer
        self.update()

    def box(self, layer: int) -> QRectF:
        """Return where a layer's histogram is, with its title and its numbers."""
        count = max(1, len(self.titles))
        columns = best_columns(count, self.width(), self.height(), 1.7, 1.0)
        rows = math.ceil(count / columns)
        row, column = divmod(layer, columns)
        wide, tall = (self.width() - 2) / columns, (self.height() - 2) / rows
        return QRectF(1 + column * wide, 1 + row * tall, wide, tall).adjusted(0, 0, -GAP / 2, -GAP / 2)

    def bars(self, layer: int) -> QRectF:
        """Return where the bars of a layer stand."""
        return self.box(layer).adjusted(10, theme.px(26), -10, -theme.px(32))

    def layer_at(self, place: QPointF) -> int | None:
        """Return the layer at a place in pixels."""
        return next((k for k in range(len(self.titles)) if self.box(k).contains(place)), None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        found = self.layer_at(event.position())
        if found is not None and event.button() == Qt.MouseButton.LeftButton:
            self.chosen.emit(found)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        move = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}.get(
            Qt.Key(event.key()), 0
        )
        if move and self.titles:
            self.chosen.emit(min(max(self.selected + move, 0), len(self.titles) - 1))
        else:
            super().keyPressEvent(event)

    def describe(self, place: QPointF) -> str:
        """Return the bin under the mouse and how many numbers are in it, now and at the start."""
        layer = self.layer_at(place)
        if layer is None or layer >= len(self.spreads):
            return ""
        room, one = self.bars(layer), self.spreads[layer]
        k = math.floor((place.x() - room.left()) / room.width() * len(one.now))
        if not 0 <= k < len(one.now):
            return ""
        width = 2 * one.reach / (len(one.now) - 1)
        low, high = (value_label(float(f"{(k - len(one.now) // 2 + side) * width:.3g}")) for side in (-0.5, 0.5))
        now, start = (100 * count[k] / max(1, count.sum()) for count in (one.now, one.start))
        return _("{low} to {high}: {now:.1f} % of the weights, {start:.1f} % at the start").format(
            low=low, high=high, now=now, start=start
        )

    def draw(self, painter: QPainter) -> None:
        """Paint a frame, a title, bars and the outline of each layer."""
        for layer, title in enumerate(self.titles):
            box = self.box(layer)
            is_chosen = layer == self.selected and len(self.titles) > 1
            painter.setPen(QPen(theme.color("accent" if is_chosen else "border"), 1.5 if is_chosen else 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box, 5, 5)
            painter.setFont(theme.font(11, QFont.Weight.DemiBold if is_chosen else QFont.Weight.Normal))
            painter.setPen(theme.color("text" if is_chosen else "muted"))
            room = QRectF(box.left() + 10, box.top() + 4, box.width() - 20, theme.px(18))
            painter.drawText(room, Qt.AlignmentFlag.AlignLeft, elide(painter, title, room.width()))
            if layer < len(self.spreads):
                self._draw_bars(painter, self.bars(layer), self.spreads[layer], self.titles[layer])

    def _draw_bars(self, painter: QPainter, room: QRectF, one: Spread, title: str) -> None:
        """Paint what is now as bars, the start as an outline, and the axes: the range below, the highest bar above."""
        step = room.width() / len(one.now)
        tallest = max(1, int(one.now.max()))
        tallest = max(tallest, min(int(one.start.max()), int(OVERSHOOT * tallest)))
        middle = len(one.now) // 2
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for k, count in enumerate(one.now.tolist()):
            if count:
                tall = max(1.5, room.height() * count / tallest)
                bar = QRectF(room.left() + k * step + 0.5, room.bottom() - tall, max(1.0, step - 1), tall)
                side = "faint" if k == middle else "negative" if k < middle else "positive"
                painter.fillRect(bar, theme.color(side))
        painter.setPen(QPen(theme.color("strong_border"), 1))
        painter.drawLine(QLineF(room.left(), room.bottom(), room.right(), room.bottom()))
        painter.setPen(QPen(theme.color("text"), 1))
        painter.drawPolyline(self._outline(room, one.start, tallest))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        painter.setPen(theme.color("muted"))
        painter.setFont(theme.font(10))
        below = QRectF(room.left() - 6, room.bottom() + 2, room.width() + 12, theme.px(15))
        reach = number_label(one.reach)
        painter.drawText(below, Qt.AlignmentFlag.AlignLeft, f"−{reach}")
        painter.drawText(below, Qt.AlignmentFlag.AlignHCenter, "0")
        painter.drawText(below, Qt.AlignmentFlag.AlignRight, reach)
        painter.drawText(below.translated(0, theme.px(13)), Qt.AlignmentFlag.AlignHCenter, _("value of a weight"))
        highest = ngettext("{n:,} weight", "{n:,} weights", tallest).format(n=tallest)
        wide = painter.fontMetrics().horizontalAdvance
        if wide(f"{title}   ↑ {highest}") * 1.15 <= room.width():
            above = QRectF(room.left(), room.top() - theme.px(21), room.width(), theme.px(16))
            painter.drawText(above, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, f"↑ {highest}")

    @staticmethod
    def _outline(room: QRectF, start: NDArray[np.intp], tallest: int) -> QPolygonF:
        """Return the stairs around the numbers of the start, cut off where they leave the room."""
        step = room.width() / len(start)
        points = [QPointF(room.left(), room.bottom())]
        for k, count in enumerate(start.tolist()):
            y = room.bottom() - room.height() * min(1.0, count / tallest)
            points += [QPointF(room.left() + k * step, y), QPointF(room.left() + (k + 1) * step, y)]
        return QPolygonF([*points, QPointF(room.right(), room.bottom())])
