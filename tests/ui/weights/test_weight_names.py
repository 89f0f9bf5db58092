"""What layers, units and weights are called."""

import numpy as np

from playground.experiment.config.presets import PRESETS
from playground.experiment.config.schema import ExperimentConfig
from playground.experiment.probes.snapshot import RunInfo
from playground.experiment.training.trainer import Trainer
from playground.ui.weights import weight_names
from tests.ui.conftest import experiment


def info_of(config: ExperimentConfig) -> RunInfo:
    return RunInfo.of(1, Trainer(config))


def test_layers_have_names_and_between_them_steps() -> None:
    info = info_of(experiment("spiral", [3, 2]))
    titles = [weight_names.layer_title(info, k) for k in range(4)]
    assert titles == ["inputs", "units of layer 1", "units of layer 2", "outputs"]
    assert weight_names.step_titles(info) == ("inputs → layer 1", "layer 1 → layer 2", "layer 2 → outputs")


def test_every_number_of_a_layer_has_a_name_biases_last() -> None:
    info = info_of(PRESETS["and-gate"].config)
    flat = np.arange(2 * 4 + 4 + 4 + 1, dtype=float)
    for layer in (0, 1):
        whole = weight_names.whole_layer(info, flat, layer)
        names = weight_names.link_names(info, layer)
        assert len(names) == whole.size
        assert [name.startswith("bias → ") for name in names].index(True) == whole[:-1].size
    assert weight_names.link_names(info, 0)[:2] == ("x1 → 1", "x1 → 2")


def test_what_rounding_has_left_of_zero_is_zero() -> None:
    said = weight_names.describe_spread(np.array([1e-17, -1e-17]), np.array([1.0, 3.0]))
    assert said.startswith("2 weights with mean 0 and standard deviation 0; at the start 2 and 1,")
