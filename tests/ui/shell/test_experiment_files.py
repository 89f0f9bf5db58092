"""Where Ctrl+S writes, and the files used last."""

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from playground.experiment.config import files
from playground.experiment.config.presets import PRESETS
from playground.experiment.config.schema import replace
from playground.runtime.preferences import Preferences
from playground.ui.shell import recent_menu
from playground.ui.shell.main_window import MainWindow
from tests.ui.conftest import OpenWindow, part

LEFT = Qt.MouseButton.LeftButton


def click(qtbot: QtBot, window: MainWindow, name: str, modifier: Qt.KeyboardModifier | None = None) -> None:
    qtbot.mouseClick(part(window, name), LEFT, modifier or Qt.KeyboardModifier.NoModifier)


def title(window: MainWindow) -> str:
    return window.windowTitle().removesuffix(" – Playground")


def test_save_never_writes_another_experiment_over_a_file(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "mine.json"
    window = open_window("and-gate")
    assert window.files.save_file(path)
    before = path.read_bytes()
    click(qtbot, window, "data_xor")
    assert window.files.path is None
    assert window.files._proposed(".json").endswith("xor-gate.json")
    click(qtbot, window, "data_and")
    assert (window.files.path, title(window)) == (path, "mine")
    assert path.read_bytes() == before


def test_undo_across_two_files_goes_back_to_the_file_of_each(open_window: OpenWindow, tmp_path: Path) -> None:
    first, second = tmp_path / "first.json", tmp_path / "second.json"
    for path, data in ((first, "circle"), (second, "moons")):
        files.save(path, replace(PRESETS[data].config, name=path.stem))
    window = open_window("and-gate")
    window.files.open_file(first)
    window.files.open_file(second)
    window.store.undo()
    assert (title(window), window.files.path) == ("first", first)
    window.store.redo()
    assert (title(window), window.files.path) == ("second", second)


def test_saving_says_that_the_set_up_is_kept_and_not_what_was_learnt(open_window: OpenWindow, tmp_path: Path) -> None:
    window = open_window("and-gate")
    window.files.save_file(tmp_path / "gate.json")
    message = part(window, "status_message", QLabel)
    assert isinstance(message, QLabel)
    assert message.isVisible()
    assert message.text() == "Saved to gate.json: the set-up. What was learnt is not saved."


def test_copying_an_experiment_says_so(open_window: OpenWindow) -> None:
    window = open_window("and-gate")
    window.actions_["copy_experiment"].trigger()
    message = part(window, "status_message", QLabel)
    assert isinstance(message, QLabel)
    assert message.isVisible()
    assert "AND gate" in message.text()


def test_files_used_last_are_in_the_file_menu(open_window: OpenWindow, tmp_path: Path) -> None:
    window = open_window("and-gate")
    for name in ("a & b.json", "c.json"):
        window.files.save_file(tmp_path / name)
    window.recent_menu.fill()
    assert [it.text() for it in window.recent_menu.actions()] == ["c.json", "a && b.json"]
    window.store.apply(PRESETS["spiral"].config)
    entry = window.recent_menu.findChild(QAction, "recent_1")
    assert isinstance(entry, QAction)
    entry.trigger()
    assert (title(window), window.files.path) == ("a & b", tmp_path / "a & b.json")


@pytest.mark.parametrize("text", ["", "no json", "{}", json.dumps([1, None, "/a/b.json"])])
def test_a_damaged_list_of_files_is_passed_over(tmp_path: Path, text: str) -> None:
    preferences = Preferences(tmp_path / "s.ini")
    preferences.recent_files = text
    assert recent_menu.paths(preferences) in ([], ["/a/b.json"])
