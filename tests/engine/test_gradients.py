"""Numerical differentiation, and backpropagation checked against it in every combination."""

import numpy as np
import pytest

from playground.engine.gradients import (
    numerical_gradient,
    numerical_loss_gradient,
)
from playground.engine.network import BIASES
from tests.engine.networks import POSSIBLE, network_and_rows


def test_the_order_in_memory_does_not_matter():
    point = np.asfortranarray([[1.0, 2.0], [3.0, 4.0]])
    np.testing.assert_allclose(numerical_gradient(lambda x: float((x**2).sum()), point), 2 * point, atol=1e-8)


@pytest.mark.parametrize("point", [np.array([3.0, 4.0]), np.array([3, 4]), [3, 4], np.array([[3], [4]], np.uint8)])
def test_gradient_of_the_sum_of_squares_is_6_and_8_even_for_whole_numbers(point):
    before = np.array(point)
    gradient = numerical_gradient(lambda x: float(np.sum(x**2)), point)
    np.testing.assert_allclose(gradient.ravel(), [6, 8], atol=1e-8)
    assert gradient.shape == np.shape(point)
    np.testing.assert_array_equal(point, before)


@pytest.mark.parametrize("bias", BIASES)
@pytest.mark.parametrize(("output", "loss"), POSSIBLE)
def test_the_clever_numerical_gradient_is_the_naive_one(output, loss, bias):
    network, x, t = network_and_rows((4, 3), ("tanh", "sigmoid"), output, bias)
    clever = numerical_loss_gradient(network, x, t, loss)
    naive = numerical_loss_gradient(network, x, t, loss, naive=True)
    np.testing.assert_allclose(clever, naive, atol=1e-10)
