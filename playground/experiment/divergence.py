"""Where the numbers stopped being numbers: the exact step, found by making the last good steps again."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.engine.network import Network
from playground.experiment.snapshot import Divergence
from playground.experiment.stepper import Checkpoint, Stepper


def find_divergence(stepper: Stepper, checkpoint: Checkpoint, network: Network) -> tuple[Divergence, int]:
    """Make the steps since a checkpoint again, one by one, up to the first that gives numbers which are not finite.

    Returns
    -------
    Divergence
        The step, the layer and what it was.
    int
        Steps before it; the stepper and the network are left there, with the last good parameters.
    """
    stepper.go_back(checkpoint)
    loss = np.empty(1)
    last_loss = float("nan")
    good = checkpoint
    while True:
        stepper.make(1, loss)
        if not (np.isfinite(loss[0]) and np.isfinite(network.parameters).all()):
            break
        last_loss = float(loss[0])
        good = stepper.checkpoint()
    if np.isfinite(loss[0]):
        last_loss = float(loss[0])
        layer, what = last_broken(network.blocks), "weights"
    else:
        layer, what = network.layers, "loss"
    stepper.go_back(good)
    if what == "loss":
        sums = network.pre_activations_of(stepper.next_inputs())
        broken = [k for k, z in enumerate(sums, start=1) if not np.isfinite(z).all()]
        if broken:
            layer, what = broken[0], "activations"
    return Divergence(good.step + 1, layer, what, last_loss), good.step


def last_broken(blocks: Sequence[NDArray[Any]]) -> int:
    """Return the last layer, counted from 1, with numbers that are not finite: gradients come down from there."""
    return max((k for k, block in enumerate(blocks, start=1) if not np.isfinite(block).all()), default=len(blocks))
