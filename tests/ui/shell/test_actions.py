"""The commands of the menus."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from playground.experiment.config import edits
from playground.ui.shell.actions import COMMANDS
from tests.ui.conftest import OpenWindow


def test_undo_and_redo_with_the_keys(kept_window: OpenWindow) -> None:
    window = kept_window()
    assert not window.actions_["undo"].isEnabled()
    window.store.apply(edits.change(window.store.config, "training.learning_rate", 0.5))
    QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert window.store.config.training.learning_rate == 0.1
    assert not window.actions_["undo"].isEnabled()
    QTest.keyClick(window, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert window.store.config.training.learning_rate == 0.5


def test_every_command_is_in_a_menu_with_its_keys_and_the_gear_offers_the_lessons_for_presenter_mode(
    kept_window: OpenWindow,
) -> None:
    window = kept_window()
    in_menus = {
        action.objectName(): action for menu in window.menuBar().findChildren(QMenu) for action in menu.actions()
    }
    for name, command in COMMANDS.items():
        action = in_menus[f"action_{name}"]
        assert action.text()
        assert [key.toString() for key in action.shortcuts()] == [QKeySequence(key).toString() for key in command.keys]
    shortcuts = [key.toString() for action in in_menus.values() for key in action.shortcuts()]
    assert len(shortcuts) == len(set(shortcuts))
    settings = window.findChild(QMenu, "settings_menu")
    assert settings is not None
    lessons = window.actions_.menus["lessons"]
    assert lessons.menuAction() in settings.actions()
    for name in ("lessons", "lesson_hands", "worksheet", "worksheet_answers"):
        assert window.actions_[name] in lessons.actions()


def test_no_command_has_a_key_that_text_fields_take_for_themselves_under_x11() -> None:
    keys = {key for command in COMMANDS.values() for key in command.keys}
    assert not keys & {"Ctrl+E", "Ctrl+K", "Ctrl+U"}
