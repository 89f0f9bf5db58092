"""How strongly each layer is being changed, by step: gradients and updates, in bounded memory.

A step is watched now and then: its gradient, and what it did to the weights, are measured layer by layer.
That costs a copy of the parameters, so it is done a few dozen times over the first thousands of steps, also of those
after a change of settings or weights, and then once in a thousand: less than 1 % of the time for any network.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.engine.network import Network
from playground.experiment.training.history import Floats, read_only

MOST = 512
"""Watched steps that are kept; beyond that every second one is dropped."""

FARTHEST = 1_000
GROWTH = 12
GROWTH_OF_SMALL = 4
"""The next watched step comes after a twelfth of the steps made, and after `FARTHEST` at most; after a fourth in small
networks, whose steps take no longer than watching one."""

SMALL = 1_000
"""A small network has fewer parameters than these."""


@dataclass(frozen=True, eq=False)
class FlowView:
    """A copy of what the watched steps did; all arrays are read-only.

    Attributes
    ----------
    steps
        (n,) the number of each watched step, from 1.
    gradient
        (n, layers) the length of the gradient of each layer's weights and biases, as the step used it.
    update
        (n, layers) the length of the change that the step made to each layer's weights.
    weight
        (n, layers) the length of each layer's weights before the step.
    derivative
        (n,) how much the loss of the batch should fall by the step: −gradient · change, to first order.
    """

    steps: Floats
    gradient: Floats
    update: Floats
    weight: Floats
    derivative: Floats

    @property
    def ratio(self) -> Floats:
        """By how large a part of themselves a step changes the weights of each layer, (n, layers); NaN at zero."""
        with np.errstate(divide="ignore", invalid="ignore"):
            ratio = self.update / self.weight
        ratio[~np.isfinite(ratio)] = np.nan
        return ratio


class Flow:
    """What the watched steps of a run did.

    Attributes
    ----------
    due
        The next step is watched once so many have been made.
    """

    def __init__(self, network: Network) -> None:
        self._whole = network.parts
        outputs = network.sizes[1:]
        self._weights = [slice(part.start, part.stop - n) for part, n in zip(network.parts, outputs, strict=True)]
        self._rows: list[tuple[float, ...]] = []
        self._growth = GROWTH_OF_SMALL if network.parameters.size < SMALL else GROWTH
        self._since = 0
        self.due = 0

    def begin_anew(self, step: int) -> None:
        """Watch the first steps after `step` as closely as those of a new run."""
        self._since = self.due = step

    def add(
        self,
        step: int,
        gradient: NDArray[Any],
        scale: float,
        before: NDArray[Any],
        after: NDArray[Any],
        rows: int,
    ) -> None:
        """Record what step number `step` did.

        Parameters
        ----------
        step
            Its number, from 1.
        gradient, scale
            Its gradient times `scale`, flat.
        before, after
            The parameters on either side of it, flat. `before` is overwritten, as in a large network another copy
            would be felt.
        rows
            What the gradient is to be divided by for that of the mean: 1, or the rows of the batch where it is a sum.
        """
        self.discard_from(step)
        # The roots of the squares can wait until somebody looks.
        of_weights = _squares(before, self._weights)
        change = np.subtract(after, before, before)
        of_change = _squares(change, self._weights)
        derivative = -gradient.dot(change) / scale / rows
        of_gradient = _squares(np.divide(gradient, scale, before), self._whole)
        if len(self._rows) == MOST:
            del self._rows[1::2]
        self._rows.append((step, derivative, *of_gradient, *of_change, *of_weights))
        self.due = step + max(1, min(FARTHEST, (step - self._since) // self._growth)) - 1

    def discard_from(self, step: int) -> None:
        """Drop what is known of step number `step` and of later ones."""
        while self._rows and self._rows[-1][0] >= step:
            self._rows.pop()

    def view(self) -> FlowView:
        """Return a read-only copy of what is known so far."""
        layers = len(self._whole)
        rows = np.array(self._rows, np.float64).reshape(-1, 2 + 3 * layers)
        gradient, update, weight = map(read_only, np.sqrt(rows[:, 2:]).reshape(-1, 3, layers).swapaxes(0, 1))
        return FlowView(read_only(rows[:, 0]), gradient, update, weight, read_only(rows[:, 1]))


def _squares(flat: NDArray[Any], parts: list[slice]) -> list[Any]:
    return [flat[part].dot(flat[part]) for part in parts]
