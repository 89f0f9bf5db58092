"""Typeset formulas in a text: pictures that come with the program, in the colour and size of the words around them."""

from collections.abc import Iterator
from functools import lru_cache
from math import ceil

from PySide6.QtCore import QByteArray, QSize, Qt, QUrl
from PySide6.QtGui import (
    QFontMetricsF,
    QGuiApplication,
    QImage,
    QPainter,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextLength,
)
from PySide6.QtSvg import QSvgRenderer

from playground import paths
from playground.experiment.lessons import texts

PICTURE = "\N{OBJECT REPLACEMENT CHARACTER}"
"""What stands for a picture in the text of a document."""

X_HEIGHT = 1000
"""The height of a small x in the units of the files."""


def place(document: QTextDocument, colour: str, ratio: int | None = None) -> None:
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
        size = _renderer(name, colour).defaultSize().toSizeF() * scale
        image = _image(name, colour, (size * ratio).toSize())
        document.addResource(QTextDocument.ResourceType.ImageResource.value, QUrl(picture.name()), image)
        picture.setWidth(size.width())
        picture.setMaximumWidth(QTextLength(QTextLength.Type.PercentageLength, 100))  # the height follows in proportion
        cursor.setCharFormat(picture)


def spoken(document: QTextDocument) -> str:
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
def _renderer(name: str, colour: str) -> QSvgRenderer:
    source = paths.resource("formulas", f"{name}.svg").read_text(encoding="utf-8")
    return QSvgRenderer(QByteArray(source.replace("currentColor", colour).encode()))


@lru_cache(maxsize=128)
def _image(name: str, colour: str, pixels: QSize) -> QImage:
    image = QImage(pixels, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    with QPainter(image) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _renderer(name, colour).render(painter)
    return image
