"""Backpropagation computes the derivative of the loss."""

import itertools

import numpy as np
import pytest

from playground.engine.activations import ACTIVATIONS
from playground.engine.gradient_check import check_gradient
from playground.engine.gradients import loss_gradient
from playground.engine.network import BIASES, Network
from tests.engine.networks import POSSIBLE, network_and_rows, numerical_loss_gradient

HIDDEN = ((), (4, 3))


@pytest.mark.parametrize(("output", "loss"), POSSIBLE)
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_backpropagation_agrees_with_central_differences(activation, output, loss):
    for bias, hidden in itertools.product(BIASES, HIDDEN):
        network, x, t = network_and_rows(hidden, activation, output, bias)
        check = check_gradient(network, x, t, loss)
        assert check.passes, (bias, hidden, check)
        assert len(check.layers) == len(hidden) + 1
        assert check.layers[0].has_bias == (bias not in ("none", "fixed"))


@pytest.mark.parametrize("activations", [("sigmoid", "tanh", "swish"), ("swish", "sigmoid", "relu")])
def test_layers_may_each_have_their_own_activation(activations):
    network, x, t = network_and_rows((3, 4, 2), activations, "softmax")
    assert check_gradient(network, x, t, "cross-entropy").passes


@pytest.mark.parametrize("hidden", [(), (40,)])
def test_the_input_scale_is_part_of_every_gradient(hidden):
    rng = np.random.default_rng(1)
    network = Network((50, *hidden, 3), "sigmoid", "softmax")
    network.input_scale = 1 / 255
    network.initialize([("xavier", {"bias": "same"})] * network.layers, rng)
    pixels, t = rng.integers(0, 256, (6, 50), dtype=np.uint8), np.eye(3)[rng.integers(0, 3, 6)]
    assert check_gradient(network, pixels, t, "cross-entropy").passes
    shares = network.copy()
    shares.input_scale = 1.0
    np.testing.assert_allclose(
        loss_gradient(network, pixels, t, "cross-entropy"),
        loss_gradient(shares, pixels / 255, t, "cross-entropy"),
        atol=1e-14,
    )


def test_the_gradient_of_the_sum_is_that_of_the_mean_times_the_rows():
    network, x, t = network_and_rows((4,), "tanh", "sigmoid")
    mean, total = (loss_gradient(network, x, t, "squared", reduction) for reduction in ("mean", "sum"))
    np.testing.assert_allclose(total, 5 * mean, rtol=1e-12)
    np.testing.assert_allclose(numerical_loss_gradient(network, x, t, "squared", reduction="sum"), total, atol=1e-8)
