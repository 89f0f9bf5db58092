"""What the window does for a lesson."""

import copy
import re
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from playground.experiment.config import edits
from playground.experiment.config import schema as configs
from playground.experiment.config.presets import PRESETS
from playground.experiment.config.schema import InitialChoice
from playground.experiment.lessons import files, progress
from playground.experiment.lessons.comparing import Compared
from playground.ui.core import theme
from playground.ui.shell.lesson_guide import GAP, Spotlight
from playground.ui.shell.main_window import MainWindow
from playground.ui.widgets.icons import Button
from playground.ui.widgets.segmented import SegmentedControl
from tests.experiment.lessons.conftest import STRUCTURE, write
from tests.ui.conftest import USUAL, OpenWindow, click, part, settle, text


def shown(window: MainWindow) -> set[str]:
    """Return the names of the panels that are open, in front or behind."""
    return {name for name, dock in window.area.docks.items() if not dock.isHidden()}


def test_a_lesson_shows_its_panels_holds_play_and_gives_all_back(
    kept_window: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window = kept_window("and-gate")
    before = shown(window)
    window.files.open_file(write(tmp_path / "mine", STRUCTURE) / files.FILE)
    assert shown(window) == {"boundary_panel", "loss_panel", "lesson_panel"}
    assert not window.transport.play_button.isEnabled()
    assert not window.actions_["play"].isEnabled()
    qtbot.waitUntil(lambda: window.refresh_loop.is_idle)
    QTest.keyClick(window, Qt.Key.Key_Space)
    assert not window.session.is_running
    panel = window.lessons.panel
    panel.lock("up")
    assert window.transport.play_button.isEnabled()
    assert [it for it in window.findChildren(Spotlight) if it.isVisible()]
    assert window.isActiveWindow()
    QTest.keyClick(window, Qt.Key.Key_PageDown)
    assert panel.at.index == 1
    QTest.keyClick(window, Qt.Key.Key_PageUp)
    assert panel.at.index == 0
    window.actions_["lessons"].trigger()  # then the list has the column of the results, until it is closed
    listed = before - {"loss_panel", "accuracy_panel", "notes_panel"} | {"lesson_panel"}
    assert shown(window) == listed
    assert "Ctrl+Z" in text(window, "status_message")
    QTest.mouseClick(part(window, "lesson_close"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: before == shown(window))
    while window.store.config != window.store.own:
        QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert window.store.config == PRESETS["and-gate"].config
    assert window.transport.play_button.isEnabled()
    assert not window.actions_["lesson_next"].isEnabled()
    assert progress.decode(window.preferences.lessons).of("mine").at == "guess"


def test_a_lesson_is_opened_like_an_experiment_and_an_experiment_may_be_called_so(
    kept_window: OpenWindow, tmp_path: Path
) -> None:
    window = kept_window("xor-gate")
    window.files.save_file(tmp_path / files.FILE)
    window.store.apply(PRESETS["and-gate"].config)
    window.files.open_file(tmp_path / files.FILE)
    assert window.store.config.data.name == "xor"
    window.files.open_file(write(tmp_path, STRUCTURE) / files.FILE)
    assert window.lessons.panel.at is not None


def test_the_next_step_taken_while_things_are_tried_out_leaves_the_layout_of_before(
    kept_window: OpenWindow, qtbot: QtBot
) -> None:
    window = kept_window("and-gate")
    before = shown(window)
    own = window.store.config
    window.lessons.panel.open(files.load(files.find("one-neuron")), "average")
    click(qtbot, window, "lesson_away")
    assert before <= shown(window)
    QTest.keyClick(window, Qt.Key.Key_PageDown)
    assert "accuracy_panel" not in shown(window)
    assert window.store.last_with("and") == own  # what the step sets up is lent again
    window.actions_["lessons"].trigger()
    QTest.mouseClick(part(window, "lesson_close"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: before == shown(window))


@pytest.mark.parametrize("ends", ["in the lesson", "beside the list", "with a change"])
def test_the_experiment_of_before_a_lesson_or_what_is_changed_after_it_is_kept_for_the_next_start(
    open_window: OpenWindow, ends: str
) -> None:
    window = open_window("and-gate")
    kept = edits.change(window.store.config, "training.learning_rate", 0.25)
    window.store.apply(kept)
    window.lessons.panel.open(files.load(files.find("one-neuron")), "average")
    assert window.store.config != kept
    if ends == "beside the list":
        window.findChild(QAction, "action_language_zh_CN").trigger()
    if ends != "in the lesson":
        window.actions_["lessons"].trigger()
    if ends == "with a change":
        kept = edits.change(window.store.config, "seed", 4711)
        window.store.apply(kept)
    window.close()
    assert configs.decode(window.preferences.last_experiment) == kept


def test_progress_is_carried_in_a_file(kept_window: OpenWindow, qtbot: QtBot, tmp_path: Path) -> None:
    window = kept_window("and-gate")
    guide = window.lessons
    guide.open_folder(write(tmp_path / "mine", STRUCTURE))
    guide.panel.lock("up")
    file = tmp_path / "progress.json"
    guide.save_progress(file)
    guide.panel.set_progress(progress.Progress())
    guide.load_progress(file)
    assert guide.panel.progress.of("mine").at == "guess"
    (tmp_path / "sheet.pdf").write_bytes(b"%PDF")
    guide.load_progress(tmp_path / "sheet.pdf")
    qtbot.waitUntil(lambda: window.findChild(QMessageBox, "complaint") is not None)
    assert guide.panel.progress.of("mine").at == "guess"


def test_the_answers_are_played_for_in_the_background_and_that_is_shown(
    kept_window: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window = kept_window("and-gate")
    window.lessons.panel.open(files.load(files.find("one-neuron")))
    window.lessons.save_worksheet(tmp_path / "sheet.pdf", answers=True)
    assert not (tmp_path / "sheet.pdf").exists()
    progress = re.compile(r"Playing the lesson for its answers: step \d of 9 …")
    qtbot.waitUntil(lambda: progress.fullmatch(text(window, "status_message")) is not None)
    qtbot.waitUntil(lambda: text(window, "status_message") == "Saved the worksheet to sheet.pdf.", timeout=60_000)
    assert (tmp_path / "sheet.pdf").stat().st_size > 1000


def test_answers_that_cannot_be_played_for_are_said(kept_window: OpenWindow, qtbot: QtBot, tmp_path: Path) -> None:
    window = kept_window("and-gate")
    structure = copy.deepcopy(STRUCTURE)
    structure["steps"][2]["set_up"] = {"experiment": "mnist-zeros"}
    window.lessons.open_folder(write(tmp_path / "mine", structure))
    window.lessons.save_worksheet(tmp_path / "sheet.pdf", answers=True)
    qtbot.waitUntil(lambda: window.findChild(QMessageBox, "complaint") is not None, timeout=60_000)
    assert "playground fetch mnist" in window.findChild(QMessageBox, "complaint").informativeText()
    assert not (tmp_path / "sheet.pdf").exists()


def test_a_change_of_language_goes_on_with_the_same_step_and_with_answers_that_are_being_played_for(
    kept_window: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window = kept_window("and-gate")
    window.lessons.open_folder(write(tmp_path / "mine", STRUCTURE))
    window.lessons.save_worksheet(tmp_path / "sheet.pdf", answers=True)
    window.lessons.panel.open(files.load(files.find("one-neuron")), "broadcast")
    window.lessons.panel.lock(4.0)
    window._set_language("zh_CN")
    panel = window.lessons.panel
    assert (panel.attempt.step.id, panel.phase) == ("broadcast", "run")
    assert "四" in panel.page.findChild(type(panel.page._text), "lesson_text").toPlainText()
    qtbot.waitUntil((tmp_path / "sheet.pdf").exists, timeout=60_000)
    qtbot.waitUntil(lambda: window.refresh_loop.is_idle)
    window.lessons.shut_down()  # what has ended


def test_closing_the_window_in_a_lesson_or_beside_their_list_keeps_the_layout_of_before(
    open_window: OpenWindow, tmp_path: Path
) -> None:
    window = open_window("and-gate")
    window.area.fold(["training_panel"])
    before = shown(window)
    folder = write(tmp_path / "mine", STRUCTURE)
    for presents in (True, False):
        if presents:
            window.lessons.open_folder(folder)
        else:
            window.actions_["lessons"].trigger()
        assert before - shown(window)
        window.actions_["presenter"].setChecked(presents)
        window.close()
        window = open_window(None)
        assert shown(window) == before
        assert window.area.folded() == ["training_panel"]


def test_presenter_mode_and_a_lesson_leave_the_layout_as_it_was(
    kept_window: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window = kept_window("and-gate")
    before = shown(window)
    folder = write(tmp_path / "mine", STRUCTURE)
    for first in ("lesson", "presenter"):
        if first == "lesson":
            window.lessons.open_folder(folder)
            window.actions_["presenter"].trigger()
            assert shown(window) == {"boundary_panel", "loss_panel", "lesson_panel"}
        else:
            window.actions_["presenter"].trigger()
            window.lessons.open_folder(folder)
        window.lessons.panel.close_lesson()
        window.area.docks["lesson_panel"].close()
        qtbot.waitUntil(lambda: not window.area.docks["loss_panel"].isHidden())
        window.actions_["presenter"].trigger()
        assert before <= shown(window), first


def test_the_ring_follows_its_control(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(300, 200)
    button = QPushButton(window)
    button.setGeometry(20, 30, 80, 24)
    window.show()
    ring = Spotlight(button)
    assert ring.geometry() == button.geometry().adjusted(-GAP, -GAP, GAP, GAP)
    button.move(100, 90)
    assert ring.geometry().center() == button.geometry().center()
    button.hide()
    assert not ring.isVisible()
    button.show()
    assert ring.isVisible()


def test_the_ring_is_whole_and_goes_with_its_control(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(300, 200)
    row = QWidget(window)
    row.setGeometry(20, 30, 80, 24)
    button = QPushButton(row)
    button.setGeometry(0, 0, 80, 24)  # as large as its row
    window.show()
    ring = Spotlight(button)
    assert ring.parentWidget() is window
    assert ring.geometry() == row.geometry().adjusted(-GAP, -GAP, GAP, GAP)
    row.move(100, 90)
    assert ring.geometry().center() == row.geometry().center()
    row.hide()
    assert not ring.isVisible()
    row.show()
    shiboken6.delete(button)
    row.move(50, 60)  # before the ring is gone
    qtbot.waitUntil(lambda: window.findChild(Spotlight) is None)


def test_a_marked_control_may_go_while_a_lesson_is_open(kept_window: OpenWindow) -> None:
    window = kept_window("and-gate")
    window.lessons.panel.open(files.load(files.find("how-weights-start")), "six-race")
    window.lessons.panel.lock(None)
    window.lessons.panel.page.variants.compared.emit(Compared({"small": 2.3, "right": 0.2, "large": 1.4}, {}))
    marked = {it._target.objectName() for it in window.findChildren(Spotlight)}
    assert "initial_std" in marked
    window.store.apply(edits.change(window.store.config, "network.initial", InitialChoice("xavier")))
    assert window.findChild(QWidget, "initial_std") is None
    window.lessons.panel.go_back()
    assert window.lessons.panel.phase == "ask"
    window.lessons.panel.lock(None)
    assert {it._target.objectName() for it in window.findChildren(Spotlight) if it.isVisible()} <= {"play_button"}


def test_the_control_that_is_to_be_found_is_not_marked_before_the_solution(
    kept_window: OpenWindow, qtbot: QtBot
) -> None:
    window = kept_window("and-gate")
    panel = window.lessons.panel
    panel.open(files.load(files.find("seventeen-hours")), "check")
    panel.lock("check")
    qtbot.waitUntil(lambda: panel.phase == "act")
    assert not [it for it in window.findChildren(Spotlight) if it.isVisible()]
    panel.show_solution()
    assert {it._target.objectName() for it in window.findChildren(Spotlight)} == {"update"}


def test_while_things_are_tried_out_the_card_is_low_and_the_first_steps_are_away(
    kept_window: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window = kept_window("and-gate", height=900)
    window.first_steps.open()
    window.lessons.open_folder(write(tmp_path / "mine", STRUCTURE))
    assert window.first_steps.isHidden()
    card, loss = window.area.docks["lesson_panel"], window.area.docks["loss_panel"]
    window.lessons.panel.toggle_away()
    qtbot.waitUntil(lambda: card.height() < 160 < loss.height())


def test_a_step_beside_settings_has_room_for_its_buttons_in_presenter_mode_on_a_small_screen(
    kept_window: OpenWindow, qtbot: QtBot, qapp: QApplication
) -> None:
    window = kept_window("and-gate")
    theme.set_scale(theme.presenter_scale(*USUAL))
    settle(qapp)
    window.lessons.panel.open(files.load(files.find("how-weights-start")), "six-race")
    settle(qapp)
    panel, card = window.lessons.panel, window.area.docks["lesson_panel"]
    assert not window.area.docks["setup"].isHidden()
    for button in part(panel, "guess_sure", SegmentedControl).buttons.values():
        assert button.width() >= button.sizeHint().width(), button.text()
    widths = [card.width()]
    panel.lock(None)
    settle(qapp)
    widths.append(card.width())
    panel.page.variants.compared.emit(Compared({"small": 2.3, "right": 0.2, "large": 1.4}, {}))
    qtbot.waitUntil(lambda: panel.phase == "act" and window.refresh_loop.is_idle)
    settle(qapp)
    assert [*widths, card.width()] == widths[:1] * 3
    found = panel.view.findChildren(Button)
    buttons = [it for it in found if it.isVisible() and it.objectName().startswith("lesson")]
    assert {"lesson_back", "lesson_hint", "lesson_next"} <= {it.objectName() for it in buttons}
    assert [
        it.objectName() for it in buttons if not card.rect().contains(it.rect().translated(it.mapTo(card, QPoint())))
    ] == []
