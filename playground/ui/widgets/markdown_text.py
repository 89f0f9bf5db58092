"""Text in Markdown, as high as it needs; it loads nothing but the program's own formulas and holds no HTML."""

from collections.abc import Iterator
from functools import lru_cache
from math import ceil
from typing import Any

from PySide6.QtCore import QEvent, QSize, Qt, QUrl
from PySide6.QtGui import (
    QFontMetricsF,
    QGuiApplication,
    QImage,
    QPainter,
    QResizeEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextLength,
)
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextBrowser

from playground.experiment.lessons import texts
from playground.ui.core import theme
from playground.ui.widgets.icons import drawing

LINE_HEIGHT = 125.0


PICTURE = "\N{OBJECT REPLACEMENT CHARACTER}"
"""What stands for a picture in the text of a document."""

X_HEIGHT = 1000
"""The height of a small x in the units of the files."""


def place_formulas(document: QTextDocument, colour: str, ratio: int | None = None) -> None:
    """Draw the formulas of a document, which names them as pictures, ``![words](formula:id)``.

    Parameters
    ----------
    document
        A text, its default font being set. A picture that is no formula is left alone.
    colour
        ``#rrggbb``.
    ratio
        Pixels of a picture per pixel of the text; None for as many as the finest screen has.
    """
    if ratio is None:
        ratio = max((ceil(screen.devicePixelRatio()) for screen in QGuiApplication.screens()), default=1)
    scale = QFontMetricsF(document.defaultFont()).xHeight() / X_HEIGHT
    for cursor in list(_pictures(document)):
        picture = cursor.charFormat().toImageFormat()
        scheme, _colon, name = picture.name().partition(":")
        if f"{scheme}:" != texts.FORMULA_SCHEME or name not in texts.formulas():
            continue
        size = drawing("formulas", name, colour).defaultSize().toSizeF() * scale
        image = _image(name, colour, (size * ratio).toSize())
        document.addResource(QTextDocument.ResourceType.ImageResource.value, QUrl(picture.name()), image)
        picture.setWidth(size.width())
        picture.setMaximumWidth(QTextLength(QTextLength.Type.PercentageLength, 100))  # the height follows in proportion
        cursor.setCharFormat(picture)


def spoken_text(document: QTextDocument) -> str:
    """Return a document as plain text, with the words of each picture in its place."""
    text = document.toPlainText()
    for cursor in _pictures(document):
        words = cursor.charFormat().property(QTextFormat.Property.ImageAltText.value)
        text = text.replace(PICTURE, str(words or ""), 1)
    return text


def _pictures(document: QTextDocument) -> Iterator[QTextCursor]:
    """Yield a cursor on each picture, in the order of the text."""
    cursor = document.find(PICTURE)
    while not cursor.isNull():
        if cursor.charFormat().isImageFormat():
            yield cursor
        cursor = document.find(PICTURE, cursor)


@lru_cache(maxsize=128)
def _image(name: str, colour: str, pixels: QSize) -> QImage:
    image = QImage(pixels, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    with QPainter(image) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        drawing("formulas", name, colour).render(painter)
    return image


def no_picture() -> QImage:
    """Return a picture of nothing for one that a text names: Qt reads the file itself where it is given none."""
    image = QImage(1, 1, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    return image


class ClosedDocument(QTextDocument):
    """A document that loads nothing: a lesson may come from anywhere."""

    def loadResource(self, _kind: int, _name: QUrl | str) -> Any:  # noqa: N802 - Qt's name
        """Load nothing."""
        return no_picture()


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
        self.verticalScrollBar().rangeChanged.connect(self._stay)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(0)

    def _stay(self) -> None:
        """Never scroll, being as high as the text: Qt keeps the range of another height."""
        self.verticalScrollBar().setRange(0, 0)

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
        place_formulas(document, theme.current().text)
        self.setAccessibleName(spoken_text(document))
        document.setIndentWidth(theme.px(14))
        block = document.begin()
        while block.isValid():
            spacing = block.blockFormat()
            is_formula = block.text() == PICTURE
            is_inside_code = is_code(block) and is_code(block.next())
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
        return no_picture()

    def viewportEvent(self, event: QEvent) -> bool:
        """Show no tooltip: the title of a link would be taken for rich text."""
        return event.type() == QEvent.Type.ToolTip or super().viewportEvent(event)

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


def is_code(block: QTextBlock) -> bool:
    """Return whether a block is a line of a program."""
    return block.blockFormat().hasProperty(QTextFormat.Property.BlockCodeFence.value)
