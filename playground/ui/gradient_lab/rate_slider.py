"""A slider for the learning rate, with the stable range marked below it."""

import math

from PySide6.QtCore import QLineF, QPointF
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QStyle

from playground.ui.core import theme
from playground.ui.widgets.combo import Slider

LOWEST, HIGHEST, PER_POWER = -4, 1, 20
"""Exponents of ten, and positions between two of them."""


class RateSlider(Slider):
    """A logarithmic slider from 1e-4 to 10; what lies below `stable` is green, what lies above red."""

    def __init__(self, name: str) -> None:
        super().__init__(name, 0, (HIGHEST - LOWEST) * PER_POWER)
        self._stable: float | None = None

    def rate(self) -> float:
        """Return the rate at the present position, with two digits."""
        return float(f"{10 ** (LOWEST + self.value() / PER_POWER):.2g}")

    def show_rate(self, rate: float) -> None:
        """Move to the position nearest to a rate."""
        self.setValue(self._position(rate))

    def set_stable(self, rate: float | None) -> None:
        """Mark the largest stable rate; None where there is none."""
        self._stable = rate
        self.update()

    def _position(self, rate: float) -> int:
        return round((math.log10(max(rate, 1e-12)) - LOWEST) * PER_POWER)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._stable is None:
            return
        handle = self.style().pixelMetric(QStyle.PixelMetric.PM_SliderLength, None, self)
        place = QStyle.sliderPositionFromValue(
            self.minimum(), self.maximum(), self._position(self._stable), self.width() - handle
        )
        y, middle = self.height() - 1.5, place + handle / 2
        with QPainter(self) as painter:
            for colour, left, right in (("good", handle / 2, middle), ("bad", middle, self.width() - handle / 2)):
                painter.setPen(QPen(theme.color(colour), 2))
                if right > left:
                    painter.drawLine(QLineF(QPointF(left, y), QPointF(right, y)))
