"""Gradients by numerical differentiation, and the check of backpropagation against them.

The derivative of f at x is approximated by (f(x + h) − f(x − h)) / 2h, h = 1e-4 (articles A and B). For a network
this can be done in the naive way, two whole forward passes for each parameter, or in the clever way:
changing one weight changes what goes into one unit only, so of the layers up to there nothing has to be
computed again. Both compute in float64, whatever the network's type: in float32 the differences would drown.
"""

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import ArrayLike, NDArray

from playground.engine.backpropagation import Backpropagation
from playground.engine.losses import REDUCTIONS, loss_for
from playground.engine.network import Network
from playground.engine.program import Array, execute
from playground.registry import check_known

Floats = NDArray[np.float64]

STEP = 1e-4

_CHUNK_NUMBERS = 2**20


def numerical_derivative(f: Callable[[float], float], x: float, h: float = STEP) -> float:
    """Return the derivative of `f` at `x` by central difference, (f(x + h) − f(x − h)) / 2h (articles A and B)."""
    return (f(x + h) - f(x - h)) / (2 * h)


def numerical_gradient(f: Callable[[Floats], float], x: ArrayLike, h: float = STEP) -> Floats:
    """Return the gradient of `f` at `x`, of the shape of `x`, by central differences.

    `x` is copied and made float: in an array of whole numbers x + h would be cut back to x.
    """
    moved = np.array(x, dtype=np.float64, order="C")
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

    Raises
    ------
    ValueError
        For rows of another width, another number of targets, no rows, or a loss or reduction that there is not or
        that does not suit the network's output.
    """
    check_known("reduction", reduction, REDUCTIONS)
    x, t = network.checked_samples(x, t)
    backward = Backpropagation(network, len(x), loss)
    backward.set_scale(1 / len(x) if reduction == "mean" else 1)
    backward.inputs[...], backward.targets[...] = x, t
    with np.errstate(over="ignore"):
        execute(one for stage in backward.stages for one in stage.calls)
    return backward.gradient


class NumericalLossGradient:
    """The gradient of the loss by numerical differentiation, computed in parts, since it can need many seconds.

    In the clever way, moving the parameter from input i to unit j by h moves that unit's z by h · a[i], and nothing
    else in its layer; from the next layer on the change is propagated upwards, for many parameters in one go. Arrays
    lie units first there, (units, parameters, rows), which is quicker where units are summed over.

    Parameters
    ----------
    network
        It may change meanwhile, since a copy of it is differentiated.
    x, t
        Inputs (n, n_in) in raw units, targets (n, n_out).
    loss
        A name in `LOSSES`.
    naive
        Whether to make two whole forward passes for each parameter, as the articles do.
    reduction
        Gradient of the ``"mean"`` or the ``"sum"`` over the rows.
    h
        How far each parameter is moved to either side.

    Attributes
    ----------
    above, below
        Flat, laid out like ``network.parameters``: the mean loss with each parameter, alone, moved by h and by −h.
    done, total
        How many losses have been computed, and how many are needed: two for each parameter.

    Raises
    ------
    ValueError
        As `loss_gradient`.
    """

    def __init__(
        self,
        network: Network,
        x: ArrayLike,
        t: ArrayLike,
        loss: str,
        naive: bool = False,
        reduction: str = "mean",
        h: float = STEP,
    ) -> None:
        check_known("reduction", reduction, REDUCTIONS)
        self._x, t = network.checked_samples(x, t)
        self._t = np.asfortranarray(t, dtype=np.float64)
        self._network = network.copy(np.float64)
        self._loss, self._loss_name = loss_for(loss, network.output), loss
        self._h = h
        self._factor = len(self._x) if reduction == "sum" else 1
        self.above, self.below = np.empty_like(self._network.parameters), np.empty_like(self._network.parameters)
        self.done, self.total = 0, 2 * self.above.size
        self._parts = self._naive() if naive else self._clever()

    @property
    def gradient(self) -> Floats:
        """The gradient, flat, laid out like ``network.parameters``; complete once `go_on` has returned True."""
        gradient: Floats = (self.above - self.below) / (2 * self._h)
        tie_biases(self._network, gradient)
        return gradient * self._factor

    def go_on(self, should_yield: Callable[[], bool] | None = None) -> bool:
        """Continue until `should_yield`, called after each part, returns True; return whether it is complete."""
        with np.errstate(over="ignore"):
            for count in self._parts:
                self.done += count
                if should_yield is not None and should_yield():
                    break
        return self.done == self.total

    def _naive(self) -> Iterator[int]:
        """Make a forward pass for each loss; yield how many losses were computed."""
        moved = self._network.parameters
        for k, value in enumerate(moved.tolist()):
            for losses, h in ((self.above, self._h), (self.below, -self._h)):
                moved[k] = value + h
                losses[k] = self._network.loss(self._x, self._t, self._loss_name)
            moved[k] = value
            yield 2

    def _clever(self) -> Iterator[int]:
        """Compute again only what a moved parameter changes; yield how many losses each unit needed."""
        a = [layer.T for layer in self._network.activations_of(self._x)]
        z = [layer.T for layer in self._network.pre_activations_of(self._x)]
        for losses, h in ((self.above, self._h), (self.below, -self._h)):
            for layer, block in enumerate(self._network.blocks_of(losses)):
                for unit in range(block.shape[1]):
                    block[:, unit] = np.concatenate(list(self._of_unit(a, z, layer, unit, h)))
                    yield len(block)

    def _of_unit(self, a: list[Floats], z: list[Floats], layer: int, unit: int, h: float) -> Iterator[Floats]:
        """Return the losses for each parameter of one unit moved by `h`, some parameters at a time."""
        last, rows = self._network.layers - 1, len(self._t)
        below = np.vstack([a[layer], np.ones(rows)])
        above = min(layer + 1, last)
        chunk = max(1, _CHUNK_NUMBERS // (rows * max(self._network.sizes[above + 1 :])))
        for start in range(0, len(below), chunk):
            z_unit = z[layer][unit] + h * below[start : start + chunk]
            moved = np.repeat(z[above][:, None], len(z_unit), axis=1)
            if layer == last:
                moved[unit] = z_unit
            else:
                change = self._network.functions[layer].formula(z_unit) - a[layer + 1][unit]
                moved += self._network.weights[above][unit][:, None, None] * change
            yield self._losses_from(above, moved)

    def _losses_from(self, layer: int, z: Floats) -> Floats:
        """Return the mean losses (n,) for `z` (units, n, rows) of a layer, propagated to the outputs."""
        network, loss = self._network, self._loss
        for k in range(layer + 1, network.layers):
            a = network.functions[k - 1].formula(z)
            flat = network.weights[k].T @ a.reshape(len(a), -1) + network.biases[k][:, None]
            z = flat.reshape(-1, *a.shape[1:])
        z = np.moveaxis(z, 0, -1)
        # A loss that is fused with the output is worked out from z alone.
        y = z if network.output in loss.fused else network.functions[-1].formula(z)
        losses: Floats = loss.of_rows(network.output, z, y, self._t).mean(axis=-1)
        return losses


def tie_biases(network: Network, gradient: Floats) -> None:
    """Make the bias rows of a flat gradient those of the bias mode, in place.

    A bias shared by a layer moves all its units at once, so its derivative is the sum of theirs.
    """
    for block in network.blocks_of(gradient):
        if network.bias == "layer":
            block[-1] = block[-1].sum()
        elif network.bias in ("none", "fixed"):
            block[-1] = 0


def gradient_descent(f: Callable[[Floats], float], start: ArrayLike, learning_rate: float, steps: int) -> Floats:
    """Walk down `f` by its numerical gradient, x ← x − rate · ∇f(x), and return the path (steps + 1, n).

    `start`, (n,), is left as it is; article B's own version changes it.
    """
    path = np.empty((steps + 1, np.size(start)))
    path[0] = start
    for k in range(steps):
        path[k + 1] = path[k] - learning_rate * numerical_gradient(f, path[k])
    return path
