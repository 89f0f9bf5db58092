"""A labelled row of a form: the label at the left, the control at the right, a sentence below if something is wrong."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from playground.ui import theme
from playground.ui.widgets.number_field import NumberField


class FormRow(QWidget):
    """One control with its label.

    The problem of a `NumberField` is shown below the row, over its whole width, as is any other sentence
    given to `set_problem`.
    """

    def __init__(self, control: QWidget, *, control_width: int = 118) -> None:
        super().__init__()
        self.control = control
        self.label = QLabel()
        self.label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.label.setBuddy(control)
        self.problem = QLabel()
        self.problem.setProperty("role", "problem")
        self.problem.setWordWrap(True)
        self.problem.hide()
        self._control_width = control_width
        if control_width:
            control.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
            theme.notifier().changed.connect(self._fit)
            self._fit()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(3)
        grid.setColumnStretch(0, 1)
        grid.addWidget(self.label, 0, 0)
        grid.addWidget(control, 0, 1, Qt.AlignmentFlag.AlignRight)
        grid.addWidget(self.problem, 1, 0, 1, 2)
        if isinstance(control, NumberField):
            control.problem_changed.connect(self.set_problem)

    def _fit(self) -> None:
        """Give all controls of a form the same width; a longer drop-down list may be wider."""
        width = theme.px(self._control_width)
        if isinstance(self.control, NumberField):
            self.control.setFixedWidth(width)
        else:
            self.control.setMinimumWidth(width)

    def set_text(self, label: str, tip: str = "") -> None:
        """Set the label and the sentence that a resting pointer shows."""
        self.label.setText(label)
        for widget in (self.label, self.control):
            widget.setToolTip(tip)
        self.control.setAccessibleName(label)
        self.control.setAccessibleDescription(tip)

    def set_problem(self, sentence: str) -> None:
        """Show what is wrong, or nothing."""
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))
