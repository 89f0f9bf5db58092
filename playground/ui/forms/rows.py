"""A labelled row of a form: the label at the left, the control at the right, a sentence below if something is wrong."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from playground.ui.core import plain_text, theme
from playground.ui.forms.number_field import NumberField

WIDEST = 16_777_215
STACKED_LABEL = 14  # high: Chinese letters would ask for more than they fill


class FormRow(QWidget):
    """One control with its label.

    The problem of a `NumberField` is shown below the row, over its whole width, as is any other sentence
    given to `set_problem`.
    """

    def __init__(self, control: QWidget, *, control_width: int = 118) -> None:
        super().__init__()
        self.control = control
        self.label = plain_text.label()
        self.label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.label.setBuddy(control)
        self.problem = plain_text.label()
        self.problem.setProperty("role", "problem")
        self.problem.setWordWrap(True)
        self.problem.hide()
        self._control_width = control_width
        self._is_stacked = False
        if control_width:
            control.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
            self._update_size()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(3)
        self._grid.setColumnStretch(0, 1)
        self._grid.addWidget(self.label, 0, 0)
        self._grid.addWidget(control, 0, 1, Qt.AlignmentFlag.AlignRight)
        self._grid.addWidget(self.problem, 1, 0, 1, 2)
        if isinstance(control, NumberField):
            control.problem_changed.connect(self.set_problem)

    @property
    def is_stacked(self) -> bool:
        """Whether the label stands above its control."""
        return self._is_stacked

    def set_stacked(self, stacked: bool) -> None:
        """Put the label above its control, which then is as wide as there is room, or beside it."""
        if stacked != self._is_stacked:
            self._is_stacked = stacked
            self._grid.setVerticalSpacing(0 if stacked else 3)
            if stacked:
                self._grid.addWidget(self.control, 1, 0, 1, 2)
            else:
                self._grid.addWidget(self.control, 0, 1, Qt.AlignmentFlag.AlignRight)
            self.label.setProperty("role", "stacked" if stacked else "")
            self.control.setProperty("stacked", stacked)
            for widget in (self.label, self.control):
                widget.style().unpolish(widget)
                widget.style().polish(widget)
            horizontal = QSizePolicy.Policy.Ignored if stacked else QSizePolicy.Policy.Maximum
            self.control.setSizePolicy(horizontal, QSizePolicy.Policy.Fixed)
            self._update_size()
        self._grid.addWidget(self.problem, 2, 0, 1, 2)

    def apply_theme(self) -> None:
        if self._control_width:
            self._update_size()

    def _update_size(self) -> None:
        """Give all controls of a form the same width; a longer drop-down list may be wider."""
        width = theme.px(self._control_width)
        self.label.setMaximumHeight(theme.px(STACKED_LABEL) if self._is_stacked else WIDEST)
        if self._is_stacked:
            self.control.setMinimumWidth(0)
            self.control.setMaximumWidth(WIDEST)
        elif isinstance(self.control, NumberField):
            self.control.setFixedWidth(width)
        else:
            self.control.setMinimumWidth(width)

    def set_text(self, label: str, tip: str = "") -> None:
        """Set the label and the sentence that a resting pointer shows."""
        self.label.setText(label)
        for widget in (self.label, self.control):
            widget.setToolTip(plain_text.tip(tip))
        self.control.setAccessibleName(label)
        self.control.setAccessibleDescription(tip)

    def set_problem(self, sentence: str) -> None:
        """Show what is wrong, or nothing."""
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))
