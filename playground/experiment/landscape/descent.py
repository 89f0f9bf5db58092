"""Descent on a surface by the engine's own optimisers, all from one start."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from playground.engine.optimizers import OPTIMIZERS, Optimizer
from playground.experiment.landscape.surfaces import Surface

Array = NDArray[np.float64]


def descend(surface: Surface, names: Sequence[str], start: ArrayLike, rate: float, steps: int) -> Array:
    """Return the paths (optimisers, steps + 1, 2) of optimisers in `OPTIMIZERS`, with their usual constants.

    The gradient is exact. What overflows becomes infinite or NaN, and stays so.
    """
    optimizers: list[Optimizer] = [OPTIMIZERS[name].make(**OPTIMIZERS[name].with_defaults({})) for name in names]
    states = [[np.zeros(2) for _slot in one.slots] for one in optimizers]
    paths = np.empty((len(names), steps + 1, 2))
    paths[:, 0] = start
    with np.errstate(all="ignore"):
        for step in range(steps):
            gradients = surface.gradient(paths[:, step])
            for k, one in enumerate(optimizers):
                one.count_step()
                paths[k, step + 1], *states[k] = one.formula(paths[k, step], gradients[k], rate, *states[k])
    return paths
