"""Gradient descent on a surface, to be looked at: f(x0, x1), its gradient as arrows, the path down."""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray

from playground.engine.gradients import numerical_gradient
from playground.engine.program import Array


def gradient_descent(
    f: Callable[[Array], float], start: ArrayLike, learning_rate: float, steps: int
) -> NDArray[np.float64]:
    """Walk down `f` by its numerical gradient, x ← x − rate · ∇f(x), and return the path (steps + 1, n).

    `start`, (n,), is left as it is; article B's own version changes it.
    """
    path = np.empty((steps + 1, np.size(start)))
    path[0] = start
    for k in range(steps):
        path[k + 1] = path[k] - learning_rate * numerical_gradient(f, path[k])
    return path
