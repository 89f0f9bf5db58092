"""One name for one thing: what a setting and its values are called."""

from typing import Any

import pytest

from playground.experiment.config.schema import FIELDS as SETTINGS
from playground.ui.forms.experiment_fields import FIELDS, setting_label, value_label


@pytest.mark.parametrize(
    ("path", "value", "label", "words"),
    [
        ("training.sampling", "shuffle", "Sampling", "shuffled"),
        ("training.reduction", "sum", "Batch gradient", "sum"),
        ("training.batch_size", None, "Batch size", "all"),
        ("training.stop.steps", None, "Steps", "never"),
        ("network.hidden", [4, 2], "Hidden layers", "4, 2"),
        ("network.hidden[0]", 3, "Hidden layers", "3"),
        ("network.activation", "relu", "Activation", "ReLU"),
        ("network.initial", {"scheme": "gaussian", "std": 0.14}, "Initial weights", "Gaussian, σ = 0.14"),
        ("network.initial", ["zeros", "xavier"], "Initial weights", "Zeros · Xavier"),
        ("network.initial.bias", "same", "Biases", "like the weights"),
        ("training.optimizer", {"name": "adam", "beta1": 0.8}, "Optimiser", "Adam, Beta 1 0.8"),
        ("training.optimizer.name", "sgd", "Optimiser", "Gradient descent"),
        ("data", {"name": "xor"}, "Data", "XOR"),
        ("data.noise", 0.3, "Noise", "0.3"),
    ],
)
def test_a_setting_and_its_values_are_called_as_in_the_set_up(path: str, value: Any, label: str, words: str) -> None:
    assert (setting_label(path), value_label(path, value)) == (label, words)


def test_every_fixed_setting_has_a_field() -> None:
    assert set(SETTINGS) - set(FIELDS) == {"network.hidden"}
