"""A race: the same rows for all, the same steps, and each run what it would be by itself."""

import numpy as np
import pytest

from playground.experiment.config import edits
from playground.experiment.config.presets import PRESETS
from playground.experiment.config.schema import InitialChoice
from playground.experiment.runs.comparison import (
    ComparedRun,
    ComparisonProbe,
    add_competitors,
    follow,
    is_level,
    places,
)
from playground.experiment.runs.initial_weights import fitting_gaussian, single_choice, usual_starts
from playground.experiment.training.trainer import Trainer

GAUSSIAN = InitialChoice("gaussian", std=0.5)
BY_LAYER = (InitialChoice("gaussian", std=0.7), InitialChoice("xavier"))


def preset(name, *changes):
    config = PRESETS[name].config
    for path, value in changes:
        config = edits.change(config, path, value)
    return config


def raced(config, starts, steps, block):
    lead = Trainer(config)
    add_competitors(lead, starts)
    while lead.step_count < steps and lead.stopped_by is None:
        lead.run(min(block, steps - lead.step_count))
        follow(lead)
    return lead


def trainers(lead):
    return (lead, *lead.competitors)


@pytest.mark.parametrize(("name", "block"), [("and-gate-zeros", 1), ("people", 7), ("digits", 300)])
def test_each_racer_is_bit_for_bit_the_run_alone(name, block):
    config = preset(name)
    start = GAUSSIAN if len(config.network.hidden) == 0 else BY_LAYER
    steps = 300 if block > 1 else 60
    lead = raced(config, [start], steps, block)
    assert is_level(lead)
    for trainer, alone in zip(
        trainers(lead), (Trainer(config), Trainer(edits.change(config, "network.initial", start))), strict=True
    ):
        alone.run(steps)
        assert trainer.config == alone.config
        assert np.array_equal(trainer.network.parameters, alone.network.parameters)
        assert np.array_equal(trainer.history.view().mean, alone.history.view().mean)
    first, second = (trainer.network.parameters for trainer in trainers(lead))
    assert not np.array_equal(first, second)


@pytest.mark.parametrize("sampling", ["shuffle", "replacement", "in-order"])
def test_all_see_the_same_rows(sampling):
    lead = Trainer(edits.change(preset("people"), "training.sampling", sampling))
    add_competitors(lead, [GAUSSIAN, InitialChoice("zeros")])
    for _step in range(80):
        rows = [np.arange(len(one.data.x_train))[one.step_loop.next_rows()].tolist() for one in trainers(lead)]
        assert rows[0] == rows[1] == rows[2]
        lead.run(1)
        follow(lead)
    assert all(trainer.data is lead.data for trainer in trainers(lead))


def test_a_rival_that_is_told_to_yield_makes_up_for_it_later():
    lead = Trainer(preset("and-gate-zeros"))
    add_competitors(lead, [GAUSSIAN, InitialChoice("xavier")])
    lead.run(3_000)
    assert not is_level(lead)
    follow(lead, lambda: True)
    assert not is_level(lead)
    while not is_level(lead):
        follow(lead, lambda: True)
    assert [trainer.step_count for trainer in trainers(lead)] == [3_000] * 3


def test_nobody_is_waited_for_whose_run_has_ended():
    config = edits.change(preset("xor-gate", ("network.initial", "zeros")), "training.stop.loss_below", 0.3)
    lead = raced(config, [InitialChoice("xavier")], 2_000, 100)
    (competitor,) = lead.competitors
    assert lead.step_count == 2_000
    assert competitor.stopped_by == "loss_below"
    assert competitor.step_count < 2_000
    assert is_level(lead)


def test_a_rival_that_diverges_says_so_and_the_others_go_on():
    config = preset(
        "sine-curve",
        ("training.optimizer", "sgd"),
        ("network.activation", "relu"),
        ("training.learning_rate", 0.05),
    )
    lead = raced(config, [InitialChoice("gaussian", std=30.0)], 500, 50)
    first, competitor = ComparisonProbe().compute(lead)
    assert (first.step, first.stopped_by) == (500, None)
    assert competitor.stopped_by == "diverged"
    assert np.isfinite(lead.competitors[0].network.parameters).all()


def test_the_view_tells_copies_from_units_that_differ():
    lead = raced(preset("and-gate-zeros"), [GAUSSIAN], 400, 100)
    zeros, gaussian = ComparisonProbe().compute(lead)
    assert zeros.layers == ((1, 4),)
    assert gaussian.layers == ((4, 4),)
    assert np.array_equal(zeros.steps, gaussian.steps)


def test_one_start_for_all_layers_is_said_once():
    config = preset("and-gate-constant")
    assert single_choice(config.network) == (InitialChoice("constant", value=1.0), InitialChoice("zeros"))
    assert single_choice(edits.change(config, "network.initial", (GAUSSIAN, GAUSSIAN)).network) == GAUSSIAN


def test_a_fitting_gaussian_start_goes_by_the_inputs_of_each_layer():
    assert fitting_gaussian((784, 50, 10)) == (
        InitialChoice("gaussian", std=0.036),
        InitialChoice("gaussian", std=0.14),
    )
    assert fitting_gaussian((4, 4, 1)) == InitialChoice("gaussian", std=0.5)


def test_every_usual_start_can_be_raced():
    lead = Trainer(preset("and-gate-zeros"))
    starts = usual_starts(lead.network.sizes)
    assert len(set(starts.values())) == len(starts)
    for start in starts.values():
        add_competitors(lead, [start])
        assert lead.competitors[0].config.network.initials


def ended(step, loss, stopped_by):
    numbers = np.array([loss])
    return ComparedRun(step, np.array([float(step)]), numbers, numbers, (), stopped_by)


def test_those_that_got_below_the_loss_come_first_by_their_steps_then_the_others_by_loss():
    runs = [
        ended(5_575, 0.0190, "loss_below"),
        ended(5_575, 0.6939, None),
        ended(3_475, 0.0195, "loss_below"),
        ended(5_575, 0.3, None),
        ended(12, 0.001, "diverged"),
        ended(3_475, 0.0199, "loss_below"),
    ]
    np.testing.assert_array_equal(places(runs), [1, 3, 0, 2, np.nan, 0])
    np.testing.assert_array_equal(places([ended(10, 0.2, "steps"), ended(10, 0.1, "steps")]), [1, 0])


def test_in_a_race_to_a_loss_the_one_with_the_fewest_steps_is_first_with_its_own_training_loss():
    config = preset("spiral")
    lead = raced(config, [usual_starts((2, 8, 8, 1))["fitting"]], 10_000, 100)
    runs = ComparisonProbe().compute(lead)
    assert [run.stopped_by for run in runs] == ["loss_below", "loss_below"]
    assert runs[1].step < runs[0].step
    assert places(runs) == [1, 0]
    assert [run.loss for run in runs] == [trainer.evaluate()[0].loss for trainer in trainers(lead)]


def test_nothing_is_told_of_a_step_that_others_have_yet_to_reach():
    lead = raced(preset("and-gate-zeros"), [GAUSSIAN], 200, 100)
    lead.run(300)
    ours, competitor = ComparisonProbe().compute(lead)
    assert 0 < ours.steps[-1] == competitor.steps[-1] <= 200
    follow(lead)
    ours, competitor = ComparisonProbe().compute(lead)
    assert 200 < ours.steps[-1] == competitor.steps[-1]
