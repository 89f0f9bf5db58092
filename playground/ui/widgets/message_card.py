"""A card with a message about the run, and buttons to act on it."""

import html
from collections.abc import Callable

from PySide6.QtCore import Qt, Signal

from playground.language import _, sentences
from playground.ui.core import layouts
from playground.ui.widgets.card import StyledFrame
from playground.ui.widgets.flow_layout import FlowLayout
from playground.ui.widgets.icons import Button, IconButton
from playground.ui.widgets.labels import text_label


class MessageCard(StyledFrame):
    """A headline, a sentence and up to a few buttons on a coloured card.

    ``dismissed`` is emitted when the user closes it. `tone` is ``"notice"`` (yellow), ``"info"`` (blue) or
    ``"alarm"`` (red).
    """

    dismissed = Signal()

    def __init__(self, name: str, tone: str = "notice", *, dismissable: bool = False) -> None:
        super().__init__(name, tone)
        self.text = text_label(f"{name}_text", "")
        self.text.setTextFormat(Qt.TextFormat.RichText)
        self.text.setAlignment(Qt.AlignmentFlag.AlignTop)
        top = layouts.row((self.text, 1), gap=4)
        self._buttons = FlowLayout()
        self._column = layouts.column(top, self._buttons, parent=self, gap=7, margins=(13, 10, 13, 10))
        if dismissable:
            close = IconButton("close", name=f"{name}_dismiss", text=_("Dismiss"), size=11)
            close.clicked.connect(self.dismissed)
            top.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)

    def set_text(self, headline: str, sentence: str) -> None:
        """Show a bold headline and the rest of a message, both plain text."""
        bold, rest = html.escape(headline, quote=False), html.escape(sentence, quote=False)
        self.text.setText(f'<p style="line-height:125%">{sentences(f"<b>{bold}</b>", rest)}</p>')
        self.setAccessibleName(headline)
        if self.isVisible():
            self._column.activate()  # the rows forget how high the last text was; Qt would tell them by a later event

    def add_button(self, name: str, do: Callable[[], object], role: str = "small") -> Button:
        """Add a button that calls `do`; the caller sets its text."""
        button = Button(name=name, role=role)
        button.clicked.connect(do)
        self._buttons.addWidget(button)
        return button
