"""Whether two contenders did the same work: the weights after some steps, compared by how far training moved them."""

from collections.abc import Sequence

import numpy as np

TOLERANCES = {"float64": 1e-9, "float32": 2e-4}
"""What may differ, as a share of the movement; numerical gradients are compared with float64 ones everywhere."""

GRADIENT_TOLERANCE = 1e-5


def difference(ours: Sequence[np.ndarray], theirs: Sequence[np.ndarray], start: Sequence[np.ndarray]) -> float:
    """Return the largest difference between results, as a share of the largest movement from the start.

    Array by array; the worst counts. A contender that did not train at all differs by 1, one that went the
    other way by 2; another shape, or a result that is not a number, differs by infinity.

    Parameters
    ----------
    ours, theirs
        Weight and bias of each layer, in turn.
    start
        The same before training; zeros where the results are gradients.
    """
    if len(ours) != len(theirs):
        return float("inf")
    worst = 0.0
    for our, their, first in zip(ours, theirs, start, strict=True):
        if our.shape != their.shape or not np.isfinite(their).all():
            return float("inf")
        moved = float(np.abs(our.astype(float) - first).max())
        apart = float(np.abs(their.astype(float) - our).max())
        worst = max(worst, apart / moved if moved else float("inf") if apart else 0.0)
    return worst


def tolerance(dtype: str, task: str) -> float:
    """Return how large a difference may be in a case of this precision and task."""
    return TOLERANCES[dtype] if task == "training" else GRADIENT_TOLERANCE
