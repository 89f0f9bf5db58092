"""The check of gradients finds what is wrong, and nothing else."""

import numpy as np
import pytest

from playground.engine.activations import ACTIVATIONS
from playground.engine.gradient_check import TOLERANCE, check_gradient
from playground.engine.gradients import loss_gradient
from playground.engine.network import Network
from tests.engine.networks import network_and_rows


@pytest.mark.parametrize("loss", ["squared", "cross-entropy"])
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_a_right_gradient_passes_where_a_row_stands_on_a_corner_of_f_or_of_its_derivative(activation, loss):
    x, t = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]), np.array([[0.0], [1.0], [1.0], [0.0]])
    for seed in (1, 3, 11, 37, 40, 67, 121):
        network = Network((2, 4, 1), activation, "sigmoid")
        network.initialize([("xavier", {})] * 2, np.random.default_rng(seed))
        assert check_gradient(network, x, t, loss).passes, seed


def on_corners(seed):
    """Return a network with units of two layers on the corner of leaky ReLU, and the rows of a gate."""
    network = Network((2, 4, 4, 1), "leaky-relu", "sigmoid")
    network.initialize([("he", {})] * 3, np.random.default_rng(seed))
    return network, np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]), np.array([[0.0], [1.0], [1.0], [0.0]])


def test_where_units_of_several_layers_stand_on_a_corner_at_once_that_is_said_and_no_failure():
    checks = [check_gradient(*on_corners(seed), "squared") for seed in range(10)]
    assert all(check.passes for check in checks)
    assert all((check.corner == "leaky-relu") == (check.error > TOLERANCE) for check in checks)
    assert any(check.corner for check in checks)


def test_a_wrong_gradient_fails_on_a_corner_too(monkeypatch):
    right = loss_gradient
    monkeypatch.setattr("playground.engine.gradient_check.loss_gradient", lambda *given: 1.1 * right(*given))
    check = check_gradient(*on_corners(0), "squared")
    assert not check.passes
    assert check.corner is None


def test_a_wrong_gradient_fails_the_check_and_is_found(monkeypatch):
    network, x, t = network_and_rows((4,), "tanh", "sigmoid")
    right = loss_gradient

    def wrong(*arguments):
        gradient = right(*arguments)
        network.blocks_of(gradient)[1][2, 1] += 0.01
        return gradient

    monkeypatch.setattr("playground.engine.gradient_check.loss_gradient", wrong)
    check = check_gradient(network, x, t, "squared")
    assert not check.passes
    assert check.worst == (1, 2, 1)
    assert (check.layers[1].backprop - check.layers[1].numerical)[2, 1] == pytest.approx(0.01, abs=1e-6)
    assert check.layers[0].error.max() < 1e-6


def test_a_float32_network_is_checked_in_float64():
    network, x, t = network_and_rows((4,), "sigmoid", "softmax")
    assert check_gradient(network.copy(np.float32), x, t, "cross-entropy").passes
