"""An error in the program reaches a dialog."""

import threading

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QPlainTextEdit
from pytestqt.qtbot import QtBot

from tests.ui.conftest import OpenWindow, part

LEFT = Qt.MouseButton.LeftButton


def test_an_exception_in_a_slot_reaches_a_dialog_and_the_program_lives_on(
    kept_window: OpenWindow, qtbot: QtBot
) -> None:
    window = kept_window()
    window.errors.install()
    try:
        QTimer.singleShot(0, window, lambda: 1 / 0)
        qtbot.waitUntil(lambda: any(dialog.isVisible() for dialog in window.findChildren(QDialog, "error_dialog")))
        dialog = next(found for found in window.findChildren(QDialog, "error_dialog") if found.isVisible())
        window.session.failed.emit("Traceback of the worker")
        thread = threading.Thread(target=lambda: {}["nothing"])
        thread.start()
        thread.join()
        shown = part(dialog, "error_text", QPlainTextEdit)
        qtbot.waitUntil(lambda: "KeyError" in shown.toPlainText())
    finally:
        window.errors.uninstall()
    assert "ZeroDivisionError" in shown.toPlainText()
    assert "Traceback of the worker" in shown.toPlainText()
    assert "Python" in shown.toPlainText()
    QTest.mouseClick(part(dialog, "error_copy"), LEFT)
    assert "ZeroDivisionError" in QGuiApplication.clipboard().text()
    QTest.mouseClick(part(dialog, "error_close"), LEFT)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    QTest.keyClick(window, Qt.Key.Key_S)
    qtbot.waitUntil(lambda: window.session.step_count == 1)
