"""White rounded cards on the grey ground, with small headings in capitals."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QWidget

from playground.ui.core import layouts, theme
from playground.ui.widgets.icons import IconButton

MARGIN = 12


class Heading(QLabel):
    """The heading of a card: small, bold, muted, in capitals where the script has them."""

    def __init__(self, text: str = "") -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", "heading")
        self.set_text(text)

    def set_text(self, text: str) -> None:
        """Set the heading, given as it is written within a sentence; shown in capitals."""
        self.setText(text.upper())
        self.setAccessibleName(text)


class StyledFrame(QFrame):
    """A frame in the style of a `role`: ``"card"``, ``"notice"`` (yellow), ``"info"`` (blue), ``"alarm"`` (red)."""

    def __init__(self, name: str = "", role: str = "card", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setProperty("role", role)


class Card(StyledFrame):
    """A card with a heading, something beside it if wanted, and a body; a click on the heading folds it."""

    def __init__(self, name: str, title: str = "") -> None:
        super().__init__(name)
        self.heading = Heading(title)
        self._fold_button = IconButton("chevron-down", name=f"{name}_fold", text=title, size=12)
        self._fold_button.clicked.connect(self.toggle)
        self._head = layouts.row(self.heading, None, self._fold_button, gap=6)
        self._content: QWidget | None = None
        self._outer = layouts.column(self._head, parent=self, gap=2, margins=(MARGIN, 2, MARGIN, 7))

    def set_header(self, widget: QWidget) -> None:
        """Put a widget at the right of the heading."""
        self._head.insertWidget(2, widget)

    def set_content(self, widget: QWidget) -> None:
        """Put a widget into the body."""
        self._content = widget
        self._outer.addWidget(widget)

    @property
    def is_folded(self) -> bool:
        """Whether only the heading shows."""
        return self._content is not None and self._content.isHidden()

    def set_folded(self, folded: bool) -> None:
        """Fold the card to its heading, or unfold it."""
        if self._content is None or folded == self.is_folded:
            return
        self._content.setVisible(not folded)
        self._fold_button.set_icon("chevron-right" if folded else "chevron-down")

    def toggle(self) -> None:
        """Fold or unfold."""
        self.set_folded(not self.is_folded)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.position().y() < self._fold_button.geometry().bottom() + 6:
            self.toggle()
        super().mouseReleaseEvent(event)


LEAST_WIDTH = 272  # of a card: six pictures of data side by side, two long words
GAP = 7


class CardColumn(QScrollArea):
    """A column of cards that scrolls up and down only."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("setup_column")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._content = content = QWidget()
        content.setMinimumHeight(1)  # how high the cards are depends on how wide the column is: no height is the least
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
