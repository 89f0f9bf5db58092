"""From a configuration to what runs."""

import math

import numpy as np
import pytest

from playground.experiment.config import edits
from playground.experiment.config.presets import PRESETS
from playground.experiment.config.schema import ConfigError, DataChoice, InitialChoice
from playground.experiment.training.trainer import Trainer
from tests.experiment.training.runs import AND, SINE


@pytest.mark.parametrize(
    ("config", "path"),
    [
        (edits.change(AND, "network.initial", InitialChoice("given", weights=[[[1, 2]], [[1]]])), "$.network.initial"),
        (edits.set_loss(edits.set_output(SINE, "sigmoid"), "cross-entropy"), "$.training.loss"),
    ],
)
def test_what_does_not_fit_the_data_is_refused_with_its_path(config, path):
    with pytest.raises(ConfigError) as refusal:
        Trainer(config)
    assert refusal.value.path == path


@pytest.mark.parametrize("name", PRESETS)
def test_every_preset_is_built_and_makes_steps(name, request):
    config = PRESETS[name].config
    if config.data.name == "mnist":
        request.getfixturevalue("mnist_folder")
        config = edits.set_data(config, DataChoice("mnist", samples=500))
    elif config.data.name == "fashion-mnist":
        config = edits.set_data(config, "digits")
    trainer = Trainer(config)
    assert trainer.run(20) == 20
    assert math.isfinite(trainer.loss)
    assert not np.array_equal(trainer.network.parameters, trainer.start) or name == "xor-gate-zeros"
