"""The key to the colours of a plot: a mark in each colour with its words."""

import html
import math
import re
from collections.abc import Callable

from PySide6.QtCore import QMargins, QPointF, QSize, Qt
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
    margin, gap = theme.px(8), theme.px(12)
    room = size.width() - 2 * margin
    texts: list[tuple[QPointF, QTextDocument]] = []
    x, y, bottom = 0.0, 0.0, 0.0
    for markup in (f"<b>{html.escape(title)}</b>", *(_markup((entry,)) for entry in entries)):
        text = QTextDocument()
        text.setDefaultFont(theme.font(11))
        text.setDocumentMargin(0)
        text.setHtml(f'<span style="color: {theme.current().muted}">{markup}</span>')
        text.setTextWidth(min(math.ceil(text.idealWidth()), room))
        if x + text.textWidth() > room:
            x, y = 0.0, bottom
        texts.append((QPointF(margin + x, margin + y), text))
        x += text.textWidth() + gap
        bottom = max(bottom, y + text.size().height())
    height = math.ceil(bottom) + 2 * margin

    def draw_both(painter: QPainter) -> None:
        painter.save()
        painter.translate(0, height)
        draw(painter)
        painter.restore()
        painter.fillRect(0, 0, size.width(), height, theme.color("panel"))  # what SVG has not cut off
        for place, text in texts:
            painter.save()
            painter.translate(place)
            text.drawContents(painter)
            painter.restore()

    return size.grownBy(QMargins(0, height, 0, 0)), draw_both


def _markup(entries: Entries) -> str:
    marks = []
    for colour, words in entries:
        ink = colour.removeprefix("○")
        ink = ink if ink.startswith("#") else theme.color(ink).name()
        mark = "○" if colour.startswith("○") else "■"
        if len(words) <= WHOLE:
            words = _BETWEEN.sub("\u2060", words.replace(" ", "\u00a0"))
        escaped = html.escape(words)
        marks.append(f'<span style="color: {ink}">{mark}</span>&nbsp;{escaped}')
    style = f"color: {theme.current().muted}; font-size: {theme.px(11)}px"
    return f'<span style="{style}">{"&nbsp;&nbsp; ".join(marks)}</span>' if marks else ""
