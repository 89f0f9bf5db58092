"""The picture is held while a teacher speaks."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from playground.ui.shell.main_window import MainWindow
from tests.experiment.lessons.conftest import STRUCTURE, write
from tests.ui.conftest import OpenWindow, part


def frozen(window: MainWindow) -> QWidget:
    """Return the picture that lies over the window now."""
    return [it for it in window.findChildren(QWidget, "frozen_picture") if it.parent() is window][-1]


def test_a_frozen_picture_stays_as_it_is_and_takes_no_keys_or_clicks(
    kept_window: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window = kept_window("and-gate", speed=1.0)
    window.lessons.open_folder(write(tmp_path / "mine", STRUCTURE))
    assert not window.actions_["freeze"].isEnabled()
    assert not part(window, "lesson_freeze").isVisible()
    window.actions_["presenter"].trigger()
    dock = window.area.docks["loss_panel"]
    dock.setFloating(True)
    panel, session = window.lessons.panel, window.session
    panel.lock("up")
    session.play()
    part(window, "lesson_freeze").click()  # type: ignore[attr-defined]
    assert window.freeze.is_on
    assert not session.is_running
    picture = frozen(window)
    assert picture.geometry() == window.rect()
    assert part(picture, "frozen_word").isVisible()
    assert part(dock, "frozen_picture").isVisible()
    qtbot.waitUntil(picture.hasFocus)
    for key in (Qt.Key.Key_Space, Qt.Key.Key_R, Qt.Key.Key_F11, Qt.Key.Key_Tab):
        QTest.keyClick(picture, key)
    play = window.transport.play_button
    assert window.childAt(play.mapTo(window, play.rect().center())) is picture
    assert (session.is_running, picture.hasFocus(), window.isFullScreen()) == (False, True, True)
    QTest.keyClick(picture, Qt.Key.Key_F9)
    assert not window.freeze.is_on
    assert session.is_running
    QTest.keyClick(window, Qt.Key.Key_F9)
    QTest.keyClick(frozen(window), Qt.Key.Key_PageDown)
    assert (window.freeze.is_on, panel.index, session.is_running) == (False, 1, False)
    window.actions_["freeze"].trigger()
    QTest.keyClick(frozen(window), Qt.Key.Key_Escape)
    assert (window.freeze.is_on, window.isFullScreen()) == (False, True)
