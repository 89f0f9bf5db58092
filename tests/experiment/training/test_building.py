"""From a configuration to what runs."""

import pytest

from playground.experiment.config import edits
from playground.experiment.config.schema import ConfigError, InitialChoice
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
