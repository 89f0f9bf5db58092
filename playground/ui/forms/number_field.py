"""Fields for numbers: ``0.001``, ``1e-3`` and ``0,001`` are all read; nonsense is answered with a sentence."""

import math
import re
from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QMenu, QSizePolicy, QToolTip

from playground.language import _
from playground.ui.core import plain_text, theme
from playground.ui.core.number_text import significant
from playground.ui.widgets.icons import icon

THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2}(,\d{3})+(\.\d*)?")
"""What has commas between groups of three digits, as the program writes 10,000."""


def format_number(value: float) -> str:
    """Return a number in its shortest exact form: ``0.001``, ``1e-5``, ``60000``."""
    if value == int(value) and abs(value) < 1e7:
        return str(int(value))
    return significant(value, 10).replace("−", "-")


class NumberField(QLineEdit):
    """A field for one number, whole or not, from `low` to `high`; `label` is its accessible name.

    ``committed(value)`` is emitted when the user has entered another valid number (Enter, Tab, Up, Down, or one of the
    `suggestions` in a menu); ``problem_changed(sentence)`` when what stands in the field is no such number, with an
    empty sentence when it is mended. Escape brings the last valid number back. Up and Down add `step`; without one,
    whole numbers change by 1, others by a factor of about 3. With a text for `empty`, such as "all", an empty field
    means None. A number in per cent (`percent`) may end in a percent sign.
    """

    committed = Signal(object)
    problem_changed = Signal(str)

    def __init__(
        self,
        name: str,
        label: str = "",
        *,
        low: float | None = None,
        high: float | None = None,
        whole: bool = False,
        step: float | None = None,
        suggestions: Sequence[float | None] = (),
        empty: str | None = None,
        percent: bool = False,
    ) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(label)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._low, self._high, self._whole, self._step = low, high, whole, step
        self._suggestions = tuple(suggestions)
        self._empty = empty
        self._percent = percent
        self._value: float | None = None
        self._problem = ""
        self.setPlaceholderText(empty or "")
        if self._suggestions:
            self._menu_action = self.addAction(icon("chevron-down", "muted", 12), self.ActionPosition.TrailingPosition)
            self._menu_action.triggered.connect(self._offer)
        self.editingFinished.connect(self._on_edited)
        self.textEdited.connect(self._on_text_edited)

    def apply_theme(self) -> None:
        if self._suggestions:
            self._menu_action.setIcon(icon("chevron-down", "muted", 12))

    def value(self) -> float | None:
        """Return the number that was set or typed last; None where the field is empty."""
        return self._value

    def set_value(self, value: float | None) -> None:
        """Show a number without emitting ``committed``; what the user is just typing stays, unless it is nonsense."""
        overtaken = bool(self._problem) and value != self._value
        self._value = value
        if overtaken or not (self.hasFocus() and self.isModified()):
            self._show_value()

    def set_range(self, low: float | None, high: float | None) -> None:
        """Refuse numbers below `low` and above `high`; None for no bound."""
        self._low, self._high = low, high

    def problem(self) -> str:
        """Return what is wrong with the text in the field, or an empty text."""
        return self._problem

    def read(self, text: str) -> float | None:
        """Return the number that `text` means: ``0,123`` and ``1,5`` are decimals, ``9,000`` is nine thousand.

        Raises
        ------
        ValueError
            With a sentence for the user.
        """
        cleaned = text.strip().replace("−", "-").replace(" ", "")
        if self._percent:
            cleaned = cleaned.removesuffix("%").removesuffix("％")
        if THOUSANDS.fullmatch(cleaned):
            cleaned = cleaned.replace(",", "")
        elif "," in cleaned and "." not in cleaned and cleaned.count(",") == 1:
            cleaned = cleaned.replace(",", ".")
        if not cleaned:
            if self._empty is not None:
                return None
            raise ValueError(_("A number is missing here."))
        try:
            number = float(cleaned)
        except ValueError:
            sentence = _("“{text}” is not a number; try 0.1 or 1e-3.")
            if self._percent:
                sentence = _("“{text}” is not a number; try 30.")
            raise ValueError(sentence.format(text=text.strip())) from None
        if not math.isfinite(number):
            raise ValueError(_("“{text}” is not a finite number.").format(text=text.strip()))
        if self._whole and number != int(number):
            raise ValueError(_("A whole number is needed here, not {value}.").format(value=format_number(number)))
        if self._low is not None and number < self._low:
            sentence = _("{value} is too small: the minimum is {low}.")
            raise ValueError(sentence.format(value=format_number(number), low=format_number(self._low)))
        if self._high is not None and number > self._high:
            sentence = _("{value} is too large: the maximum is {high}.")
            raise ValueError(sentence.format(value=format_number(number), high=format_number(self._high)))
        return int(number) if self._whole else number

    def event(self, event: QEvent) -> bool:
        """Leave undo to the window where nothing was typed; show a problem, if there is one, instead of the tooltip."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and self._is_done(event):
            event.ignore()
            return False
        if self._problem and isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), plain_text.tip(self._problem), self)
            return True
        return super().event(event)

    def _is_done(self, event: QKeyEvent) -> bool:
        """Return whether a key would undo or redo typing, and there is none."""
        if event.matches(QKeySequence.StandardKey.Undo):
            return not self.isUndoAvailable()
        return event.matches(QKeySequence.StandardKey.Redo) and not self.isRedoAvailable()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and self._value is not None:
            self._commit(self._stepped(up=key == Qt.Key.Key_Up))
        elif key == Qt.Key.Key_Escape and (self.isModified() or self._problem):
            self._show_value()
            self.selectAll()
        else:
            super().keyPressEvent(event)

    def _stepped(self, *, up: bool) -> float:
        value = self._value or 0.0
        step = 1 if self._whole and self._step is None else self._step
        if step is not None:
            number = value + step if up else value - step
        elif value == 0:
            number = 1e-3 if up else 0.0
        else:
            leading = float(f"{abs(value):e}"[:4])  # 1.0 … 9.9
            factor = (3 if leading < 3 else 10 / 3) if up else (1 / 3 if leading >= 3 else 0.3)
            number = float(f"{value * factor:.1g}")
        low = -math.inf if self._low is None else self._low
        high = math.inf if self._high is None else self._high
        return float(f"{min(max(number, low), high):.10g}")

    def _show_value(self) -> None:
        self.setText("" if self._value is None else format_number(self._value))
        self.setModified(False)
        self._set_problem("")

    def _on_edited(self) -> None:
        if self.isModified():
            try:
                self._commit(self.read(self.text()))
            except ValueError as error:
                self._set_problem(str(error))

    def _on_text_edited(self) -> None:
        if self._problem:
            try:
                self.read(self.text())
                self._set_problem("")
            except ValueError as error:
                self._set_problem(str(error))

    def _commit(self, number: float | None) -> None:
        if self._whole and number is not None:
            number = int(number)
        changed = number != self._value
        self._value = number
        self._show_value()
        if changed:
            self.committed.emit(number)

    def _set_problem(self, sentence: str) -> None:
        if sentence == self._problem:
            return
        self._problem = sentence
        theme.set_property(self, "problem", bool(sentence))
        self.problem_changed.emit(sentence)

    def _offer(self) -> None:
        menu = QMenu(self)
        for number in self._suggestions:
            text = (self._empty or "") if number is None else format_number(number)
            action = menu.addAction(text)
            action.setCheckable(True)
            action.setChecked(number == self._value)
            action.setData(number)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.triggered.connect(lambda action: self._commit(action.data()))
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))
