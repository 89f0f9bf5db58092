"""A click on a data set: which experiment is there then, what it is called everywhere, and where Ctrl+S writes."""

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QWidget
from pytestqt.qtbot import QtBot

from playground.experiment.config import edits, files
from playground.experiment.config.presets import PRESETS
from playground.experiment.config.schema import StopConfig, replace
from playground.runtime.preferences import Preferences
from playground.ui.core.experiment_text import network_words, shown_name
from playground.ui.shell import recent_menu
from playground.ui.shell.main_window import MainWindow
from tests.ui.conftest import OpenWindow, part

LEFT = Qt.MouseButton.LeftButton


def click(qtbot: QtBot, window: MainWindow, name: str, modifier: Qt.KeyboardModifier | None = None) -> None:
    qtbot.mouseClick(part(window, name), LEFT, modifier or Qt.KeyboardModifier.NoModifier)


def title(window: MainWindow) -> str:
    return window.windowTitle().removesuffix(" – Playground")


def checked_presets(window: MainWindow) -> list[str]:
    window.experiment_menu.fill()
    return [it.objectName() for it in window.experiment_menu.actions() if it.isCheckable() and it.isChecked()]


def test_a_click_on_xor_opens_the_xor_gate_under_its_name(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("and-gate")
    click(qtbot, window, "data_xor")
    assert window.store.config == PRESETS["xor-gate"].config
    assert title(window) == "XOR gate"
    assert checked_presets(window) == ["preset_xor-gate"]
    assert part(window, "data_xor", QAbstractButton).isChecked()  # type: ignore[attr-defined]


def test_spiral_digits_spiral_gives_the_spiral_network_back(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("spiral")
    wide = edits.set_hidden(window.store.config, (5, 3))
    window.store.apply(wide)
    click(qtbot, window, "data_digits")
    assert (title(window), window.store.config) == ("Small digits", PRESETS["digits"].config)
    click(qtbot, window, "data_spiral")
    assert (title(window), window.store.config) == ("Spiral •", wide)


def test_undo_goes_back_over_a_click_on_a_tile(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("height-weight")
    click(qtbot, window, "data_spiral")
    assert window.store.config.network.hidden == PRESETS["spiral"].config.network.hidden
    QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert (title(window), window.store.config) == ("Height and weight", PRESETS["height-weight"].config)
    QTest.keyClick(window, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert title(window) == "Spiral"


def test_ctrl_click_keeps_the_network_and_takes_the_name_of_the_data(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("spiral")
    click(qtbot, window, "data_moons", Qt.KeyboardModifier.ControlModifier)
    assert window.store.config.network.hidden == PRESETS["spiral"].config.network.hidden
    assert title(window) == "Moons •"


def test_data_without_a_ready_made_experiment_are_called_by_their_label(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("and-gate")
    click(qtbot, window, "data_gauss")
    assert title(window) == "Gauss"
    window.store.apply(edits.change(window.store.config, "training.learning_rate", 0.5))
    assert title(window) == "Gauss •"


def test_each_tile_says_what_a_click_on_it_opens(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("and-gate")
    assert f"Opens “Spiral”: {network_words(PRESETS['spiral'].config)}." in part(window, "data_spiral").toolTip()
    assert "Opens" not in part(window, "data_and").toolTip()
    window.store.apply(edits.set_hidden(window.store.config, (3,)))
    click(qtbot, window, "data_spiral")
    assert "Goes back to “AND gate •”: hidden 3 Sigmoid" in part(window, "data_and").toolTip()


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


def test_the_edit_menu_says_what_undo_and_redo_are_about(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("and-gate")
    menu = window.actions_.menu("edit")
    window.store.apply(edits.change(window.store.config, "training.learning_rate", 0.5))
    menu.aboutToShow.emit()
    assert window.actions_["undo"].text() == "&Undo: learning rate"
    window.store.undo()
    menu.aboutToShow.emit()
    assert window.actions_["undo"].text() == "&Undo"
    assert window.actions_["redo"].text() == "&Redo: learning rate"
    click(qtbot, window, "data_xor")
    menu.aboutToShow.emit()
    assert window.actions_["undo"].text() == "&Undo: opening an experiment"


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


def test_space_plays_after_a_click_on_anything(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(edits.change(PRESETS["circle"].config, "training.stop", StopConfig()))
    for name in ("edit_points", "data_options", "new_sample", "initial_scheme_xavier", "data_moons"):
        click(qtbot, window, name)
        window.store.apply(edits.change(window.store.config, "training.stop", StopConfig()))
        data = window.store.config.data.name
        qtbot.waitUntil(lambda: window.session.is_current)
        before = window.session.step_count
        QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Space)
        qtbot.waitUntil(lambda before=before: window.session.step_count > before)
        assert window.session.is_running, name
        assert window.store.config.data.name == data
        window.session.pause()


def test_space_still_presses_what_the_tab_key_has_led_to(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("and-gate")
    click(qtbot, window, "data_and")
    tile = part(window, "data_xor")
    tile.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(tile.hasFocus)
    QTest.keyClick(tile, Qt.Key.Key_Space)
    assert window.store.config.data.name == "xor"
    assert not window.session.is_running


def test_space_in_an_open_list_does_not_play(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("and-gate")
    combo = part(window, "activation", QComboBox)
    assert isinstance(combo, QComboBox)
    qtbot.mouseClick(combo, LEFT)
    popup = QApplication.activePopupWidget()
    assert isinstance(popup, QWidget)
    QTest.keyClick(popup, Qt.Key.Key_Space)
    assert not window.session.is_running
    combo.hidePopup()


def test_the_name_shown_of_each_ready_made_experiment_has_no_dot() -> None:
    assert [name for name, preset in PRESETS.items() if "•" in shown_name(preset.config)] == []
