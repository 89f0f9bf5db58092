"""A trained run that was left is there again after an undo."""

import pytest

from playground.experiment.config.presets import PRESETS
from playground.experiment.config.schema import DataChoice, InitialChoice, replace
from playground.experiment.training.building import needed_memory
from playground.experiment.training.trainer import Trainer
from playground.runtime.left_runs import MOST, LeftRuns
from playground.runtime.session import Session
from tests.runtime.conftest import AND, Parameters, network, training

XOR = replace(AND, data=DataChoice("xor"))


@pytest.fixture
def look(qtbot, ask):
    """Return the step and the parameters of a session's run, once it is there."""

    def look(session):
        qtbot.waitUntil(lambda: session.is_current)
        snapshot = ask(session, Parameters())
        return snapshot.step, snapshot.answer(Parameters()).tolist()

    return look


@pytest.fixture
def train(qtbot, ask):
    """Make so many steps, once the run is there."""

    def train(session, steps):
        qtbot.waitUntil(lambda: session.is_current)
        end = ask(session).step + steps
        session.step(steps)
        qtbot.waitUntil(lambda: session.step_count == end)

    return train


def trained(config, *steps):
    """Return what `look` should find after so many steps of this experiment."""
    trainer = Trainer(config)
    for count in steps:
        trainer.run(count)
    return trainer.step_count, trainer.network.parameters.tolist()


@pytest.mark.parametrize("other", [network(AND, hidden=(3, 2)), XOR], ids=["network", "data"])
def test_undo_continues_the_run_that_was_left_and_redo_the_other(session, train, look, other):
    train(session, 40)
    session.store.apply(other)
    train(session, 7)
    session.store.undo()
    assert look(session) == trained(AND, 40)
    train(session, 10)
    assert look(session) == trained(AND, 50)
    session.store.redo()
    assert look(session) == trained(other, 7)


def test_undo_of_a_reset_continues_the_run_and_redo_resets_it(session, train, look):
    train(session, 40)
    session.reset()
    assert look(session) == trained(AND, 0)
    session.reset()  # again: nothing more is left
    train(session, 5)
    session.store.undo()
    assert look(session) == trained(AND, 40)
    train(session, 20)
    assert look(session) == trained(AND, 60)
    session.store.redo()
    assert look(session) == trained(AND, 0)
    assert not session.store.can_redo


def test_resets_are_undone_one_after_the_other_with_what_was_set_by_hand_before(session, train, look):
    session.set_numbers([0], 2.0)
    train(session, 3)
    by_hand = look(session)
    for steps in (20, 30):
        session.reset()
        train(session, steps)
    session.store.undo()
    assert look(session) == trained(AND, 20)
    session.store.undo()
    assert look(session) == by_hand
    session.store.undo()
    step, parameters = look(session)
    assert (step, parameters[1:]) == (3, by_hand[1][1:])
    assert parameters[0] == session.info.start[0]
    assert not session.store.can_undo


def test_a_reset_at_the_start_leaves_nothing_to_undo(session):
    session.reset()
    assert not session.store.can_undo


@pytest.mark.parametrize("begin", [Session.reset, lambda session: session.race([InitialChoice("zeros")])])
def test_weights_set_by_hand_before_the_first_step_are_there_again_after_an_undo(session, qtbot, look, begin):
    qtbot.waitUntil(lambda: session.is_current)
    session.set_numbers([0], 2.0)
    by_hand = look(session)
    begin(session)
    session.pause()
    assert look(session)[1] != by_hand[1]
    session.store.undo()
    assert look(session) == by_hand
    session.store.undo()
    assert look(session) == trained(AND, 0)
    assert not session.store.can_undo


def test_undo_before_the_change_has_been_made_keeps_the_run(session, train, look):
    train(session, 40)
    for config in (network(AND, hidden=(3,)), network(AND, hidden=(2,)), XOR):
        session.store.apply(config)
    for _time in range(3):
        session.store.undo()
    assert look(session) == trained(AND, 40)
    session.reset()
    session.store.undo()
    assert look(session) == trained(AND, 40)


def test_settings_changed_at_the_last_moment_and_a_name_are_those_of_the_run_that_is_back(session, train, look):
    train(session, 40)
    slower = training(AND, learning_rate=0.0)
    session.store.apply(slower)
    session.store.apply(replace(slower, name="mine"))
    session.store.apply(network(slower, hidden=(3,)))
    train(session, 1)
    session.store.undo()
    train(session, 10)
    assert look(session) == (50, trained(AND, 40)[1])


def test_the_same_experiment_chosen_again_starts_anew(session, train, look):
    train(session, 40)
    session.store.apply(XOR)
    session.store.apply(AND)
    assert look(session) == trained(AND, 0)


def test_undo_goes_back_to_the_run_that_was_there_not_to_an_earlier_one_of_the_same_preset(session, train, look):
    preset = replace(XOR, name="preset")
    session.store.apply(preset)
    train(session, 40)
    session.store.apply(AND)
    session.store.apply(preset)
    session.store.apply(AND)
    session.store.undo()
    assert look(session) == trained(preset, 0)
    session.store.undo()
    session.store.undo()
    assert look(session) == trained(preset, 40)


def test_only_so_many_runs_are_kept_and_none_that_is_too_large(monkeypatch):
    runs, trainer = LeftRuns(), Trainer(AND)
    assert not runs.add("start", trainer)
    trainer.run(1)
    keys = [object() for _place in range(MOST + 1)]
    assert all(runs.add(key, trainer) for key in keys)
    assert [runs.take(key, AND) is trainer for key in (keys[0], keys[1])] == [False, True]
    assert runs.take(keys[2], XOR) is None
    monkeypatch.setattr("playground.runtime.left_runs.MOST_BYTES", 1000)
    assert not runs.add(keys[0], trainer)


def test_data_that_runs_share_take_memory_once(monkeypatch):
    first = Trainer(PRESETS["spiral"].config)
    second = Trainer(first.config, first.data)
    for one in (first, second):
        one.run(1)
    data = sum(it.nbytes for it in {id(it): it for it in vars(first.data).values() if hasattr(it, "nbytes")}.values())
    networks = 2 * needed_memory(first.config, first.data)
    monkeypatch.setattr("playground.runtime.left_runs.MOST_BYTES", networks + data)
    runs = LeftRuns()
    assert runs.add("first", first)
    assert runs.add("second", second)
    assert runs.take("first", first.config) is first


def test_a_race_and_its_reset_are_undone_and_begun_again(session, train, look):
    train(session, 200)
    session.race((InitialChoice("zeros"),))
    session.pause()
    train(session, 100)
    raced = look(session)
    session.reset()
    assert session.competitors
    train(session, 5)
    session.store.undo()
    assert (look(session), session.competitors) == (raced, ())
    session.store.redo()
    assert session.competitors
    assert look(session) == trained(AND, 0)
    session.store.undo()
    session.play()
    session.store.undo()
    assert (look(session), session.competitors, session.is_running) == (trained(AND, 200), (), False)
    session.store.redo()
    assert session.competitors
    assert session.is_running


@pytest.mark.parametrize("end", [lambda _session: None, Session.end_race, lambda session: session.keep(1)])
def test_the_run_before_a_race_is_back_however_the_race_has_ended(session, train, look, end):
    train(session, 200)
    session.race((InitialChoice("zeros"),))
    session.pause()
    train(session, 100)
    end(session)
    while session.store.can_undo:
        session.store.undo()
    assert (look(session), session.competitors) == (trained(AND, 200), ())
