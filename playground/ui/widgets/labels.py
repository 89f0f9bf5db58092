"""Labels in the style of what they say."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from playground.ui.core import plain_text


def text_label(name: str = "", role: str = "muted", text: str = "", *, wraps: bool = True) -> QLabel:
    """Return a label of plain text.

    Parameters
    ----------
    name
        The stable object name, if it needs one.
    role
        What the style sheet knows it by: ``"muted"``, ``"strong"``, ``"problem"``.
    text
        What it says at first.
    wraps
        Whether a text that is too wide goes on in another line.
    """
    label = plain_text.label(text)
    label.setObjectName(name)
    label.setProperty("role", role)
    label.setWordWrap(wraps)
    return label


def reason_label(name: str) -> QLabel:
    """Return an empty label that stands where a view would: for the sentence why there is nothing to see."""
    label = text_label(name)
    label.setAlignment(Qt.AlignmentFlag.AlignCenter)
    label.setContentsMargins(24, 8, 24, 8)
    return label
