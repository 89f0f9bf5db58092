"""A click on a data set: which experiment is there then, what it is called everywhere, and where Ctrl+S writes."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QWidget
from pytestqt.qtbot import QtBot

from playground.experiment.config import edits, own_points, tables
from playground.experiment.config.choices import DataChoice
from playground.experiment.config.presets import PRESETS
from playground.experiment.config.schema import ExperimentConfig, InitialChoice, StopConfig
from playground.experiment.training.trainer import Trainer
from playground.ui.core.experiment_text import network_words, shown_name, start_name
from playground.ui.shell.main_window import MainWindow
from tests.ui.conftest import OpenWindow, click, part, title

LEFT = Qt.MouseButton.LeftButton


def checked_presets(window: MainWindow) -> list[str]:
    window.experiment_menu.fill()
    return [it.objectName() for it in window.experiment_menu.actions() if it.isCheckable() and it.isChecked()]


def test_a_click_on_a_tile_opens_a_ready_made_experiment_or_the_data_alone_and_the_edit_menu_says_so(
    kept_window: OpenWindow, qtbot: QtBot
) -> None:
    window = kept_window("and-gate")
    menu = window.actions_.menus["edit"]
    window.store.apply(edits.change(window.store.config, "training.learning_rate", 0.5))
    menu.aboutToShow.emit()
    assert window.actions_["undo"].text() == "&Undo: learning rate"
    window.store.undo()
    menu.aboutToShow.emit()
    assert window.actions_["undo"].text() == "&Undo"
    assert window.actions_["redo"].text() == "&Redo: learning rate"
    click(qtbot, window, "data_xor")
    assert window.store.config == PRESETS["xor-gate"].config
    assert title(window) == "XOR gate"
    assert checked_presets(window) == ["preset_xor-gate"]
    assert part(window, "data_xor", QAbstractButton).isChecked()  # type: ignore[attr-defined]
    menu.aboutToShow.emit()
    assert window.actions_["undo"].text() == "&Undo: opening an experiment"
    click(qtbot, window, "data_gauss")
    assert title(window) == "Gauss"
    window.store.apply(edits.change(window.store.config, "training.learning_rate", 0.5))
    assert title(window) == "Gauss •"
    data = Trainer(window.store.config).data
    window.store.apply(own_points.add_point(window.store.config, data, (0.5, 0.5), 1))
    assert title(window) == "Gauss •"


def test_a_tile_and_undo_give_the_network_of_before_back_and_ctrl_click_keeps_that_of_now(
    kept_window: OpenWindow, qtbot: QtBot
) -> None:
    window = kept_window("spiral")
    control = Qt.KeyboardModifier.ControlModifier
    wide = edits.set_hidden(window.store.config, (5, 3))
    window.store.apply(wide)
    click(qtbot, window, "data_digits")
    assert (title(window), window.store.config) == ("Small digits", PRESETS["digits"].config)
    QTest.keyClick(window, Qt.Key.Key_Z, control)
    assert (title(window), window.store.config) == ("Spiral •", wide)
    QTest.keyClick(window, Qt.Key.Key_Y, control)
    assert title(window) == "Small digits"
    click(qtbot, window, "data_spiral")
    assert (title(window), window.store.config) == ("Spiral •", wide)
    click(qtbot, window, "data_moons", control)
    assert window.store.config.network.hidden == (5, 3)
    assert title(window) == "Moons •"


@pytest.mark.parametrize("name", ["flats", "sine"])
def test_a_table_is_marked_as_changed_as_soon_as_it_is_and_not_before(
    kept_window: OpenWindow, qtbot: QtBot, tmp_path: Path, name: str
) -> None:
    path = tmp_path / f"{name}.csv"
    path.write_text("x,y\n" + "".join(f"{k},{k % 7}\n" for k in range(40)), encoding="utf-8")
    window, own = kept_window("and-gate"), "sine.csv" if name == "sine" else "flats"
    opened = tables.opened(path)
    for edit in (
        edits.add_layer,
        lambda config: edits.change(config, "data.train_share", 0.5),
        lambda config: edits.change(config, "seed", 7),
        lambda config: own_points.add_point(config, Trainer(config).data, (0.5,), 1),
    ):
        window.files.take(opened)
        assert title(window) == own
        window.store.apply(edit(opened))
        assert title(window) == f"{own} •"
    window.store.apply(opened)
    window.files.save_file(tmp_path / "spiral.json")
    assert title(window) == "spiral"
    window.store.apply(edits.add_layer(window.store.config))
    assert title(window) == "spiral •"


def test_a_table_of_the_last_time_is_marked_as_changed_when_it_has_been_read(
    kept_window: OpenWindow, tmp_path: Path
) -> None:
    path = tmp_path / "flats.csv"
    path.write_text("x,y\n" + "".join(f"{k},{k % 7}\n" for k in range(40)), encoding="utf-8")
    changed = edits.add_layer(ExperimentConfig(name="flats", data=DataChoice("csv", path=str(path))))
    assert title(kept_window(changed)) == "flats •"


def test_each_tile_says_what_a_click_on_it_opens(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("and-gate")
    assert f"Opens “Spiral”: {network_words(PRESETS['spiral'].config)}." in part(window, "data_spiral").toolTip()
    assert "Opens" not in part(window, "data_and").toolTip()
    window.store.apply(edits.set_hidden(window.store.config, (3,)))
    click(qtbot, window, "data_spiral")
    assert "Goes back to “AND gate •”: hidden 3 Sigmoid" in part(window, "data_and").toolTip()


def test_space_plays_after_a_click_on_anything(kept_window: OpenWindow, qtbot: QtBot) -> None:
    window = kept_window(edits.change(PRESETS["circle"].config, "training.stop", StopConfig()))
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


def test_space_presses_what_the_tab_key_has_led_to_and_does_not_play_in_an_open_list(
    kept_window: OpenWindow, qtbot: QtBot
) -> None:
    window = kept_window("and-gate")
    combo = part(window, "activation", QComboBox)
    qtbot.mouseClick(combo, LEFT)
    popup = QApplication.activePopupWidget()
    assert isinstance(popup, QWidget)
    QTest.keyClick(popup, Qt.Key.Key_Space)
    assert not window.session.is_running
    combo.hidePopup()
    click(qtbot, window, "data_and")
    tile = part(window, "data_xor")
    tile.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(tile.hasFocus)
    QTest.keyClick(tile, Qt.Key.Key_Space)
    assert window.store.config.data.name == "xor"
    assert not window.session.is_running


def test_the_name_shown_of_each_ready_made_experiment_has_no_dot() -> None:
    assert [name for name, preset in PRESETS.items() if "•" in shown_name(preset.config)] == []


@pytest.mark.parametrize(
    ("start", "name"),
    [
        (InitialChoice("constant", value=-2.5), "Constant −2.5"),
        (InitialChoice("uniform"), "Uniform −1 … 1"),
        ((InitialChoice("constant"), InitialChoice("zeros")), "Constant 1 · Zeros"),
        ((InitialChoice("xavier"), InitialChoice("xavier", bias="same")), "Xavier"),
    ],
)
def test_starts_have_names(start: object, name: str) -> None:
    assert start_name(start) == name  # type: ignore[arg-type]
