import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.experiment.config import edits
from playground.experiment.config.presets import PRESETS
from playground.experiment.probes.probe import WeightCurves
from playground.experiment.training.trainer import Trainer
from playground.experiment.training.weight_history import MOST, MOST_PARAMETERS, WeightHistory


def trainer_of(name="and-gate"):
    return Trainer(PRESETS[name].config)


def test_the_history_begins_at_the_start_and_ends_now():
    trainer = trainer_of()
    trainer.run(777)
    view = WeightCurves().compute(trainer)
    assert (view.steps[0], view.steps[-1]) == (0, 777)
    np.testing.assert_array_equal(view.values[0], trainer.start)
    np.testing.assert_array_equal(view.values[-1], trainer.network.parameters)


def test_each_entry_is_the_state_after_so_many_steps():
    trainer = trainer_of("spiral")
    trainer.run(300)
    view = WeightCurves().compute(trainer)
    other = trainer_of("spiral")
    for step, values in zip(view.steps, view.values, strict=True):
        other.run(int(step) - other.step_count)
        np.testing.assert_array_equal(values, other.network.parameters)


@settings(max_examples=8)
@given(st.lists(st.integers(1, 400), min_size=1, max_size=8))
def test_what_is_kept_does_not_depend_on_how_the_run_is_sliced(slices):
    whole, sliced = trainer_of(), trainer_of()
    whole.run(sum(slices))
    for count in slices:
        sliced.run(count, should_yield=lambda: False)
    one, other = (WeightCurves().compute(trainer) for trainer in (whole, sliced))
    np.testing.assert_array_equal(one.steps, other.steps)
    np.testing.assert_array_equal(one.values, other.values)


def test_memory_stays_bounded_and_the_start_stays():
    history, parameters = WeightHistory(np.zeros(3)), np.zeros(3)
    for _k in range(5 * MOST):
        parameters[:] = history.due
        history.add(history.due, parameters)
    view = history.view(history.due, parameters + 1)
    assert len(view.steps) <= MOST + 1
    assert view.steps[0] == 0
    assert (np.diff(view.steps) > 0).all()
    assert np.diff(view.steps).max() <= view.steps[-1] / 50
    np.testing.assert_array_equal(view.values[:-1, 0], view.steps[:-1])


def test_large_networks_are_not_followed():
    history = WeightHistory(np.zeros(MOST_PARAMETERS + 1))
    assert not history.is_kept
    assert history.due == sys.maxsize
    history.add_change(0, np.zeros(1), np.ones(1))
    assert WeightCurves().compute(trainer_of("digits")) is None


def test_a_change_by_hand_is_a_jump_and_several_at_one_step_are_one():
    trainer = trainer_of()
    trainer.run(40)
    before = trainer.network.copy_parameters()
    for value in (1.0, 2.0, 3.0):
        changed = trainer.network.copy_parameters()
        changed[0] = value
        trainer.set_parameters(changed)
    view = WeightCurves().compute(trainer)
    assert list(view.steps[-3:]).count(40) == 2
    np.testing.assert_array_equal(view.values[-2], before)
    assert view.values[-1][0] == 3.0
    trainer.run(10)
    assert WeightCurves().compute(trainer).steps[-1] == 50
    trainer.reset()
    np.testing.assert_array_equal(WeightCurves().compute(trainer).steps, [0])


def test_nothing_after_the_step_that_diverged_is_kept():
    config = PRESETS["sine-curve"].config
    trainer = Trainer(edits.change(config, "training.learning_rate", 1e6))
    trainer.run(2000)
    assert trainer.stopped_by == "diverged"
    view = WeightCurves().compute(trainer)
    assert view.steps[-1] == trainer.step_count
    assert np.isfinite(view.values).all()


def test_answers_are_read_only_copies():
    trainer = trainer_of()
    trainer.run(5)
    view = WeightCurves().compute(trainer)
    kept = view.values.copy()
    trainer.run(200)
    np.testing.assert_array_equal(view.values, kept)
    with pytest.raises(ValueError, match="read-only"):
        view.values[0] = 0
