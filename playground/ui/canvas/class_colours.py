"""The colours of classes: orange and blue for two, as the outputs; for more, ten that can be distinguished."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor

from playground.ui.core import theme

MANY = ("#1f77cc", "#e67e22", "#2b9a66", "#c4409a", "#8a63d2", "#b59a1f", "#17a2b8", "#d9534f", "#7a8794", "#8c564b")


def class_colour(index: int, count: int) -> QColor:
    """Return the colour of class `index` out of `count`."""
    if count <= 2:
        return theme.color("high" if index else "low")
    return QColor(MANY[index % len(MANY)])


def class_table(count: int) -> NDArray[np.uint8]:
    """Return the colours of `count` classes, (count, 3)."""
    colours = [class_colour(k, count) for k in range(count)]
    return np.array([[c.red(), c.green(), c.blue()] for c in colours], np.uint8)
