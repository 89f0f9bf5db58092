"""A number under its label; its width never changes, so that nothing beside it jumps."""

from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QVBoxLayout, QWidget

from playground.ui.core import plain_text, theme


class Readout(QWidget):
    """A label over a number in digits of equal width.

    Parameters
    ----------
    name
        ``objectName`` of the number.
    widest
        The widest text that the number will be: room is kept for it.
    """

    def __init__(self, name: str, widest: str) -> None:
        super().__init__()
        self._widest = widest
        self._label = plain_text.label()
        self._label.setProperty("role", "metric_label")
        self._number = plain_text.label("–")
        self._number.setProperty("role", "metric_value")
        self._number.setObjectName(name)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._label)
        column.addWidget(self._number)
        self.apply_theme()

    def set_text(self, label: str, tip: str = "") -> None:
        """Set the label, and the sentence that a resting pointer shows."""
        self._label.setText(label)
        self.setToolTip(plain_text.tip(tip))
        self._number.setAccessibleName(label)
        self._update_size()

    def set_number(self, text: str) -> None:
        """Show a number."""
        if text != self._number.text():
            self._number.setText(text)

    def number(self) -> str:
        """Return what is shown."""
        return self._number.text()

    def apply_theme(self) -> None:
        self._number.setFont(theme.font(15, QFont.Weight.DemiBold, tabular=True))
        self._label.setFont(theme.font(11))
        self._update_size()

    def _update_size(self) -> None:
        metrics = QFontMetrics(self._number.font())
        label = QFontMetrics(self._label.font()).horizontalAdvance(self._label.text())
        width = max(metrics.horizontalAdvance(self._widest), label) + 2
        self._number.setFixedSize(width, metrics.height())  # fixed: another number asks for no new layout
        self.setFixedWidth(width)
