"""Runs that several tests of training look at."""

import numpy as np

from playground.experiment.config import edits
from playground.experiment.config.presets import PRESETS
from playground.experiment.config.schema import StopConfig, from_builtins
from playground.experiment.training.trainer import Trainer

BATCHED = from_builtins(
    {
        "data": {"name": "moons", "samples": 100, "noise": 0.2, "train_share": 0.75},
        "network": {"hidden": [5, 4], "activation": "tanh"},
        "training": {"batch_size": 10, "optimizer": "adam", "learning_rate": 0.01},
    }
)


AND = edits.change(PRESETS["and-gate"].config, "training.stop", StopConfig())


SINE = edits.change(PRESETS["sine-curve"].config, "training.stop", StopConfig())


def trained(config, *slices):
    trainer = Trainer(config)
    for steps in slices:
        trainer.run(steps)
    return trainer


def assert_same(one, other):
    np.testing.assert_array_equal(one.network.parameters, other.network.parameters)
    assert one.step_count == other.step_count
    assert one.epoch == other.epoch
    assert one.stopped_by == other.stopped_by
    assert one.loss == other.loss
    for ours, theirs in zip(vars(one.history.view()).values(), vars(other.history.view()).values(), strict=True):
        np.testing.assert_array_equal(ours, theirs)
