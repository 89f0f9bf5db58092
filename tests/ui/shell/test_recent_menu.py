"""The files used last."""

import json
from pathlib import Path

import pytest
from PySide6.QtGui import QAction

from playground.experiment.config.presets import PRESETS
from playground.runtime.preferences import Preferences
from playground.ui.shell import recent_menu
from tests.ui.conftest import OpenWindow, title


def test_files_used_last_are_in_the_file_menu(kept_window: OpenWindow, tmp_path: Path) -> None:
    window = kept_window("and-gate")
    for name in ("a & b.json", "c.json"):
        window.files.save_file(tmp_path / name)
    window.recent_menu.fill()
    assert [it.text() for it in window.recent_menu.actions()] == ["c.json", "a && b.json"]
    window.store.apply(PRESETS["spiral"].config)
    entry = window.recent_menu.findChild(QAction, "recent_1")
    entry.trigger()
    assert (title(window), window.files.path) == ("a & b", tmp_path / "a & b.json")


@pytest.mark.parametrize("text", ["", "no json", "{}", json.dumps([1, None, "/a/b.json"])])
def test_a_damaged_list_of_files_is_passed_over(tmp_path: Path, text: str) -> None:
    preferences = Preferences(tmp_path / "s.ini")
    preferences.recent_files = text
    assert recent_menu.paths(preferences) in ([], ["/a/b.json"])
