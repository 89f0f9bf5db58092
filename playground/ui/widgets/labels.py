"""Labels in the style of what they say."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

from playground.ui.core import plain_text


def text_label(name: str = "", role: str = "muted", text: str = "", *, wraps: bool = True) -> QLabel:
    """Return a label of plain text in the style of a `role`: ``"muted"``, ``"strong"``, ``"problem"``."""
    label = plain_text.label(text)
    label.setObjectName(name)
    label.setProperty("role", role)
    label.setWordWrap(wraps)
    return label


def show_text(label: QLabel, text: str) -> None:
    """Show a label with this text; none where it is empty."""
    label.setText(text)
    label.setVisible(bool(text))


def reason_label(name: str) -> QLabel:
    """Return an empty label that stands where a view would: for the sentence why there is nothing to see."""
    label = text_label(name)
    label.setAlignment(Qt.AlignmentFlag.AlignCenter)
    label.setContentsMargins(24, 8, 24, 8)
    return label


class ElidedLabel(QLabel):
    """A label of one line that can be narrower than its text; say the whole of it in the tooltip."""

    def __init__(self, name: str = "", role: str = "muted", text: str = "", tip: str = "") -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setObjectName(name)
        self.setProperty("role", role)
        self.setToolTip(plain_text.tip(tip))
        self.set_text(text)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def set_text(self, text: str) -> None:
        self.setText(text)
        self.setAccessibleName(text)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        with QPainter(self) as painter:
            text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
            painter.drawText(self.contentsRect(), self.alignment(), text)
