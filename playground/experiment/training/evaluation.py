"""How good the network is on the training and the test part."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.data.preparation import PreparedData
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


class Evaluator:
    """Evaluates one network on prepared data: all rows, or a sample that is quick enough while training."""

    def __init__(self, data: PreparedData, network: Network, loss: str, output: str) -> None:
        self._network = network
        self._loss = loss
        self._output = output
        self._parts: list[Part] = [(data.x_train, data.t_train, data.labels_train)]
        if data.x_test is not None and data.t_test is not None:
            self._parts.append((data.x_test, data.t_test, data.labels_test))
        self._samples = [_sample(part) for part in self._parts]

    def sample(self) -> Result:
        """Return the metrics on at most `SAMPLE` rows of the training and of the test part."""
        result = self._evaluate(self._samples, lambda: False)
        assert result is not None
        return result

    def all_rows(self, should_stop: Callable[[], bool] = lambda: False) -> Result | None:
        """Return the metrics on all rows of both parts; None if `should_stop` returned True."""
        return self._evaluate(self._parts, should_stop)

    def _evaluate(self, parts: list[Part], should_stop: Callable[[], bool]) -> Result | None:
        found = []
        with np.errstate(all="ignore"):
            for x, t, labels in parts:
                outputs, loss = [], 0.0
                for start in range(0, len(x), CHUNK):
                    if should_stop():
                        return None
                    rows = slice(start, start + CHUNK)
                    y, of_chunk = self._network.evaluate(x[rows], t[rows], self._loss)
                    outputs.append(y)
                    loss += of_chunk * (len(y) / len(x))
                right = None if labels is None else accuracy(np.concatenate(outputs), labels, self._output)
                found.append(Metrics(loss, right))
        return found[0], found[1] if len(found) > 1 else None


def next_evaluation(step: int) -> int:
    """Return from which step on the epoch that ends is evaluated again, after an evaluation at `step`.

    Close together at the start, where every step shows; then 100 steps apart, later 1 % of the steps made.
    The schedule depends on nothing but the steps.
    """
    return step + max(1, min(FARTHEST, step // EARLY), step // FARTHEST)


def _sample(part: Part) -> Part:
    x, t, labels = part
    if len(x) <= SAMPLE:
        return part
    rows = np.linspace(0, len(x) - 1, SAMPLE).astype(np.intp)
    return x[rows], t[rows], None if labels is None else labels[rows]
