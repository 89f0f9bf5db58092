"""A chart with a point that is dragged with the mouse, or moved with the arrow keys."""

from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent

from playground.ui.canvas.chart import Chart
from playground.ui.canvas.chart_items import Series
from playground.ui.core import theme

ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, 1),
    Qt.Key.Key_Down: (0, -1),
}
KEY_SHARE, FINE_SHARE = 0.02, 0.002
"""Of what the axes show, the share that an arrow key moves the point; with Shift the smaller one."""


class DragChart(Chart):
    """A chart in which a press of the left button, a drag and the arrow keys say where a point is wanted.

    ``dragged(x, y)`` is emitted with the values of the axes. While `is_fixed`, it is as any other chart.
    """

    dragged = Signal(float, float)

    def __init__(self, name: str, series: tuple[Series, ...], label: str = "") -> None:
        self.is_fixed = False
        self.point = (0.0, 0.0)
        super().__init__(name, series, label)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self.is_fixed or event.button() != Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
        else:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self._drag_to(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not self.is_fixed and event.buttons() & Qt.MouseButton.LeftButton:
            self.mouse = event.position()
            self._drag_to(event)
            self.scene().update()  # as its items are: the viewport itself would be painted once more
        else:
            super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.is_fixed or event.button() != Qt.MouseButton.LeftButton:
            super().mouseReleaseEvent(event)

    def _drag_to(self, event: QMouseEvent) -> None:
        values = self.values_at(event.position())
        if values is not None:
            self.dragged.emit(*values)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() in ARROWS:
            event.accept()  # shortcuts of the window wait behind
            return True
        return bool(super().event(event))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        move = ARROWS.get(Qt.Key(event.key()))
        if move is None or self.is_fixed:
            super().keyPressEvent(event)
            return
        share = FINE_SHARE if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else KEY_SHARE
        steps = (share * way * (high - low) for way, (low, high) in zip(move, self.ranges, strict=True))
        self.dragged.emit(*(at + step for at, step in zip(self.point, steps, strict=True)))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._show_focus(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._show_focus(False)

    def _show_focus(self, on: bool) -> None:
        border: Any = self.pen(theme.color("accent"), 1.2) if on else None
        self.field.setBorder(border)
