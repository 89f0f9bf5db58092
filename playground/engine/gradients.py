"""Gradients by numerical differentiation, and the check of backpropagation against them.

The derivative of f at x is taken as (f(x + h) − f(x − h)) / 2h, h = 1e-4 (articles A and B). For a network
this can be done in the naive way, two whole forward passes for each parameter, or in the clever way:
changing one weight changes what goes into one unit only, so of the layers up to there nothing has to be
worked out again. Both compute in float64, whatever the network's type: in float32 the differences would drown.
"""

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import ArrayLike, NDArray

from playground.engine.activations import apply
from playground.engine.backpropagation import Backpropagation
from playground.engine.losses import LOSSES, Loss
from playground.engine.network import Network
from playground.engine.program import Array, execute

Floats = NDArray[np.float64]

STEP = 1e-4

_CHUNK_NUMBERS = 2**20


def numerical_derivative(f: Callable[[float], float], x: float, h: float = STEP) -> float:
    """Return the derivative of a function of one number by central difference."""
    return (f(x + h) - f(x - h)) / (2 * h)


def numerical_gradient(f: Callable[[Floats], float], x: ArrayLike, h: float = STEP) -> Floats:
    """Return the gradient of `f` at `x`, an array of any shape, by central differences.

    `x` is copied and made float: in an array of whole numbers x + h would be cut back to x.
    """
    moved = np.array(x, dtype=np.float64)
    gradient = np.empty_like(moved)
    flat, slopes = moved.reshape(-1), gradient.reshape(-1)
    for k, value in enumerate(flat.tolist()):
        flat[k] = value + h
        above = f(moved)
        flat[k] = value - h
        below = f(moved)
        flat[k] = value
        slopes[k] = (above - below) / (2 * h)
    return gradient


def loss_gradient(network: Network, x: ArrayLike, t: ArrayLike, loss: str, reduction: str = "mean") -> Array:
    """Return the gradient of the loss by backpropagation, flat, laid out like ``network.parameters``.

    Parameters
    ----------
    network, x, t
        Inputs (n, n_in) in raw units, targets (n, n_out).
    loss
        A name in `LOSSES`.
    reduction
        Gradient of the ``"mean"`` or the ``"sum"`` over the rows.
    """
    x = np.asarray(x)
    way_back = Backpropagation(network, len(x), loss)
    way_back.set_scale(1 / len(x) if reduction == "mean" else 1)
    way_back.inputs[...], way_back.targets[...] = x, t
    with np.errstate(over="ignore"):
        execute(one for stage in way_back.stages for one in stage.calls)
    return way_back.gradient


def numerical_loss_gradient(
    network: Network,
    x: ArrayLike,
    t: ArrayLike,
    loss: str,
    naive: bool = False,
    reduction: str = "mean",
    h: float = STEP,
) -> Floats:
    """Return the gradient of the loss by numerical differentiation, flat, as float64.

    Parameters
    ----------
    network, x, t, loss, reduction
        As for `loss_gradient`.
    naive
        Whether to make two whole forward passes for each parameter, as the articles do.
    h
        How far each parameter is moved to either side.
    """
    x, t = np.asarray(x), np.asarray(t, np.float64)
    twin = network.copy(np.float64)
    with np.errstate(over="ignore"):
        if naive:
            gradient = _naive(twin, x, t, loss, h)
        else:
            above, below = MovedLosses(twin, x, t, LOSSES[loss].make, h).both_sides()
            gradient = (above - below) / (2 * h)
    tie_biases(twin, gradient)
    return gradient * len(x) if reduction == "sum" else gradient


def tie_biases(network: Network, gradient: Floats) -> None:
    """Bring the bias rows of a gradient into line with the bias mode.

    A bias shared by a layer moves all its units at once, so its derivative is the sum of theirs.
    """
    for block in network.blocks_of(gradient):
        if network.bias == "layer":
            block[-1] = block[-1].sum()
        elif network.bias in ("none", "fixed"):
            block[-1] = 0


def _naive(network: Network, x: Array, t: Floats, loss: str, h: float) -> Floats:
    """Return the gradient of the mean loss with two whole forward passes for each parameter."""

    def loss_at(parameters: Floats) -> float:
        network.restore(parameters)
        return network.loss(x, t, loss)

    return numerical_gradient(loss_at, network.parameters, h)


class MovedLosses:
    """The mean loss after moving each parameter on its own, without whole forward passes.

    Moving the parameter from input i to unit j by h moves that unit's z by h · a[i], and nothing else in its
    layer; from the next layer on the change is carried upwards, for many parameters in one go.
    """

    def __init__(self, network: Network, x: Array, t: Floats, measure: type[Loss], h: float) -> None:
        self._network = network
        self._measure = measure
        self._h = h
        self._t = t.T
        self._rows = len(x)
        self._a = [a.T for a in network.activations_of(x)]
        self._z = [z.T for z in network.pre_activations_of(x)]

    def unmoved(self) -> float:
        """Return the mean loss as it is."""
        return float(self._loss_from(self._network.layers - 1, self._z[-1][:, None, :])[0])

    def both_sides(self) -> tuple[Floats, Floats]:
        """Return the mean loss with each parameter moved by h and by −h, both flat."""
        above, below = np.empty_like(self._network.parameters), np.empty_like(self._network.parameters)
        for moved, h in ((above, self._h), (below, -self._h)):
            for layer, block in enumerate(self._network.blocks_of(moved)):
                for unit in range(block.shape[1]):
                    block[:, unit] = np.concatenate(list(self._moved(layer, unit, h)))
        return above, below

    def _moved(self, layer: int, unit: int, h: float) -> Iterator[Floats]:
        """Give the losses for each parameter of one unit moved by `h`, some parameters at a time."""
        last = self._network.layers - 1
        below = np.vstack([self._a[layer], np.ones(self._rows)])
        above = min(layer + 1, last)
        chunk = max(1, _CHUNK_NUMBERS // (self._rows * max(self._network.sizes[above + 1 :])))
        for start in range(0, len(below), chunk):
            z_unit = self._z[layer][unit] + h * below[start : start + chunk]
            z = np.repeat(self._z[above][:, None, :], len(z_unit), axis=1)
            if layer == last:
                z[unit] = z_unit
            else:
                change = apply(self._network.functions[layer], z_unit) - self._a[layer + 1][unit]
                z += self._network.weights[above][unit][:, None, None] * change
            yield self._loss_from(above, z)

    def _loss_from(self, layer: int, z: Floats) -> Floats:
        """Return the mean losses (n,) for `z` (units, n, rows) of a layer, carried up to the outputs."""
        for k in range(layer + 1, self._network.layers):
            a = apply(self._network.functions[k - 1], z)
            flat = self._network.weights[k].T @ a.reshape(len(a), -1) + self._network.biases[k][:, None]
            z = flat.reshape(-1, *a.shape[1:])
        # A loss that is fused with the output is worked out from z alone.
        output = self._network.output
        a = z if output in self._measure.fused else apply(self._network.functions[-1], z)
        losses: Floats = self._measure.of_rows(output, z, a, self._t[:, None, :]).mean(axis=-1)
        return losses
