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
    work = NumericalLossGradient(network, x, t, loss, naive, reduction, h)
    work.go_on()
    return work.gradient


class NumericalLossGradient:
    """The same gradient, worked out in parts: of a large network it takes many seconds.

    Parameters
    ----------
    network, x, t, loss, naive, reduction, h
        As for `numerical_loss_gradient`; the network may change meanwhile, since a copy of it is differentiated.

    Attributes
    ----------
    gradient
        Flat, float64; complete once `go_on` has returned True.
    done, total
        How many losses have been worked out, and how many it takes: two for each parameter. In the naive way each
        is a forward pass.
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
        x, t = np.asarray(x), np.asarray(t, np.float64)
        self._network = network.copy(np.float64)
        self._factor = len(x) if reduction == "sum" else 1
        self.gradient = np.empty_like(self._network.parameters)
        self.done, self.total = 0, 2 * self.gradient.size
        self._parts = self._naive(x, t, loss, h) if naive else self._quick(x, t, loss, h)

    def go_on(self, should_yield: Callable[[], bool] | None = None) -> bool:
        """Go on until `should_yield`, asked after each part, says True; return whether it is complete."""
        with np.errstate(over="ignore"):
            for count in self._parts:
                self.done += count
                if should_yield is not None and should_yield():
                    break
        return self.done == self.total

    def _naive(self, x: Array, t: Floats, loss: str, h: float) -> Iterator[int]:
        moved = self._network.parameters.copy()
        for k, value in enumerate(moved.tolist()):
            losses = []
            for number in (value + h, value - h):
                moved[k] = number
                self._network.restore(moved)
                losses.append(self._network.loss(x, t, loss))
            moved[k] = value
            self.gradient[k] = (losses[0] - losses[1]) / (2 * h)
            if k == len(moved) - 1:
                self._finish()
            yield 2

    def _quick(self, x: Array, t: Floats, loss: str, h: float) -> Iterator[int]:
        """Work out again only what a moved parameter changes."""
        moved = MovedLosses(self._network, x, t, LOSSES[loss].make, h)
        sides = np.empty((2, self.gradient.size))
        left = self.total
        for count in moved.fill(*sides):
            left -= count
            if left == 0:
                np.divide(sides[0] - sides[1], 2 * h, out=self.gradient)
                self._finish()
            yield count

    def _finish(self) -> None:
        tie_biases(self._network, self.gradient)
        if self._factor != 1:
            self.gradient *= self._factor


def tie_biases(network: Network, gradient: Floats) -> None:
    """Bring the bias rows of a gradient into line with the bias mode.

    A bias shared by a layer moves all its units at once, so its derivative is the sum of theirs.
    """
    for block in network.blocks_of(gradient):
        if network.bias == "layer":
            block[-1] = block[-1].sum()
        elif network.bias in ("none", "fixed"):
            block[-1] = 0


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
        for _count in self.fill(above, below):
            pass
        return above, below

    def fill(self, above: Floats, below: Floats) -> Iterator[int]:
        """Work out what `both_sides` returns, unit by unit, and give how many losses came with each."""
        for moved, h in ((above, self._h), (below, -self._h)):
            for layer, block in enumerate(self._network.blocks_of(moved)):
                for unit in range(block.shape[1]):
                    block[:, unit] = np.concatenate(list(self._moved(layer, unit, h)))
                    yield len(block)

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
