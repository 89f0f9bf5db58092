"""Numerical differentiation, and backpropagation checked against it in every combination."""

import numpy as np
import pytest

from playground.engine.gradients import NumericalLossGradient, gradient_descent, loss_gradient, numerical_gradient
from playground.engine.network import BIASES, Network
from tests.engine.networks import POSSIBLE, network_and_rows, numerical_loss_gradient


@pytest.mark.parametrize(
    "point",
    [np.array([3.0, 4.0]), np.array([3, 4]), [3, 4], np.array([[3], [4]], np.uint8), np.asfortranarray([[3, 4]])],
)
def test_gradient_of_the_sum_of_squares_is_6_and_8_even_for_whole_numbers(point):
    before = np.array(point)
    gradient = numerical_gradient(lambda x: float(np.sum(x**2)), point)
    np.testing.assert_allclose(gradient.ravel(), [6, 8], atol=1e-8)
    assert gradient.shape == np.shape(point)
    np.testing.assert_array_equal(point, before)


@pytest.mark.parametrize(("output", "loss"), POSSIBLE)
def test_the_clever_numerical_gradient_is_the_naive_one(output, loss):
    for bias in BIASES:
        network, x, t = network_and_rows((4, 3), ("tanh", "sigmoid"), output, bias)
        clever = numerical_loss_gradient(network, x, t, loss)
        naive = numerical_loss_gradient(network, x, t, loss, naive=True)
        np.testing.assert_allclose(clever, naive, atol=1e-10, err_msg=bias)


@pytest.mark.parametrize("differentiate", [loss_gradient, NumericalLossGradient])
def test_a_reduction_a_loss_or_rows_that_do_not_suit_are_refused(differentiate):
    network, x, t = Network((2, 1), (), "linear"), np.zeros((4, 2)), np.zeros((4, 1))
    with pytest.raises(ValueError, match="unknown reduction 'maen'; known are mean, sum"):
        differentiate(network, x, t, "squared", reduction="maen")
    with pytest.raises(ValueError, match="needs an output out of"):
        differentiate(network, x, t, "cross-entropy")
    with pytest.raises(ValueError, match="targets must be 4 rows"):
        differentiate(network, x, t[:1], "squared")


def test_descent_keeps_its_path_and_leaves_its_start_alone():
    start = np.array([-3.0, 4.0])
    path = gradient_descent(lambda x: float(np.sum(x**2)), start, 0.1, 100)
    assert path.shape == (101, 2)
    np.testing.assert_array_equal(start, [-3, 4])
    np.testing.assert_array_equal(path[0], start)


def test_simple_net_of_article_b_by_both_gradients():
    network = Network((2, 3), (), "softmax", bias="none")
    network.initialize([("gaussian", {})], np.random.default_rng(0))
    x, t = np.array([[0.6, 0.9]]), np.array([[0.0, 0.0, 1.0]])
    slopes = network.blocks_of(numerical_loss_gradient(network, x, t, "cross-entropy", naive=True))[0]
    np.testing.assert_allclose(slopes[:-1], np.outer(x, network.predict(x) - t), atol=1e-8)
    assert not slopes[-1].any()
