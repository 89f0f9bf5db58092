"""A small histogram of signed numbers, painted by hand: how the weights of a network are spread."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from playground.ui.core import theme

BINS = 41
"""Odd, so that zero stands in the middle of a bin."""

LARGEST_SAMPLE = 20_000
"""More numbers than these are thinned out evenly: the shape stays, the cost does not grow."""

_LABEL_HEIGHT = 14
_BAR_AREA = 32
_SMALL_HEIGHT = 20


def thinned(values: NDArray[np.floating], most: int = LARGEST_SAMPLE) -> NDArray[np.floating]:
    """Return at most about `most` of the numbers of a 1-D array, evenly spaced."""
    return values[:: -(-values.size // most)] if values.size > most else values


def counts(
    values: NDArray[np.floating], bins: int = BINS, reach: float | None = None
) -> tuple[NDArray[np.intp], float]:
    """Count numbers in equal bins over a range that is symmetric about zero.

    Parameters
    ----------
    values
        1-D; what is no number counts as zero.
    bins
        How many, odd.
    reach
        The range's end, at least the largest magnitude; that itself where it is not given.

    Returns
    -------
    counts, reach
        (bins,) counts, and the range's end (1.0 where all are zero).
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

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._counts: NDArray[np.intp] = np.zeros(BINS, np.intp)
        self._reach = 1.0
        self._is_small = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_small(self, small: bool) -> None:
        """Show the bars alone, as high as a line of text, or with numbers below them."""
        self._is_small = small
        self.updateGeometry()
        self.update()

    def show_values(self, values: NDArray[np.floating]) -> None:
        """Show how these numbers (1-D) are spread."""
        self._counts, self._reach = counts(thinned(values))
        self.update()

    @property
    def heights(self) -> Sequence[int]:
        """How many of the numbers fell into each bin."""
        return [int(count) for count in self._counts]

    @property
    def reach(self) -> float:
        """The largest magnitude: the range goes from minus this to plus this."""
        return self._reach

    def sizeHint(self) -> QSize:
        return QSize(200, self._height())

    def minimumSizeHint(self) -> QSize:
        return QSize(60, self._height())

    def _height(self) -> int:
        """Return how high it is."""
        return _SMALL_HEIGHT if self._is_small else _BAR_AREA + _LABEL_HEIGHT

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        with QPainter(self) as painter:
            colours = theme.current()
            base = self.height() - (1 if self._is_small else _LABEL_HEIGHT)
            step = self.width() / BINS
            total = int(self._counts.sum())
            tallest = max(1, int(self._counts.max()))
            for place, count in enumerate(self._counts.tolist()):
                if not count:
                    continue
                tall = max(1.5, (base - 2) * count / tallest)
                bar = QRectF(place * step + 0.5, base - tall, max(1.0, step - 1), tall)
                painter.fillRect(bar, self._colour(place))
                if place == BINS // 2 and count < total:
                    painter.fillRect(bar.adjusted(bar.width() / 2, 0, 0, 0), self._colour(place + 1))
            painter.fillRect(QRectF(0, base, self.width(), 1), QColor(colours.border))
            if not self._is_small:
                self._paint_numbers(painter, base)

    def _paint_numbers(self, painter: QPainter, base: int) -> None:
        painter.setPen(QColor(theme.current().muted))
        painter.setFont(theme.font(10))
        below = QRectF(0, base + 1, self.width(), _LABEL_HEIGHT - 1)
        reach = f"{self._reach:.3g}"
        painter.drawText(below, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, f"−{reach}")
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, "0")
        painter.drawText(below, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, reach)

    def _colour(self, place: int) -> QColor:
        colours = theme.current()
        middle = BINS // 2
        if self._counts[middle] == self._counts.sum():
            return QColor(colours.muted)
        return QColor(colours.negative if place <= middle else colours.positive)
