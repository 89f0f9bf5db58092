"""The rows of each step."""

import numpy as np

from playground.experiment.config import edits
from playground.experiment.training.trainer import Trainer
from tests.experiment.training.runs import BATCHED


def test_an_epoch_shows_every_row_once_and_ends_with_a_smaller_batch():
    config = edits.change(BATCHED, "training.batch_size", 20)
    trainer = Trainer(config)
    assert trainer.steps_per_epoch == 4
    seen = []
    for _ in range(8):
        seen.append(trainer.step_loop.next_inputs())
        trainer.run(1)
    assert [len(rows) for rows in seen] == [20, 20, 20, 15] * 2
    for epoch in (seen[:4], seen[4:]):
        rows = np.concatenate(epoch)
        np.testing.assert_array_equal(np.sort(rows, axis=0), np.sort(trainer.data.x_train, axis=0))
    assert not np.array_equal(seen[0], seen[4])
    assert trainer.epoch == 2


def test_with_replacement_every_batch_is_full_and_rows_repeat():
    trainer = Trainer(
        edits.change(edits.change(BATCHED, "training.batch_size", 50), "training.sampling", "replacement")
    )
    first = trainer.step_loop.next_inputs()
    trainer.run(1)
    second = trainer.step_loop.next_inputs()
    assert len(first) == len(second) == 50
    assert len(np.unique(np.concatenate([first, second]), axis=0)) < 75
