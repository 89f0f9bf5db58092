"""Cards one below the other, scrolled together where they do not fit."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from playground.ui.core import layouts, theme
from playground.ui.widgets.card import Card

LEAST_WIDTH = 272  # of a card: six pictures of data side by side, two long words
GAP = 7


class _Content(QWidget):
    """The cards; how high they are depends on how wide the column is, so no height is the least."""

    def minimumSizeHint(self) -> QSize:
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
        self._column = layouts.column(None, parent=content, gap=GAP)
        self.setWidget(content)
        self.cards: list[Card] = []

    def add(self, card: Card) -> None:
        """Add a card at the bottom."""
        self._column.insertWidget(len(self.cards), card)
        self.cards.append(card)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()  # the cards may need another width
        return super().viewportEvent(event)

    def apply_theme(self) -> None:
        self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        least = max(self._content.minimumSizeHint().width(), theme.px(LEAST_WIDTH))
        return QSize(least + self.verticalScrollBar().sizeHint().width(), 120)

    def sizeHint(self) -> QSize:
        return self._content.sizeHint().expandedTo(self.minimumSizeHint())
