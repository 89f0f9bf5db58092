"""Steps of a run, and settings that change on the way."""

import numpy as np

from playground.experiment.config import edits
from playground.experiment.config.schema import OptimizerChoice
from tests.experiment.training.runs import BATCHED, trained


def test_a_live_learning_rate_counts_from_the_next_step():
    slow = edits.change(BATCHED, "training.learning_rate", 0.0)
    trainer = trained(slow, 10)
    np.testing.assert_array_equal(trainer.network.parameters, trainer.start)
    trainer.apply_live(BATCHED)
    trainer.run(10)
    assert not np.array_equal(trainer.network.parameters, trainer.start)
    assert trainer.config == BATCHED


def test_a_live_batch_size_finishes_the_epoch_and_then_shows_every_row_again():
    trainer = trained(BATCHED, 3)
    trainer.apply_live(edits.change(BATCHED, "training.batch_size", 30))
    sizes = []
    for _ in range(5):
        sizes.append(len(trainer.step_loop.next_inputs()))
        trainer.run(1)
    assert sizes == [30, 15, 30, 30, 15]
    trainer.apply_live(edits.change(BATCHED, "training.batch_size", None))
    trainer.run(3)
    assert trainer.epoch == 5


def test_live_constants_of_the_optimiser_keep_its_memory():
    changed = edits.change(BATCHED, "training.optimizer", OptimizerChoice("adam", beta1=0.5))
    trainer = trained(BATCHED, 100)
    before = trainer.step_loop.checkpoint().optimizer
    trainer.apply_live(changed)
    after = trainer.step_loop.checkpoint().optimizer
    np.testing.assert_array_equal(before["square"], after["square"])
    assert after["steps"] == 100
    trainer.run(1)
    assert not np.array_equal(trainer.network.parameters, trained(BATCHED, 101).network.parameters)
