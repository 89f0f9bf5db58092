"""Networks and steps that several tests of the engine look at."""

import itertools

import numpy as np

from playground.engine.activations import OUTPUTS
from playground.engine.gradients import NumericalLossGradient
from playground.engine.losses import LOSSES
from playground.engine.network import Network
from playground.engine.optimizers import OPTIMIZERS
from playground.engine.training_step import TrainingStep

RNG_SEED = 5


POSSIBLE = [
    (output, loss)
    for output, loss in itertools.product(OUTPUTS, LOSSES)
    if loss != "cross-entropy" or output in ("sigmoid", "softmax")
]


def make(sizes=(3, 5, 2), activation="tanh", output="sigmoid", bias="unit", rows=6, dtype=np.float64, **choices):
    rng = np.random.default_rng(RNG_SEED)
    network = Network(sizes, activation, output, bias, dtype)
    network.initialize([("gaussian", {"std": 0.7, "bias": "same"})] * network.layers, rng)
    step = TrainingStep(network, rows, **choices)
    step.inputs[...] = rng.standard_normal((rows, sizes[0]))
    step.targets[...] = np.eye(sizes[-1])[rng.integers(0, sizes[-1], rows)]
    return network, step


def numerical_loss_gradient(*arguments, **choices):
    work = NumericalLossGradient(*arguments, **choices)
    work.go_on()
    return work.gradient


def optimizer(name, **options):
    return OPTIMIZERS[name].make(**options)


def network_and_rows(hidden, activations, output, bias="unit", rows=5, n_out=3, seed=0):
    rng = np.random.default_rng(seed)
    network = Network((2, *hidden, n_out), activations, output, bias)
    network.initialize([("gaussian", {"std": 0.8, "bias": "same"})] * network.layers, rng)
    x = rng.standard_normal((rows, 2))
    t = np.eye(n_out)[rng.integers(0, n_out, rows)] if n_out > 1 else rng.integers(0, 2, (rows, 1)).astype(float)
    return network, x, t
