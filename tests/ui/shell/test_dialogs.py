"""The dialogs of the help."""

import re
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QTextBrowser,
)
from pytestqt.qtbot import QtBot

from playground import language
from playground.ui.core import theme
from playground.ui.shell.actions import COMMANDS, plain
from playground.ui.shell.dialogs import PAGES, HelpPage, page_text
from tests.ui.conftest import OpenWindow, part

LEFT = Qt.MouseButton.LeftButton


def test_f1_shows_every_key(kept_window: OpenWindow, qtbot: QtBot) -> None:
    window = kept_window()
    QTest.keyClick(window, Qt.Key.Key_F1)
    dialog = window.findChild(QDialog, "keys_dialog")
    assert dialog is not None
    shown = {label.text() for label in dialog.findChildren(QLabel)}
    assert all(shown), "a row without a key"
    for command in COMMANDS.values():
        if command.keys:
            native = [QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText) for key in command.keys]
            assert " / ".join(native) in shown
    assert {"Headings: move, sort", "← / →, Enter", "Ctrl+Shift+F"} <= shown, "those of the pictures"
    room, scroll = dialog.screen().availableSize(), window.findChild(QScrollArea, "keys_scroll")
    assert (dialog.width() <= room.width(), dialog.height() < room.height()) == (True, True)
    qtbot.waitUntil(scroll.hasFocus)
    dialog.resize(dialog.width(), 400)
    bar = scroll.verticalScrollBar()
    QTest.keyClick(scroll, Qt.Key.Key_PageDown)
    assert 0 < bar.value() <= bar.maximum()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: window.findChild(QDialog, "keys_dialog") is None)


@pytest.mark.parametrize("text", ["&Open…", "打开(&O)…"])
def test_the_keys_page_leaves_access_keys_out(text: str) -> None:
    assert plain(text) in {"Open", "打开"}


def test_the_about_box_gives_the_versions_to_copy(kept_window: OpenWindow, qtbot: QtBot) -> None:
    window = kept_window()
    window.actions_["about"].trigger()
    dialog = window.findChild(QDialog, "about_dialog")
    assert dialog is not None
    QTest.mouseClick(part(window, "about_copy"), LEFT)
    copied = QGuiApplication.clipboard().text()
    for word in ("Playground", "Python", "Qt", "numpy"):
        assert word in copied
    QTest.mouseClick(part(window, "about_close"), LEFT)
    qtbot.waitUntil(lambda: window.findChild(QDialog, "about_dialog") is None)


def test_an_exception_in_a_slot_reaches_a_dialog_and_the_program_lives_on(
    kept_window: OpenWindow, qtbot: QtBot
) -> None:
    window = kept_window()
    window.errors.install()
    try:
        QTimer.singleShot(0, lambda: 1 / 0)  # with a context, PySide6 6.10 loses the exception
        qtbot.waitUntil(lambda: window.findChild(QDialog, "error_dialog") is not None)
        window.session.failed.emit("Traceback of the worker")
        thread = threading.Thread(target=lambda: {}["nothing"])
        thread.start()
        thread.join()
        shown = part(window, "error_text", QPlainTextEdit)
        assert isinstance(shown, QPlainTextEdit)
        qtbot.waitUntil(lambda: "KeyError" in shown.toPlainText())
    finally:
        window.errors.uninstall()
    assert "ZeroDivisionError" in shown.toPlainText()
    assert "Traceback of the worker" in shown.toPlainText()
    assert "Python" in shown.toPlainText()
    QTest.mouseClick(part(window, "error_copy"), LEFT)
    assert "ZeroDivisionError" in QGuiApplication.clipboard().text()
    QTest.mouseClick(part(window, "error_close"), LEFT)
    qtbot.waitUntil(lambda: window.findChild(QDialog, "error_dialog") is None)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    QTest.keyClick(window, Qt.Key.Key_S)
    qtbot.waitUntil(lambda: window.session.step_count == 1)


@pytest.fixture
def page(qtbot: QtBot) -> Iterator[HelpPage]:
    dialog = HelpPage(None, "screen")
    qtbot.addWidget(dialog)
    dialog.show()
    yield dialog
    dialog.close()


def field(page: HelpPage) -> QLineEdit:
    found = page.findChild(QLineEdit, "help_find")
    assert found is not None
    return found


def browser(page: HelpPage) -> QTextBrowser:
    found = page.findChild(QTextBrowser, "help_text")
    assert found is not None
    return found


@pytest.mark.parametrize("name", list(PAGES))
@pytest.mark.parametrize("code", [code for code in language.LANGUAGES if code != "en"])
def test_every_language_has_each_page_with_the_same_sections_and_tables(code: str, name: str) -> None:
    own, english = page_text(code, name), page_text("en", name)
    assert own != english
    for mark in (r"^(#+) ", r"^(- )", r"^(\|)", r"^(```)"):
        assert re.findall(mark, own, re.MULTILINE) == re.findall(mark, english, re.MULTILINE), mark


def test_a_language_without_a_page_gets_the_english_one() -> None:
    assert page_text("xx", "screen") == page_text("en", "screen")


def test_a_command_opens_each_page_once_nothing_is_wider_than_it_and_the_window_can_be_used(
    kept_window: OpenWindow, qtbot: QtBot
) -> None:
    window = kept_window("and-gate")
    for dialog, title in PAGES.values():
        window.actions_[dialog].trigger()
        page = window.findChild(HelpPage, f"{dialog}_dialog")
        assert page is not None, dialog
        assert page.windowTitle() == title
        assert browser(page).toPlainText().startswith(title)
        assert browser(page).horizontalScrollBar().maximum() == 0, dialog
        page.close()
    qtbot.waitUntil(lambda: not window.findChildren(HelpPage))
    for _time in range(2):
        window.actions_["help_page"].trigger()
    (page,) = window.findChildren(HelpPage)
    assert not page.isModal()
    qtbot.mouseClick(part(window, "step_button"), LEFT)
    qtbot.waitUntil(lambda: window.session.step_count == 1)
    page.close()


def test_words_are_found_one_after_the_other_and_round_again(page: HelpPage, qtbot: QtBot) -> None:
    QTest.keyClick(page, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(field(page).hasFocus)
    qtbot.keyClicks(field(page), "overfitting")
    places = []
    for _time in range(page_text("en", "screen").lower().count("overfitting") + 1):
        assert browser(page).textCursor().selectedText().lower() == "overfitting"
        places.append(browser(page).textCursor().position())
        QTest.keyClick(field(page), Qt.Key.Key_Return)
    assert places[0] == places[-1]
    assert len(set(places)) == len(places) - 1
    QTest.keyClick(field(page), Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert browser(page).textCursor().position() == places[0]
    assert page.isVisible(), "Enter in the field does not close the page"


def test_a_word_that_is_not_there_is_marked(page: HelpPage, qtbot: QtBot) -> None:
    qtbot.keyClicks(field(page), "transformerx")
    assert field(page).property("problem") is True
    field(page).clear()
    assert field(page).property("problem") is False


def test_the_text_is_larger_than_that_of_the_window_and_follows_the_colours(page: HelpPage, qapp: QApplication) -> None:
    sizes = {}
    for name in ("light", "dark"):
        theme.apply(qapp, name)
        sizes[name] = browser(page).font().pixelSize()
        ink = browser(page).palette().text().color().lightness()
        paper = browser(page).palette().base().color().lightness()
        assert abs(ink - paper) > 100, name
    theme.apply(qapp, "light")
    assert min(sizes.values()) > theme.font().pixelSize()
