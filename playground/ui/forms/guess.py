"""A question that is answered before anything moves: a choice, a number, an order, a drawn curve, or own words.

The answer is locked, with how confident it is, or skipped; what happened is then shown beside it.
"""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QMouseEvent, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QRadioButton,
    QWidget,
)

from playground.experiment.lessons.progress import Guess
from playground.language import _
from playground.ui.core import layouts, plain_text, theme
from playground.ui.forms.number_field import NumberField, format_number
from playground.ui.widgets.card import StyledFrame
from playground.ui.widgets.flow_layout import FlowLayout
from playground.ui.widgets.icons import Button, swatch
from playground.ui.widgets.labels import show_text, text_label
from playground.ui.widgets.markdown_text import MarkdownText
from playground.ui.widgets.segmented import SegmentedControl

HAND_WIDTH = 64
MARK = 10


class ChoiceAnswer(QWidget):
    """One of several options; each may have a field for how many hands a class has raised for it.

    ``hands_changed(hands)`` is emitted with those numbers by option, without zeros, when one of them was typed.
    Where `colours` of the theme are given for the keys, the options are short, and stand side by side with their marks.
    """

    changed = Signal()
    hands_changed = Signal(object)

    def __init__(self, options: Mapping[str, str], colours: Mapping[str, str] = {}) -> None:
        super().__init__()
        self.setObjectName("guess_choice")
        self.missing = _("Choose an option first")
        self._colours = colours or {}
        self._buttons: dict[str, QRadioButton] = {}
        self._group = QButtonGroup(self)
        self.hands: dict[str, NumberField] = {}
        rows = []
        flow = FlowLayout(gap=12)
        for key, text in options.items():
            button = self._buttons[key] = QRadioButton()
            button.setObjectName(f"guess_option_{key}")
            button.setAccessibleName(text)
            self._group.addButton(button)
            if colours:
                button.setText(plain_text.button_text(text))
                flow.addWidget(button)
                continue
            label = _("Raised hands: {option}").format(option=text)
            hands = self.hands[key] = NumberField(f"guess_hands_{key}", label, low=0, high=9999, whole=True, empty="")
            hands.setToolTip(_("How many have raised their hands for this"))
            hands.committed.connect(self._on_hands)
            hands.hide()
            problem = text_label(role="problem")
            problem.hide()
            hands.problem_changed.connect(partial(show_text, problem))
            row = layouts.row((button, 0), (_OptionLabel(text, button), 1), hands, gap=6)
            rows.append(layouts.column(row, problem, gap=2))
        layouts.column(*(rows or (flow,)), parent=self, gap=6)
        self._group.buttonToggled.connect(lambda _button, on: self.changed.emit() if on else None)
        self.apply_theme()

    def apply_theme(self) -> None:
        for field in self.hands.values():
            field.setFixedWidth(theme.px(HAND_WIDTH))
        for key, colour in self._colours.items():
            self._buttons[key].setIcon(swatch(theme.color(colour), MARK))

    def show_hands(self, shows: bool, raised: Mapping[str, int]) -> None:
        """Show a field for the raised hands beside each option, or none; and those `raised` before, by option."""
        for key, field in self.hands.items():
            field.setVisible(shows)
            field.set_value(raised.get(key, field.value()))  # what was no number goes with its field

    def _on_hands(self) -> None:
        raised = {key: int(field.value() or 0) for key, field in self.hands.items()}
        self.hands_changed.emit({key: hands for key, hands in raised.items() if hands})

    def value(self) -> str | None:
        return next((key for key, button in self._buttons.items() if button.isChecked()), None)

    def set_value(self, value: Any) -> None:
        if value in self._buttons:
            self._buttons[value].setChecked(True)

    def set_locked(self, locked: bool) -> None:
        for button in self._buttons.values():
            button.setEnabled(not locked)


class _OptionLabel(MarkdownText):
    """The words of an option; a click on them chooses it."""

    def __init__(self, text: str, button: QRadioButton) -> None:
        super().__init__("guess_option_text")
        self._button = button
        self.set_markdown(text)
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._button.isEnabled():
            self._button.setChecked(True)


class NumberAnswer(QWidget):
    """A number, perhaps in per cent; ``entered()``: Enter was pressed in its field.

    As a comma has two meanings, what is read of it is shown.
    """

    changed = Signal()
    entered = Signal()

    def __init__(self, *, percent: bool = False) -> None:
        super().__init__()
        self.setObjectName("guess_number")
        self.missing = _("Type a number first, such as 30") if percent else _("Type a number first, such as 0.1")
        self._field = NumberField("guess_number_field", _("Your answer"), empty=_("a number"), percent=percent)
        self._read = text_label("guess_number_read", role="faint")
        self._read.hide()
        self._problem = text_label(role="problem")
        self._problem.hide()
        layouts.column(self._field, self._read, self._problem, parent=self, gap=2)
        self._field.textEdited.connect(self._on_edited)
        self._field.returnPressed.connect(self.entered)
        self._field.problem_changed.connect(partial(show_text, self._problem))

    def _on_edited(self, text: str) -> None:
        value, sentence = self.value(), ""
        if value is not None and "," in text:
            sentence = _("Read as {value}").format(value=format_number(value))
        show_text(self._read, sentence)
        self.changed.emit()

    def value(self) -> float | None:
        try:
            return self._field.read(self._field.text())
        except ValueError:
            return None

    def set_value(self, value: Any) -> None:
        self._field.set_value(value)
        self.changed.emit()

    def set_locked(self, locked: bool) -> None:
        self._field.setReadOnly(locked)


class OrderAnswer(QWidget):
    """Options to be put in order: dragged, moved with the buttons, or with Alt and the arrow keys."""

    changed = Signal()

    def __init__(self, options: Mapping[str, str]) -> None:
        super().__init__()
        self.setObjectName("guess_order")
        self._options = dict(options)
        self.missing = ""  # an order is there from the beginning
        self._list = _HighList()
        self._list.setObjectName("guess_order_list")
        self._list.setAccessibleName(_("Options, in your order"))
        self._list.setWordWrap(True)
        self._list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self._list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.model().rowsMoved.connect(self.changed)
        up = Button(name="guess_up", role="small", text="↑", tip=_("Move the marked option up (Alt+↑)"))
        down = Button(name="guess_down", role="small", text="↓", tip=_("Move the marked option down (Alt+↓)"))
        for button, keys, by in ((up, "Alt+Up", -1), (down, "Alt+Down", 1)):
            button.clicked.connect(partial(self._move, by))
            shortcut = QShortcut(QKeySequence(keys), self._list)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(button.click)
        self._buttons = (up, down)
        layouts.row((self._list, 1), layouts.column(up, down, None, gap=4), parent=self, gap=6)
        self._fill(tuple(options))

    def _fill(self, keys: Sequence[str]) -> None:
        self._list.clear()
        for key in keys:
            item = QListWidgetItem(self._options[key])
            item.setData(Qt.ItemDataRole.UserRole, key)
            self._list.addItem(item)
        self._list.setCurrentRow(0)
        self._list.fit()

    def _move(self, by: int) -> None:
        row = self._list.currentRow()
        if 0 <= row + by < self._list.count():
            self._list.insertItem(row + by, self._list.takeItem(row))
            self._list.setCurrentRow(row + by)
            self.changed.emit()

    def value(self) -> list[str]:
        """Return the keys from the top."""
        return [str(self._list.item(k).data(Qt.ItemDataRole.UserRole)) for k in range(self._list.count())]

    def set_value(self, value: Any) -> None:
        if sorted(value or ()) == sorted(self._options):
            self._fill(value)
            self.changed.emit()

    def set_locked(self, locked: bool) -> None:
        mode = QAbstractItemView.DragDropMode
        self._list.setDragDropMode(mode.NoDragDrop if locked else mode.InternalMove)
        for button in self._buttons:
            button.setEnabled(not locked)


class _HighList(QListWidget):
    """A list as high as all its items."""

    def fit(self) -> None:
        rows = sum(self.sizeHintForRow(k) for k in range(self.count()))
        self.setFixedHeight(rows + 2 * self.frameWidth() + theme.px(6))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()


class TextAnswer(QWidget):
    """The learner's own words."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("guess_explain")
        self.missing = _("Write your answer first")
        self._field = QPlainTextEdit()
        self._field.setObjectName("guess_explain_field")
        self._field.setPlaceholderText(_("In your own words"))
        self._field.setAccessibleName(_("Your answer"))
        self._field.setTabChangesFocus(True)
        self._field.textChanged.connect(self.changed)
        layouts.column(self._field, parent=self)
        self.apply_theme()

    def apply_theme(self) -> None:
        self._field.setFixedHeight(theme.px(64))

    def value(self) -> str | None:
        return self._field.toPlainText().strip() or None

    def set_value(self, value: Any) -> None:
        self._field.setPlainText(str(value))

    def set_locked(self, locked: bool) -> None:
        self._field.setReadOnly(locked)


class GuessCard(StyledFrame):
    """A question with its answer, how sure it is, and the buttons that lock or skip it.

    The `answer` is a widget with ``changed()``, `value` (None until one is given), `set_value`, `set_locked`, and
    `missing`, a sentence that asks for an answer.

    ``locked(value, sure)``: the answer was locked, or skipped (None, None). A card that is locked stays so. One that
    is `optional` has no such buttons: whoever begins what it asks about takes `guess`, which may be none.
    """

    locked = Signal(object, object)

    def __init__(self, question: str, answer: Any, *, scored: bool = True, optional: bool = False) -> None:
        super().__init__("guess_card", "info")
        self.answer = answer
        self.is_locked = False
        words = MarkdownText("guess_question")
        words.set_markdown(question)
        levels = (("guess", _("A guess"), ""), ("fairly", _("Fairly"), ""), ("certain", _("Certain"), ""))
        self._sure = SegmentedControl("guess_sure", levels, is_view=False)
        label, line = text_label(text=_("How confident are you?")), layouts.row if optional else layouts.column
        self._confidence = layouts.box(line(label, (self._sure, int(optional)), gap=8))
        text, tip = _("Lock my guess") if scored else _("Keep my answer"), _("Go on without a guess; this is recorded")
        self._lock = Button(name="guess_lock", role="primary", text=text)
        self._skip = Button(name="guess_skip", role="link", text=_("Skip"), tip=tip)
        self._said = text_label("guess_said", role="strong")
        self._said.hide()
        self._is_optional = optional
        buttons = layouts.row(self._lock, self._skip, None, gap=8)
        layouts.column(
            words,
            answer,
            self._confidence,
            buttons,
            self._said,
            parent=self,
            gap=8,
            margins=(12, 10, 12, 10),
        )
        self._confidence.setVisible(scored and not optional)
        self._lock.setVisible(not optional)
        self._skip.setVisible(not optional)
        if optional:
            layouts.keep_room(self._confidence)
        answer.changed.connect(self._on_changed)
        if isinstance(answer, NumberAnswer):
            answer.entered.connect(self._on_lock)
        self._lock.clicked.connect(self._on_lock)
        self._skip.clicked.connect(self._on_skip)
        self._on_changed()

    @property
    def guess(self) -> Guess:
        """What is answered now, and how confident it is."""
        return Guess(self.answer.value(), self._sure.value())

    def _on_changed(self) -> None:
        has_answer = self.answer.value() is not None
        self._lock.setEnabled(not self.is_locked and has_answer)
        self._lock.setToolTip("" if has_answer else plain_text.tip(self.answer.missing))
        if self._is_optional:
            self._confidence.setVisible(has_answer)

    def _on_lock(self) -> None:
        value = self.answer.value()
        if value is not None and not self.is_locked:
            self.show_locked(value, self._sure.value())
            self.locked.emit(value, self._sure.value())

    def _on_skip(self) -> None:
        if not self.is_locked:
            self.show_locked(None, None)
            self.locked.emit(None, None)

    def show_locked(self, value: Any, sure: str | None) -> None:
        """Show an answer that was given, and take no other."""
        self.is_locked = True
        if value is not None and self.answer.value() != value:
            self.answer.set_value(value)
        self.answer.set_locked(True)
        self._sure.set_value(sure)
        for widget in (self._confidence, self._lock, self._skip):
            widget.hide()

    def show_result(self, sentence: str) -> None:
        """Show what was said beside what happened."""
        show_text(self._said, sentence)
