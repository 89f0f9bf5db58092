"""Every figure that the articles publish and that follows from their choices alone, to its printed digits."""

import numpy as np
import pytest

from playground.engine.activations import Softmax
from playground.engine.gradients import gradient_descent, numerical_loss_gradient
from playground.engine.losses import Squared
from playground.engine.network import Network
from playground.engine.training_step import TrainingStep

AND_X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
AND_T = np.array([[0], [0], [0], [1]])
ZEROS, ONES = ("zeros", {}), ("constant", {"value": 1.0})

TEN_OUTPUTS = np.array([0.1, 0.05, 0.6, 0, 0.05, 0.1, 0, 0.1, 0, 0])
CLASS_2 = np.eye(10)[2]


def printed(values, digits=8):
    return [f"{value:.{digits}g}" for value in np.ravel(values)]


def to_the_digits_of(published, values):
    """Return `values` with as many decimals as each published figure has."""
    return [
        f"{value:.{len(figure.partition('.')[2])}f}" for figure, value in zip(published, np.ravel(values), strict=True)
    ]


def train_and_gate(first, bias, update):
    network = Network((2, 4, 1), "sigmoid", "sigmoid", bias)
    network.initialize([first, ZEROS], np.random.default_rng(0))
    step = TrainingStep(network, 4, "squared", reduction="sum", update=update, learning_rate=0.1)
    step.inputs[...], step.targets[...] = AND_X, AND_T
    for _ in range(10_000):
        step.run()
    return network


def test_softmax_of_article_a():
    y = Softmax.formula(np.array([0.3, 2.9, 4.0]))
    assert [f"{value:.8f}" for value in y] == ["0.01821127", "0.24519181", "0.73659691"]
    assert y.sum() == pytest.approx(1.0, abs=1e-15)


def test_softmax_of_rows_and_of_large_numbers():
    y = Softmax.formula(np.array([[1010, 1000, 990], [0.3, 2.9, 4.0]]))
    np.testing.assert_allclose(y[0], [0.9999546, 4.5397868e-05, 2.0610601e-09], rtol=1e-6)
    np.testing.assert_array_equal(y[1], Softmax.formula(np.array([0.3, 2.9, 4.0])))


def test_squared_error_of_article_b():
    assert Squared.formula(TEN_OUTPUTS, CLASS_2) == pytest.approx(0.0975, abs=1e-12)


def test_descent_of_article_b_ends_where_it_says_and_leaves_its_start_alone():
    start = np.array([-3.0, 4.0])
    path = gradient_descent(lambda x: float(np.sum(x**2)), start, 0.1, 100)
    assert printed(path[-1], 5) == ["-6.1111e-10", "8.1481e-10"]
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


def test_and_gate_of_article_c_from_zeros():
    network = train_and_gate(ZEROS, "layer", "layerwise")
    assert printed(network.predict(AND_X), 9) == ["0.000322480024", "0.0222335711", "0.0222335711", "0.957711099"]
    assert {f"{w:.8f}" for w in network.weights[0].ravel()} == {"-2.49072772"}
    assert {f"{w:.6f}" for w in network.weights[1].ravel()} == {"-3.373125"}


def test_and_gate_of_article_c_from_ones_and_zeros():
    network = train_and_gate(ONES, "layer", "layerwise")
    assert [f"{y:.8f}" for y in network.predict(AND_X).ravel()] == [
        "0.00399349",
        "0.02830098",
        "0.02830098",
        "0.96924181",
    ]
    assert {f"{w:.8f}" for w in network.weights[0].ravel()} == {"2.48265841"}
    assert {f"{w:.6f}" for w in network.weights[1].ravel()} == {"3.231811"}


def test_and_gate_of_the_textbooks_from_zeros():
    network = train_and_gate(ZEROS, "unit", "together")
    outputs = network.predict(AND_X).ravel()
    assert f"{outputs[0]:.4e}" == "8.5477e-05"
    assert [f"{y:.6f}" for y in outputs[1:]] == ["0.026323", "0.026323", "0.951842"]
    assert {f"{w:.6f}" for w in network.weights[0].ravel()} == {"-2.177112"}
    assert {f"{w:.6f}" for w in network.weights[1].ravel()} == {"-3.887776"}


def worked_example(update):
    """Return network and step of Matt Mazur's step by step example."""
    network = Network((2, 2, 2), "sigmoid", "sigmoid", bias="fixed")
    options = {
        "weights": [[[0.15, 0.25], [0.20, 0.30]], [[0.40, 0.50], [0.45, 0.55]]],
        "biases": [[0.35, 0.35], [0.60, 0.60]],
    }
    network.initialize([("given", options)] * 2, np.random.default_rng(0))
    step = TrainingStep(network, 1, "squared", update=update, learning_rate=0.5)
    step.inputs[...], step.targets[...] = [[0.05, 0.10]], [[0.01, 0.99]]
    return network, step


def test_worked_example_with_the_update_after_the_backward_pass():
    network, step = worked_example("together")
    assert printed(network.predict(step.inputs), 9) == ["0.75136507", "0.772928465"]
    step.run()
    assert f"{step.loss:.9f}" == "0.298371109"
    above = ["0.35891648", "0.408666186", "0.511301270", "0.561370121"]
    below = ["0.149780716", "0.19956143", "0.24975114", "0.29950229"]
    assert to_the_digits_of(above, network.weights[1].T) == above
    assert to_the_digits_of(below, network.weights[0].T) == below
    assert printed(np.stack(network.biases)) == ["0.35", "0.35", "0.6", "0.6"]


def test_worked_example_with_the_update_layer_by_layer():
    network, step = worked_example("layerwise")
    step.run()
    step.run()
    assert f"{step.loss:.9f}" == "0.291027924"
    for _ in range(9_998):
        step.run()
    assert [f"{y:.9f}" for y in network.predict(step.inputs).ravel()] == ["0.015912196", "0.984065734"]
