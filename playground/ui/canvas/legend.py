"""The key to the colours of a plot: a mark in each colour with its words."""

import html
import math
from collections.abc import Callable

from PySide6.QtCore import QMargins, QSize, Qt
from PySide6.QtGui import QPainter, QTextDocument
from PySide6.QtWidgets import QLabel, QSizePolicy

from playground.ui.core import plain_text, theme

Draw = Callable[[QPainter], None]
Entries = tuple[tuple[str, str], ...]


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


def with_legend(entries: Entries, size: QSize, draw: Draw) -> tuple[QSize, Draw]:
    """Return the size of a picture with its legend above it, and what paints both; without entries it stays as it is.

    Parameters
    ----------
    entries
        As those of a `Legend`.
    size, draw
        The size of the picture in pixels, and what paints it.
    """
    if not entries:
        return size, draw
    words = QTextDocument()
    words.setDefaultFont(theme.font(11))
    words.setDocumentMargin(theme.px(8))
    words.setHtml(_markup(entries))
    words.setTextWidth(size.width())
    height = math.ceil(words.size().height())

    def draw_both(painter: QPainter) -> None:
        painter.save()
        painter.translate(0, height)
        draw(painter)
        painter.restore()
        painter.fillRect(0, 0, size.width(), height, theme.color("panel"))  # what SVG has not cut off
        words.drawContents(painter)

    return size.grownBy(QMargins(0, height, 0, 0)), draw_both


def _markup(entries: Entries) -> str:
    marks = []
    for colour, words in entries:
        ink = colour.removeprefix("○")
        ink = ink if ink.startswith("#") else theme.color(ink).name()
        mark = "○" if colour.startswith("○") else "■"
        marks.append(f'<span style="color: {ink}">{mark}</span>&nbsp;{html.escape(words)}')
    style = f"color: {theme.current().muted}; font-size: {theme.px(11)}px"
    return f'<span style="{style}">{"&nbsp;&nbsp; ".join(marks)}</span>' if marks else ""
