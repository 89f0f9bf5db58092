"""What is said of a run beside Play."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from playground.experiment.config import schema as configs
from playground.experiment.config.presets import PRESETS
from playground.experiment.probes.snapshot import Snapshot
from playground.experiment.training.trainer import Trainer
from playground.ui.transport.run_text import progress_text
from tests.ui.conftest import OpenWindow, text

LEFT = Qt.MouseButton.LeftButton


def test_after_the_end_it_says_why_and_play_trains_on_until_a_reset(kept_window: OpenWindow, qtbot: QtBot) -> None:
    window = kept_window(configs.replace(PRESETS["and-gate"].config, "training.stop.steps", 1_000))
    assert text(window, "run_state") == "Ready"
    QTest.keyClick(window, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: text(window, "run_state") == "Done: 1,000 steps")
    assert text(window, "run_state_note") == "press Play to train on"
    assert window.transport.play_button.accessibleName() == "Train on, past the stop condition (Space)"
    assert text(window, "stop_sentence").startswith("Done: 1,000 steps. ")
    QTest.mouseClick(window.transport.play_button, LEFT)
    assert (text(window, "run_state"), text(window, "run_state_note")) == ("Training…", "past the stop condition")
    qtbot.waitUntil(lambda: window.session.step_count > 1_500)
    qtbot.waitUntil(lambda: text(window, "run_state") == "Training…")
    QTest.mouseClick(window.transport.play_button, LEFT)
    qtbot.waitUntil(lambda: text(window, "run_state") == "Paused" and window.refresh_loop.is_idle)
    step = window.session.step_count
    QTest.keyClick(window, Qt.Key.Key_S)
    qtbot.waitUntil(lambda: window.session.step_count == step + 1)
    assert not window.actions_["undo"].isEnabled()  # nothing was edited
    QTest.keyClick(window, Qt.Key.Key_R)
    qtbot.waitUntil(lambda: text(window, "run_state") == "Ready")
    QTest.keyClick(window, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: text(window, "run_state") == "Done: 1,000 steps")
    assert window.session.step_count == 1_000


def test_while_a_question_is_open_play_says_that_it_comes_first(kept_window: OpenWindow) -> None:
    window = kept_window("and-gate")
    assert text(window, "run_state_note") == "press Play to start"
    window.session.set_held(True)
    assert (text(window, "run_state"), text(window, "run_state_note")) == ("Ready", "go on in the lesson first")
    assert "Go on in the lesson first" in window.transport.play_button.toolTip()
    window.session.set_held(False)
    assert text(window, "run_state_note") == "press Play to start"
    assert "Play (Space)" in window.transport.play_button.toolTip()


def test_a_long_step_says_how_far_it_is_and_how_long_all_will_take_and_stops_at_once(
    kept_window: OpenWindow, qtbot: QtBot
) -> None:
    """A network so wide that a step takes seconds anywhere."""
    digits = PRESETS["digits"].config
    training = configs.replace(digits.training, gradient="numerical-naive", batch_size=None)
    network = configs.replace(digits.network, hidden=(50,))
    config = configs.replace(digits, training=training, network=network)
    window = kept_window(config)
    QTest.keyClick(window, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: "forward passes; all 40 steps take about" in text(window, "stop_sentence"))
    assert text(window, "stop_sentence").startswith("Step 1: ")
    qtbot.waitUntil(lambda: text(window, "run_state") == "Training…")
    QTest.keyClick(window, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: text(window, "stop_sentence").endswith("Paused; Play goes on from there"))
    assert window.session.step_count == 0
    paused_at = window.session.progress.hundredths
    QTest.keyClick(window, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: window.session.progress.hundredths > paused_at)
    QTest.keyClick(window, Qt.Key.Key_R)
    qtbot.waitUntil(lambda: text(window, "run_state") == "Ready" and window.refresh_loop.is_idle)
    assert window.session.progress.hundredths == 0


@pytest.mark.parametrize("name", PRESETS)
def test_only_a_run_that_nothing_can_end_sooner_is_said_to_take_so_long(name: str) -> None:
    and_gate, stop = PRESETS["and-gate"].config, PRESETS[name].config.training.stop
    training = configs.replace(and_gate.training, stop=stop)
    trainer = Trainer(configs.replace(and_gate, training=training))
    trainer.run(1)
    said = progress_text(Snapshot.of(1, trainer, {}, playing=True, rate=1.0), stop, "backpropagation")
    assert said.endswith(" left")
    assert (": at most " in said) == (stop.loss_below is not None or stop.accuracy_above is not None)
