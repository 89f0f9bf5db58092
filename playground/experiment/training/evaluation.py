"""How good the network is on the training and the test part."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.data.preparation import PreparedData, evenly_spaced
from playground.engine.metrics import accuracy
from playground.engine.network import Network
from playground.experiment.training.metrics import Metrics

SAMPLE = 10_000
"""While training, at most so many rows of a part are evaluated, evenly spaced and always the same ones."""

CHUNK = 16_384
"""Rows that are evaluated without asking whether to stop."""

EARLY = 4
FARTHEST = 100

Part = tuple[NDArray[Any], NDArray[Any], NDArray[np.int64] | None]
"""Inputs (rows, n_in), targets (rows, n_out), and for classes the label of each row, (rows,)."""

Result = tuple[Metrics, Metrics | None]
"""The metrics of the training and of the test part; None where there is no test part."""


def parts_of(data: PreparedData) -> list[Part]:
    """Return the training part, and the test part where there is one."""
    parts: list[Part] = [(data.x_train, data.t_train, data.labels_train)]
    if data.x_test is not None and data.t_test is not None:
        parts.append((data.x_test, data.t_test, data.labels_test))
    return parts


def sample_of(part: Part, most: int = SAMPLE) -> Part:
    """Return at most so many rows of a part, few enough to be evaluated while training."""
    x, t, labels = part
    if len(x) <= most:
        return part
    rows = evenly_spaced(len(x), most)
    return x[rows], t[rows], None if labels is None else labels[rows]


def evaluate(network: Network, loss: str, parts: list[Part], should_stop: Callable[[], bool]) -> Result | None:
    """Return the metrics of a network on one or two parts; None if `should_stop` returned True."""
    found = []
    with np.errstate(all="ignore"):
        for x, t, labels in parts:
            outputs, total = [], 0.0
            for start in range(0, len(x), CHUNK):
                if should_stop():
                    return None
                rows = slice(start, start + CHUNK)
                y, of_chunk = network.evaluate(x[rows], t[rows], loss)
                outputs.append(y)
                total += of_chunk * (len(y) / len(x))
            right = None if labels is None else accuracy(np.concatenate(outputs), labels, network.output)
            found.append(Metrics(total, right))
    return found[0], found[1] if len(found) > 1 else None


def next_evaluation(step: int) -> int:
    """Return from which step on the epoch that ends is evaluated again, after an evaluation at `step`.

    Close together at the start, where every step shows; then 100 steps apart, later 1 % of the steps made.
    The schedule depends on nothing but the steps.
    """
    return step + max(1, min(FARTHEST, step // EARLY), step // FARTHEST)
