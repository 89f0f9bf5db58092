"""Clicks, drags and keys in a plot of samples that add points to it, move them and take them out of it."""

from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QWidget

from playground.ui.core import theme

REACH = 9.0
"""So many pixels from the middle of a point it is still meant."""

LEAST_DRAG = 3.0
"""Pixels below which a press and a release are a click."""

KEY_STEP = 12.0
"""Pixels that an arrow key moves the cross; with Shift it is one."""

_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_ADD = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Insert)
_REMOVE = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


class Surface(Protocol):
    """What a plot tells: which point of the axes is at a place in pixels, and where its samples are."""

    def point_at(self, place: QPointF) -> tuple[float, float] | None:
        """Return the point at a place, or None outside of the axes."""
        ...

    def place(self, x: float, y: float) -> QPointF:
        """Return where a point is, in pixels."""
        ...

    def samples(self) -> NDArray[np.floating]:
        """Return the samples drawn, (n, 2)."""
        ...

    def point_to(self, place: QPointF | None) -> None:
        """Behave as if the mouse were there."""
        ...


class PointEditing(QObject):
    """While it is on, a left click adds a point, a drag moves one, and a right click or Delete removes one.

    A click on a point that does not move it does nothing: another one in its place would not be seen. With the
    keys: the arrows move a cross, Return adds a point there, Delete removes the one there, and the digits choose
    what is added.

    Signals
    -------
    added(x, y), moved(index, x, y), removed(index), chosen(number)
        `index` counts the surface's samples from 0, `number` is a digit less one.
    """

    added = Signal(float, float)
    moved = Signal(int, float, float)
    removed = Signal(int)
    chosen = Signal(int)

    def __init__(self, surface: Surface, keyboard: QWidget, mouse: QWidget) -> None:
        super().__init__(keyboard)
        self._surface, self._keyboard, self._mouse = surface, keyboard, mouse
        self._at: QPointF | None = None
        self._by_keys = False
        self._dragged: int | None = None
        self._pressed_at = QPointF()
        self.is_on = False
        for widget in {keyboard, mouse}:
            widget.installEventFilter(self)

    def set_on(self, on: bool) -> None:
        """Begin or end."""
        self.is_on = on
        self._at, self._by_keys, self._dragged = None, False, None
        self._keyboard.setFocusPolicy(Qt.FocusPolicy.StrongFocus if on else Qt.FocusPolicy.NoFocus)
        if on:
            self._mouse.setCursor(Qt.CursorShape.CrossCursor)
            self._keyboard.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._mouse.unsetCursor()
            self._keyboard.clearFocus()
        self._surface.point_to(None)

    def sample_near(self, place: QPointF) -> int | None:
        """Return the index of the sample that is meant at a place, the one in front where several are."""
        samples = self._surface.samples()
        if not len(samples):
            return None
        zero, one = self._surface.place(0.0, 0.0), self._surface.place(1.0, 1.0)
        across = zero.x() + (one.x() - zero.x()) * samples[:, 0] - place.x()
        down = zero.y() + (one.y() - zero.y()) * samples[:, 1] - place.y()
        distance = np.hypot(across, down)[::-1]
        nearest = int(distance.argmin())
        return len(samples) - 1 - nearest if distance[nearest] <= theme.px(REACH) else None

    def paint(self, painter: QPainter) -> None:
        if not self.is_on or self._at is None:
            return
        meant = self.sample_near(self._at) if self._dragged is None else self._dragged
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.color("text"), 1.6))
        samples = self._surface.samples()
        if meant is not None and meant < len(samples):
            x, y = samples[meant].tolist()
            if self._dragged is not None and self._is_dragging():
                painter.drawLine(self._surface.place(x, y), self._at)
                painter.drawEllipse(self._at, theme.px(REACH), theme.px(REACH))
            painter.drawEllipse(self._surface.place(x, y), theme.px(REACH), theme.px(REACH))
        if self._by_keys:
            arm = theme.px(REACH)
            painter.drawLine(self._at - QPointF(arm, 0), self._at + QPointF(arm, 0))
            painter.drawLine(self._at - QPointF(0, arm), self._at + QPointF(0, arm))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not self.is_on:
            return False
        if isinstance(event, QKeyEvent):
            return self._take_key(event)
        if watched is not self._mouse:
            return False
        kind = event.type()
        if kind == QEvent.Type.ContextMenu:
            return True
        if kind == QEvent.Type.Leave:
            self._at = None
        elif isinstance(event, QMouseEvent):
            self._at, self._by_keys = event.position(), False
            if kind in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick):
                return self._click(event.button())
            if self._dragged is not None:
                if kind == QEvent.Type.MouseButtonRelease:
                    self._drop()
                self._surface.point_to(self._at)
        return False

    def _is_dragging(self) -> bool:
        """Whether the mouse has gone so far with the point that it is to move."""
        return self._at is not None and (self._at - self._pressed_at).manhattanLength() >= LEAST_DRAG

    def _drop(self) -> None:
        """Leave the point that was dragged where the mouse is; outside of the axes it goes back."""
        dragged, point = self._dragged, None
        if self._at is not None and self._is_dragging():
            point = self._surface.point_at(self._at)
        self._dragged = None
        if dragged is not None and point is not None:
            self.moved.emit(dragged, *point)

    def _click(self, button: Qt.MouseButton) -> bool:
        """Add or remove a point at the mouse, or begin to move the one that is there."""
        self._keyboard.setFocus(Qt.FocusReason.MouseFocusReason)
        self._dragged = None
        if button == Qt.MouseButton.LeftButton:
            assert self._at is not None
            self._dragged, self._pressed_at = self.sample_near(self._at), self._at
            if self._dragged is None:
                self._add()
        elif button == Qt.MouseButton.RightButton:
            self._remove()
        return True

    def _take_key(self, event: QKeyEvent) -> bool:
        """Do what a key says, if it says anything here; shortcuts of the window wait behind."""
        key = Qt.Key(event.key())
        number = key - Qt.Key.Key_1
        others = event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        known = key in _ARROWS or key in _ADD or key in _REMOVE or 0 <= number < 9
        if not known or others:
            return False
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
        elif event.type() == QEvent.Type.KeyPress:
            if key in _ARROWS:
                self._move(*_ARROWS[key], fine=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
            elif key in _ADD:
                self._add()
            elif key in _REMOVE:
                self._remove()
            else:
                self.chosen.emit(number)
        return True

    def _move(self, across: int, down: int, *, fine: bool) -> None:
        """Move the cross, which begins in the middle of the plot, inside it."""
        start = QPointF(self._mouse.rect().center()) if self._at is None else self._at
        step = 1.0 if fine else theme.px(KEY_STEP)
        goal = start + QPointF(across * step, down * step)
        self._by_keys = True
        self._at = goal if self._surface.point_at(goal) is not None else start
        self._surface.point_to(self._at)

    def _add(self) -> None:
        """Add a point at the mouse or the cross."""
        point = None if self._at is None else self._surface.point_at(self._at)
        if point is not None:
            self.added.emit(*point)

    def _remove(self) -> None:
        """Remove the point that is meant."""
        meant = None if self._at is None else self.sample_near(self._at)
        if meant is not None:
            self.removed.emit(meant)
