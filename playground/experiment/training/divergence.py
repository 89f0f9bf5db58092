"""Where a run diverged: the exact step, found by making the steps since the last good block again."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.engine.network import Network
from playground.experiment.training.metrics import Divergence
from playground.experiment.training.step_loop import Checkpoint, StepLoop

RUNAWAY = 1e9
"""A loss so many times that of the start (or of 1) has diverged, long before it is infinite."""


def highest_loss(first_loss: float) -> float:
    """Return the highest loss that still counts as good in a run that began with `first_loss`."""
    return RUNAWAY * max(first_loss, 1.0)


def are_good(losses: NDArray[np.float64], parameters: NDArray[Any], first_loss: float) -> bool:
    """Return whether no loss is too high and all parameters are finite."""
    # NaN anywhere makes both extremes NaN; testing each number would need an array of the same size.
    extremes = (parameters.min(), parameters.max())
    return bool(losses.max() <= highest_loss(first_loss) and np.isfinite(extremes).all())


def find_divergence(step_loop: StepLoop, checkpoint: Checkpoint, network: Network, first_loss: float) -> Divergence:
    """Make the steps since a checkpoint again, one by one, up to the one whose update made a number bad.

    A loss is measured before the update of its step, so a bad one is the fault of the step before. The
    step loop and the network are left before the update that broke, with the last good parameters.
    """
    step_loop.go_back(checkpoint)
    losses = np.empty(1)
    before, now, last_loss = checkpoint, checkpoint, first_loss
    while True:
        step_loop.make(1, losses)
        if not are_good(losses, now.parameters, first_loss):
            step_loop.go_back(now)
            broken = _broken(network.pre_activations_of(step_loop.next_inputs()))
            layer, what = (broken[0], "activations") if broken else (network.layers, "loss")
            break
        before, last_loss = now, float(losses[0])
        if broken := _broken(network.blocks):
            layer, what = broken[-1], "weights"  # the last, where the gradients come from
            break
        now = step_loop.checkpoint()
    step_loop.go_back(before)
    return Divergence(before.step + 1, layer, what, last_loss)


def _broken(layers: Sequence[NDArray[Any]]) -> list[int]:
    """Return the layers, counted from 1, with numbers that are not finite."""
    return [k for k, values in enumerate(layers, start=1) if not np.isfinite(values).all()]
