"""The files used last."""

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from playground.experiment.config import edits
from playground.experiment.config.presets import PRESETS
from playground.runtime.preferences import Preferences
from playground.ui.shell import file_menus
from playground.ui.shell.file_menus import RecentMenu
from playground.ui.widgets.message_card import MessageCard
from tests.ui.conftest import OpenWindow, title


def test_files_used_last_are_in_the_file_menu(kept_window: OpenWindow, tmp_path: Path) -> None:
    window = kept_window("and-gate")
    for name in ("a & b.json", "c.json"):
        window.files.save_file(tmp_path / name)
    recent = window.findChild(RecentMenu, "recent_menu")
    assert recent is not None
    recent.fill()
    assert [it.text() for it in recent.actions()] == ["c.json", "a && b.json"]
    window.store.apply(PRESETS["spiral"].config)
    entry = recent.findChild(QAction, "recent_1")
    assert isinstance(entry, QAction)
    entry.trigger()
    assert (title(window), window.files.path) == ("a & b", tmp_path / "a & b.json")


@pytest.mark.parametrize("text", ["", "no json", "{}", json.dumps([1, None, "/a/b.json"])])
def test_a_damaged_list_of_files_is_passed_over(tmp_path: Path, text: str) -> None:
    preferences = Preferences(tmp_path / "s.ini")
    preferences.recent_files = text
    assert file_menus.paths(preferences) in ([], ["/a/b.json"])


LEFT = Qt.MouseButton.LeftButton


def test_a_ready_made_experiment_is_chosen_in_the_menu(kept_window: OpenWindow, qtbot: QtBot) -> None:
    window = kept_window()
    QTest.mouseClick(window.transport.experiment_button, LEFT)
    menu = window.experiment_menu
    qtbot.waitUntil(menu.isVisible)
    offered = [a.objectName().removeprefix("preset_") for a in menu.actions() if a.objectName().startswith("preset_")]
    assert sorted(offered) == sorted(PRESETS)
    action = next(a for a in menu.actions() if a.objectName() == "preset_xor-gate")
    QTest.mouseClick(menu, LEFT, pos=menu.actionGeometry(action).center())
    assert window.store.config == PRESETS["xor-gate"].config
    assert "XOR" in window.windowTitle()
    window.store.apply(edits.change(window.store.config, "training.learning_rate", 0.3))
    assert "•" in window.windowTitle()


def test_what_a_ready_made_experiment_shows_is_said_of_it_only(kept_window: OpenWindow) -> None:
    window = kept_window("spiral")
    about = window.findChild(MessageCard, "about_notice")
    assert about.isVisible()
    window.store.apply(edits.change(window.store.config, "training.learning_rate", 0.02))
    assert about.isVisible()
    window.store.apply(edits.set_data(window.store.config, "moons"))
    assert not about.isVisible()
    window.store.undo()
    assert about.isVisible()
    window.store.apply(edits.add_layer(window.store.config))
    assert not about.isVisible()
