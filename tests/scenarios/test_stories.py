"""Whole stories in the real window."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from playground.ui.shell.main_window import MainWindow
from tests.ui.bench import colours
from tests.ui.conftest import OpenWindow, part

LEFT = Qt.MouseButton.LeftButton


def button(window: MainWindow, name: str) -> QAbstractButton:
    """Return the button of a window that has a name."""
    found = part(window, name)
    assert isinstance(found, QAbstractButton)
    return found


def test_the_first_start_shows_data_network_and_boundary_with_nothing_clicked(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    window = open_window(None)
    assert window.session.step_count == 0
    for name in ("data_panel", "network_diagram_panel", "boundary_panel"):
        assert len(colours(part(window, name))) > 200, name  # a blank one has few
    QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: window.session.step_count > 500)
    field = part(window, "learning_rate")
    before = window.session.step_count
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "1e-3")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert window.store.config.training.learning_rate == 0.001
    qtbot.waitUntil(lambda: window.session.step_count > before + 500)
    assert window.session.is_running
