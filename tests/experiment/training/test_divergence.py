"""Where the numbers stop being numbers."""

import math

import numpy as np
import pytest

from playground.experiment.config import edits
from playground.experiment.config.schema import from_builtins
from playground.experiment.training.trainer import BLOCK, Trainer
from tests.experiment.training.runs import SINE, assert_same, trained

DIVERGING = edits.change(edits.change(SINE, "training.optimizer", "sgd"), "training.learning_rate", 3.0)


@pytest.mark.parametrize("slices", [(10**5,), (1,) * 400, (37,) * 20])
def test_divergence_is_located_exactly_and_the_last_good_weights_are_kept(slices):
    trainer = trained(DIVERGING, *slices)
    found = trainer.divergence
    assert trainer.stopped_by == "diverged"
    assert trainer.step_count == found.step - 1
    assert np.isfinite(trainer.network.parameters).all()
    assert np.isfinite(trainer.history.view().high).all()
    assert math.isfinite(trainer.metrics_train.loss)
    assert_same(trainer, trained(DIVERGING, 10**5))
    assert trainer.run(100) == 0


def test_divergence_names_the_layer_in_which_sums_overflow():
    config = from_builtins(
        {
            "data": {"name": "sine", "train_share": 1.0},
            "network": {"hidden": [4, 4], "activation": ["tanh", "linear"], "output": "linear"},
            "training": {"learning_rate": 0.01},
            "precision": "float32",
        }
    )
    trainer = Trainer(config)
    trainer.network.weights[1][...] = 3e38
    trainer.set_parameters(trainer.network.copy_parameters())
    trainer.run(10)
    assert (trainer.divergence.layer, trainer.divergence.what) == (2, "activations")


def test_divergence_after_many_steps_is_found_behind_the_first_block():
    config = edits.change(SINE, "training.optimizer", "sgd")
    trainer = trained(edits.change(config, "training.learning_rate", 0.01), 3 * BLOCK + 5)
    trainer.apply_live(edits.change(config, "training.learning_rate", 30.0))
    trainer.run(10**5)
    assert trainer.divergence.step > 3 * BLOCK + 5
    trainer.apply_live(edits.change(config, "training.learning_rate", 0.001))
    assert trainer.stopped_by is None
    assert trainer.divergence is None
    assert trainer.run(100) == 100
    assert math.isfinite(trainer.loss)
