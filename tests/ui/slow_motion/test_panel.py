"""Slow motion on a real session, with real clicks and keys."""

from typing import Any

import numpy as np
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QTabBar, QWidget
from pytestqt.qtbot import QtBot

from playground.experiment.config import schema as configs
from playground.experiment.config.schema import ExperimentConfig
from playground.experiment.probes.probe import Parameters
from playground.runtime.selection import Sample
from playground.ui.slow_motion.panel import GAP
from tests.ui.conftest import OpenWindow, part
from tests.ui.slow_motion.conftest import Slow


def experiment(data: Any, hidden: list[int], **training: Any) -> ExperimentConfig:
    network = {"hidden": hidden, "activation": "tanh"}
    return configs.from_builtins({"data": data, "network": network, "training": training})


def test_the_published_numbers_of_the_worked_example_are_on_the_screen_and_keys_go_through_them(slow: Slow) -> None:
    scene = slow("worked-example")
    assert scene.formula == "inputs: x1 = 0.05, x2 = 0.1\ntargets: y1 = 0.01, y2 = 0.99"
    seen = []
    while scene.find(QPushButton, "slow_next").isEnabled():
        scene.click("slow_next")
        seen.append(scene.formula)
    assert seen[0] == "σ(0.15·0.05 + 0.2·0.1 + 0.35) = σ(0.3775) = 0.593269992"
    text = "\n".join(seen)
    for figure in ("0.596884378", "0.75136507", "0.772928465", "0.298371109", "0.138498562", "0.0821670406"):
        assert f"= {figure}" in text
    for figure in ("0.35891648", "0.408666186", "0.51130127", "0.561370121", "0.149780716", "0.19956143"):
        assert f"= {figure}" in text
    assert len(seen) == 17
    assert scene.find(QLabel, "slow_position").text() == "17 of 17"
    scene.panel.view.setFocus()
    for key, position in ((Qt.Key.Key_Home, 0), (Qt.Key.Key_Right, 1), (Qt.Key.Key_Right, 2), (Qt.Key.Key_Left, 1)):
        QTest.keyClick(scene.panel.view, key)
        assert scene.panel.position == position
    QTest.keyClick(scene.panel.view, Qt.Key.Key_End)
    assert scene.panel.position == 17
    QTest.keyClick(scene.panel.view, Qt.Key.Key_Home)
    assert not scene.find(QPushButton, "slow_back").isEnabled()


def test_the_shown_step_can_be_made_and_is_the_one_that_training_makes(slow: Slow, qtbot: QtBot) -> None:
    scene = slow("and-gate")
    assert not scene.find(QPushButton, "slow_make").isEnabled(), "a step on one row is not the next one"
    assert "Choose “Next step”" in scene.find(QPushButton, "slow_make").toolTip()
    scene.click("slow_scope_step")
    scene.settle()
    shown = scene.panel.trace
    assert shown.is_next
    assert len(shown.rows) == 4
    scene.click("slow_end")
    scene.session.request((Parameters(),))
    found = []
    qtbot.waitUntil(lambda: bool(found.append(scene.session.poll_snapshot()) or found[-1]))
    assert np.array_equal(found[-1].answer(Parameters()), scene.session.info.start)  # looking changes nothing
    scene.click("slow_make")
    scene.settle()
    assert scene.session.step_count == 1
    assert np.array_equal(scene.panel.trace.start, shown.end)
    assert scene.panel.position == 0


def test_another_row_is_another_step_and_in_a_batch_other_numbers_of_the_same(slow: Slow) -> None:
    scene = slow("and-gate")
    scene.session.selection.set_sample(Sample("train", 2))  # that all views look at
    scene.settle()
    assert scene.panel.trace.rows.tolist() == [2]
    scene.type("slow_row", "4")
    assert scene.session.selection.sample == Sample("train", 3)
    scene.settle()
    assert scene.panel.trace.rows.tolist() == [3]
    assert scene.formula.startswith("inputs: x1 = 1, x2 = 1")
    scene.click("slow_scope_step")
    scene.settle()
    trace = scene.panel.trace
    scene.press("slow_next", 2)
    scene.type("slow_row", "2")
    scene.settle()
    assert scene.panel.trace is trace
    assert scene.panel.position == 2
    assert "·1 " in scene.formula


def test_a_shared_bias_and_an_early_update_can_be_seen(slow: Slow) -> None:
    scene = slow("and-gate")
    seen = []
    while scene.find(QPushButton, "slow_next").isEnabled():
        scene.click("slow_next")
        seen.append(scene.sentence)
    assert sum("share one bias" in text for text in seen) == 2
    updates = [k for k, text in enumerate(seen) if "Update: weights into y" in text]
    deltas = [k for k, text in enumerate(seen) if "delta of h1" in text]
    assert updates[0] < deltas[0]
    assert "the new ones count" in seen[deltas[0]]


def test_while_training_runs_it_offers_to_pause_and_asks_nothing(slow: Slow, qtbot: QtBot) -> None:
    scene = slow(experiment("spiral", [4]))
    scene.session.play()
    qtbot.waitUntil(lambda: scene.session.step_count > 10)
    assert scene.panel.requested_probes() == ()
    assert "Training is running" in scene.panel.view.message
    assert not scene.find(QPushButton, "slow_next").isVisible()
    scene.click("slow_pause")
    assert not scene.session.is_running
    scene.settle()
    qtbot.waitUntil(lambda: scene.panel.trace is not None)
    assert scene.panel.trace.step == scene.session.step_count
    assert scene.panel.view.message == ""
    assert not scene.find(QPushButton, "slow_pause").isVisible()
    assert scene.panel.view.hasFocus()
    QTest.keyClick(scene.panel.view, Qt.Key.Key_Right)
    assert scene.panel.position == 1


def test_a_step_on_very_many_rows_is_refused_with_a_reason(slow: Slow) -> None:
    scene = slow(experiment({"name": "gauss", "samples": 5_000, "train_share": 1.0}, [2]))
    scene.click("slow_scope_step")
    assert "5,000 samples at once" in scene.panel.view.message
    scene.click("slow_scope_row")
    assert scene.panel.view.message == ""


def test_its_key_and_a_click_on_its_tab_give_it_the_arrow_keys(kept_window: OpenWindow, qtbot: QtBot) -> None:
    window = kept_window("and-gate")
    panel, dock = window.area.panels["slow_motion_panel"], window.area.docks["slow_motion_panel"]
    bar = part(window, "panel_tabs", QTabBar)
    place = [bar.tabText(k) for k in range(bar.count())].index(dock.windowTitle())
    QTest.mouseClick(bar, Qt.MouseButton.LeftButton, pos=bar.tabRect(place).center())
    qtbot.waitUntil(lambda: panel.trace is not None)
    qtbot.waitUntil(panel.view.hasFocus)
    QTest.keyClick(panel.view, Qt.Key.Key_Right)
    assert panel.position == 1
    window.area.show_panel("boundary_panel")
    window.centralWidget().setFocus()
    dock.show_action.trigger()
    qtbot.waitUntil(panel.view.hasFocus)
    QTest.keyClick(panel.view, Qt.Key.Key_Right)
    assert panel.position == 2


def test_every_control_has_a_name_and_two_choices_stand_apart_however_long_their_words(slow: Slow) -> None:
    scene = slow(experiment("spiral", [4]))
    names = ("scope", "granularity", "row", "formula", "view", "back", "next", "play", "end", "make", "pause")
    assert [name for name in names if not scene.find(QWidget, f"slow_{name}").accessibleName()] == []
    row, step = scene.find(QPushButton, "slow_scope_row"), scene.find(QPushButton, "slow_scope_step")
    assert step.text() == "Next step"  # as many samples as the box says, fewer in the last batch of an epoch
    assert step.x() - row.geometry().right() - 1 == GAP
    head = scene.panel.controls.header
    assert head.width() >= head.minimumSizeHint().width()


def test_the_shapes_of_the_matrices_are_written_above_the_numbers(slow: Slow) -> None:
    scene = slow(experiment({"name": "xor"}, [3]))
    scene.click("slow_scope_step")
    scene.press("slow_next")
    before = scene.formula
    scene.choose("slow_shapes", "rows")
    assert scene.formula.endswith(before)
    assert "Z₁ (4, 3) = X (4, 2) · W₁ (2, 3) + b₁ (3,)" in scene.formula
    scene.choose("slow_shapes", "columns")
    assert "Z₁ (3, 4) = W₁ (3, 2) · X (2, 4) + b₁ (3, 1)" in scene.formula
    scene.choose("slow_shapes", "none")
    assert scene.formula == before


def test_the_size_of_a_step_can_be_changed_on_the_way(slow: Slow) -> None:
    scene = slow("worked-example")
    scene.press("slow_next", 5)
    assert "0.298371109" in scene.formula
    scene.click("slow_granularity_layer")
    assert scene.panel.position == 3
    assert "0.298371109" in scene.formula
    scene.click("slow_next")
    assert scene.formula.splitlines() == [
        "y1: (0.75136507 − 0.01)·0.186815602 = 0.138498562",
        "y2: (0.7729284653 − 0.99)·0.1755100528 = −0.0380982365",
    ]
    scene.click("slow_granularity_row")
    assert scene.panel.position == 2
    scene.press("slow_next", 2)
    assert scene.panel.position == 4
    assert not scene.find(QPushButton, "slow_next").isEnabled()


def test_play_slowly_goes_on_by_itself_and_stops(slow: Slow, qtbot: QtBot) -> None:
    scene = slow("worked-example")
    timer = scene.panel.findChild(QTimer, "slow_timer")
    timer.setInterval(5)
    scene.click("slow_play")
    qtbot.waitUntil(lambda: scene.panel.position == 17)
    qtbot.waitUntil(lambda: not timer.isActive())
    scene.click("slow_back")
    scene.click("slow_play")
    assert scene.panel.position == 17
    assert not timer.isActive()
    scene.press("slow_back", 17)
    timer.setInterval(60_000)
    scene.click("slow_play")
    assert scene.find(QPushButton, "slow_play").text() == "Stop"
    scene.click("slow_play")
    assert scene.find(QPushButton, "slow_play").text() == "Play slowly"
    assert scene.panel.position == 1


def test_an_open_question_is_not_answered_by_slow_motion(slow: Slow) -> None:
    scene = slow("worked-example")
    scene.click("slow_end")
    assert scene.panel.position == 17
    scene.session.set_held(True)
    assert scene.panel.position == 0
    buttons = [scene.find(QPushButton, f"slow_{name}") for name in ("next", "play", "end", "make")]
    for key in (Qt.Key.Key_End, Qt.Key.Key_Right):
        QTest.keyClick(scene.panel, key)
    scene.settle()
    assert scene.panel.position == 0
    assert not any(button.isEnabled() for button in buttons)
    assert "in the lesson first" in buttons[-1].toolTip()
    scene.session.set_held(False)
    assert all(button.isEnabled() for button in buttons)
