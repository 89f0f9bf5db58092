"""A field for a formula: what can be read takes effect as it is typed, what cannot is answered with a sentence."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QSizePolicy

from playground.registry import UserError


class FormulaField(QLineEdit):
    """A line for a formula; `read` raises `UserError` for one that is wrong.

    ``problem_changed(sentence)`` is emitted when the user leaves a formula that is wrong, with an empty sentence when
    it is mended.
    """

    problem_changed = Signal(str)

    def __init__(self, name: str, read: Callable[[str], object]) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._read = read
        self.problem = ""
        self.textEdited.connect(self._on_text_edited)
        self.editingFinished.connect(self._on_editing_finished)

    def set_formula(self, text: str) -> None:
        """Show a formula that is right."""
        self.setText(text)
        self.setCursorPosition(0)
        self._set_problem("")

    def _on_text_edited(self, text: str) -> None:
        try:
            self._read(text)
        except UserError:
            return  # it may not be finished
        self._set_problem("")

    def _on_editing_finished(self) -> None:
        if not self.isModified():
            return
        try:
            self._read(self.text())
        except UserError as error:
            self._set_problem(str(error))

    def _set_problem(self, sentence: str) -> None:
        if sentence != self.problem:
            self.problem = sentence
            self.setProperty("problem", bool(sentence))
            self.style().unpolish(self)
            self.style().polish(self)
            self.problem_changed.emit(sentence)
