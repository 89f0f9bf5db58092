"""The cards of findings in the real window."""

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from playground.experiment.config import edits
from playground.experiment.config.presets import PRESETS
from playground.experiment.probes.snapshot import Snapshot
from playground.ui.notes import panel
from playground.ui.notes.panel import MOST_CARDS, FindingCard, NotesPanel, WhyPopup
from playground.ui.shell.main_window import SMALLEST, MainWindow
from tests.ui.conftest import OpenWindow, endless, part, settle, text

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture(autouse=True)
def many_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look at a run that plays more often than for people: cards come after two looks, and go after four."""
    monkeypatch.setattr(panel, "EXAMINE_EVERY_S", 0.05)


def shown_cards(window: MainWindow) -> list[str]:
    return [card.objectName() for card in window.findChildren(FindingCard) if card.isVisible()]


def after_steps(window: MainWindow, qtbot: QtBot, steps: int) -> None:
    """Make steps, and wait until everything shows them."""
    reached = window.session.step_count + steps
    window.session.step(steps)
    qtbot.waitUntil(lambda: window.session.step_count >= reached)
    qtbot.waitUntil(lambda: window.refresh_loop.is_idle)


def test_no_card_gives_the_answer_before_something_has_happened(kept_window: OpenWindow, qtbot: QtBot) -> None:
    window = kept_window("xor-gate-zeros")
    assert shown_cards(window) == []
    assert "Will the network learn XOR?" in text(window, "about_notice_text")
    after_steps(window, qtbot, 5)
    assert shown_cards(window) == []
    after_steps(window, qtbot, 2_000)
    qtbot.waitUntil(lambda: shown_cards(window) == ["identical_units_notice"])
    said = text(window, "identical_units_notice_text")
    assert "Article A says that zero weights learn nothing. For XOR that is true: the loss stays at" in said
    assert f"the loss stays at {text(window, 'train_loss_value')}." in said


def test_breaking_the_symmetry_of_a_run_that_plays_lets_it_play(kept_window: OpenWindow, qtbot: QtBot) -> None:
    window = kept_window(endless(PRESETS["xor-gate-zeros"].config))
    window.session.set_speed(None)
    window.session.play()
    qtbot.waitUntil(lambda: "identical_units_notice" in shown_cards(window))
    QTest.mouseClick(part(window, "identical_units_break"), LEFT)
    reached = window.session.step_count
    qtbot.waitUntil(lambda: window.session.step_count > reached + 500)
    assert window.session.is_running
    window.session.pause()
    qtbot.waitUntil(lambda: window.refresh_loop.is_idle)
    assert "identical_units_notice" not in shown_cards(window)


def test_copies_that_do_no_harm_are_told_in_blue_and_not_as_a_warning(kept_window: OpenWindow, qtbot: QtBot) -> None:
    window = kept_window("and-gate-zeros")
    after_steps(window, qtbot, 100)
    card = part(window, "identical_units_notice")
    qtbot.waitUntil(card.isVisible)
    assert card.property("role") == "notice"
    after_steps(window, qtbot, 9_900)
    qtbot.waitUntil(lambda: card.property("role") == "info")
    said = text(window, "identical_units_notice_text")
    assert "It does no harm here: AND needs only one." in said
    assert "Article C calls the result of this start not reasonable. Yet every sample is right" in said
    assert not part(window, "identical_units_break").isVisible()


def test_an_overfitted_run_takes_the_weights_of_its_best_step_and_says_so(
    kept_window: OpenWindow, qtbot: QtBot
) -> None:
    config = edits.change(edits.change(endless(PRESETS["moons"].config), "data.samples", 60), "data.noise", 0.35)
    window = kept_window(edits.change(edits.set_hidden(config, (32, 32)), "seed", 1))
    after_steps(window, qtbot, 2_000)
    qtbot.waitUntil(lambda: shown_cards(window) == ["overfitting_notice"])
    before = text(window, "test_loss_value")
    said = text(window, "overfitting_notice_text")
    assert f" to {before}." in said
    back = part(window, "overfitting_best")
    assert isinstance(back, QPushButton)
    offer = back.text()
    assert offer.startswith("Weights of step ")
    window.session.play()
    QTest.mouseClick(back, LEFT)
    assert not window.session.is_running
    qtbot.waitUntil(lambda: window.refresh_loop.is_idle)
    qtbot.waitUntil(lambda: f"rose from {text(window, 'test_loss_value')} at step " in said)
    qtbot.waitUntil(lambda: shown_cards(window) == [])
    qtbot.waitUntil(lambda: text(window, "run_state_note") == offer.lower())
    window.actions_.menus["edit"].aboutToShow.emit()
    assert window.actions_["undo"].text() == f"&Undo: {offer}"
    QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: float(text(window, "test_loss_value")) >= 0.9 * float(before))
    qtbot.waitUntil(lambda: text(window, "run_state_note") == "press Play to go on")


def test_a_rate_of_zero_is_set_with_one_click(kept_window: OpenWindow, qtbot: QtBot) -> None:
    window = kept_window(edits.change(PRESETS["xor-gate"].config, "training.learning_rate", 0.0))
    after_steps(window, qtbot, 100)
    qtbot.waitUntil(lambda: shown_cards(window) == ["rate_zero_notice"])
    QTest.mouseClick(part(window, "rate_zero_rate"), LEFT)
    assert window.store.config.training.learning_rate == 0.1
    after_steps(window, qtbot, 100)
    qtbot.waitUntil(lambda: shown_cards(window) == [])


def test_a_far_too_large_rate_is_explained_on_cards_that_fit(
    kept_window: OpenWindow, qtbot: QtBot, qapp: QApplication
) -> None:
    config = edits.change(PRESETS["xor-gate"].config, "training.learning_rate", 100.0)
    window = kept_window(config)
    widths = [dock.width() for dock in window.area.docks.values()]
    window.session.play()
    qtbot.waitUntil(lambda: not window.session.is_running)  # at its end or, on a slow machine, paused as hopeless
    qtbot.waitUntil(lambda: "rate_too_large_notice" in shown_cards(window))
    assert 1 <= len(shown_cards(window)) <= MOST_CARDS
    notes = window.area.panels["notes_panel"]
    assert isinstance(notes, NotesPanel)
    qtbot.waitUntil(lambda: window.area.docks["notes_panel"].height() >= notes.minimumHeight())
    assert [dock.width() for dock in window.area.docks.values()] == widths

    def all_fit() -> bool:
        cards = [part(window, name) for name in shown_cards(window)]
        ends = [card.mapTo(window.area, card.rect().bottomRight()) for card in cards]
        return all(window.area.rect().contains(end) for end in ends)

    assert all_fit()
    size = window.size()
    window.resize(*SMALLEST)
    settle(qapp)  # what a first layout shows for a moment does not count
    assert len(shown_cards(window)) == 1
    assert all_fit()
    window.resize(size)
    QTest.mouseClick(part(window, "rate_too_large_restart"), LEFT)
    assert window.store.config.training.learning_rate == 0.1
    qtbot.waitUntil(lambda: shown_cards(window) == [])


def test_a_hopeless_rate_ends_in_an_explained_pause_once_a_run(kept_window: OpenWindow, qtbot: QtBot) -> None:
    config = endless(edits.change(PRESETS["and-gate"].config, "training.learning_rate", 100.0))
    window = kept_window(config)
    notes = window.area.panels["notes_panel"]
    assert isinstance(notes, NotesPanel)
    window.session.play()
    qtbot.waitUntil(lambda: not window.session.is_running)
    qtbot.waitUntil(lambda: window.refresh_loop.is_idle)
    assert window.session.step_count >= 200
    card = part(window, "rate_too_large_notice")
    assert shown_cards(window) == ["rate_too_large_notice"]
    words = part(window, "rate_too_large_notice_text", QLabel)
    assert "at a rate of 100." in words.text()
    qtbot.waitUntil(lambda: "The loss is 0.12500; always giving the same answer" in words.text())
    assert "Paused. Press Play to go on anyway." in words.text()
    qtbot.waitUntil(lambda: words.height() >= words.heightForWidth(words.width()))
    assert card.visibleRegion().boundingRect() == card.rect()
    reached = window.session.step_count
    window.session.play()
    qtbot.waitUntil(lambda: window.session.step_count > reached + 20_000)
    qtbot.waitUntil(lambda: "Paused" not in words.text())
    for _look in range(4):  # twice as many as it took to be paused the first time
        with qtbot.waitSignal(notes.said):
            pass
    assert window.session.is_running
    QTest.mouseClick(part(window, "rate_too_large_restart"), LEFT)
    assert window.store.config.training.learning_rate == 0.1
    qtbot.waitUntil(lambda: window.session.is_running and window.session.step_count > 0)
    qtbot.waitUntil(lambda: shown_cards(window) == [])
    window.session.pause()
    window.store.undo()  # the reset
    window.store.undo()
    assert window.store.config == config
    qtbot.waitUntil(lambda: window.session.step_count > reached)


@pytest.mark.parametrize("how", ["closed", "behind"])
def test_a_hopeless_rate_is_paused_and_explained_where_nobody_sees_the_notes(
    kept_window: OpenWindow, qtbot: QtBot, how: str
) -> None:
    window = kept_window(endless(edits.change(PRESETS["and-gate"].config, "training.learning_rate", 100.0)))
    docks = window.area.docks
    notes = docks["notes_panel"]
    if how == "closed":
        notes.close()
    else:
        window.area.tabifyDockWidget(notes, docks["loss_panel"])
        docks["loss_panel"].raise_()
    qtbot.waitUntil(lambda: shown_cards(window) == [] or how == "behind")
    window.session.play()
    qtbot.waitUntil(lambda: not window.session.is_running)
    qtbot.waitUntil(lambda: window.refresh_loop.is_idle and notes.isVisible())
    words = part(window, "rate_too_large_notice_text", QLabel)
    qtbot.waitUntil(lambda: "Paused. Press Play to go on anyway." in words.text())
    qtbot.waitUntil(lambda: not words.visibleRegion().isEmpty())


def test_a_healthy_run_leaves_the_notes_closed(kept_window: OpenWindow, qtbot: QtBot) -> None:
    window = kept_window(endless(PRESETS["and-gate"].config))
    notes = window.area.panels["notes_panel"]
    assert isinstance(notes, NotesPanel)
    window.area.docks["notes_panel"].close()
    window.session.play()
    for _look in range(4):  # twice as many as it takes to find something
        with qtbot.waitSignal(notes.said):
            pass
    assert window.session.is_running
    assert not window.area.docks["notes_panel"].isVisible()


def test_an_epoch_is_as_long_to_the_rules_as_the_batches_of_now_make_it(
    kept_window: OpenWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = kept_window(endless(PRESETS["spiral"].config))
    assert window.session.info is not None
    assert window.session.info.steps_per_epoch > 1
    notes = window.area.panels["notes_panel"]
    seen: list[Snapshot] = []
    monkeypatch.setattr(notes, "show_snapshot", seen.append)
    window.store.apply(edits.change(window.store.config, "training.batch_size", None))
    window.session.step(1)
    qtbot.waitUntil(lambda: bool(seen) and seen[-1].steps_per_epoch == 1)


def test_a_card_says_why_and_breaks_the_symmetry_of_an_ended_run_with_one_click_that_undo_takes_back(
    kept_window: OpenWindow, qtbot: QtBot
) -> None:
    config = edits.change(PRESETS["xor-gate-zeros"].config, "training.stop.steps", 100)
    window = kept_window(config)
    seen: list[NDArray[np.floating]] = []

    def look(flat: NDArray[np.floating]) -> NDArray[np.floating]:
        seen.append(flat.copy())
        return flat

    after_steps(window, qtbot, 100)
    qtbot.waitUntil(lambda: "identical_units_notice" in shown_cards(window))
    QTest.mouseClick(part(window, "identical_units_why"), LEFT)
    popup = part(window, "identical_units_why_popup")
    assert isinstance(popup, WhyPopup)
    assert popup.isVisible()
    words = [label.text() for label in popup.findChildren(QLabel)]
    assert "4 hidden units that act as 1." in words
    assert {"Units in the layer", "4", "Units that differ", "1"} <= set(words)
    QTest.keyClick(popup, Qt.Key.Key_Escape)
    assert not popup.isVisible()
    window.session.update_parameters(look)
    QTest.mouseClick(part(window, "identical_units_break"), LEFT)
    assert "identical_units_notice" not in shown_cards(window)
    qtbot.waitUntil(lambda: window.refresh_loop.is_idle)
    assert not window.session.is_running
    assert (window.session.step_count, window.store.config) == (100, config)
    window.store.undo()
    qtbot.waitUntil(lambda: "identical_units_notice" in shown_cards(window))
    assert window.store.config == config
    assert not window.store.can_undo
    window.session.update_parameters(look)
    for move in (window.store.redo, window.store.undo):
        move()
        window.session.update_parameters(look)
    qtbot.waitUntil(lambda: len(seen) == 4)
    symmetric, undone, broken, again = seen
    assert np.array_equal(undone, symmetric)
    assert not np.array_equal(broken, symmetric)
    assert np.array_equal(again, symmetric)


@pytest.mark.parametrize("height", [640, 1000])
def test_a_card_that_comes_or_goes_moves_nothing_and_stays_closed_for_this_run(
    kept_window: OpenWindow, qtbot: QtBot, height: int
) -> None:
    window = kept_window("xor-gate-zeros", height=height)

    def places() -> list[object]:
        return [(name, dock.geometry()) for name, dock in window.area.docks.items() if dock.isVisible()]

    before = places()
    after_steps(window, qtbot, 100)
    qtbot.waitUntil(lambda: "identical_units_notice" in shown_cards(window))
    assert places() == before
    QTest.mouseClick(part(window, "identical_units_notice_dismiss"), LEFT)
    assert shown_cards(window) == []
    after_steps(window, qtbot, 100)
    assert shown_cards(window) == []
    assert places() == before
    window.session.reset()
    after_steps(window, qtbot, 100)
    qtbot.waitUntil(lambda: "identical_units_notice" in shown_cards(window))
    window.store.apply(PRESETS["moons"].config)
    qtbot.waitUntil(lambda: window.session.info is not None and window.session.info.config.name == "moons")
    qtbot.waitUntil(lambda: window.refresh_loop.is_idle)
    results = ("loss_panel", "accuracy_panel", "notes_panel")
    assert [it for it in places() if it[0] in results] == [it for it in before if it[0] in results]
