"""A question is answered before anything moves."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QLabel,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QStyle,
    QStyleOptionFrame,
    QWidget,
)
from pytestqt.qtbot import QtBot

from playground.experiment.lessons.progress import Guess
from playground.ui.forms.guess import ChoiceAnswer, GuessCard, NumberAnswer, OrderAnswer, TextAnswer

OPTIONS = {"a": "First", "b": "**Second**", "c": "Third"}

LEFT = Qt.MouseButton.LeftButton
FIELD_AIR = 2  # what Qt leaves free on each side of the text in a field


class Scene:
    def __init__(self, qtbot: QtBot, answer: QWidget, **more: bool) -> None:
        self.qtbot = qtbot
        self.card = GuessCard("What?", answer, **more)
        self.locked: list[tuple[Any, Any]] = []
        self.card.locked.connect(lambda *it: self.locked.append(it))
        qtbot.addWidget(self.card)
        self.card.resize(340, 300)
        self.card.show()
        qtbot.waitExposed(self.card)

    def button(self, name: str) -> QAbstractButton:
        found = self.card.findChild(QAbstractButton, name)
        assert found is not None, name
        return found

    def click(self, name: str) -> None:
        self.qtbot.mouseClick(self.button(name), LEFT)


@pytest.fixture
def scene(qtbot: QtBot) -> Callable[..., Scene]:
    return lambda answer, **more: Scene(qtbot, answer, **more)


def test_a_choice_is_locked_with_how_confident_it_is(scene: Callable[..., Scene]) -> None:
    it = scene(ChoiceAnswer(OPTIONS))
    assert not it.button("guess_lock").isEnabled()
    assert "Choose an option first" in it.button("guess_lock").toolTip()
    words = it.card.findChildren(QWidget, "guess_option_text")[2]
    it.qtbot.mouseClick(words.viewport(), LEFT)
    assert it.card.answer.value() == "c"
    assert it.button("guess_lock").toolTip() == ""
    it.button("guess_option_b").click()
    it.click("guess_sure_certain")
    it.click("guess_lock")
    assert it.locked == [("b", "certain")]
    assert not it.button("guess_option_a").isEnabled()
    assert not it.button("guess_lock").isVisible()
    it.card.show_result("You said b.")
    said = it.card.findChild(QLabel, "guess_said")
    assert said.text() == "You said b."


def test_a_guess_can_be_skipped_once(scene: Callable[..., Scene]) -> None:
    it = scene(ChoiceAnswer(OPTIONS))
    it.click("guess_skip")
    it.button("guess_skip").click()
    assert it.locked == [(None, None)]


def test_a_number_is_read_as_it_is_typed_and_what_is_read_of_a_comma_is_shown(scene: Callable[..., Scene]) -> None:
    it = scene(NumberAnswer())
    field, shown = it.card.findChild(QLineEdit, "guess_number_field"), it.card.findChild(QLabel, "guess_number_read")
    for text, value, read in (
        ("1e-3", 0.001, ""),
        ("9,000", 9000, "Read as 9000"),
        ("1,5", 1.5, "Read as 1.5"),
        ("much", None, ""),
    ):
        field.clear()
        it.qtbot.keyClicks(field, text)
        assert it.card.answer.value() == value
        assert it.button("guess_lock").isEnabled() == (value is not None)
        assert (shown.text(), shown.isVisible()) == (read, bool(read))


def test_enter_locks_a_number_and_answers_nonsense_with_a_sentence(scene: Callable[..., Scene]) -> None:
    it = scene(NumberAnswer())
    field, lock = it.card.findChild(QLineEdit, "guess_number_field"), it.button("guess_lock")
    assert "Type a number first" in lock.toolTip()
    it.qtbot.keyClicks(field, "two\r")
    assert any(label.text().startswith("“two” is not a number") for label in it.card.findChildren(QLabel))
    assert (it.locked, lock.isEnabled()) == ([], False)
    field.clear()
    it.qtbot.keyClicks(field, "2")
    assert lock.toolTip() == ""
    it.qtbot.keyClicks(field, "\r")
    assert it.locked == [(2.0, None)]


def test_an_order_is_made_with_buttons_and_keys(scene: Callable[..., Scene]) -> None:
    it = scene(OrderAnswer(OPTIONS))
    assert it.button("guess_lock").isEnabled()  # it can be locked as it is
    it.click("guess_down")
    assert it.card.answer.value() == ["b", "a", "c"]
    listed = it.card.findChild(QListWidget, "guess_order_list")
    it.card.activateWindow()
    listed.setFocus()
    it.qtbot.waitUntil(listed.hasFocus)
    it.qtbot.keyClick(listed, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert it.card.answer.value() == ["b", "c", "a"]
    it.click("guess_lock")
    assert it.locked == [(["b", "c", "a"], None)]
    it.qtbot.keyClick(listed, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert it.card.answer.value() == ["b", "c", "a"]


def test_own_words_are_kept_without_a_score(scene: Callable[..., Scene]) -> None:
    it = scene(TextAnswer(), scored=False)
    assert not it.button("guess_sure_certain").isVisible()
    assert "Write your answer first" in it.button("guess_lock").toolTip()
    field = it.card.findChild(QPlainTextEdit, "guess_explain_field")
    field.setPlainText("because")
    it.click("guess_lock")
    assert it.locked == [("because", None)]


def test_raised_hands_are_typed_in_and_those_that_cannot_be_get_a_sentence(scene: Callable[..., Scene]) -> None:
    answer = ChoiceAnswer(OPTIONS)
    it = scene(answer)
    assert not answer.hands["a"].isVisible()
    answer.show_hands(True, {})
    with it.qtbot.waitSignal(answer.hands_changed):
        it.qtbot.keyClicks(answer.hands["a"], "12")
        it.qtbot.keyClick(answer.hands["a"], Qt.Key.Key_Return)
    assert answer.hands["a"].value() == 12
    field = answer.hands["b"]
    for typed, said in (
        ("3.5", "A whole number is needed here, not 3.5."),
        ("99999", "99999 is too large: the maximum is 9999."),
    ):
        field.clear()
        it.qtbot.keyClicks(field, typed)
        it.qtbot.keyClick(field, Qt.Key.Key_Return)
        assert [label.text() for label in answer.findChildren(QLabel) if label.isVisible()] == [said]
        option = QStyleOptionFrame()
        field.initStyleOption(option)
        inside = field.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, field)
        assert field.fontMetrics().horizontalAdvance(typed) <= inside.width() - 2 * FIELD_AIR
    answer.show_hands(False, {})
    assert not [label for label in answer.findChildren(QLabel) if label.isVisible()]
    assert field.text() == ""


def test_an_optional_guess_has_no_lock_and_asks_for_confidence_once_it_is_made(scene: Callable[..., Scene]) -> None:
    it = scene(ChoiceAnswer(OPTIONS, {"b": "racer_1"}), optional=True)
    for name in ("guess_lock", "guess_skip", "guess_sure_certain"):
        assert not it.button(name).isVisible()
    assert it.card.guess == Guess(None, None)
    assert not it.button("guess_option_b").icon().isNull()
    height = it.card.sizeHint().height()
    it.button("guess_option_b").click()
    assert it.card.sizeHint().height() == height  # what stands below it stays where it is
    it.click("guess_sure_fairly")
    assert it.card.guess == Guess("b", "fairly")
