"""The message of a card that has nothing to show: a headline and a sentence."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedLayout, QWidget

from playground.ui.core import layouts
from playground.ui.widgets.labels import show_text, text_label


class Placeholder(QWidget):
    """Shows its content, or in its place why there is nothing to show.

    Content that is not shown is hidden, not covered: it is neither drawn nor reached with the keyboard.
    """

    def __init__(self) -> None:
        super().__init__()
        self._content = QWidget()
        self._page = QWidget()
        self._headline, self._sentence = text_label(role="strong"), text_label()
        parts = (None, self._headline, self._sentence, None)
        layouts.column(*parts, parent=self._page, gap=6, margins=(16, 4, 16, 4))
        for label in (self._headline, self._sentence):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self._content)
        self._pages.addWidget(self._page)

    def set_content(self, content: QWidget) -> None:
        covered = self._pages.currentWidget() is self._page
        self._pages.insertWidget(0, content)
        self._pages.setCurrentWidget(self._page if covered else content)
        self._pages.removeWidget(self._content)
        self._content.deleteLater()
        self._content = content

    @property
    def words(self) -> tuple[str, str] | None:
        """Headline and sentence shown instead of the content; None while the content is shown."""
        return (self._headline.text(), self._sentence.text()) if self._pages.currentIndex() else None

    def show_message(self, headline: str, sentence: str) -> None:
        """Show why there is nothing to show; either text may be empty."""
        show_text(self._headline, headline)
        show_text(self._sentence, sentence)
        self._page.setAccessibleName(f"{headline} {sentence}".strip())
        self._pages.setCurrentIndex(1)

    def show_content(self) -> None:
        """Show the content again."""
        self._pages.setCurrentIndex(0)
