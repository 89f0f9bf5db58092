"""Paper to draw on, with mouse, pen or finger."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPen,
    QPointingDevice,
    QTabletEvent,
)

from playground.data.drawing import Drawing
from playground.language import _
from playground.ui.canvas.images import indices, ink_table, table_image
from playground.ui.canvas.painted_view import PaintedView
from playground.ui.core import theme

LIGHTEST_PRESSURE, PRESSURE_RANGE = 0.35, 1.1  # a pen at half its pressure draws nearly as wide as a mouse


class DrawingCanvas(PaintedView):
    """A square of paper with a `drawing`; ``drawn`` is emitted whenever its ink changes.

    The left button, a pen and a finger draw; the right button and a pen's other end rub out. With the
    focus, the keys for undoing remove the last stroke, and Delete and Backspace clear the paper. A stroke is `brush`
    wide, as a share of the paper's side.
    """

    drawn = Signal()

    def __init__(self) -> None:
        super().__init__("draw_canvas", _("Drawing area"))
        self.setMinimumSize(90, 90)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)  # the right button erases
        self.drawing = Drawing()
        self.brush = 0.085
        self.hint = ""
        self._is_drawing = False

    def undo(self) -> None:
        """Remove the last stroke."""
        if self.drawing.undo():
            self._changed()

    def clear(self) -> None:
        self.drawing.clear()
        self._changed()

    def load(self, image: NDArray[np.generic], levels: int) -> None:
        """Replace the drawing by an image of the data, (h, w), 0 … `levels`."""
        self.drawing.load(image, levels)
        self._changed()

    def paper(self) -> QRectF:
        """Return where the paper is, in pixels of the widget."""
        side = min(self.width(), self.height()) - 2.0
        return QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)

    def _changed(self) -> None:
        self.update()
        self.drawn.emit()

    def _begin(self, at: QPointF, pressure: float = 1.0, *, erases: bool = False) -> None:
        self._is_drawing = True
        self.drawing.begin(*self._point(at, pressure), erases=erases)
        self._changed()

    def _extend(self, at: QPointF, pressure: float = 1.0) -> None:
        if self._is_drawing:
            self.drawing.extend(*self._point(at, pressure))
            self._changed()

    def _point(self, at: QPointF, pressure: float) -> tuple[float, float, float]:
        paper, side = self.paper(), self.drawing.side
        scale = side / paper.width()
        return (at.x() - paper.left()) * scale, (at.y() - paper.top()) * scale, self.brush * side * pressure

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton) and not self._is_drawing:
            self._begin(event.position(), erases=event.button() == Qt.MouseButton.RightButton)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._extend(event.position())

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self._is_drawing = False

    def tabletEvent(self, event: QTabletEvent) -> None:
        pressure = LIGHTEST_PRESSURE + PRESSURE_RANGE * event.pressure()
        if event.type() == QEvent.Type.TabletPress:
            erases = event.pointerType() == QPointingDevice.PointerType.Eraser
            self._begin(event.position(), pressure, erases=erases)
        elif event.type() == QEvent.Type.TabletMove:
            self.mouse = event.position()
            self._extend(event.position(), pressure)
        else:
            self._is_drawing = False
        event.accept()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._undoes(event):
            event.accept()
            return True
        return super().event(event)

    def _undoes(self, event: QKeyEvent) -> bool:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            return True
        return event.matches(QKeySequence.StandardKey.Undo) and bool(self.drawing.strokes)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._undoes(event):
            super().keyPressEvent(event)
        elif event.matches(QKeySequence.StandardKey.Undo):
            self.undo()
        else:
            self.clear()

    def draw(self, painter: QPainter) -> None:
        paper = self.paper()
        painter.drawImage(paper, table_image(indices(self.drawing.ink, 0.0, 1.0), ink_table()))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.color("accent" if self.hasFocus() else "strong_border"), 1))
        painter.drawRoundedRect(paper, 4, 4)
        if self.hint and self.drawing.is_empty:
            painter.setPen(theme.color("muted"))
            painter.setFont(theme.font(13))
            room = paper.adjusted(16, 8, -16, -8)
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self.hint)

    def paint_hint(self, painter: QPainter) -> None:
        paper = self.paper()
        if self.mouse is not None and paper.contains(self.mouse):
            radius = self.brush * paper.width() / 2
            painter.setPen(QPen(theme.color("accent"), 1))
            painter.drawEllipse(self.mouse, radius, radius)
