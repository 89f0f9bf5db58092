"""Text as it is: what comes out of a file, a table, a link or a server is shown letter by letter, never as rich text.

Qt takes a text that looks like HTML for HTML wherever nobody says otherwise, and then reads every file that the text
names: one ``<img src='file:///dev/zero'>`` would take all memory. So labels and message boxes are made here, and
tooltips, whose format cannot be set, are escaped.
"""

import html
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QStatusTipEvent
from PySide6.QtGui import Qt as GuiQt
from PySide6.QtWidgets import QLabel, QMessageBox, QWidget

from playground.registry import UserError


def label(text: str = "") -> QLabel:
    """Return a label that shows plain text."""
    made = QLabel()
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setText(text)
    return made


def complain(parent: QWidget, headline: str, sentence: str) -> None:
    """Show what is wrong in a box with one button to close it, after which it is gone; both texts are plain."""
    box = _box("complaint", parent, headline, sentence)
    box.setStandardButtons(QMessageBox.StandardButton.Ok)
    box.finished.connect(box.deleteLater)
    box.open()


def is_confirmed(parent: QWidget, headline: str, sentence: str, verb: str) -> bool:
    """Ask in a box whether to do what its one button says, and wait for the answer; the other button is Cancel."""
    box = _box("confirmation", parent, headline, sentence)
    do = box.addButton(verb, QMessageBox.ButtonRole.AcceptRole)
    box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
    box.exec()
    is_confirmed = box.clickedButton() is do
    box.deleteLater()
    return is_confirmed


def _box(name: str, parent: QWidget, headline: str, sentence: str) -> QMessageBox:
    box = QMessageBox(parent)
    box.setObjectName(name)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setWindowTitle("Playground")  # a headline would be cut there
    box.setText(headline)
    box.setInformativeText(sentence)
    for inside in box.findChildren(QLabel):  # the second text has no format of its own
        inside.setTextFormat(Qt.TextFormat.PlainText)
    return box


@contextmanager
def refusals_told(parent: QWidget, headline: str) -> Iterator[None]:
    """Complain with the headline where a `UserError` ends what is within, and leave the rest undone."""
    try:
        yield
    except UserError as error:
        complain(parent, headline, str(error))


def say(widget: QWidget, sentence: str) -> None:
    """Have the main window say what has been done in one of its widgets, wherever that floats."""
    above: QWidget | None = widget
    while above is not None:
        window, above = above, above.parentWidget()
    QCoreApplication.sendEvent(window, QStatusTipEvent(sentence))


def tip(text: str) -> str:
    """Return a text for a tooltip, which Qt shows as it is; escaped where Qt would take it for rich text."""
    if not GuiQt.mightBeRichText(text):
        return text
    return f'<p style="white-space: pre-wrap">{html.escape(text)}</p>'


def button_text(text: str) -> str:
    """Return a text for a button, a tab or a menu, where a single & would only underline the next letter."""
    return text.replace("&", "&&")
