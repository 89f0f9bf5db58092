"""Faults of backward passes that learners write, each as a gradient in plain NumPy; and which one a gradient has.

Independent of the linked step of training: nothing here shares its buffers or its calls.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import ArrayLike, NDArray

from playground.engine.gradients import tie_biases
from playground.engine.losses import LOSSES
from playground.engine.network import Network
from playground.language import N_

Array = NDArray[np.float64]

ALIKE = 1e-6
"""Two gradients are the same where they differ by no more than this share of the larger one's length."""


@dataclass(frozen=True)
class Fault:
    """A known fault: its name on the screen, and how it shows in the gradient."""

    label: str
    sentence: str


FAULTS: Mapping[str, Fault] = MappingProxyType(
    {
        "tied-bias": Fault(
            N_("Tied bias"),
            N_(
                "The gradients of all biases of a layer are the same number: they were summed over the units as well "
                "as over the samples (article C)."
            ),
        ),
        "early-update": Fault(
            N_("Early update"),
            N_(
                "The last layer is right and those below it are not: the weights were changed before the gradient was "
                "passed back through them (article C)."
            ),
        ),
        "batch-softmax": Fault(
            N_("Softmax over the batch"),
            N_(
                "Each output was divided by the sum over the whole batch, not over its own sample: the outputs of a "
                "sample do not add up to 1 (article A)."
            ),
        ),
        "missing-derivative": Fault(
            N_("Missing derivative"),
            N_(
                "The gradient was passed back without the derivative of the activation: below the last layer it is too "
                "large."
            ),
        ),
    }
)


def gradient(
    network: Network,
    x: ArrayLike,
    t: ArrayLike,
    loss: str,
    faults: Collection[str] = (),
    rate: float = 0.1,
    reduction: str = "mean",
) -> Array:
    """Return the gradient of the loss by backpropagation, flat and float64, with some faults of `FAULTS` or none.

    Parameters
    ----------
    network, x, t, loss, reduction
        As for `engine.gradients.loss_gradient`.
    faults
        Keys of `FAULTS`; none for the right gradient.
    rate
        The learning rate, for the early update.
    """
    network = network.copy(np.float64)
    x, t = np.asarray(x), np.asarray(t, np.float64)
    z, a = network.pre_activations_of(x), network.activations_of(x)
    kind, flat = LOSSES[loss].make, np.empty_like(network.parameters)
    if "batch-softmax" in faults and network.output == "softmax":
        powers = np.exp(z[-1] - z[-1].max())
        a[-1] = powers / powers.sum()
    delta = kind.derivative(a[-1], t)
    if network.output not in kind.fused and "missing-derivative" not in faults:
        delta = _through(network, len(z) - 1, z[-1], a[-1], delta)
    blocks, divisor = network.blocks_of(flat), len(x) if reduction == "mean" else 1
    for k in reversed(range(network.layers)):
        blocks[k][:-1] = a[k].T @ delta / divisor
        blocks[k][-1] = delta.sum(axis=0) / divisor
        if k == 0:
            break
        moved = rate * blocks[k][:-1] if "early-update" in faults else 0.0
        delta = delta @ (network.weights[k] - moved).T
        if "missing-derivative" not in faults:
            delta = _through(network, k - 1, z[k - 1], a[k], delta)
    if "tied-bias" in faults:
        for block in blocks:
            block[-1] = block[-1].sum()
    tie_biases(network, flat)
    return flat


def recognise(
    network: Network,
    x: ArrayLike,
    t: ArrayLike,
    loss: str,
    found: ArrayLike,
    rate: float = 0.1,
    reduction: str = "mean",
) -> str | None:
    """Return the key of the fault that leads to exactly the gradient `found`, flat; None where none does.

    None is also returned for the right gradient. The other arguments are those of `gradient`.
    """
    found = np.asarray(found, np.float64)
    if _are_alike(found, gradient(network, x, t, loss, reduction=reduction)):
        return None
    faulty = ((name, gradient(network, x, t, loss, (name,), rate, reduction)) for name in FAULTS)
    return next((name for name, one in faulty if _are_alike(found, one)), None)


def _through(network: Network, layer: int, z: Array, a: Array, delta: Array) -> Array:
    """Return the gradient by z from that by a, for the activation of a layer."""
    function = network.functions[layer]
    with np.errstate(all="ignore"):
        derivative = function.derivative(z, a)
    return delta * derivative if function.elementwise else np.einsum("nj,njk->nk", delta, derivative)


def _are_alike(one: Array, other: Array) -> bool:
    size = max(float(np.linalg.norm(one)), float(np.linalg.norm(other)))
    return bool(np.linalg.norm(one - other) <= ALIKE * size)
