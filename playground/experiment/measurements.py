"""How each published figure is measured: by the engine's functions, or by a run of a ready-made experiment."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.engine.activations import softmax
from playground.engine.descent import gradient_descent
from playground.engine.gradients import numerical_derivative, numerical_gradient
from playground.engine.losses import cross_entropy, squared_error
from playground.engine.metrics import accuracy
from playground.experiment import edits
from playground.experiment.building import build_network, prepare_data
from playground.experiment.config import ExperimentConfig
from playground.experiment.presets import PRESETS
from playground.experiment.published import ACCURACY_STEPS
from playground.experiment.trainer import Trainer

Values = NDArray[Any]

SEEDS = range(1, 31)
MNIST_SEEDS = range(1, 4)
"""Few, so that all of MNIST takes less than a minute."""
UNTRAINED_SEEDS = range(1, 401)
SAMPLE = 1_000

SOFTMAX_OF = np.array([0.3, 2.9, 4.0])

TEN_OUTPUTS = np.array([0.1, 0.05, 0.6, 0.0, 0.05, 0.1, 0.0, 0.1, 0.0, 0.0])
TEN_CLASS = 2

GAUSSIAN_STEPS = 1_000


def _and_gate(name: str) -> Callable[[str], Values]:
    """Return what gives the outputs, or a layer's weights, of an AND gate at its end."""

    def measure(what: str) -> Values:
        network = _finished(PRESETS[name].config).network
        values = {"outputs": network.predict(_AND_ROWS), "w1": network.weights[0], "w2": network.weights[1]}
        return np.ravel(values[what])

    return measure


_AND_ROWS = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])


@lru_cache(maxsize=4)
def _finished(config: ExperimentConfig) -> Trainer:
    """Return an experiment trained to its end."""
    trainer = Trainer(config)
    while trainer.stopped_by is None:
        trainer.run(1 << 30)
    return trainer


@lru_cache(maxsize=1)
def _gaussian_gates() -> tuple[Values, Values]:
    """Return losses (seeds, 10) at steps 0, 1,000, … and last outputs (seeds, 4) of AND gates from random starts."""
    losses: list[list[float]] = []
    outputs = []
    for seed in SEEDS:
        trainer = Trainer(edits.set_seed(PRESETS["and-gate"].config, seed))
        losses.append([])
        while trainer.stopped_by is None:
            losses[-1].append(trainer.evaluate()[0].loss)
            trainer.run(GAUSSIAN_STEPS)
        outputs.append(trainer.network.predict(_AND_ROWS).ravel())
    return np.array(losses), np.array(outputs)


def _worked_start() -> Trainer:
    """Return the worked example before its first step."""
    return Trainer(PRESETS["worked-example"].config)


def _worked_weights(layer: int) -> Values:
    """Return the weights of a layer after one step, unit by unit, as the example numbers them."""
    trainer = _worked_start()
    trainer.run(1)
    return np.ravel(trainer.network.weights[layer].T)


def _worked_layerwise(steps: int) -> Trainer:
    """Return the worked example after some steps, each layer updated before it hands the error down."""
    trainer = Trainer(edits.set_update(PRESETS["worked-example"].config, "layerwise"))
    trainer.run(steps)
    return trainer


@lru_cache(maxsize=1)
def _neurons() -> tuple[Values, Values]:
    """Return the mean loss after 100 epochs, and the same with a column minus a row, of several seeds."""
    true, displayed = [], []
    for seed in SEEDS:
        trainer = _finished(edits.set_seed(PRESETS["height-weight"].config, seed))
        outputs = trainer.network.predict(trainer.data.x_train)
        true.append(np.mean((outputs - trainer.data.t_train) ** 2))
        displayed.append(np.mean((outputs - trainer.data.t_train.T) ** 2))
    return np.array(true)[:, None], np.array(displayed)[:, None]


@lru_cache(maxsize=1)
def _mnist_runs() -> tuple[Values, Values]:
    """Return accuracies (seeds, evaluations, 2) of all rows every 600 steps, and losses (seeds, 1) at the end."""
    accuracies: list[list[tuple[float, float]]] = []
    losses = []
    for seed in MNIST_SEEDS:
        trainer = Trainer(edits.set_seed(PRESETS["mnist-two-layer"].config, seed))
        trainer.run(1)  # the article looks after the step, so its step 600 is the 601st
        accuracies.append([])
        while trainer.stopped_by is None:
            trainer.run(ACCURACY_STEPS)
            accuracies[-1].append(_accuracies(trainer))
        losses.append([trainer.evaluate()[0].loss])
    return np.array(accuracies), np.array(losses)


def _untrained() -> Values:
    """Return training and test accuracy (seeds, 2) of networks before they learn, on a sample of the images.

    Such a network calls nearly every image the same, so its accuracy is the share of that class, about 10 %;
    only where two classes tie is it more, as it was in the article. It takes many starts to see one.
    """
    config = PRESETS["mnist-two-layer"].config
    data = prepare_data(config)
    sampled = [
        (np.ascontiguousarray(x[:: len(x) // SAMPLE]), labels[:: len(x) // SAMPLE])
        for x, labels in ((data.x_train, data.labels_train), (data.x_test, data.labels_test))
        if x is not None and labels is not None
    ]
    rows = []
    for seed in UNTRAINED_SEEDS:
        network = build_network(edits.set_seed(config, seed), data)
        rows.append([accuracy(network.predict(x), labels, network.output) for x, labels in sampled])
    return np.array(rows)


def _accuracies(trainer: Trainer) -> tuple[float, float]:
    """Return training and test accuracy of all rows."""
    train, test = trainer.evaluate()
    assert train.accuracy is not None
    assert test is not None
    assert test.accuracy is not None
    return train.accuracy, test.accuracy


@lru_cache(maxsize=1)
def _nielsen_runs() -> Values:
    """Return the test accuracy (seeds, epochs) after each epoch."""
    config = PRESETS["mnist-nielsen"].config
    return np.array([_finished(edits.set_seed(config, seed)).history.view().test_accuracy[1:] for seed in MNIST_SEEDS])


def _of_gate(name: str, what: str) -> Callable[[], Values]:
    """Return the measurement of one property of an AND gate at its end."""
    return lambda: _and_gate(name)(what)


def _at_evaluation(k: int) -> Callable[[], Values]:
    """Return the measurement of both MNIST accuracies after k times 600 steps."""
    return lambda: _mnist_runs()[0][:, k - 1]


MEASUREMENTS: Mapping[str, Callable[[], Values]] = {
    "softmax": lambda: softmax(SOFTMAX_OF),
    "softmax-sum": lambda: np.array([softmax(SOFTMAX_OF).sum()]),
    "gradient": lambda: numerical_gradient(lambda x: float(np.sum(x**2)), [3, 4]),
    "squared-error": lambda: np.array([squared_error(TEN_OUTPUTS, np.eye(10)[TEN_CLASS])]),
    "cross-entropy": lambda: np.array([cross_entropy(TEN_OUTPUTS, np.eye(10)[TEN_CLASS])]),
    "derivative": lambda: np.array([numerical_derivative(lambda x: 0.01 * x**2 + 0.1 * x, x) for x in (5.0, 10.0)]),
    "descent": lambda: gradient_descent(lambda x: float(np.sum(x**2)), [-3.0, 4.0], 0.1, 100)[-1],
    **{
        f"and-{name}-{what}": _of_gate(f"and-gate-{name}", what)
        for name in ("zeros", "constant", "textbook")
        for what in ("outputs", "w1", "w2")
    },
    "and-gaussian-losses": lambda: _gaussian_gates()[0],
    "and-gaussian-outputs": lambda: _gaussian_gates()[1],
    "worked-first-outputs": lambda: np.ravel(_worked_start().network.predict([[0.05, 0.10]])),
    "worked-first-error": lambda: np.array([_worked_start().evaluate()[0].loss]),
    "worked-w5-w8": lambda: _worked_weights(1),
    "worked-w1-w4": lambda: _worked_weights(0),
    "worked-layerwise-error": lambda: np.array([_worked_layerwise(1).evaluate()[0].loss]),
    "worked-layerwise-outputs": lambda: np.ravel(_worked_layerwise(10_000).network.predict([[0.05, 0.10]])),
    "height-weight-loss": lambda: np.repeat(_neurons()[0], 2, axis=1),
    "height-weight-displayed": lambda: _neurons()[1],
    "mnist-loss": lambda: _mnist_runs()[1],
    "mnist-accuracies": lambda: _mnist_runs()[0][:, -1],
    "mnist-accuracies-0": _untrained,
    **{f"mnist-accuracies-{k * ACCURACY_STEPS}": _at_evaluation(k) for k in range(1, 17)},
    "nielsen-first-epoch": lambda: 10_000 * _nielsen_runs()[:, :1],
    "nielsen-best-epoch": lambda: _nielsen_runs().max(axis=1, keepdims=True),
}
"""What gives each figure of `published`: (n,) for an exact one, (seeds, n) for a band."""
