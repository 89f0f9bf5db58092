"""Numerical differentiation, and backpropagation checked against it in every combination."""

import itertools

import numpy as np
import pytest

from playground.engine.activations import ACTIVATIONS, OUTPUTS
from playground.engine.gradient_check import check_gradient
from playground.engine.gradients import (
    loss_gradient,
    numerical_derivative,
    numerical_gradient,
    numerical_loss_gradient,
)
from playground.engine.losses import LOSSES
from playground.engine.network import BIASES, Network

HIDDEN = ((), (4,), (4, 3), (4, 3, 5))
POSSIBLE = [
    (output, loss)
    for output, loss in itertools.product(OUTPUTS, LOSSES)
    if loss != "cross-entropy" or output in ("sigmoid", "softmax")
]


def network_and_rows(hidden, activations, output, bias="unit", rows=5, n_out=3, seed=0):
    rng = np.random.default_rng(seed)
    network = Network((2, *hidden, n_out), activations, output, bias)
    network.initialize([("gaussian", {"std": 0.8, "bias": "same"})] * network.layers, rng)
    x = rng.standard_normal((rows, 2))
    t = np.eye(n_out)[rng.integers(0, n_out, rows)] if n_out > 1 else rng.integers(0, 2, (rows, 1)).astype(float)
    return network, x, t


def test_the_order_in_memory_does_not_matter():
    point = np.asfortranarray([[1.0, 2.0], [3.0, 4.0]])
    np.testing.assert_allclose(numerical_gradient(lambda x: float((x**2).sum()), point), 2 * point, atol=1e-8)


def test_derivative_of_article_b():
    assert numerical_derivative(lambda x: 0.01 * x**2 + 0.1 * x, 5) == pytest.approx(0.2, abs=1e-9)
    assert numerical_derivative(lambda x: 0.01 * x**2 + 0.1 * x, 10) == pytest.approx(0.3, abs=1e-9)


@pytest.mark.parametrize("point", [np.array([3.0, 4.0]), np.array([3, 4]), [3, 4], np.array([[3], [4]], np.uint8)])
def test_gradient_of_the_sum_of_squares_is_6_and_8_even_for_whole_numbers(point):
    before = np.array(point)
    gradient = numerical_gradient(lambda x: float(np.sum(x**2)), point)
    np.testing.assert_allclose(gradient.ravel(), [6, 8], atol=1e-8)
    assert gradient.shape == np.shape(point)
    np.testing.assert_array_equal(point, before)


@pytest.mark.parametrize("bias", BIASES)
@pytest.mark.parametrize(("output", "loss"), POSSIBLE)
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_backpropagation_agrees_with_central_differences(activation, output, loss, bias):
    for hidden in HIDDEN:
        network, x, t = network_and_rows(hidden, activation, output, bias)
        check = check_gradient(network, x, t, loss)
        assert check.passes, (hidden, check)
        assert len(check.layers) == len(hidden) + 1
        assert (check.layers[0].bias is None) == (bias in ("none", "fixed"))


@pytest.mark.parametrize("activations", list(itertools.permutations(["sigmoid", "tanh", "swish"])))
def test_layers_may_each_have_their_own_activation(activations):
    network, x, t = network_and_rows((3, 4, 2), activations, "softmax")
    assert check_gradient(network, x, t, "cross-entropy").passes


@pytest.mark.parametrize("bias", BIASES)
@pytest.mark.parametrize(("output", "loss"), POSSIBLE)
def test_the_clever_numerical_gradient_is_the_naive_one(output, loss, bias):
    network, x, t = network_and_rows((4, 3), ("tanh", "sigmoid"), output, bias)
    clever = numerical_loss_gradient(network, x, t, loss)
    naive = numerical_loss_gradient(network, x, t, loss, naive=True)
    np.testing.assert_allclose(clever, naive, atol=1e-10)


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


def test_a_corner_of_relu_is_no_error_and_a_wrong_gradient_is_one():
    network = Network((2, 4, 1), "relu", "sigmoid")
    x, t = np.array([[0.0, 1.0], [1.0, 1.0]]), np.array([[0.0], [1.0]])
    network.weights[1][:] = 1.0
    assert check_gradient(network, x, t, "squared").passes
    assert check_gradient(network, x, t, "squared").layers[1].error < 1e-8


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
    worst = check.layers[1].weight
    assert worst.index == (2, 1)
    assert worst.backprop - worst.numerical == pytest.approx(0.01, abs=1e-6)
    assert check.layers[0].error < 1e-6


def test_a_float32_network_is_checked_in_float64():
    network, x, t = network_and_rows((4,), "sigmoid", "softmax")
    assert check_gradient(network.copy(np.float32), x, t, "cross-entropy").passes
