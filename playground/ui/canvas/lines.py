"""Many lines in one call of the painter; without pyqtgraph, for what is drawn before that is imported."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF
from PySide6.QtGui import QPainter, QPen
from shiboken6 import wrapInstance


def draw_lines(painter: QPainter, ends: NDArray[np.float64], pen: QPen) -> None:
    """Draw lines from (x, y) to (x, y), (…, 4), in C order."""
    if ends.size:
        painter.setPen(pen)
        # four doubles are a QLineF; a Python object for each line would take longer than the painting
        lines: Any = wrapInstance(ends.ctypes.data, QLineF)
        painter.drawLines(lines, ends.size // 4)
