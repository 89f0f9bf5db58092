"""Tests as somebody writes them who has read only the page on testing the window: no waits, nothing of the user's."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from playground import paths
from playground.registry import UserError
from playground.testing import WaitError, find, open_window, wait_until_done, wait_until_drawn, wait_until_ready

LEFT = Qt.MouseButton.LeftButton


def enter(qtbot: QtBot, field: object, text: str) -> None:
    qtbot.mouseClick(field, LEFT)
    field.selectAll()
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Qt.Key.Key_Return)


def test_a_tile_opens_its_data_and_playing_learns_them(qtbot: QtBot) -> None:
    window = open_window(qtbot, "and-gate")
    wait_until_ready(window)
    qtbot.mouseClick(find(window, "data_xor"), LEFT)
    wait_until_drawn(window)
    assert find(window, "data_xor").isChecked()
    assert window.store.config.data.name == "xor"
    assert "XOR" in find(window, "experiment_button").text()
    with qtbot.waitSignal(window.session.finished):
        qtbot.mouseClick(find(window, "play_button"), LEFT)
    wait_until_done(window)
    assert find(window, "accuracy_value").text() == "100 %"


def test_a_bad_number_is_explained_and_changes_nothing(qtbot: QtBot) -> None:
    window = open_window(qtbot, "spiral")
    wait_until_ready(window)
    before, field = window.store.config, find(window, "learning_rate")
    enter(qtbot, field, "abc")
    assert "abc" in field.problem()
    assert window.store.config == before
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert not field.problem()
    enter(qtbot, field, "0.5")
    assert window.store.config.training.learning_rate == 0.5


def test_a_layer_that_is_added_goes_with_undo(qtbot: QtBot) -> None:
    window = open_window(qtbot, "spiral")
    wait_until_ready(window)
    layers = len(window.store.config.network.hidden)
    qtbot.mouseClick(find(window, "add_layer"), LEFT)
    wait_until_drawn(window)
    assert find(window, f"hidden_layer_{layers + 1}").isVisible()
    find(window, "action_undo").trigger()
    wait_until_drawn(window)
    assert len(window.store.config.network.hidden) == layers
    assert not find(window, f"hidden_layer_{layers + 1}").isVisible()


def test_steps_are_counted_and_reset_takes_them_back(qtbot: QtBot) -> None:
    window = open_window(qtbot, "or-gate")
    wait_until_ready(window)
    start = find(window, "train_loss_value").text()
    window.session.step(300)
    wait_until_done(window)
    assert window.session.step_count == 300
    assert find(window, "steps_value").text() == "300"
    assert find(window, "train_loss_value").text() != start
    qtbot.mouseClick(find(window, "reset_button"), LEFT)
    wait_until_drawn(window)
    assert find(window, "steps_value").text() == "0"
    assert find(window, "train_loss_value").text() == start


def test_the_figures_move_while_it_trains_and_rest_after_a_pause(qtbot: QtBot) -> None:
    window = open_window(qtbot, "spiral")
    wait_until_ready(window)
    window.session.play()
    wait_until_drawn(window)
    assert window.session.is_running
    qtbot.waitUntil(lambda: find(window, "steps_value").text() != "0")  # rounded while it runs fast
    window.session.pause()
    wait_until_done(window)
    assert find(window, "steps_value").text() == f"{window.session.step_count:,}"


def test_a_panel_behind_a_tab_comes_to_the_front(qtbot: QtBot) -> None:
    window = open_window(qtbot, "spiral")
    wait_until_ready(window)
    tabs = find(window, "panel_tabs")
    (place,) = (k for k in range(tabs.count()) if tabs.tabText(k) == "Weights")
    qtbot.mouseClick(tabs, LEFT, pos=tabs.tabRect(place).center())
    wait_until_drawn(window)
    assert find(window, "weights_panel").isVisible()


def test_settings_are_kept_only_where_that_is_asked_for(qtbot: QtBot, tmp_path: Path) -> None:
    users = paths.settings_folder()
    first = open_window(qtbot, "digits", settings=tmp_path / "settings.ini")
    wait_until_ready(first)
    first.close()
    assert open_window(qtbot, settings=tmp_path / "settings.ini").store.config.data.name == "digits"
    assert open_window(qtbot).store.config.data.name == "spiral"
    assert not users.exists()


def test_what_is_saved_can_be_opened(qtbot: QtBot, tmp_path: Path) -> None:
    window = open_window(qtbot, "sine-curve")
    wait_until_ready(window)
    enter(qtbot, find(window, "seed"), "7")
    window.files.save_file(tmp_path / "mine.json")
    again = open_window(qtbot, tmp_path / "mine.json")
    wait_until_ready(again)
    assert again.store.config == window.store.config
    assert again.store.config.seed == 7


def test_what_does_not_come_is_a_sentence_with_the_state(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "endless.json").write_text('{"data": {"name": "and"}, "network": {"hidden": [2]}}')
    window = open_window(qtbot, tmp_path / "endless.json")
    wait_until_ready(window)
    with pytest.raises(WaitError, match=r"There is no play_buton in the window\. Did you mean play_button\?"):
        find(window, "play_buton")
    window.session.play()
    with pytest.raises(WaitError, match=r"not done after 0.1 s: it trains, at step .* and no stop condition ends it"):
        wait_until_done(window, timeout=0.1)


def test_an_experiment_that_cannot_be_is_told_at_once(qtbot: QtBot, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="Did you mean xor-gate"):
        open_window(qtbot, "xor-gat")
    (tmp_path / "lost.json").write_text('{"data": {"name": "csv", "path": "lost.csv"}, "network": {"hidden": [2]}}')
    window = open_window(qtbot, tmp_path / "lost.json")
    with pytest.raises(WaitError, match=r"its experiment cannot be built\. There is no file .*lost\.csv"):
        wait_until_ready(window)
    window.session.pause()
    with pytest.raises(WaitError, match=r"its experiment cannot be built\. There is no file .*lost\.csv"):
        wait_until_done(window, timeout=1)


def test_another_language_is_chosen_in_the_menu_and_leaves_nothing_behind(qtbot: QtBot) -> None:
    window = open_window(qtbot, "and-gate")
    wait_until_ready(window)
    find(window, "action_language_zh_CN").trigger()
    wait_until_ready(window)
    assert find(window, "data_circle").accessibleName() == "圆环"
    window.close()
    again = open_window(qtbot, "and-gate")
    assert find(again, "data_circle").accessibleName() == "Circle"
