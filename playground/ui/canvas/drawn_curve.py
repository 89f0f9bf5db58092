"""A chart on which a curve is drawn by hand before a run, and the run's curve over it."""

from typing import Any

import numpy as np
from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QMouseEvent

from playground.ui.canvas.chart import Chart
from playground.ui.canvas.chart_items import Array, Series

POINTS = 81
"""Places along the axis at which a drawn curve has a value."""


class DrawnCurve(Chart):
    """A drag draws; it replaces what was drawn at the same places. ``changed()`` is emitted after each stroke."""

    changed = Signal()

    def __init__(self, name: str, end: float, top: float) -> None:
        series = (Series("drawn", "line", "warning", width=2.5), Series("run", "line", "train", width=1.8))
        self._x = np.linspace(0.0, end, POINTS)
        self._y = np.full(POINTS, np.nan)
        self._last: tuple[float, float] | None = None
        self._is_locked = False
        super().__init__(name, series)
        self.field.setMouseEnabled(x=False, y=False)
        self.viewport().setCursor(Qt.CursorShape.CrossCursor)
        self.set_ranges((0.0, end), (0.0, top))

    def value(self) -> tuple[list[float], list[float]] | None:
        """Return the places and values of what was drawn; None for less than a few points."""
        drawn = np.isfinite(self._y)
        return (self._x[drawn].tolist(), self._y[drawn].tolist()) if np.count_nonzero(drawn) > 2 else None

    def set_value(self, value: Any) -> None:
        """Draw a curve through points."""
        x, y = value
        inside = (self._x >= min(x)) & (self._x <= max(x))
        self._y = np.where(inside, np.interp(self._x, x, y), np.nan)
        self._show()

    def set_locked(self, locked: bool) -> None:
        """Take no more strokes, or take them again."""
        self._is_locked = locked
        self.viewport().setCursor(Qt.CursorShape.ArrowCursor if locked else Qt.CursorShape.CrossCursor)

    def show_run(self, steps: Array, values: Array) -> None:
        """Draw the run's curve over the drawn one."""
        self.set_data("run", np.asarray(steps), np.asarray(values))

    def _show(self) -> None:
        drawn = np.isfinite(self._y)
        self.set_data("drawn", self._x[drawn], self._y[drawn])
        self.changed.emit()

    def _draw_to(self, place: QPointF) -> None:
        found = self.values_at(place)
        if found is None:
            return
        x, y = found
        before_x, before_y = self._last or (x, y)
        low, high = sorted((before_x, x))
        half = self._x[1] / 2
        between = (self._x >= low - half) & (self._x <= high + half)
        ends = sorted(((before_x, before_y), (x, y)))
        self._y[between] = np.interp(self._x[between], [it[0] for it in ends], [it[1] for it in ends])
        self._last = found
        self._show()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and not self._is_locked:
            self._last = None
            self._draw_to(event.position())
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton and not self._is_locked:
            self._draw_to(event.position())
        else:
            super().mouseMoveEvent(event)
