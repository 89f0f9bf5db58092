"""Units that are copies of one another, and why they stay so here as they do on paper.

Units of a layer with the same weights in and out get equal gradients, so they stay equal for ever: that is
why zero weights are a poor start. A processor's matrix product, though, sums some columns in another order
than others (which ones depends on the machine), so that equal columns come out a last digit apart; over
thousands of steps that breaks the tie, and a network starts to learn that on paper cannot. Where a layer
starts with all units alike, the gradient of its first unit is therefore copied to the others.
"""

from collections.abc import Sequence

import numpy as np

from playground.engine.network import Network
from playground.engine.program import Array, Call, copy


def alike_layers(network: Network) -> tuple[int, ...]:
    """Return the hidden layers (0 is the first) in which every unit is a copy of every other, to the last bit."""
    blocks = network.blocks
    return tuple(
        k
        for k in range(network.layers - 1)
        if network.sizes[k + 1] > 1
        and bool((blocks[k] == blocks[k][:, :1]).all())
        and bool((blocks[k + 1][:-1] == blocks[k + 1][:1]).all())
    )


def tie_identical_units(blocks: Sequence[Array], alike: Sequence[int], layer: int | None) -> list[Call]:
    """Return the calls that give the units of each layer in `alike` the gradient of its first unit.

    Parameters
    ----------
    blocks
        The gradient of each layer, (n_in + 1, n_out), changed in place.
    alike
        What `alike_layers` returned.
    layer
        The only block to change, or None for all.
    """
    calls: list[Call] = []
    for k in alike:
        if layer in (None, k):
            first = np.empty_like(blocks[k][:, :1])  # spread from a column of its own, five times as fast
            calls += [copy(blocks[k][:, :1], first), copy(first, blocks[k])]
        if layer in (None, k + 1):
            calls.append(copy(blocks[k + 1][:1], blocks[k + 1][1:-1]))
    return calls
