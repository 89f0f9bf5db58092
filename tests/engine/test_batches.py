"""Rows and targets of a batch, gathered."""

import numpy as np
import pytest

from playground.engine.batches import BatchGatherer
from playground.engine.network import Network
from playground.engine.optimizers import OPTIMIZERS
from playground.engine.training_step import TrainingStep
from tests.engine.networks import make, optimizer


@pytest.mark.parametrize("n_out", [1, 3])
@pytest.mark.parametrize("kind", [np.uint8, np.float32, np.float64])
def test_the_gatherer_brings_rows_and_targets(kind, n_out):
    rng = np.random.default_rng(0)
    x, t = rng.integers(0, 256, (20, 40)).astype(kind), rng.random((20, n_out))
    network = Network((40, n_out))
    step = TrainingStep(network, 4)
    BatchGatherer(x, t, step.inputs, step.targets).fill(np.array([7, 7, 0, 19]))
    np.testing.assert_array_equal(step.inputs, x[[7, 7, 0, 19]])
    np.testing.assert_array_equal(step.targets, t[[7, 7, 0, 19]])
    whole = TrainingStep(network, 20)
    BatchGatherer(x, t, whole.inputs, whole.targets).fill_all()
    np.testing.assert_array_equal(whole.inputs, x)
    np.testing.assert_array_equal(whole.targets, t)


@pytest.mark.parametrize("name", OPTIMIZERS)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_learning_from_batches_is_filling_and_running_one_by_one(dtype, name):
    rng = np.random.default_rng(1)
    x, t = rng.standard_normal((30, 3)).astype(dtype), rng.random((30, 2)).astype(dtype)
    batches = rng.integers(0, 30, (50, 4))
    one, first = make(rows=4, dtype=dtype, optimizer=optimizer(name), learning_rate=1e-3)
    many, second = make(rows=4, dtype=dtype, optimizer=optimizer(name), learning_rate=1e-3)
    gatherer = BatchGatherer(x, t, first.inputs, first.targets)
    second.gather_with(BatchGatherer(x, t, second.inputs, second.targets))
    expected = []
    for indices in batches:
        gatherer.fill(indices)
        expected.append(first.run())
    losses = np.empty(len(batches))
    second.learn(batches, losses)
    np.testing.assert_array_equal(losses, expected)
    np.testing.assert_array_equal(many.parameters, one.parameters)
    assert second.loss == first.loss == expected[-1]
