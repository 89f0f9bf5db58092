"""The key to the colours of a plot: small squares with their words, in one line or one below the other."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from playground.ui.core import plain_text, theme

Entries = tuple[tuple[str, str], ...]

SIDE, GAP, LEAST_GAP = 9, 10, 4  # of a square; after an entry, and where there is little room


class Legend(QWidget):
    """Says which colour is which; entries are (a theme's colour or ``#rrggbb``, words); ``"○test"`` draws a ring.

    One that is `vertical` has a line for each entry where they do not fit on one, and shortens words that are too long.
    """

    def __init__(self, name: str, *, vertical: bool = False) -> None:
        super().__init__()
        self.setObjectName(name)
        self._is_vertical = vertical
        across = QSizePolicy.Policy.Preferred if vertical else QSizePolicy.Policy.Maximum
        self.setSizePolicy(across, QSizePolicy.Policy.Fixed)
        self._entries: Entries = ()

    @property
    def entries(self) -> Entries:
        """The colours and words shown."""
        return self._entries

    def set_entries(self, entries: Entries, tip: str = "") -> None:
        """Show these colours and words, and `tip` where the pointer rests."""
        self.setToolTip(plain_text.tip(tip))
        if entries != self._entries:
            self._entries = entries
            self.setAccessibleName(", ".join(words for _colour, words in entries))
            self.updateGeometry()
            self.update()

    def apply_theme(self) -> None:
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._widest_entry() if self._is_vertical else self._width(GAP), self._height())

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(40) if self._is_vertical else self._width(LEAST_GAP), self._height())

    def _height(self) -> int:
        """Return how high everything is."""
        return theme.px(18) * max(1, len(self._entries) if self._is_stacked() else 1)

    def _is_stacked(self) -> bool:
        """Whether the entries stand one below the other."""
        return self._is_vertical and self.width() < self._width(LEAST_GAP)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._is_vertical and self.height() != self._height():
            self.updateGeometry()

    def _widest_entry(self) -> int:
        """Return how wide the longest entry is."""
        metrics = QFontMetrics(theme.font(11))
        widest = max((metrics.horizontalAdvance(words) for _colour, words in self._entries), default=0)
        return widest + theme.px(SIDE) + 9

    def _width(self, gap: int) -> int:
        """Return how wide everything is with such a gap after each entry."""
        metrics = QFontMetrics(theme.font(11))
        words = sum(metrics.horizontalAdvance(words) + theme.px(SIDE) + 5 for _colour, words in self._entries)
        return words + theme.px(gap) * max(0, len(self._entries) - 1) + 2

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setFont(theme.font(11))
            stacked = self._is_stacked()
            line = QRectF(0, 0, self.width(), theme.px(18) if self._is_vertical else self.height())
            gap = theme.px(GAP if self.width() >= self._width(GAP) else LEAST_GAP)
            for colour, words in self._entries:
                width = self._paint_entry(painter, line, colour, words)
                line.translate(QPointF(0, line.height()) if stacked else QPointF(width + gap, 0))

    def _paint_entry(self, painter: QPainter, line: QRectF, colour: str, words: str) -> float:
        """Paint one square or ring with its words at the left of a line, and return how wide they are."""
        side, left, middle = float(theme.px(SIDE)), line.left(), line.center().y()
        ink = QColor(colour) if colour.startswith("#") else theme.color(colour.removeprefix("○"))
        if colour.startswith("○"):
            painter.setPen(QPen(ink, 1.6))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(QPointF(left + side / 2, middle), side / 2 - 1, side / 2 - 1)
        else:
            painter.fillRect(QRectF(left, middle - side / 2, side, side), ink)
        if self._is_stacked():
            room = self.width() - side - 7
            words = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, round(room))
        width = painter.fontMetrics().horizontalAdvance(words)
        painter.setPen(theme.color("muted"))
        room_of_words = QRectF(left + side + 5, line.top(), width + 2, line.height())
        painter.drawText(room_of_words, Qt.AlignmentFlag.AlignVCenter, words)
        return side + 5 + width
