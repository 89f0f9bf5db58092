"""A number under its label; its width never changes, so that nothing beside it jumps."""

from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QSizePolicy, QWidget

from playground.ui.core import layouts, plain_text, theme


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
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self._label = plain_text.label()
        self._label.setProperty("role", "metric_label")
        self._number = plain_text.label("–")
        self._number.setProperty("role", "metric_value")
        self._number.setObjectName(name)
        layouts.column(self._label, self._number, parent=self)
        self.apply_theme()

    def set_text(self, label: str, tip: str = "") -> None:
        """Set the label, and the sentence that a resting pointer shows."""
        self._label.setText(label)
        self.setToolTip(plain_text.tip(tip))
        self._number.setAccessibleName(label)

    def set_number(self, text: str) -> None:
        """Show a number."""
        self._number.setText(text)

    def number(self) -> str:
        """Return what is shown."""
        return self._number.text()

    def apply_theme(self) -> None:
        font = theme.font(15, QFont.Weight.DemiBold, tabular=True)
        self._number.setFont(font)
        metrics = QFontMetrics(font)
        self._number.setFixedSize(metrics.horizontalAdvance(self._widest) + 2, metrics.height())
