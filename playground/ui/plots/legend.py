"""The key to the colours of a plot: small squares with their words, in one line."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from playground.ui import theme

Entries = tuple[tuple[str, str], ...]

SIDE, GAP, LEAST_GAP = 9, 10, 4  # of a square; after an entry, and where there is little room


class Legend(QWidget):
    """Says which colour is which; entries are (a theme's colour or ``#rrggbb``, words); ``"○test"`` draws a ring."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._entries: Entries = ()
        theme.notifier().changed.connect(self._on_theme_changed)

    @property
    def entries(self) -> Entries:
        """The colours and words shown."""
        return self._entries

    def set_entries(self, entries: Entries) -> None:
        """Show these colours and words."""
        if entries != self._entries:
            self._entries = entries
            self.setAccessibleName(", ".join(words for _colour, words in entries))
            self.updateGeometry()
            self.update()

    @Slot()
    def _on_theme_changed(self) -> None:
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room that the words need."""
        return QSize(self._width(GAP), theme.px(18))

    def minimumSizeHint(self) -> QSize:
        """Return the room of the words closer together: they are not cut."""
        return QSize(self._width(LEAST_GAP), theme.px(18))

    def _width(self, gap: int) -> int:
        """Return how wide everything is with such a gap after each entry."""
        metrics = QFontMetrics(theme.font(11))
        words = sum(metrics.horizontalAdvance(words) + theme.px(SIDE) + 5 for _colour, words in self._entries)
        return words + theme.px(gap) * max(0, len(self._entries) - 1) + 2

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint squares and words from left to right."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setFont(theme.font(11))
            x, side, middle = 0.0, float(theme.px(SIDE)), self.height() / 2
            gap = theme.px(GAP if self.width() >= self._width(GAP) else LEAST_GAP)
            for colour, words in self._entries:
                ring = colour.startswith("○")
                ink = QColor(colour) if colour.startswith("#") else theme.color(colour.removeprefix("○"))
                if ring:
                    painter.setPen(QPen(ink, 1.6))
                    painter.setBrush(Qt.BrushStyle.NoBrush)
                    painter.drawEllipse(QPointF(x + side / 2, middle), side / 2 - 1, side / 2 - 1)
                else:
                    painter.fillRect(QRectF(x, middle - side / 2, side, side), ink)
                width = painter.fontMetrics().horizontalAdvance(words)
                painter.setPen(theme.color("muted"))
                room = QRectF(x + side + 5, 0, width + 2, self.height())
                painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, words)
                x += side + 5 + width + gap
