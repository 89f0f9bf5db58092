"""Cards one below the other, scrolled together where they do not fit."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from playground.ui.widgets.card import Card

GAP = 12


class _Content(QWidget):
    """The cards; how high they are depends on how wide the column is, so no height is the least."""

    def minimumSizeHint(self) -> QSize:
        """Return the least width and no height: else the height for the least width would count."""
        return QSize(super().minimumSizeHint().width(), 0)


class CardColumn(QScrollArea):
    """A column of cards that scrolls up and down only."""

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

    def add(self, card: Card) -> None:
        """Add a card at the bottom."""
        self._column.insertWidget(len(self.cards), card)
        self.cards.append(card)

    def minimumSizeHint(self) -> QSize:
        """Return a width at which no card is cut off, and a small height: the rest is scrolled."""
        return QSize(self._content.minimumSizeHint().width(), 120)

    def sizeHint(self) -> QSize:
        """Return the size at which nothing is scrolled."""
        return self._content.sizeHint().expandedTo(self.minimumSizeHint())
