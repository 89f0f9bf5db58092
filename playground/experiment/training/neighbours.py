"""How well the nearest rows of a table tell of a row: what a large enough network could learn of it at least."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

FEW_ROWS = 10
MOST_ROWS = 500
MOST_INPUTS = 64
NEAREST = 5


def explained(x: NDArray[Any], targets: NDArray[Any]) -> float | None:
    """Return the share of rows, or of squared deviations, that each row's nearest other rows explain.

    Parameters
    ----------
    x
        (n, n_inputs), as the network gets them.
    targets
        (n,) class of each row, or (n, n_outputs) numbers.

    Returns
    -------
    float or None
        Up to 1; for a handful of rows, which have no near ones, 1 where equal inputs have equal targets. None where
        there are too many inputs for nearness to mean much, or nothing to tell apart.
    """
    n, n_inputs = x.shape
    if n < 2 or n_inputs > MOST_INPUTS:
        return None
    if n > MOST_ROWS:
        chosen = np.linspace(0, n - 1, MOST_ROWS).astype(np.intp)
        x, targets = x[chosen], targets[chosen]
    x = np.asarray(x, np.float64)
    spread = x.std(axis=0)
    x = (x - x.mean(axis=0)) / np.where(spread > 0, spread, 1.0)
    if not np.isfinite(x).all():
        return None
    squares = np.square(x).sum(axis=1)
    distances = squares[:, None] + squares - 2 * (x @ x.T)
    np.fill_diagonal(distances, np.inf)
    if n <= FEW_ROWS:
        twins = distances < 1e-9
        contradicts = (targets[:, None] != targets[None, :]).reshape(n, n, -1).any(axis=2)
        return float(1 - (twins & contradicts).any(axis=1).mean())
    near = np.argpartition(distances, NEAREST, axis=1)[:, :NEAREST]
    if targets.ndim == 1:
        votes = np.apply_along_axis(np.bincount, 1, targets[near], minlength=int(targets.max()) + 1)
        return float(np.mean(votes.argmax(axis=1) == targets))
    scale = float(np.square(targets - targets.mean(axis=0)).sum())
    if not scale > 0:
        return None
    return float(1 - np.square(targets - targets[near].mean(axis=1)).sum() / scale)
