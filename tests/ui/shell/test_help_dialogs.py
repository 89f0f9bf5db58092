"""The dialogs of the help."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel
from pytestqt.qtbot import QtBot

from playground.ui.shell.actions import COMMANDS, plain
from tests.ui.conftest import OpenWindow, part

LEFT = Qt.MouseButton.LeftButton


def test_f1_shows_every_key(kept_window: OpenWindow, qtbot: QtBot) -> None:
    window = kept_window()
    QTest.keyClick(window, Qt.Key.Key_F1)
    dialog = window.findChild(QDialog, "keys_dialog")
    shown = {label.text() for label in dialog.findChildren(QLabel)}
    assert all(shown), "a row without a key"
    for command in COMMANDS.values():
        if command.keys:
            native = [QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText) for key in command.keys]
            assert " / ".join(native) in shown
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
