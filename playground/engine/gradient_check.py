"""The gradient check: backpropagation beside numerical differentiation, layer by layer."""

import itertools
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from playground.engine.gradients import STEP, Floats, NumericalLossGradient, loss_gradient, tie_biases
from playground.engine.network import Network
from playground.language import N_

TOLERANCE = 1e-4
"""Largest relative error that passes."""

NEGLIGIBLE = 1e-3
"""Gradients below this share of the largest are compared with the largest, as rounding drowns them."""

_SHIFT = 1e-3
"""By so much biases are moved to leave the corner of an activation; more than a parameter is moved to differentiate."""

CORNER = N_(
    "Units stand exactly at 0, on the corner of {activation}: there no gradient is defined. With all biases 0.001 "
    "larger they agree."
)
"""What is said of a `GradientCheck` with a `corner`."""


@dataclass(frozen=True, eq=False)
class LayerCheck:
    """The entries of one layer that were checked.

    Attributes
    ----------
    inputs, units
        Which ones, numbered from 0.
    backprop, numerical
        (inputs, units), with the biases as last row where `has_bias`: both gradients.
    error
        Of the same shape: the relative error; what is tiny beside the largest entry is compared with that.
    has_bias
        Whether the layer has biases that are trained.
    total
        How many weights and biases the layer has.
    """

    inputs: tuple[int, ...]
    units: tuple[int, ...]
    backprop: Floats
    numerical: Floats
    error: Floats
    has_bias: bool
    total: int


@dataclass(frozen=True, eq=False)
class GradientCheck:
    """What a check found.

    Attributes
    ----------
    layers
        The entries of each layer.
    corner
        Where the gradients differ only since units stand on the corner of an activation, its name.
    """

    layers: tuple[LayerCheck, ...]
    corner: str | None = None

    @property
    def floor(self) -> float:
        """What a difference is divided by at least: `NEGLIGIBLE` times the largest number in both gradients."""
        largest = max(float(np.abs(it).max()) for one in self.layers for it in (one.backprop, one.numerical))
        return NEGLIGIBLE * largest

    @property
    def worst(self) -> tuple[int, int, int]:
        """Layer, row and column of the entry with the largest error."""
        layer = max(range(len(self.layers)), key=lambda k: float(self.layers[k].error.max()))
        row, column = np.unravel_index(int(self.layers[layer].error.argmax()), self.layers[layer].error.shape)
        return layer, int(row), int(column)

    @property
    def error(self) -> float:
        """The largest relative error."""
        return max(float(layer.error.max()) for layer in self.layers)

    @property
    def agrees(self) -> bool:
        """Whether both gradients agree in all entries that were checked."""
        return self.error <= TOLERANCE

    @property
    def passes(self) -> bool:
        """Whether they agree wherever there is a gradient."""
        return self.agrees or self.corner is not None


Found = TypeVar("Found", bound=GradientCheck)


def check_gradient(network: Network, x: ArrayLike, t: ArrayLike, loss: str) -> GradientCheck:
    """Compare the gradient by backpropagation with the numerical one, in float64, as `compare` does.

    The arguments are those of `loss_gradient`; a few rows will do.
    """
    x, t = np.asarray(x), np.asarray(t, np.float64)
    return checked_at_corners(network.copy(np.float64), x, lambda twin: _check(twin, x, t, loss))


def checked_at_corners(network: Network, x: NDArray[Any], check: Callable[[Network], Found]) -> Found:
    """Return what a check finds; with a `corner` where it finds nothing once all biases are a little larger.

    Units stand on the corner of an activation where they are exactly 0 for some row of `x`.
    """
    found = check(network)
    if found.agrees:
        return found
    hidden = zip(network.activations, network.functions, network.pre_activations_of(x), strict=False)
    corner = next((name for name, function, z in hidden if function.has_corner and (z == 0).any()), None)
    moved = network.copy()
    for bias in moved.biases:
        bias += _SHIFT
    return replace(found, corner=corner) if corner is not None and check(moved).agrees else found


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
    at all: with leaky ReLU, two hidden layers, biases of 0 and a row of zeros it differs: see `checked_at_corners`.)

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
    size = np.maximum(size, max(NEGLIGIBLE * float(size.max()), np.finfo(np.float64).tiny))
    error = np.abs(backprop - numerical) / size
    if (error > TOLERANCE).any():
        half_above, half_below = changes(STEP / 2)
        slopes = np.stack([above, -below, 4 * half_above - above, below - 4 * half_below]) / STEP
        outside = np.maximum(slopes.min(axis=0) - backprop, backprop - slopes.max(axis=0)).clip(0) / size
        error = np.where(error > TOLERANCE, outside, error)
    return numerical, error


def _by_layer(network: Network, error: Floats, backprop: Floats, numerical: Floats) -> tuple[LayerCheck, ...]:
    blocks = zip(*(network.blocks_of(flat) for flat in (error, backprop, numerical)), strict=True)
    has_bias = network.bias in ("unit", "layer")
    layers = []
    for (n_in, n_out), of_layer in zip(itertools.pairwise(network.sizes), blocks, strict=True):
        e, b, n = (block if has_bias else block[:-1] for block in of_layer)
        layers.append(LayerCheck(tuple(range(n_in)), tuple(range(n_out)), b, n, e, has_bias, b.size))
    return tuple(layers)
