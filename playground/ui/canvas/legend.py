"""The key to the colours of a plot: a mark in each colour with its words."""

import html

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy

from playground.ui.core import plain_text, theme

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
        marks = []
        for colour, words in self.entries:
            ink = colour.removeprefix("○")
            ink = ink if ink.startswith("#") else theme.color(ink).name()
            mark = "○" if colour.startswith("○") else "■"
            marks.append(f'<span style="color: {ink}">{mark}</span>&nbsp;{html.escape(words)}')
        style = f"color: {theme.current().muted}; font-size: {theme.px(11)}px"
        self.setText(f'<span style="{style}">{"&nbsp;&nbsp; ".join(marks)}</span>' if marks else "")
