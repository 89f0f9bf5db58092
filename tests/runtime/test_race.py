"""A race in the session: who runs, who is kept, and what ends it."""

import numpy as np
import pytest

from playground.experiment.config import edits
from playground.experiment.config.presets import PRESETS
from playground.experiment.config.schema import InitialChoice
from playground.experiment.probes.snapshot import Probe
from playground.experiment.runs.comparison import MOST_COMPETITORS, ComparisonProbe
from playground.experiment.training.trainer import Trainer

GAUSSIAN = InitialChoice("gaussian", std=0.5)
ZEROS = PRESETS["and-gate-zeros"].config


class Flat(Probe):
    def compute(self, trainer):
        return trainer.network.copy_parameters()


FLAT = Flat()


def store_of(session):
    return session.store


@pytest.fixture
def racing(new_session, qtbot):
    """Return a session in which zeros and a Gaussian start have raced for 1,000 steps."""
    session = new_session(ZEROS)
    session.race([GAUSSIAN])
    session.pause()
    qtbot.waitUntil(lambda: session.info.run == session._run)
    session.step(1_000 - session.step_count)
    qtbot.waitUntil(lambda: session.step_count == 1_000)
    return session


def level(session, ask):
    """Return a snapshot in which all have made the same steps."""
    while True:
        snapshot = ask(session, ComparisonProbe(), FLAT)
        if not snapshot.playing:
            return snapshot


def test_a_race_goes_back_to_the_start_and_plays(new_session, qtbot, ask):
    session = new_session(ZEROS)
    session.step(50)
    qtbot.waitUntil(lambda: session.step_count == 50)
    run = session.info.run
    with qtbot.waitSignals([session.race_changed, session.run_started]):
        session.race([GAUSSIAN])
    assert session.is_running
    assert session.competitors == (GAUSSIAN,)
    assert session.info.run > run
    with qtbot.waitSignal(session.finished):
        pass
    ours, competitor = level(session, ask).answer(ComparisonProbe())
    assert ours.step == competitor.step == 10_000
    assert ours.stopped_by == competitor.stopped_by == "steps"


def test_the_run_in_a_race_is_bit_for_bit_the_run_alone(racing, ask):
    snapshot = level(racing, ask)
    alone = Trainer(ZEROS)
    alone.run(1_000)
    assert np.array_equal(snapshot.answer(FLAT), alone.network.parameters)


def test_what_is_told_of_each_in_a_race_is_its_training_loss_at_this_step(racing, ask, qtbot):
    racing.step(33)  # between two evaluations of the training
    qtbot.waitUntil(lambda: racing.step_count == 1_033)
    snapshot = level(racing, ask)
    alone = [Trainer(config) for config in (ZEROS, edits.change(ZEROS, "network.initial", GAUSSIAN))]
    for trainer in alone:
        trainer.run(1_033)
    runs = snapshot.answer(ComparisonProbe())
    assert [run.loss for run in runs] == [trainer.evaluate()[0].loss for trainer in alone]
    assert [run.steps[-1] for run in runs] == [1_033, 1_033]
    assert runs[0].loss == snapshot.train.loss  # as the window's bar has it


def test_a_rival_that_is_kept_is_the_run_and_goes_on(racing, ask, qtbot):
    level(racing, ask)
    with qtbot.waitSignals([racing.run_started, racing.race_changed]):
        racing.keep(1)
    kept = edits.change(ZEROS, "network.initial", GAUSSIAN)
    assert store_of(racing).config == racing.info.config == kept
    assert racing.competitors == ()
    assert racing.step_count == 1_000
    racing.step(500)
    qtbot.waitUntil(lambda: racing.step_count == 1_500)
    snapshot = ask(racing, ComparisonProbe(), FLAT)
    alone = Trainer(kept)
    alone.run(1_500)
    assert np.array_equal(snapshot.answer(FLAT), alone.network.parameters)
    assert snapshot.answer(ComparisonProbe()) == ()
    assert len(snapshot.history.train_loss) == len(alone.history.view().train_loss)


def test_undo_of_keeping_a_rival_continues_the_run_itself_and_redo_the_rival(racing, ask, qtbot):
    flats = {}
    for name, go in (("rival", lambda: racing.keep(1)), ("run", racing.store.undo), ("again", racing.store.redo)):
        go()
        qtbot.waitUntil(lambda: racing.is_current)
        assert racing.step_count == 1_000
        flats[name] = ask(racing, FLAT).answer(FLAT)
    alone = Trainer(ZEROS)
    alone.run(1_000)
    assert np.array_equal(flats["run"], alone.network.parameters)
    assert np.array_equal(flats["rival"], flats["again"])


@pytest.mark.parametrize("end", [lambda session: session.keep(0), lambda session: session.end_race()])
def test_ending_a_race_leaves_the_run_as_it_is(racing, ask, end):
    before = level(racing, ask)
    run = racing.info.run
    end(racing)
    after = ask(racing, ComparisonProbe(), FLAT)
    assert racing.competitors == ()
    assert (after.run, after.step) == (run, 1_000)
    assert after.answer(ComparisonProbe()) == ()
    assert np.array_equal(after.answer(FLAT), before.answer(FLAT))
    assert store_of(racing).config == ZEROS


def test_a_reset_races_again_from_the_start(racing, ask, qtbot):
    first = level(racing, ask).answer(ComparisonProbe())
    racing.reset()
    qtbot.waitUntil(lambda: racing.info.run == racing._run)
    assert [one.step for one in level(racing, ask).answer(ComparisonProbe())] == [0, 0]
    assert racing.competitors == (GAUSSIAN,)
    racing.step(1_000)
    qtbot.waitUntil(lambda: racing.step_count == 1_000)
    for one, again in zip(first, level(racing, ask).answer(ComparisonProbe()), strict=True):
        assert np.array_equal(one.train_loss, again.train_loss)


def test_another_experiment_ends_the_race(racing, ask, qtbot):
    with qtbot.waitSignal(racing.race_changed):
        store_of(racing).apply(edits.change(ZEROS, "seed", 7))
    assert racing.competitors == ()
    qtbot.waitUntil(lambda: racing.info.config.seed == 7)
    assert ask(racing, ComparisonProbe()).answer(ComparisonProbe()) == ()


def test_a_live_change_is_for_all(racing, ask, qtbot):
    store_of(racing).apply(edits.change(ZEROS, "training.learning_rate", 0.3))
    racing.step(100)
    qtbot.waitUntil(lambda: racing.step_count == 1_100)
    snapshot = level(racing, ask)
    assert racing.competitors == (GAUSSIAN,)
    competitor = Trainer(edits.change(ZEROS, "network.initial", GAUSSIAN))
    competitor.run(1_000)
    competitor.apply_live(edits.change(competitor.config, "training.learning_rate", 0.3))
    competitor.run(100)
    assert snapshot.answer(ComparisonProbe())[1].loss == competitor.evaluate()[0].loss


def test_nobody_races_against_himself_and_few_against_many(new_session):
    session = new_session(ZEROS)
    session.race([InitialChoice("zeros")])
    assert session.competitors == ()
    assert not session.is_running
    for_more_layers = (GAUSSIAN, GAUSSIAN, InitialChoice("zeros"))
    session.race([for_more_layers])
    assert session.competitors == ()
    many = [InitialChoice("gaussian", std=float(k)) for k in (1, 1, 2, 3, 4, 5)]
    session.race(many)
    assert session.competitors == tuple(dict.fromkeys(many))[:MOST_COMPETITORS]


def test_a_race_that_is_ordered_while_there_is_no_run_says_why(new_session, qtbot):
    session = new_session(ZEROS)
    impossible = edits.change(ZEROS, "network.initial", InitialChoice("given", weights=[[[1.0]]]))
    with qtbot.waitSignal(session.refused):
        store_of(session).apply(impossible)
    with qtbot.waitSignal(session.refused):
        session.race([GAUSSIAN])
    assert session.competitors == ()
    assert not session.is_running
