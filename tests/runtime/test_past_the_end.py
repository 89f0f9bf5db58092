"""What Play and Step do once a stop condition has ended the run: they go on past it; Reset brings it back."""

import numpy as np
import pytest

from playground.experiment.config.schema import DataChoice, ExperimentConfig, InitialChoice, StopConfig, TrainingConfig
from playground.experiment.probes.probe import Parameters
from playground.experiment.training.trainer import Trainer
from tests.runtime.conftest import network, training

AND = training(ExperimentConfig(), stop=StopConfig(steps=50))
SPIRAL = ExperimentConfig(
    data=DataChoice("spiral"), training=TrainingConfig(batch_size=10, stop=StopConfig(epochs=1, loss_below=0.01))
)


def play_to_the_end(session, qtbot):
    with qtbot.waitSignal(session.finished):
        session.play()


@pytest.mark.parametrize("config", [AND, SPIRAL])
def test_play_goes_on_until_it_is_paused_as_if_there_were_no_stop_condition(new_session, qtbot, ask, config):
    session = new_session(config)
    play_to_the_end(session, qtbot)
    end = session.step_count
    assert session.stopped_by in ("steps", "epochs")
    session.play()
    assert session.is_running
    qtbot.waitUntil(lambda: session.step_count >= end + 100)
    session.pause()
    snapshot = ask(session, Parameters())
    assert snapshot.stopped_by is None
    assert snapshot.passes_stop
    assert snapshot.planned_end is None
    assert session.store.config == config  # nothing was edited
    endless = Trainer(training(config, stop=StopConfig()))
    endless.run(snapshot.step)
    np.testing.assert_array_equal(snapshot.answer(Parameters()), endless.network.parameters)


def test_a_step_and_an_epoch_go_on_too(new_session, qtbot, ask):
    session = new_session(SPIRAL)
    play_to_the_end(session, qtbot)
    end = session.step_count
    session.step(2)
    qtbot.waitUntil(lambda: session.step_count == end + 2)
    session.step_epoch()
    qtbot.waitUntil(lambda: session.step_count == 2 * end)
    assert ask(session).passes_stop


def test_a_reset_brings_the_stop_condition_back(new_session, qtbot, ask):
    session = new_session(AND)
    play_to_the_end(session, qtbot)
    session.step()
    qtbot.waitUntil(lambda: session.step_count == 51)
    session.reset()
    qtbot.waitUntil(lambda: session.step_count == 0 and session.is_current)
    play_to_the_end(session, qtbot)
    assert session.step_count == 50
    assert ask(session).stopped_by == "steps"


def test_another_stop_condition_holds_and_undoing_it_stops_the_run_where_it_is(new_session, qtbot):
    session = new_session(AND)
    play_to_the_end(session, qtbot)
    session.step()
    qtbot.waitUntil(lambda: session.step_count == 51)
    session.store.apply(training(AND, stop=StopConfig(steps=80)))
    play_to_the_end(session, qtbot)
    assert session.step_count == 80
    session.store.undo()
    qtbot.waitUntil(lambda: session.stopped_by == "steps")
    assert session.step_count == 80


def test_another_setting_does_not_bring_it_back(new_session, qtbot):
    session = new_session(AND)
    play_to_the_end(session, qtbot)
    session.play()
    session.store.apply(training(AND, learning_rate=0.5))
    step = session.step_count
    qtbot.waitUntil(lambda: session.step_count > step + 100)
    session.store.undo()
    step = session.step_count
    qtbot.waitUntil(lambda: session.step_count > step + 100)
    assert session.is_running


def test_a_run_that_diverged_does_not_go_on(new_session, qtbot, ask):
    session = new_session(training(network(AND, activation="linear", output="linear"), learning_rate=1e6))
    play_to_the_end(session, qtbot)
    step = session.step_count
    assert session.stopped_by == "diverged"
    assert ask(session).divergence is not None
    play_to_the_end(session, qtbot)
    assert session.step_count == step


def test_rivals_go_on_as_well(new_session, qtbot):
    session = new_session(AND)
    with qtbot.waitSignal(session.finished):
        session.race([InitialChoice("zeros")])
    trainer = session._worker._trainer
    qtbot.waitUntil(lambda: trainer.competitors[0].step_count == 50)
    session.step(10)
    qtbot.waitUntil(lambda: trainer.competitors[0].step_count == 60)
