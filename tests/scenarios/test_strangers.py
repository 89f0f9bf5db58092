"""Tests as somebody writes them who has read only the page on testing the window: no waits, nothing of the user's."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from playground import paths
from playground.experiment.lessons import files
from playground.registry import UserError
from playground.testing import WaitError, find, open_window, wait_until_done, wait_until_drawn, wait_until_ready
from playground.ui.shell.main_window import MainWindow

LEFT = Qt.MouseButton.LeftButton


def enter(qtbot: QtBot, field: object, text: str) -> None:
    qtbot.mouseClick(field, LEFT)
    field.selectAll()
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Qt.Key.Key_Return)


def test_one_window_is_used_from_end_to_end(qtbot: QtBot) -> None:
    window = open_window(qtbot)
    wait_until_ready(window)
    assert window.store.config.data.name == "spiral"
    a_tile_opens_its_data_and_playing_learns_them(qtbot, window)
    steps_are_counted_and_reset_takes_them_back(qtbot, window)
    a_layer_that_is_added_goes_with_undo(qtbot, window)
    the_figures_move_while_it_trains_and_rest_after_a_pause(qtbot, window)


def a_tile_opens_its_data_and_playing_learns_them(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.mouseClick(find(window, "data_xor"), LEFT)
    wait_until_drawn(window)
    assert find(window, "data_xor").isChecked()
    assert window.store.config.data.name == "xor"
    assert "XOR" in find(window, "experiment_button").text()
    with qtbot.waitSignal(window.session.finished):
        qtbot.mouseClick(find(window, "play_button"), LEFT)
    wait_until_done(window)
    assert find(window, "accuracy_value").text() == "100 %"


def steps_are_counted_and_reset_takes_them_back(qtbot: QtBot, window: MainWindow) -> None:
    window.session.reset()
    wait_until_drawn(window)
    start = find(window, "train_loss_value").text()
    window.session.step(300)
    wait_until_done(window)
    assert window.session.step_count == 300
    assert find(window, "steps_value").text() == "300"
    assert find(window, "train_loss_value").text() != start
    columns, rows = find(window, "loss_plot").table()
    assert list(columns) == ["series", "step", "loss"]
    assert ("train", 300) in [row[:2] for row in rows]
    assert find(window, "network_view").scene.weights[0].shape[0] == 2
    qtbot.mouseClick(find(window, "reset_button"), LEFT)
    wait_until_drawn(window)
    assert find(window, "steps_value").text() == "0"
    assert find(window, "train_loss_value").text() == start


def a_layer_that_is_added_goes_with_undo(qtbot: QtBot, window: MainWindow) -> None:
    layers = len(window.store.config.network.hidden)
    qtbot.mouseClick(find(window, "add_layer"), LEFT)
    wait_until_drawn(window)
    assert find(window, f"hidden_layer_{layers + 1}").isVisible()
    find(window, "action_undo").trigger()
    wait_until_drawn(window)
    assert len(window.store.config.network.hidden) == layers
    assert not find(window, f"hidden_layer_{layers + 1}").isVisible()


def the_figures_move_while_it_trains_and_rest_after_a_pause(qtbot: QtBot, window: MainWindow) -> None:
    window.session.play()
    wait_until_drawn(window)
    assert window.session.is_running
    qtbot.waitUntil(lambda: find(window, "steps_value").text() != "0")  # rounded while it runs fast
    window.session.pause()
    wait_until_done(window)
    assert find(window, "steps_value").text() == f"{window.session.step_count:,}"


def test_settings_are_kept_only_where_that_is_asked_for_and_what_is_saved_can_be_opened(
    qtbot: QtBot, tmp_path: Path
) -> None:
    users = paths.settings_folder()
    first = open_window(qtbot, "sine-curve", settings=tmp_path / "settings.ini")
    wait_until_ready(first)
    enter(qtbot, find(first, "seed"), "7")
    first.files.save_file(tmp_path / "mine.json")
    find(first, "action_language_zh_CN").trigger()
    wait_until_ready(first)
    assert find(first, "data_circle").accessibleName() == "圆环"
    first.close()
    assert open_window(qtbot, settings=tmp_path / "settings.ini").store.config == first.store.config
    again = open_window(qtbot, tmp_path / "mine.json")
    wait_until_ready(again)
    assert find(again, "data_circle").accessibleName() == "Circle"
    assert again.store.config == first.store.config
    assert again.store.config.seed == 7
    assert not users.exists()


def test_what_does_not_come_is_a_sentence_with_the_state(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "endless.json").write_text('{"data": {"name": "and"}, "network": {"hidden": [2]}}')
    window = open_window(qtbot, tmp_path / "endless.json")
    wait_until_ready(window)
    with pytest.raises(WaitError, match=r"There is no play_buton in the window\. Did you mean play_button\?"):
        find(window, "play_buton")
    for later in ("race_begin", "lesson_search", "csv_take", "chart_save_data"):
        with pytest.raises(WaitError, match=rf"no {later} in the window\. The panel or dialog it is in may have to be"):
            find(window, later)
    with pytest.raises(WaitError, match=r"nothing was started, it is at step 0; press Play or ask for steps first"):
        wait_until_done(window)
    window.session.play()
    with pytest.raises(WaitError, match=r"not done after 0.1 s: it trains, at step .* and no stop condition ends it"):
        wait_until_done(window, timeout=0.1)


def test_the_runs_that_a_lesson_compares_are_waited_for(qtbot: QtBot) -> None:
    window = open_window(qtbot, "and-gate")
    wait_until_ready(window)
    window.lessons.panel.open(files.load(files.find("one-neuron")), "noise")
    with pytest.raises(WaitError, match="at step 0; a lesson's question is still open"):
        wait_until_done(window)
    qtbot.mouseClick(find(window, "guess_skip"), LEFT)
    qtbot.mouseClick(find(window, "lesson_compare"), LEFT)
    wait_until_done(window)
    assert find(window, "lesson_variants").isVisible()
    assert find(window, "lesson_result").isVisible()


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
