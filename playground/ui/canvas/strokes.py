"""All the lines of a plot as one item: what pyqtgraph's own curves cost most is not the painting.

A plot of five `PlotCurveItem` takes two milliseconds a frame, of which a quarter is spent on lines. Here the lines
are mapped to pixels by NumPy and handed to the painter in one call each.
"""

from dataclasses import dataclass, field

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QTransform
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from playground.ui.canvas.lines import draw_lines

Array = NDArray[np.floating]
NOTHING = np.empty(0)

DOT_RADIUS = 2.5


@dataclass(eq=False)
class Stroke:
    """One or several lines of one pen, through points (n,) in the units of the axes.

    ``joined`` tells for each point whether a line leads from it to the next, (n,); None joins all. The pen's width
    is in pixels of the plot. A line of a single point is painted as a dot.
    """

    pen: QPen = field(default_factory=QPen)
    smooth: bool = False
    x: Array = field(default_factory=lambda: NOTHING)
    y: Array = field(default_factory=lambda: NOTHING)
    joined: NDArray[np.bool_] | None = None

    def set_data(self, x: Array, y: Array, joined: NDArray[np.bool_] | None = None) -> None:
        """Lead through other points."""
        self.x, self.y, self.joined = x, y, joined

    def paint(self, painter: QPainter, to_pixels: QTransform) -> None:
        count = len(self.x)
        if count == 1:
            self._dot(painter, to_pixels.map(QPointF(float(self.x[0]), float(self.y[0]))))
        if count < 2:
            return
        x = self.x * to_pixels.m11() + to_pixels.dx()
        y = self.y * to_pixels.m22() + to_pixels.dy()
        begin = slice(0, count - 1) if self.joined is None else np.flatnonzero(self.joined[: count - 1])
        end = slice(1, count) if isinstance(begin, slice) else begin + 1
        ends = np.column_stack([x[begin], y[begin], x[end], y[end]]).astype(np.float64, copy=False)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, self.smooth)
        draw_lines(painter, ends, self.pen)

    def _dot(self, painter: QPainter, centre: QPointF) -> None:
        """Paint the only point there is, whole where it lies on an axis."""
        painter.setClipping(False)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.pen.color())
        painter.drawEllipse(centre, DOT_RADIUS, DOT_RADIUS)


class Strokes(pg.GraphicsObject):  # type: ignore[misc]  # pyqtgraph has no types
    """The strokes of one plot, from the back to the front, and light lines at `levels` of y behind them."""

    def __init__(self) -> None:
        super().__init__()
        self.strokes: list[Stroke] = []
        self.levels: Array = NOTHING
        self.level_pen = QPen()

    def boundingRect(self) -> QRectF:
        view = self.getViewBox()
        if view is None:
            return QRectF()
        across, up = ((DOT_RADIUS + 1) * size for size in view.viewPixelSize())
        room: QRectF = view.viewRect().adjusted(-across, -up, across, up)
        return room

    def viewRangeChanged(self) -> None:
        """Follow the range of the axes; called by pyqtgraph."""
        self.prepareGeometryChange()

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None) -> None:
        to_pixels = painter.worldTransform()
        painter.resetTransform()
        self._paint_levels(painter, to_pixels)
        for stroke in self.strokes:
            stroke.paint(painter, to_pixels)

    def _paint_levels(self, painter: QPainter, to_pixels: QTransform) -> None:
        if not len(self.levels):
            return
        room = to_pixels.mapRect(self.getViewBox().viewRect())
        painter.setPen(self.level_pen)
        heights = (self.levels * to_pixels.m22() + to_pixels.dy()).tolist()
        painter.drawLines([QLineF(room.left(), height, room.right(), height) for height in heights])
