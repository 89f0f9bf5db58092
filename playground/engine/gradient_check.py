"""The gradient check: backpropagation beside numerical differentiation, layer by layer."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from playground.engine.gradients import STEP, Floats, NumericalLossGradient, loss_gradient, tie_biases
from playground.engine.network import Network

TOLERANCE = 1e-4
"""Largest relative error that passes."""

_NEGLIGIBLE = 1e-3
"""Gradients below this share of the largest are compared with the largest, as rounding drowns them."""


@dataclass(frozen=True)
class WorstParameter:
    """The parameter of a weight or bias whose two gradients differ most.

    Attributes
    ----------
    error
        The difference by the larger of the two (or by a thousandth of the network's largest gradient).
    index
        Its place: (input, unit) in a weight, (unit,) in a bias.
    backprop, numerical
        Both gradients there.
    """

    error: float
    index: tuple[int, ...]
    backprop: float
    numerical: float


@dataclass(frozen=True)
class LayerCheck:
    """The worst of a layer's weight, and of its bias (``None`` where biases are not trained)."""

    weight: WorstParameter
    bias: WorstParameter | None

    @property
    def error(self) -> float:
        """The larger of the two errors."""
        return self.weight.error if self.bias is None else max(self.weight.error, self.bias.error)


@dataclass(frozen=True)
class GradientCheck:
    """What the check found, for each layer; it passes where no error is above `TOLERANCE`."""

    layers: tuple[LayerCheck, ...]

    @property
    def error(self) -> float:
        """The largest error."""
        return max(layer.error for layer in self.layers)

    @property
    def passes(self) -> bool:
        """Whether backpropagation agrees with numerical differentiation everywhere."""
        return self.error <= TOLERANCE


def check_gradient(network: Network, x: ArrayLike, t: ArrayLike, loss: str) -> GradientCheck:
    """Compare the gradient by backpropagation with the numerical one, in float64, as `compare` does.

    Parameters
    ----------
    network, x, t, loss
        As for `loss_gradient`; a few rows will do.
    """
    twin = network.copy(np.float64)
    x, t = np.asarray(x), np.asarray(t, np.float64)
    backprop = loss_gradient(twin, x, t, loss)
    middle = twin.loss(x, t, loss)

    def changes(h: float) -> tuple[Floats, Floats]:
        moved = NumericalLossGradient(twin, x, t, loss, h=h)
        moved.go_on()
        above, below = moved.above - middle, moved.below - middle
        for flat in (above, below):
            tie_biases(twin, flat)
        return above, below

    numerical, error = compare(backprop, changes)
    return GradientCheck(_by_layer(twin, error, backprop, numerical))


def compare(backprop: Floats, changes: Callable[[float], tuple[Floats, Floats]]) -> tuple[Floats, Floats]:
    """Return the numerical gradient by central differences, and the relative error of each entry, both (n,).

    Where f has a corner (ReLU at 0) the central difference is the mean of two slopes, and any value between
    them is a right answer; where f' has one (ELU at 0) it is off by O(h). An entry that differs is therefore measured
    from the nearest of the slopes to either side: the difference quotients D(h), and 2 D(h/2) − D(h), which are off by
    O(h²) only. (Where units of several layers stand on a corner at once, what backpropagation computes can be no slope
    at all: with leaky ReLU, two hidden layers, biases of 0 and a row of zeros it differs.)

    Parameters
    ----------
    backprop
        (n,) the gradient to be checked.
    changes
        Returns for a step h by how much the loss L changes with each parameter, alone, moved by h and by −h, (n,) each.
    """
    above, below = changes(STEP)
    numerical = (above - below) / (2 * STEP)
    size = np.maximum(np.abs(backprop), np.abs(numerical))
    size = np.maximum(size, max(_NEGLIGIBLE * float(size.max()), np.finfo(np.float64).tiny))
    error = np.abs(backprop - numerical) / size
    if (error > TOLERANCE).any():
        half_above, half_below = changes(STEP / 2)
        slopes = np.stack([above, -below, 4 * half_above - above, below - 4 * half_below]) / STEP
        outside = np.maximum(slopes.min(axis=0) - backprop, backprop - slopes.max(axis=0)).clip(0) / size
        error = np.where(error > TOLERANCE, outside, error)
    return numerical, error


def _by_layer(network: Network, error: Floats, backprop: Floats, numerical: Floats) -> tuple[LayerCheck, ...]:
    layers = zip(*(network.blocks_of(flat) for flat in (error, backprop, numerical)), strict=True)
    has_bias = network.bias in ("unit", "layer")
    return tuple(
        LayerCheck(_worst(e[:-1], b[:-1], n[:-1]), _worst(e[-1], b[-1], n[-1]) if has_bias else None)
        for e, b, n in layers
    )


def _worst(error: Floats, backprop: Floats, numerical: Floats) -> WorstParameter:
    index = tuple(int(i) for i in np.unravel_index(int(error.argmax()), error.shape))
    return WorstParameter(float(error[index]), index, float(backprop[index]), float(numerical[index]))
