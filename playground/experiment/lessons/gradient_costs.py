"""What the ways of finding a gradient cost, and how far they are apart: quantities for lessons."""

import numpy as np

from playground.engine.gradients import NumericalLossGradient
from playground.experiment.landscape import costs
from playground.experiment.landscape.around import batch_of
from playground.experiment.landscape.checking import ROWS, training_gradient
from playground.experiment.training.trainer import Trainer


def numerical_passes(trainer: Trainer) -> int:
    """Return the forward passes of one gradient by numerical differentiation: two for each parameter."""
    return costs.costs_of(trainer.network.sizes, rows=1)["numerical"].losses


def backprop_passes(trainer: Trainer) -> float:
    """Return the multiplications of one gradient by backpropagation, as a multiple of those of a forward pass."""
    found = costs.costs_of(trainer.network.sizes, rows=1)
    forward = found["numerical-naive"].multiplications / found["numerical-naive"].losses
    return found["backprop"].multiplications / forward


def backprop_seconds(trainer: Trainer) -> float:
    """Return the seconds of a training step by backpropagation on this machine, the best of some trials."""
    return costs.backprop_seconds(trainer.network, batch_of(trainer), trainer.config.training.loss)


def numerical_seconds(trainer: Trainer, *, naive: bool) -> float:
    """Return the seconds of one gradient by numerical differentiation, projected from the first part of it."""
    return costs.numerical_seconds(trainer.network, batch_of(trainer), trainer.config.training.loss, naive=naive)


def gradient_error(trainer: Trainer, exponent: int) -> float:
    """Return how far the gradient of a training step is from the numerical one with h = 10^−exponent.

    The largest difference, as a share of the largest number in the gradient, on a few rows.
    """
    network, training, batch = trainer.network, trainer.config.training, batch_of(trainer, ROWS)
    work = NumericalLossGradient(network, batch.x, batch.t, training.loss, h=10.0**-exponent)
    work.go_on()
    gradient = training_gradient(network, batch, training.loss, training.update, training.learning_rate)
    return float(np.abs(gradient - work.gradient).max() / np.abs(work.gradient).max())
