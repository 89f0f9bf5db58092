"""A small histogram of signed numbers, painted by hand: how the weights of a network are spread."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from playground.ui.core import theme

BINS = 41
"""Odd, so that zero stands in the middle of a bin."""

HEIGHT = 20


def counts(
    values: NDArray[np.floating], bins: int = BINS, reach: float | None = None
) -> tuple[NDArray[np.intp], float]:
    """Count numbers (1-D) in equal bins, an odd number of them, over a range that is symmetric about zero.

    The range ends at `reach`, or at the largest magnitude, or at 1 where all are zero. What is no number counts as
    zero. Returned are the counts (bins,) and the end of the range.
    """
    if reach is None:
        reach = float(np.abs(values).max()) if values.size else 0.0
    if not np.isfinite(reach) or reach == 0.0:
        reach = 1.0
    width = 2 * reach / (bins - 1)  # the outermost bins are centred on -reach and +reach
    finite = np.nan_to_num(values, posinf=reach, neginf=-reach)
    places = np.rint(finite / width).astype(np.intp) + bins // 2
    return np.bincount(places, minlength=bins), reach


class Histogram(QWidget):
    """Bars over a symmetric range: negative numbers in one colour, positive ones in the other."""

    def __init__(self) -> None:
        super().__init__()
        self.heights: NDArray[np.intp] = np.zeros(BINS, np.intp)
        """How many of the numbers fell into each bin, from −`reach` to `reach`."""
        self.reach = 1.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(60)
        self.setFixedHeight(HEIGHT)

    def show_values(self, values: NDArray[np.floating]) -> None:
        """Show the histogram of these numbers, (n,)."""
        self.heights, self.reach = counts(values)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            base = self.height() - 1
            step, middle = self.width() / BINS, BINS // 2
            tallest = max(1, int(self.heights.max()))
            is_one_bar = int(self.heights[middle]) == int(self.heights.sum())
            for k, count in enumerate(self.heights.tolist()):
                if count:
                    tall = max(1.5, (base - 2) * count / tallest)
                    side = "muted" if is_one_bar else "negative" if k < middle else "positive"
                    bar = QRectF(k * step + 0.5, base - tall, max(1.0, step - 1), tall)
                    painter.fillRect(bar, theme.color("faint" if k == middle and not is_one_bar else side))
            painter.fillRect(QRectF(0, base, self.width(), 1), theme.color("border"))
