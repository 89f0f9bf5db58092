"""What the ways of finding a gradient cost, and how far they are apart: quantities for lessons."""

from collections.abc import Callable
from itertools import pairwise
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from playground.engine.gradients import NumericalLossGradient
from playground.engine.training_step import TrainingStep
from playground.experiment.training.trainer import Trainer

MEASURED_S = 0.05
"""For so long a slow way is measured; the rest is projected."""

CHECKED_ROWS = 10

_TRIALS = 5


def numerical_passes(trainer: Trainer) -> int:
    """Return the forward passes of one gradient by numerical differentiation: two for each parameter."""
    return 2 * trainer.network.parameter_count


def backprop_passes(trainer: Trainer) -> float:
    """Return the multiplications of one gradient by backpropagation, as a multiple of those of a forward pass.

    They are needed forward, for the gradients of the weights, and for the deltas of all layers but the first.
    Activations are not counted.
    """
    sizes = trainer.network.sizes
    forward = sum(below * above for below, above in pairwise(sizes))
    return (3 * forward - sizes[0] * sizes[1]) / forward


def backprop_seconds(trainer: Trainer) -> float:
    """Return the seconds of one gradient by backpropagation on this machine, the best of some trials."""
    step = _training_step(trainer, _batch_size(trainer))
    return min(_duration(step.run) for _trial in range(_TRIALS))


def numerical_seconds(trainer: Trainer, *, naive: bool) -> float:
    """Return the seconds of one gradient by numerical differentiation, projected from the first part of it."""
    x, t = _rows(trainer, _batch_size(trainer))
    work = NumericalLossGradient(trainer.network, x, t, trainer.config.training.loss, naive)
    began = perf_counter()
    work.go_on(lambda: perf_counter() - began > MEASURED_S)
    return (perf_counter() - began) * work.total / work.done


def gradient_error(trainer: Trainer, exponent: int) -> float:
    """Return how far the gradient of a training step is from the numerical one with h = 10^−exponent.

    The largest difference, as a share of the largest number in the gradient, on the first rows.
    """
    training = trainer.config.training
    x, t = _rows(trainer, CHECKED_ROWS)
    work = NumericalLossGradient(trainer.network, x, t, training.loss, h=10.0**-exponent)
    work.go_on()
    step = _training_step(trainer, len(x))
    step.inputs[...], step.targets[...] = x, t
    step.run()
    gradient, scale = step.scaled_gradient()
    return float(np.abs(gradient / scale - work.gradient).max() / np.abs(work.gradient).max())


def _training_step(trainer: Trainer, rows: int) -> TrainingStep:
    """Return a step as the run makes it, on a copy of its network."""
    training = trainer.config.training
    rate = max(training.learning_rate, 1e-9)
    return TrainingStep(trainer.network.copy(), rows, training.loss, update=training.update, learning_rate=rate)


def _batch_size(trainer: Trainer) -> int:
    rows = len(trainer.data.x_train)
    return min(trainer.config.training.batch_size or rows, rows)


def _rows(trainer: Trainer, count: int) -> tuple[NDArray[np.generic], NDArray[np.generic]]:
    return trainer.data.x_train[:count], trainer.data.t_train[:count]


def _duration(run: Callable[[], float]) -> float:
    began = perf_counter()
    run()
    return perf_counter() - began
