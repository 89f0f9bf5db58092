"""Short texts that are painted again and again: laid out once, and kept."""

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QStaticText, QTransform

from playground.ui.core import theme

MOST = 1000
"""Texts that are kept; then it begins anew."""


class QuickText:
    """Paints texts of one size.

    Parameters
    ----------
    size
        Pixels at scale 1.
    tabular
        Whether all digits are equally wide, for numbers that change.
    """

    def __init__(self, size: float, *, tabular: bool = False) -> None:
        self._size = size
        self._tabular = tabular
        self._font = theme.font(size, tabular=tabular)
        self._known: dict[str, tuple[QStaticText, QSizeF]] = {}

    def restyle(self) -> None:
        """Take over the size of the theme."""
        self._font = theme.font(self._size, tabular=self._tabular)
        self._known.clear()

    def width(self, text: str) -> float:
        """Return how wide a text is, in pixels."""
        return self._laid_out(text)[1].width()

    def ascent(self) -> float:
        """Return how high digits are above their line, in pixels."""
        return QFontMetricsF(self._font).ascent()

    def draw(self, painter: QPainter, room: QRectF, text: str, side: Qt.AlignmentFlag) -> None:
        """Paint a text in the middle of the height of `room`, at its left, right, or horizontal centre."""
        laid_out, size = self._laid_out(text)
        spare = room.width() - size.width()
        share = {Qt.AlignmentFlag.AlignLeft: 0.0, Qt.AlignmentFlag.AlignRight: 1.0}.get(side, 0.5)
        painter.setFont(self._font)
        place = QPointF(room.left() + share * spare, room.top() + (room.height() - size.height()) / 2)
        painter.drawStaticText(place, laid_out)

    def _laid_out(self, text: str) -> tuple[QStaticText, QSizeF]:
        found = self._known.get(text)
        if found is None:
            if len(self._known) >= MOST:
                self._known.clear()
            laid_out = QStaticText(text)
            laid_out.setTextFormat(Qt.TextFormat.PlainText)
            laid_out.prepare(QTransform(), self._font)
            found = self._known[text] = (laid_out, laid_out.size())
        return found
