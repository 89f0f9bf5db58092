"""The key to the colours of a plot: a mark in each colour with its words."""

import html
import math
import re
from collections.abc import Callable

from PySide6.QtCore import QMargins, QSize, Qt
from PySide6.QtGui import QPainter, QTextDocument
from PySide6.QtWidgets import QLabel, QSizePolicy

from playground.ui.core import plain_text, theme

Draw = Callable[[QPainter], None]
Entries = tuple[tuple[str, str], ...]

WHOLE = 24
"""Words of so many letters are not parted at the end of a line."""

_BETWEEN = re.compile(r"(?<=\S)(?=[\u3000-\uffef])|(?<=[\u3000-\uffef])(?=\S)")
"""Where a line could end beside a Chinese letter; a word joiner there keeps it whole."""


class Legend(QLabel):
    """A legend; entries are (a theme's colour or ``#rrggbb``, words); ``"○test"`` draws a ring.

    One that is `vertical` begins a new line where there is no room for the next entry.
    """

    def __init__(self, name: str, *, vertical: bool = False) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(vertical)
        across = QSizePolicy.Policy.Preferred if vertical else QSizePolicy.Policy.Maximum
        self.setSizePolicy(across, QSizePolicy.Policy.Fixed if not vertical else QSizePolicy.Policy.Minimum)
        self.entries: Entries = ()

    def set_entries(self, entries: Entries, tip: str = "") -> None:
        """Show these colours with their words, and `tip` where the mouse rests."""
        self.setToolTip(plain_text.tip(tip))
        self.setAccessibleName(", ".join(words for _colour, words in entries))
        self.entries = entries
        self.apply_theme()

    def apply_theme(self) -> None:
        self.setText(_markup(self.entries))


def with_legend(title: str, entries: Entries, size: QSize, draw: Draw) -> tuple[QSize, Draw]:
    """Return the size of a picture with its legend above it, and what paints both; without entries it stays as it is.

    Parameters
    ----------
    title
        What the picture shows: a heading may stand outside of it.
    entries
        As those of a `Legend`; each stays on one line where it can.
    size, draw
        The size of the picture in pixels, and what paints it.
    """
    if not entries:
        return size, draw
    margin = theme.px(8)
    text = QTextDocument()
    text.setDefaultFont(theme.font(11))
    text.setDocumentMargin(0)
    title = f'<span style="color: {theme.current().muted}"><b>{html.escape(title)}</b></span>'
    text.setHtml(f"{title}&nbsp;&nbsp; {_markup(entries, 2 * WHOLE)}")
    text.setTextWidth(size.width() - 2 * margin)
    height = math.ceil(text.size().height()) + 2 * margin

    def draw_both(painter: QPainter) -> None:
        painter.save()
        painter.translate(0, height)
        draw(painter)
        painter.restore()
        painter.fillRect(0, 0, size.width(), height, theme.color("panel"))  # what SVG has not cut off
        painter.save()
        painter.translate(margin, margin)
        text.drawContents(painter)
        painter.restore()

    return size.grownBy(QMargins(0, height, 0, 0)), draw_both


def _markup(entries: Entries, whole: int = WHOLE) -> str:
    marks = []
    for colour, words in entries:
        ink = colour.removeprefix("○")
        ink = ink if ink.startswith("#") else theme.color(ink).name()
        mark = "○" if colour.startswith("○") else "■"
        if len(words) <= whole:
            words = _BETWEEN.sub("\u2060", words.replace(" ", "\u00a0"))
        escaped = html.escape(words)
        marks.append(f'<span style="color: {ink}">{mark}</span>&nbsp;{escaped}')
    style = f"color: {theme.current().muted}; font-size: {theme.px(11)}px"
    return f'<span style="{style}">{"&nbsp;&nbsp; ".join(marks)}</span>' if marks else ""
