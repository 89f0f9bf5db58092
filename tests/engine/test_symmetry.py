"""Units that are copies of one another stay so, on every machine."""

import numpy as np
import pytest

from playground.engine.network import Network
from playground.engine.optimizers import OPTIMIZERS
from playground.engine.symmetry import alike_layers
from playground.engine.training_step import TrainingStep

ZEROS = ("zeros", {"bias": "zeros"})


def _network(*sizes: int, dtype: type = np.float32) -> Network:
    network = Network(sizes, "sigmoid", "softmax", dtype=dtype)
    network.initialize([ZEROS] * network.layers, np.random.default_rng(0))
    return network


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("update", ["together", "layerwise"])
@pytest.mark.parametrize("optimizer", ["sgd", "adam"])
def test_fifty_equal_units_are_equal_to_the_last_bit_after_many_steps(dtype: type, update: str, optimizer: str) -> None:
    network = _network(20, 50, 30, 10, dtype=dtype)
    rng = np.random.default_rng(1)
    step = TrainingStep(network, 100, "cross-entropy", OPTIMIZERS[optimizer].make(), update=update, l1=1e-5)
    with np.errstate(over="ignore"):
        for _ in range(200):
            step.inputs[...] = rng.random((100, 20))
            step.targets[...] = np.eye(10)[rng.integers(10, size=100)]
            step.run()
    assert alike_layers(network) == (0, 1)
    assert np.ptp(network.weights[2], axis=1).max() > 0


def test_one_unit_set_apart_is_not_drawn_back() -> None:
    network = _network(4, 3, 2)
    network.weights[0][0, 1] = 0.5
    assert alike_layers(network) == ()
    step = TrainingStep(network, 5, "cross-entropy")
    step.inputs[...], step.targets[...] = np.random.default_rng(2).random((5, 4)), [[1, 0]] * 5
    step.run()
    assert network.weights[0][0, 1] != network.weights[0][0, 0]


def test_units_alike_only_on_the_way_in_are_not_alike() -> None:
    network = _network(4, 3, 2)
    network.weights[1][...] = np.arange(6).reshape(3, 2)
    assert alike_layers(network) == ()


def test_a_single_unit_is_nobodys_copy() -> None:
    assert alike_layers(_network(4, 1, 2)) == ()
