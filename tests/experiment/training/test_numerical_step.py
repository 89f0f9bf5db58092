"""Steps by numerical differentiation can be left in the middle and gone on with, and nobody can tell afterwards."""

from collections.abc import Callable

import numpy as np
import pytest

from playground.experiment.config.schema import DataChoice, ExperimentConfig, NetworkConfig, StopConfig, TrainingConfig
from playground.experiment.training.trainer import Trainer


def experiment(gradient: str, **changes: object) -> ExperimentConfig:
    return ExperimentConfig(
        data=DataChoice("spiral"),
        network=NetworkConfig(hidden=(4,)),
        training=TrainingConfig(gradient=gradient, **changes),
    )


def in_pieces(every: int) -> Callable[[], bool]:
    """Return what says at every `every`-th question that the trainer should yield."""
    count = 0

    def should_yield() -> bool:
        nonlocal count
        count += 1
        return count % every == 0

    return should_yield


CASES = [
    experiment("numerical-naive", batch_size=10),
    experiment("numerical", batch_size=10),
    experiment("numerical-naive", batch_size=None),
    experiment("numerical-naive", batch_size=None, stop=StopConfig(loss_below=0.147)),
]


@pytest.mark.parametrize("config", CASES)
@pytest.mark.parametrize("every", [1, 7])
def test_steps_that_are_left_and_gone_on_with_are_the_same_bit_for_bit(config, every):
    whole, pieces = Trainer(config), Trainer(config)
    whole.run(30)
    calls, should_yield = 0, in_pieces(every)
    while pieces.step_count < whole.step_count or pieces.stopped_by != whole.stopped_by:
        pieces.run(30 - pieces.step_count, should_yield)
        calls += 1
    assert calls > 1 or every > 1
    assert (pieces.step_count, pieces.stopped_by) == (whole.step_count, whole.stopped_by)
    np.testing.assert_array_equal(pieces.network.parameters, whole.network.parameters)
    np.testing.assert_array_equal(pieces.history.view().mean, whole.history.view().mean)
    np.testing.assert_array_equal(pieces.flow.view().steps, whole.flow.view().steps)


def test_in_the_middle_it_says_how_far_it_is_and_nothing_has_changed_yet():
    trainer = Trainer(experiment("numerical-naive", batch_size=10))
    before = trainer.network.copy_parameters()
    assert trainer.step_loop.progress is None
    assert trainer.run(1, lambda: True) == 0
    progress = trainer.step_loop.progress
    assert (progress.done, progress.total) == (2, 2 * before.size)
    assert progress.step_seconds == pytest.approx(progress.seconds * before.size)
    np.testing.assert_array_equal(trainer.network.parameters, before)
    trainer.run(1, lambda: True)
    assert trainer.step_loop.progress.done == 4
    trainer.run(1)
    assert trainer.step_loop.progress is None
    assert trainer.step_count == 1


@pytest.mark.parametrize("change", ["reset", "weights", "batch"])
def test_a_step_that_was_begun_is_dropped_where_it_would_not_be_the_same(change):
    config = experiment("numerical-naive", batch_size=10)
    trainer, reference = Trainer(config), Trainer(config)
    trainer.run(1, lambda: True)
    if change == "reset":
        trainer.reset()
    elif change == "weights":
        for one in (trainer, reference):
            one.set_parameters(one.start + 0.1)
    else:
        for one in (trainer, reference):
            one.apply_live(experiment("numerical-naive", batch_size=20))
    assert trainer.step_loop.progress is None
    trainer.run(3)
    reference.run(3)
    np.testing.assert_array_equal(trainer.network.parameters, reference.network.parameters)
