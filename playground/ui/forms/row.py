"""A labelled control, as one row of a form or of a dialog."""

from typing import ClassVar

from PySide6.QtWidgets import QSizePolicy, QWidget

from playground.ui.core import layouts, plain_text


class FormRow(QWidget):
    """A control with its label: at its left, or above it where several share a line.

    `shares` are how the width is shared by the label and the control beside it.
    """

    shares: ClassVar[tuple[int, int]] = (2, 3)

    def __init__(self, control: QWidget, label: str = "", tip: str = "", *, above: bool = False) -> None:
        super().__init__()
        self.control = control
        self.label = plain_text.label()
        self.label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.label.setBuddy(control)
        policy = control.sizePolicy()
        policy.setHorizontalPolicy(QSizePolicy.Policy.Ignored)
        control.setSizePolicy(policy)
        if above:
            self.label.setProperty("role", "stacked")
            control.setProperty("stacked", True)
        self._line = layouts.row((control, 1), gap=2 if above else 8)
        parts = ((self.label, self.shares[0]), (self._line, self.shares[1]))
        if above:
            layouts.column(*parts, parent=self)
        else:
            layouts.row(*parts, parent=self, gap=8)
        self.set_text(label, tip)

    def put_beside(self, widget: QWidget) -> None:
        """Put something small at the right of the control."""
        self._line.addWidget(widget)

    def set_text(self, label: str, tip: str = "") -> None:
        self.label.setText(label)
        for widget in (self.label, self.control):
            widget.setToolTip(plain_text.tip(tip))
        self.control.setAccessibleName(label)
        self.control.setAccessibleDescription(tip)
