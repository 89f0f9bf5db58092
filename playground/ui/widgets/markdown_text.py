"""Text in Markdown, as high as it needs; it loads nothing but the program's own formulas and holds no HTML."""

from typing import Any

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import QResizeEvent, QTextBlock, QTextBlockFormat, QTextCursor, QTextDocument, QTextFormat
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextBrowser

from playground.ui.core import theme
from playground.ui.widgets import formulas

LINE_HEIGHT = 125.0


class MarkdownText(QTextBrowser):
    """Shows a text in Markdown in a style of the window's own; of its pictures only formulas, and no links.

    A formula is a line ``![how it is read aloud](formula:id)``, see ``resources/formulas``.
    """

    def __init__(self, name: str, size: float = theme.BASE_SIZE) -> None:
        super().__init__()
        self._size, self._text = size, ""
        self.setObjectName(name)
        self.setProperty("role", "prose")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.document().setDocumentMargin(0)

    def set_markdown(self, text: str) -> None:
        """Show a text; nothing at all where it is empty."""
        self._text = text
        if not text or self.parentWidget() is not None:  # without a parent it would open a window of its own
            self.setVisible(bool(text))
        self.apply_theme()

    def apply_theme(self) -> None:
        document = self.document()
        document.setDefaultFont(theme.font(self._size))
        document.setMarkdown(self._text, QTextDocument.MarkdownFeature.MarkdownNoHTML)
        formulas.place(document, theme.current().text)
        self.setAccessibleName(formulas.spoken(document))
        document.setIndentWidth(theme.px(14))
        block = document.begin()
        while block.isValid():
            spacing = block.blockFormat()
            is_formula = block.text() == formulas.PICTURE
            is_inside_code = _is_code(block) and _is_code(block.next())
            height = 100.0 if is_formula else LINE_HEIGHT
            spacing.setLineHeight(height, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
            spacing.setTopMargin(theme.px(2) if is_formula else 0)
            is_close = is_inside_code or not block.next().isValid()
            spacing.setBottomMargin(0 if is_close else theme.px(8 if is_formula else 6))
            QTextCursor(block).setBlockFormat(spacing)
            block = block.next()
        self._fit()

    def loadResource(self, _kind: int, _name: QUrl | str) -> Any:  # noqa: N802 - Qt's name
        """Load nothing: a lesson may come from anywhere."""
        return None

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        document = self.document().clone()
        document.setTextWidth(max(width, 40))
        return int(document.size().height()) + 2

    def sizeHint(self) -> QSize:
        return QSize(theme.px(200), self.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def _fit(self) -> None:
        self.document().setTextWidth(max(self.viewport().width(), 40))
        self.setFixedHeight(int(self.document().size().height()) + 2)


def _is_code(block: QTextBlock) -> bool:
    return block.blockFormat().hasProperty(QTextFormat.Property.BlockCodeFence.value)
