"""Where a run diverged: the exact step, found by making the steps since the last good block again."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.engine.network import Network
from playground.experiment.snapshot import Divergence
from playground.experiment.stepper import Checkpoint, Stepper


RUNAWAY = 1e9
"""A loss so many times that of the start (or of 1) has diverged, long before it is infinite."""


@dataclass(frozen=True)
class Bounds:
    """What still counts as good numbers in a run that began with `first_loss`."""

    first_loss: float

    def hold(self, losses: NDArray[np.float64], parameters: NDArray[Any]) -> bool:
        """Return whether all losses are within bounds and all parameters finite."""
        within = losses.max() <= RUNAWAY * max(self.first_loss, 1.0)  # false for NaN
        return bool(within and np.isfinite(parameters).all())


def find_divergence(stepper: Stepper, checkpoint: Checkpoint, network: Network, bounds: Bounds) -> Divergence:
    """Make the steps since a checkpoint again, one by one, up to the first that breaks the bounds.

    The stepper and the network are left before that step, with the last good parameters.
    """
    stepper.go_back(checkpoint)
    loss, last_loss = np.empty(1), bounds.first_loss
    while True:
        good = stepper.checkpoint()
        stepper.make(1, loss)
        if not bounds.hold(loss, network.parameters):
            break
        last_loss = float(loss[0])
    if bounds.hold(loss, good.parameters):
        last_loss = float(loss[0])
        layer, what = last_broken(network.blocks), "weights"
        stepper.go_back(good)
    else:
        stepper.go_back(good)
        sums = network.pre_activations_of(stepper.next_inputs())
        broken = first_broken(sums)
        layer, what = (network.layers, "loss") if broken is None else (broken, "activations")
    return Divergence(good.step + 1, layer, what, last_loss)


def first_broken(layers: Sequence[NDArray[Any]]) -> int | None:
    """Return the first layer, counted from 1, with numbers that are not finite."""
    return next((k for k, values in enumerate(layers, start=1) if not np.isfinite(values).all()), None)


def last_broken(blocks: Sequence[NDArray[Any]]) -> int:
    """Return the last layer, counted from 1, with numbers that are not finite: gradients come down from there."""
    return max((k for k, block in enumerate(blocks, start=1) if not np.isfinite(block).all()), default=len(blocks))
