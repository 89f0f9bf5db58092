"""How each figure that follows from given choices is measured: by the engine's functions, or by a run."""

from collections.abc import Callable, Mapping
from functools import lru_cache, partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.engine.activations import Softmax
from playground.engine.gradients import gradient_descent, numerical_derivative, numerical_gradient
from playground.engine.losses import Squared
from playground.engine.network import Network
from playground.experiment.articles.runs import AND_ROWS, neuron
from playground.experiment.config import edits
from playground.experiment.config.presets import PRESETS
from playground.experiment.config.schema import ExperimentConfig, InitialChoice
from playground.experiment.landscape import costs
from playground.experiment.landscape.around import Batch
from playground.experiment.training.trainer import Trainer

Values = NDArray[Any]

SOFTMAX_OF = np.array([0.3, 2.9, 4.0])
BATCH = np.array([[0.3, 2.9, 4.0], [0.0, 0.0, 0.0], [4.0, 2.9, 0.3]])
"""Article A's code sums over the whole batch: each of these rows would then sum to less than 1."""

TEN_OUTPUTS = np.array([0.1, 0.05, 0.6, 0.0, 0.05, 0.1, 0.0, 0.1, 0.0, 0.0])
TEN_CLASS = 2

NEURON_START = InitialChoice("given", weights=[[[1.0], [0.5]]], biases=[[0.0]])

PIXELS, DIGITS, BATCH_ROWS, STEPS = 784, 10, 100, 10_000
SECONDS_PER_HOUR = 3600

AND_GATES = tuple((name, what) for name in ("zeros", "constant", "textbook") for what in ("outputs", "w1", "w2"))


@lru_cache(maxsize=4)
def _finished(config: ExperimentConfig) -> Trainer:
    trainer = Trainer(config)
    trainer.run(1 << 30)
    return trainer


def _and_gate(name: str, what: str) -> Values:
    network = _finished(PRESETS[f"and-gate-{name}"].config).network
    values = {"outputs": network.predict(AND_ROWS), "w1": network.weights[0], "w2": network.weights[1]}
    return np.ravel(values[what])


def _worked_start() -> Trainer:
    return Trainer(PRESETS["worked-example"].config)


def _worked_weights(layer: int) -> Values:
    """Return the weights of a layer after one step, unit by unit, as the example numbers them."""
    trainer = _worked_start()
    trainer.run(1)
    return np.ravel(trainer.network.weights[layer].T)


def _worked_layerwise(steps: int) -> Trainer:
    """Return the worked example after some steps, each layer updated before its error is propagated down."""
    trainer = Trainer(edits.set_update(PRESETS["worked-example"].config, "layerwise"))
    trainer.run(steps)
    return trainer


@lru_cache(maxsize=1)
def _neuron() -> list[float]:
    """Return the loss of the neuron from its given start, and the loss that a column minus a row shows."""
    return neuron(Trainer(edits.change(PRESETS["height-weight"].config, "network.initial", NEURON_START)))


def _two_layer_network() -> Network:
    network = PRESETS["mnist-two-layer"].config.network
    return Network((PIXELS, *network.hidden, DIGITS), network.activations, network.output)


def numerical_hours() -> float:
    """Return how many hours 10,000 steps by numerical differentiation would take on this machine."""
    network, rng = _two_layer_network(), np.random.default_rng(0)
    x, t = rng.random((BATCH_ROWS, PIXELS)), np.eye(DIGITS)[rng.integers(0, DIGITS, BATCH_ROWS)]
    network.restore(rng.normal(0.0, 0.01, network.parameter_count))
    seconds = costs.numerical_seconds(network, Batch(x, t, BATCH_ROWS), "cross-entropy", naive=True)
    return seconds * STEPS / SECONDS_PER_HOUR


MEASUREMENTS: Mapping[str, Callable[[], Values]] = {
    "softmax": lambda: Softmax.formula(np.array(SOFTMAX_OF)),
    "softmax-sum": lambda: Softmax.formula(np.array(BATCH)).sum(axis=1),
    "gradient": lambda: numerical_gradient(lambda x: float(np.sum(x**2)), [3, 4]),
    "forward-passes": lambda: np.array([costs.costs_of(_two_layer_network().sizes, rows=1)["numerical-naive"].losses]),
    "derivative-square": lambda: np.array([numerical_derivative(lambda x: x**2, 2.0)]),
    "derivative": lambda: np.array([numerical_derivative(lambda x: 0.01 * x**2 + 0.1 * x, x) for x in (5.0, 10.0)]),
    "squared-error": lambda: np.array([Squared.formula(TEN_OUTPUTS, np.eye(10)[TEN_CLASS])]),
    "cross-entropy": lambda: np.array([-np.log(TEN_OUTPUTS[TEN_CLASS] + 1e-7)]),
    "descent": lambda: gradient_descent(lambda x: float(np.sum(x**2)), [-3.0, 4.0], 0.1, 100)[-1],
    **{f"and-{name}-{what}": partial(_and_gate, name, what) for name, what in AND_GATES},
    "worked-first-outputs": lambda: np.ravel(_worked_start().network.predict([[0.05, 0.10]])),
    "worked-first-error": lambda: np.array([_worked_start().evaluate()[0].loss]),
    "worked-w5-w8": lambda: _worked_weights(1),
    "worked-w1-w4": lambda: _worked_weights(0),
    "worked-layerwise-error": lambda: np.array([_worked_layerwise(1).evaluate()[0].loss]),
    "worked-layerwise-outputs": lambda: np.ravel(_worked_layerwise(10_000).network.predict([[0.05, 0.10]])),
    "worked-layerwise-last-error": lambda: np.array([_worked_layerwise(10_000).evaluate()[0].loss]),
    "height-weight-loss": lambda: np.array(_neuron()[:1]),
    "height-weight-displayed": lambda: np.array(_neuron()[1:]),
}
"""What gives each figure without a random start: (n,)."""
