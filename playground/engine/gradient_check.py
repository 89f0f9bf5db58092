"""The gradient check: backpropagation beside numerical differentiation, layer by layer."""

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
    """Compare the gradient by backpropagation with the numerical one, in float64.

    Where f has a corner (ReLU at 0) the central difference is the mean of two slopes, and any value between
    them is a right answer: a gradient that differs is measured from the nearer of the two slopes instead.

    Parameters
    ----------
    network, x, t, loss
        As for `loss_gradient`; a few rows will do.
    """
    twin = network.copy(np.float64)
    x, t = np.asarray(x), np.asarray(t, np.float64)
    backprop = loss_gradient(twin, x, t, loss)
    moved = NumericalLossGradient(twin, x, t, loss)
    moved.go_on()
    middle, numerical = twin.loss(x, t, loss), moved.gradient
    right, left = (moved.above - middle) / STEP, (middle - moved.below) / STEP
    for flat in (right, left):
        tie_biases(twin, flat)
    error = relative_errors(backprop, numerical, right, left)
    return GradientCheck(_by_layer(twin, error, backprop, numerical))


def relative_errors(backprop: Floats, numerical: Floats, right: Floats, left: Floats) -> Floats:
    """Return the relative error of each entry, (n,), as `check_gradient` describes it.

    Parameters
    ----------
    backprop, numerical
        (n,) both gradients.
    right, left
        (n,) the one-sided difference quotients; from an error above `TOLERANCE` on the nearer of the two counts.
    """
    size = np.maximum(np.abs(backprop), np.abs(numerical))
    size = np.maximum(size, max(_NEGLIGIBLE * float(size.max()), np.finfo(np.float64).tiny))
    error = np.abs(backprop - numerical) / size
    outside = np.maximum(np.minimum(left, right) - backprop, backprop - np.maximum(left, right)).clip(0) / size
    found: Floats = np.where(error > TOLERANCE, outside, error)
    return found


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
