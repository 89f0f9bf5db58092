"""Cards one below the other, scrolled together where they do not fit."""

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from playground.ui.core import theme
from playground.ui.widgets.card import Card

LEAST_WIDTH = 272  # of a card: six pictures of data side by side, two long words
GAP, COMPACT_GAP = 12, 7
COMPACT_BELOW = 680
"""Height of the column, at scale 1, below which it is compact."""


class _Content(QWidget):
    """The cards; how high they are depends on how wide the column is, so no height is the least."""

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), 0)


class CardColumn(QScrollArea):
    """A column of cards that scrolls up and down only.

    Signals
    -------
    compact_changed(compact)
        Another height, or another size of type, wants things closer together or further apart.
    """

    compact_changed = Signal(bool)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._content = content = _Content()
        content.setObjectName("scroll_content")
        self._column = QVBoxLayout(content)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GAP)
        self._column.addStretch(1)
        self.setWidget(content)
        self.cards: list[Card] = []
        self.is_compact = False

    def add(self, card: Card) -> None:
        """Add a card at the bottom."""
        self._column.insertWidget(len(self.cards), card)
        self.cards.append(card)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()  # the cards may need another width
        return super().viewportEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._follow_height()

    def apply_theme(self) -> None:
        self._follow_height()
        self.updateGeometry()

    def _follow_height(self) -> None:
        compact = self.height() < COMPACT_BELOW * theme.scale()
        if compact != self.is_compact:
            self.is_compact = compact
            for card in self.cards:
                card.set_tight(compact)
            self._column.setSpacing(COMPACT_GAP if compact else GAP)
            self.compact_changed.emit(compact)

    def minimumSizeHint(self) -> QSize:
        least = max(self._content.minimumSizeHint().width(), theme.px(LEAST_WIDTH))
        return QSize(least + self.verticalScrollBar().sizeHint().width(), 120)

    def sizeHint(self) -> QSize:
        return self._content.sizeHint().expandedTo(self.minimumSizeHint())
