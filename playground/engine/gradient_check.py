"""The gradient check: backpropagation beside numerical differentiation, layer by layer."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from playground.engine.gradients import STEP, Floats, NumericalLossGradient, loss_gradient, tie_biases
from playground.engine.network import Network
from playground.language import N_

TOLERANCE = 1e-4
"""Largest relative error that passes."""

_NEGLIGIBLE = 1e-3
"""Gradients below this share of the largest are compared with the largest, as rounding drowns them."""

_SHIFT = 1e-3
"""By so much biases are moved to leave the corner of an activation; more than a parameter is moved to differentiate."""

CORNER = N_(
    "Units stand exactly at 0, on the corner of {activation}: there no gradient is defined. With all biases 0.001 "
    "larger they agree."
)
"""What is said of a `GradientCheck` with a `corner`."""


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
    """What the check found, for each layer; it passes where no error is above `TOLERANCE`, or only for a `corner`.

    Attributes
    ----------
    layers
        The worst parameters of each.
    corner
        Where the gradients differ only since units stand on the corner of an activation, its name.
    """

    layers: tuple[LayerCheck, ...]
    corner: str | None = None

    @property
    def error(self) -> float:
        """The largest error."""
        return max(layer.error for layer in self.layers)

    @property
    def passes(self) -> bool:
        """Whether backpropagation agrees with numerical differentiation wherever there is a gradient."""
        return self.error <= TOLERANCE or self.corner is not None


def check_gradient(network: Network, x: ArrayLike, t: ArrayLike, loss: str) -> GradientCheck:
    """Compare the gradient by backpropagation with the numerical one, in float64, as `compare` does.

    Parameters
    ----------
    network, x, t, loss
        As for `loss_gradient`; a few rows will do.
    """
    twin = network.copy(np.float64)
    x, t = np.asarray(x), np.asarray(t, np.float64)
    found = _check(twin, x, t, loss)
    corner = None if found.passes else corner_at(twin, x)
    if corner is not None and _check(moved_off(twin), x, t, loss).passes:
        return replace(found, corner=corner)
    return found


def corner_at(network: Network, x: ArrayLike) -> str | None:
    """Return the name of the activation on whose corner a hidden unit stands for some row of `x`, None for none."""
    hidden = zip(network.activations, network.functions, network.pre_activations_of(x), strict=False)
    return next((name for name, function, z in hidden if function.has_corner and (z == 0).any()), None)


def moved_off(network: Network) -> Network:
    """Return a float64 copy in which every bias is a little larger, so that no unit stands on a corner."""
    moved = network.copy(np.float64)
    for bias in moved.biases:
        bias += _SHIFT
    return moved


def _check(twin: Network, x: NDArray[Any], t: Floats, loss: str) -> GradientCheck:
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
    at all: with leaky ReLU, two hidden layers, biases of 0 and a row of zeros it differs: see `corner_at`.)

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
