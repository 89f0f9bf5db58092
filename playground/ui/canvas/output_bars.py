"""The outputs for one input as bars, one a class; the winner stands out."""

import math

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QPainter

from playground.ui.canvas.painted_view import PaintedView, elide
from playground.ui.core import theme

TALLEST_ROW = 26
GAP = 8


class OutputBars(PaintedView):
    """Names, bars and numbers; before there is an answer, names only."""

    def __init__(self, name: str, label: str = "") -> None:
        super().__init__(name, label)
        self.setMinimumSize(110, 96)
        self.names: tuple[str, ...] = ()
        self.values: NDArray[np.floating] | None = None
        self.captions: tuple[str, ...] = ()
        self.winner: int | None = None
        self.truth: int | None = None
        self._ends = (0.0, 1.0)

    def set_names(self, names: tuple[str, ...]) -> None:
        """Name the bars, one for each output."""
        self.names = names
        self.set_values(None, (), None)

    def set_values(
        self,
        values: NDArray[np.floating] | None,
        captions: tuple[str, ...],
        winner: int | None,
        ends: tuple[float, float] = (0.0, 1.0),
    ) -> None:
        """Show values between the `ends`, each with its number in words; None shows that there are none."""
        self.values, self.captions, self.winner, self._ends = values, captions, winner, ends
        self.update()

    def set_truth(self, index: int | None) -> None:
        """Mark the bar of the true class by its index; None where it is not known."""
        if index != self.truth:
            self.truth = index
            self.update()

    def draw(self, painter: QPainter) -> None:
        if not self.names:
            return
        tall = min(float(theme.px(TALLEST_ROW)), self.height() / len(self.names))
        size = min(13.0, max(9.0, tall / theme.scale() - 3))
        painter.setFont(theme.font(size, QFont.Weight.DemiBold, tabular=True))  # the widest that is drawn
        metrics = painter.fontMetrics()
        names = min(max(metrics.horizontalAdvance(name) for name in self.names) + 2.0, self.width() * 0.35)
        numbers = metrics.horizontalAdvance("100.0 %") + 2.0
        room = max(10.0, self.width() - names - numbers - 2 * GAP - 2)
        for k, name in enumerate(self.names):
            row = QRectF(0, k * tall, self.width(), tall)
            won = k == self.winner
            painter.setFont(theme.font(size, QFont.Weight.DemiBold if won else QFont.Weight.Normal, tabular=True))
            painter.setPen(theme.color("text" if won or self.winner is None else "muted"))
            side = QRectF(row.left(), row.top(), names, tall)
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(side, right, elide(painter, name, names))
            self._draw_bar(painter, k, QRectF(names + GAP, row.top(), room, tall))
            if k < len(self.captions):
                side = QRectF(names + room + 2 * GAP, row.top(), numbers, tall)
                painter.setPen(theme.color("text" if won else "muted"))
                painter.drawText(side, right, self.captions[k])

    def _draw_bar(self, painter: QPainter, k: int, row: QRectF) -> None:
        thick = min(row.height() * 0.55, theme.px(11))
        groove = QRectF(row.left(), row.center().y() - thick / 2, row.width(), thick)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("grid"))
        painter.drawRoundedRect(groove, 2, 2)
        if self.values is not None and math.isfinite(float(self.values[k])):
            low, high = self._ends
            zero, end = ((np.array([0.0, self.values[k]]) - low) / (high - low)).clip(0, 1) * groove.width()
            bar = QRectF(groove.left() + min(zero, end), groove.top(), max(1.5, abs(end - zero)), thick)
            painter.setBrush(theme.color("accent" if k == self.winner else "faint"))
            painter.drawRoundedRect(bar, 2, 2)
        if k == self.truth:
            painter.setPen(theme.color("good"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(groove.adjusted(-1.5, -1.5, 1.5, 1.5), 3, 3)
