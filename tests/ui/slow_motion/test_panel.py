"""Slow motion on a real session, with real clicks and keys."""

from typing import Any

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from playground.experiment.config import schema as configs
from playground.experiment.config.schema import ExperimentConfig
from playground.experiment.probes.probe import Parameters
from playground.runtime.selection import Sample
from tests.ui.conftest import OpenWindow
from tests.ui.slow_motion.conftest import Slow


def experiment(data: Any, hidden: list[int], **training: Any) -> ExperimentConfig:
    network = {"hidden": hidden, "activation": "tanh"}
    return configs.from_builtins({"data": data, "network": network, "training": training})


def test_the_published_numbers_of_the_worked_example_are_on_the_screen(slow: Slow) -> None:
    scene = slow("worked-example")
    assert scene.formula == "inputs: x1 = 0.05, x2 = 0.1\ntargets: y1 = 0.01, y2 = 0.99"
    seen = []
    while scene.find(QPushButton, "slow_next").isEnabled():
        scene.click("slow_next")
        seen.append(scene.formula)
    assert seen[0] == "σ(0.15·0.05 + 0.2·0.1 + 0.35) = σ(0.3775) = 0.593269992"
    assert any("= 0.298371109" in text for text in seen)
    assert "= 0.149780716" in "\n".join(seen)
    assert len(seen) == 17


def test_the_shown_step_can_be_made_and_is_the_one_that_training_makes(slow: Slow) -> None:
    scene = slow("and-gate")
    assert not scene.find(QPushButton, "slow_make").isEnabled(), "a step on one row is not the next one"
    assert "Choose “Next step”" in scene.find(QPushButton, "slow_make").toolTip()
    scene.click("slow_scope_step")
    scene.settle()
    shown = scene.panel.trace
    assert shown.is_next
    assert len(shown.rows) == 4
    scene.click("slow_make")
    scene.settle()
    assert scene.session.step_count == 1
    now = scene.panel.trace
    assert np.array_equal(now.start, shown.end)
    assert scene.panel.position == 0


def test_looking_changes_nothing(slow: Slow, qtbot: QtBot) -> None:
    scene = slow("and-gate")
    scene.click("slow_scope_step")
    scene.settle()
    scene.click("slow_end")
    scene.session.request((Parameters(),))
    found = []
    qtbot.waitUntil(lambda: bool(found.append(scene.session.poll_snapshot()) or found[-1]))
    assert np.array_equal(found[-1].answer(Parameters()), scene.session.info.start)
    assert scene.session.step_count == 0


def test_another_row_is_another_step_and_in_a_batch_other_numbers_of_the_same(slow: Slow) -> None:
    scene = slow("and-gate")
    scene.type("slow_row", "4")
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


def test_the_row_is_the_sample_that_all_views_look_at(slow: Slow) -> None:
    scene = slow("and-gate")
    scene.session.selection.set_sample(Sample("train", 2))
    scene.settle()
    assert scene.panel.trace.rows.tolist() == [2]
    scene.type("slow_row", "4")
    assert scene.session.selection.sample == Sample("train", 3)
    scene.settle()
    assert scene.panel.trace.rows.tolist() == [3]


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


def test_a_step_on_very_many_rows_is_refused_with_a_reason(slow: Slow) -> None:
    scene = slow(experiment({"name": "gauss", "samples": 5_000, "train_share": 1.0}, [2]))
    scene.click("slow_scope_step")
    scene.settle()
    assert "5,000 samples at once" in scene.panel.view.message
    scene.click("slow_scope_row")
    scene.settle()
    assert scene.panel.view.message == ""


def test_the_key_of_slow_motion_gives_it_the_arrow_keys(kept_window: OpenWindow, qtbot: QtBot) -> None:
    window = kept_window("and-gate")
    panel = window.area.panels["slow_motion_panel"]
    window.area.docks["slow_motion_panel"].show_action.trigger()
    qtbot.waitUntil(lambda: panel.trace is not None)
    assert QApplication.focusWidget() is panel.view
    QTest.keyClick(panel.view, Qt.Key.Key_Right)
    assert panel.position == 1


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
