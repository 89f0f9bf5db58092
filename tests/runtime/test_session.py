import time

import numpy as np
import pytest

from playground.data.sets.image_sets import MNIST
from playground.experiment.config.schema import (
    DataChoice,
    ExperimentConfig,
    InitialChoice,
    StopConfig,
    TrainingConfig,
    replace,
)
from playground.experiment.training.trainer import Trainer
from playground.runtime.speed import AUTO, OPEN_END_SPEED
from tests.data.conftest import contents, small_arrays, write_files
from tests.runtime.conftest import AND, NAIVE, Broken, Parameters, Waiting, network, training


def test_it_starts_paused_at_step_0(session, ask):
    assert session.info.run == 1
    assert session.info.config == AND
    assert not session.is_running
    snapshot = ask(session)
    assert (snapshot.run, snapshot.step, snapshot.playing) == (1, 0, False)
    assert snapshot.steps_per_second == 0


def test_play_makes_steps_until_pause_which_keeps_the_weights(session, qtbot, ask):
    with qtbot.waitSignal(session.playing_changed) as changed:
        session.toggle()
    assert changed.args == [True]
    assert session.is_running
    qtbot.waitUntil(lambda: session.step_count >= 100)
    assert ask(session).steps_per_second > 0
    session.toggle()
    assert not session.is_running
    first, second = ask(session, Parameters()), ask(session, Parameters())
    assert (second.step, second.playing) == (first.step, False)
    assert np.array_equal(first.answer(Parameters()), second.answer(Parameters()))
    assert not np.array_equal(first.answer(Parameters()), session.info.start)


@pytest.mark.parametrize("config", [AND, ExperimentConfig(data=DataChoice("spiral"), network=AND.network)])
def test_the_run_in_the_thread_is_the_run_without_it_bit_for_bit(new_session, qtbot, ask, config):
    config = training(config, batch_size=3)
    session = new_session(config)
    for number in (7, 100):  # with interruptions of every kind on the way
        session.play()
        qtbot.waitUntil(lambda number=number: session.step_count >= number)
        with session.gate:
            ask(session, Parameters())
        session.pause()
    session.step(13)
    qtbot.waitUntil(lambda: not ask(session).playing)
    snapshot = ask(session, Parameters())
    trainer = Trainer(config)
    trainer.run(snapshot.step)
    assert trainer.step_count == snapshot.step
    assert np.array_equal(snapshot.answer(Parameters()), trainer.network.parameters)
    alone = trainer.history.view()
    assert np.array_equal(snapshot.history.low, alone.low)
    assert np.array_equal(snapshot.history.high, alone.high)
    np.testing.assert_allclose(snapshot.history.mean, alone.mean, rtol=1e-12)  # sums, in whatever slices they came


def test_step_pauses_and_makes_so_many_steps(session, qtbot, ask):
    session.step(3)
    qtbot.waitUntil(lambda: session.step_count == 3)
    session.step()
    session.step()
    qtbot.waitUntil(lambda: session.step_count == 5)
    session.step(53)
    qtbot.waitUntil(lambda: session.step_count == 58)
    snapshot, reference = ask(session), Trainer(AND)
    reference.run(58)
    assert reference.evaluated_at < 58  # training itself evaluates earlier and later, a snapshot while paused now
    assert (snapshot.evaluated_at, snapshot.train.loss) == (58, reference.evaluate()[0].loss)
    session.play()
    qtbot.waitUntil(lambda: session.step_count >= 100)
    session.step()
    assert not session.is_running
    qtbot.waitUntil(lambda: not ask(session).playing)
    assert ask(session).step == session.step_count == ask(session).step


def test_step_epoch_goes_to_the_end_of_an_epoch_with_another_batch_size_on_the_way(new_session, qtbot, ask):
    session = new_session(training(AND, batch_size=1))
    session.step(4)
    qtbot.waitUntil(lambda: session.step_count == 4)
    session.step()
    qtbot.waitUntil(lambda: session.step_count == 5)
    session.store.apply(training(AND, batch_size=2))
    session.step_epoch()  # three rows are left: two steps
    qtbot.waitUntil(lambda: session.step_count == 7)
    session.step_epoch()
    session.step_epoch()
    qtbot.waitUntil(lambda: session.step_count == 11)
    assert ask(session).epoch == 4


def test_reset_restores_the_start_and_pauses(session, qtbot, ask):
    start = ask(session, Parameters()).answer(Parameters())
    session.play()
    qtbot.waitUntil(lambda: session.step_count >= 100)
    with qtbot.waitSignal(session.run_started) as started:
        session.reset()
        assert session.step_count == 0
    assert started.args[0].run == 2
    assert not session.is_running
    snapshot = ask(session, Parameters())
    assert snapshot.step == 0
    assert np.array_equal(snapshot.answer(Parameters()), start)
    assert np.array_equal(session.info.start, start)


def test_a_live_change_does_not_rebuild_and_goes_on_playing(session, qtbot, ask):
    session.play()
    qtbot.waitUntil(lambda: session.step_count >= 100)
    session.store.apply(training(AND, learning_rate=0.0))
    frozen = ask(session, Parameters()).answer(Parameters())
    count = session.step_count
    qtbot.waitUntil(lambda: session.step_count >= count + 100)
    assert session.is_running
    assert np.array_equal(ask(session, Parameters()).answer(Parameters()), frozen)
    assert session.info.run == 1


def test_a_rebuild_starts_a_new_run_and_goes_on_playing(session, qtbot, ask):
    session.play()
    qtbot.waitUntil(lambda: session.step_count >= 100)
    with qtbot.waitSignal(session.run_started) as started:
        session.store.apply(network(AND, hidden=(3, 2)))
    assert started.args[0].sizes == (2, 3, 2, 1)
    assert session.is_running
    qtbot.waitUntil(lambda: session.step_count >= 10)
    assert ask(session).run == 2


def test_of_many_rebuilds_only_the_last_is_told(session, qtbot):
    told = []
    session.run_started.connect(told.append)
    for size in range(1, 40):
        session.store.apply(network(AND, hidden=(size,)))
    qtbot.waitUntil(lambda: session.info.sizes == (2, 39, 1))
    assert [info.run for info in told] == [40]


def test_snapshots_of_an_older_run_are_dropped(session, qtbot, ask):
    with qtbot.waitSignal(session.snapshot_ready):
        session.request()
    session.reset()
    assert session.poll_snapshot() is None
    qtbot.waitUntil(lambda: session.info.run == 2)
    assert session.poll_snapshot() is None
    assert ask(session).run == 2


def test_a_stop_condition_ends_in_finished(new_session, qtbot, ask):
    session = new_session(training(AND, stop=StopConfig(steps=500)))
    with qtbot.waitSignal(session.finished) as finished:
        session.play()
    assert finished.args == ["steps"]
    assert session.step_count == 500
    assert not session.is_running
    snapshot = ask(session)
    assert (snapshot.stopped_by, snapshot.stop_progress, snapshot.playing) == ("steps", 1.0, False)


def test_a_stop_condition_has_progress_and_time_left(new_session, qtbot, ask):
    session = new_session(training(AND, stop=StopConfig(steps=10_000_000)))
    session.play()
    qtbot.waitUntil(lambda: session.step_count >= 1_000)
    snapshot = ask(session)
    assert 0 < snapshot.stop_progress < 1
    left = (10_000_000 - snapshot.step) / snapshot.steps_per_second
    assert snapshot.seconds_left == pytest.approx(left, rel=0.01)


def test_ten_steps_a_second_are_never_more(session, qtbot, ask):
    session.set_speed(10)
    assert session.speed == 10
    begin = time.perf_counter()
    session.play()
    qtbot.waitUntil(lambda: session.step_count >= 8)
    snapshot = ask(session)
    count, seconds = session.step_count, time.perf_counter() - begin
    assert count <= 2 + 10 * seconds  # on a busy machine it may be fewer
    assert snapshot.steps_per_second < 12
    assert snapshot.evaluated_at == snapshot.step
    session.set_speed(None)
    qtbot.waitUntil(lambda: session.step_count >= count + 100)


def test_the_automatic_speed_follows_the_run_and_its_end(new_session, qtbot):
    session = new_session(training(AND, stop=StopConfig(steps=1_000)))
    assert session.speed_limit is None
    session.set_speed(AUTO)
    assert (session.speed, session.speed_limit) == (AUTO, 100)
    with qtbot.waitSignal(session.speed_limit_changed):
        session.store.apply(training(session.store.config, stop=StopConfig(steps=2_000)))
    assert session.speed_limit == 200
    session.store.apply(ExperimentConfig(data=DataChoice("spiral"), training=TrainingConfig(batch_size=10)))
    qtbot.waitUntil(lambda: session.speed_limit == OPEN_END_SPEED)
    session.set_speed(None)
    assert session.speed_limit is None


def test_what_cannot_be_built_is_refused_in_a_sentence(new_session, qtbot):
    session = new_session(AND)
    session.play()
    bad = network(AND, initial=InitialChoice("given", weights=[[[1.0]]], biases=[[1.0]]))
    with qtbot.waitSignal(session.refused) as refused:
        session.store.apply(bad)
    assert "Traceback" not in refused.args[0]
    assert not session.is_running
    with qtbot.waitSignal(session.run_started):
        session.store.undo()


def test_missing_data_are_told_by_name(session, qtbot):
    with qtbot.waitSignal(session.data_missing) as missing:
        session.store.apply(replace(AND, data=DataChoice("mnist"), network=AND.network))
    assert missing.args == ["mnist"]
    with qtbot.waitSignal(session.run_started):
        session.store.undo()


def test_play_tries_again_to_build_what_could_not_be_built(new_session, qtbot, monkeypatch, tmp_path):
    session = new_session(replace(AND, data=DataChoice("mnist"), network=AND.network), wait=False)
    with qtbot.waitSignal(session.data_missing):
        pass
    with qtbot.waitSignal(session.data_missing):
        session.play()
    assert not session.is_running
    monkeypatch.setenv("PLAYGROUND_DATA", str(write_files(tmp_path, contents(MNIST, small_arrays()))))
    session.play()
    qtbot.waitUntil(lambda: session.step_count > 0)
    assert session.is_running


def test_a_reset_breaks_off_a_step_that_takes_too_long(new_session, qtbot, ask):
    session = new_session(NAIVE)
    session.play()
    qtbot.waitUntil(lambda: ask(session).step_progress is not None)
    with qtbot.waitSignal(session.run_started):
        session.reset()
    assert ask(session).step_progress is None


def test_a_long_step_says_how_far_it_is_without_being_asked(new_session, qtbot):
    session = new_session(network(NAIVE, hidden=(20,)))
    session.play()
    qtbot.waitUntil(lambda: session.progress.hundredths > 0)
    assert session.step_count == 0


def test_probes_of_a_run_that_is_replaced_are_not_worked_out(session, qtbot, ask):
    waiting = Waiting()
    session.request((waiting, Broken()))
    assert waiting.entered.wait(5)
    with qtbot.waitSignal(session.run_started), qtbot.assertNotEmitted(session.failed):
        session.reset()
        session.request()
        waiting.go_on.set()
    assert ask(session).run == 2


def make_steps(session, qtbot, n):
    end = session.step_count + n
    session.step(n)
    qtbot.waitUntil(lambda: session.step_count == end)


def numbers(session, ask):
    return ask(session, Parameters()).answer(Parameters())


def test_a_weight_set_by_hand_is_undone_and_redone_alone(session, qtbot, ask):
    make_steps(session, qtbot, 3)
    before = numbers(session, ask)
    session.set_numbers([1], -2.5)
    expected = before.copy()
    expected[1] = -2.5
    np.testing.assert_array_equal(numbers(session, ask), expected)
    session.store.undo()
    np.testing.assert_array_equal(numbers(session, ask), before)
    session.store.redo()
    np.testing.assert_array_equal(numbers(session, ask), expected)


def test_undo_leaves_what_was_learned_since_then(session, qtbot, ask):
    session.set_numbers([0], 4.0)
    make_steps(session, qtbot, 50)
    learned = numbers(session, ask)
    session.store.undo()
    undone = numbers(session, ask)
    np.testing.assert_array_equal(undone[1:], learned[1:])
    assert undone[0] == session.info.start[0]


def test_hand_and_configuration_share_one_history(session, ask):
    store = session.store
    store.apply(training(store.config, learning_rate=0.25))
    session.set_numbers([0], 1.0)
    store.apply(training(store.config, learning_rate=0.5))
    store.undo()
    assert (store.config.training.learning_rate, numbers(session, ask)[0]) == (0.25, 1.0)
    store.undo()
    assert (store.config.training.learning_rate, numbers(session, ask)[0]) == (0.25, session.info.start[0])
    store.undo()
    assert not store.can_undo


def test_a_new_run_has_nothing_of_the_old_one_to_undo(session, qtbot, ask):
    session.set_numbers([0], 1.0)
    with qtbot.waitSignal(session.run_started):
        session.rebuild()
    assert not session.store.can_undo
    np.testing.assert_array_equal(numbers(session, ask), session.info.start)


def test_a_number_for_a_network_that_is_being_replaced_is_dropped(session, qtbot, ask):
    with qtbot.waitSignal(session.run_started):
        session.store.apply(network(session.store.config, hidden=(2,)))
        session.set_numbers([0], 9.0)
    np.testing.assert_array_equal(numbers(session, ask), session.info.start)
    session.store.undo()
    assert not session.store.can_undo


def test_what_is_held_makes_no_step_and_says_so(session, qtbot):
    with qtbot.waitSignal(session.held_changed) as changed:
        session.set_held(True)
    assert changed.args == [True]
    session.play()
    session.step(3)
    assert (session.is_running, session.step_count) == (False, 0)
    with qtbot.assertNotEmitted(session.held_changed):
        session.set_held(True)
    session.set_held(False)
    session.step(3)
    qtbot.waitUntil(lambda: session.step_count == 3)
