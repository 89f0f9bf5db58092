"""The network: its parameters, how they start, what it predicts."""

import tracemalloc

import numpy as np
import pytest

from playground.engine.network import BIASES, Network
from playground.registry import UserError

MISSHAPEN = [
    ((4, 2), (4,), "targets must be 4 rows of 1 numbers; their shape is \\(4,\\)"),
    ((4, 2), (1, 4), "targets must be 4 rows"),
    ((4, 2), (4, 2), "targets must be 4 rows"),
    ((4, 2), (1, 1), "targets must be 4 rows"),
    ((4, 2), (), "targets must be 4 rows"),
    ((4, 1), (4, 1), "rows of 2 numbers"),
    ((2,), (1, 1), "rows of 2 numbers"),
    ((0, 2), (0, 1), "at least one row"),
]
"""Shapes of inputs and targets that do not suit two inputs and one output, and what is said of them."""


def made(sizes=(3, 5, 4, 2), activations="tanh", output="softmax", bias="unit", dtype=np.float64, seed=0):
    network = Network(sizes, activations, output, bias, dtype)
    network.initialize([("gaussian", {"bias": "same"})] * network.layers, np.random.default_rng(seed))
    return network


def test_weights_and_biases_are_views_of_one_flat_array():
    network = made((3, 5, 2))
    assert [w.shape for w in network.weights] == [(3, 5), (5, 2)]
    assert [b.shape for b in network.biases] == [(5,), (2,)]
    network.parameters[:] = np.arange(network.parameters.size)
    np.testing.assert_array_equal(network.weights[0], np.arange(15).reshape(3, 5))
    np.testing.assert_array_equal(network.biases[0], np.arange(15, 20))
    network.weights[1][4, 1] = -1
    assert network.parameters[29] == -1


@pytest.mark.parametrize(
    ("bias", "count"), [("unit", 3 * 5 + 5 * 2 + 7), ("layer", 25 + 2), ("none", 25), ("fixed", 25)]
)
def test_the_parameter_count_is_what_training_can_change(bias, count):
    assert made((3, 5, 2), bias=bias).parameter_count == count


def test_a_prediction_is_the_formula_written_out():
    network = made()
    x = np.random.default_rng(1).standard_normal((7, 3))
    a = x
    for k in range(2):
        a = np.tanh(a @ network.weights[k] + network.biases[k])
    z = a @ network.weights[2] + network.biases[2]
    y = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
    np.testing.assert_allclose(network.predict(x), y, rtol=1e-13)
    np.testing.assert_allclose(network.pre_activations_of(x)[2], z, rtol=1e-12)
    layers = network.activations_of(x)
    assert [array.shape for array in layers] == [(7, 3), (7, 5), (7, 4), (7, 2)]
    np.testing.assert_array_equal(layers[0], x)
    np.testing.assert_allclose(layers[2], a, rtol=1e-12)


@pytest.mark.parametrize("kind", [np.uint8, np.int64, np.float32, np.float64])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_inputs_of_any_number_type_are_scaled_inside(kind, dtype):
    network = made((40, 6, 3), "sigmoid", dtype=dtype)
    x = np.random.default_rng(0).integers(0, 256, (5, 40)).astype(kind)
    shares = x.astype(np.float64) / 255
    expected = network.predict(shares)
    network.input_scale = 1 / 255
    y = network.predict(x)
    assert y.dtype == dtype
    np.testing.assert_allclose(y, expected, rtol=1e-4 if dtype == np.float32 else 1e-12)
    np.testing.assert_allclose(network.activations_of(x)[0], shares, rtol=1e-6)


def test_many_rows_give_what_each_gives_alone_without_much_memory():
    network = made((50, 20, 3), "sigmoid", dtype=np.float32)
    x = np.random.default_rng(0).integers(0, 2, (30_000, 50), dtype=np.uint8)
    t = np.eye(3)[np.arange(len(x)) % 3]
    network.predict(x[:10_000])
    tracemalloc.start()
    y, loss = network.evaluate(x, t, "cross-entropy")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 4e6 < 30_000 * 70 * 4
    np.testing.assert_allclose(y[20_000:20_003], network.predict(x[20_000:20_003]), rtol=1e-5)
    surprise = -np.log((y.astype(np.float64) * t).sum(axis=1)).mean()
    assert loss == pytest.approx(surprise, rel=1e-6)


@pytest.mark.parametrize("number", [np.nan, np.inf, 1e38])
def test_a_network_that_has_diverged_predicts_without_a_warning(number):
    network = made(output="softmax", dtype=np.float32)
    network.parameters[::2] = number
    assert network.predict([[0, 1, -3]]).shape == (1, 2)


def test_a_copy_is_equal_and_independent():
    network = made()
    network.input_scale = 0.5
    twin = network.copy(np.float32)
    x = np.ones((2, 3))
    np.testing.assert_allclose(twin.predict(x), network.predict(x), rtol=1e-5)
    start = network.copy_parameters()
    network.parameters += 1
    assert not np.allclose(twin.parameters, network.parameters)
    network.restore(start)
    np.testing.assert_allclose(twin.parameters, network.parameters, rtol=1e-6)


@pytest.mark.parametrize("bias", BIASES)
def test_biases_start_as_the_mode_has_it(bias):
    biases = made(bias=bias).biases
    assert all(b.any() for b in biases) == (bias != "none")
    assert all(np.ptp(b) == 0 for b in biases) == (bias in ("none", "layer"))


def test_given_biases_that_differ_are_refused_where_a_layer_shares_one():
    network = Network((1, 2), (), bias="layer")
    with pytest.raises(UserError, match="layer 1 differ"):
        network.initialize([("given", {"weights": [[1, 2]], "biases": [1, 2]})], np.random.default_rng(0))


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (((3,),), "two sizes"),
        (((3, 0, 1),), "two sizes"),
        (((3, 4, 1), ("tanh", "tanh")), "1 hidden layers"),
        (((3, 4, 1), "step"), "unknown activation 'step'"),
        (((3, 4, 1), "tanh", "relu"), "unknown output 'relu'"),
        (((3, 4, 1), "tanh", "tanh", "some"), "unknown bias 'some'"),
        (((3, 1), (), "tanh", "unit", int), "unknown type 'int64'; known are float64, float32"),
        (((3, 1), (), "tanh", "unit", "f2"), "unknown type 'float16'"),
    ],
)
def test_an_impossible_network_is_refused(arguments, reason):
    with pytest.raises(ValueError, match=reason):
        Network(*arguments)


def test_inputs_of_the_wrong_width_and_too_few_initialisers_are_refused():
    network = made()
    with pytest.raises(ValueError, match="rows of 3 numbers"):
        network.predict(np.zeros((4, 2)))
    with pytest.raises(ValueError, match="3 layers need"):
        network.initialize([("zeros", {})], np.random.default_rng(0))


@pytest.mark.parametrize(("x", "t", "reason"), MISSHAPEN)
def test_rows_that_do_not_fit_have_no_loss(x, t, reason):
    network = Network((2, 3, 1))
    with pytest.raises(ValueError, match=reason):
        network.loss(np.zeros(x), np.zeros(t), "squared")
