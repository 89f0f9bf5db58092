"""How good the network is on the training and the test part."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.data.preparation import PreparedData
from playground.engine.metrics import accuracy
from playground.engine.network import Network
from playground.experiment.outcome import Metrics

SAMPLE = 10_000
"""While training, at most so many rows of a part are looked at, evenly spaced and always the same ones."""

EARLY = 4
FARTHEST = 100

Part = tuple[NDArray[Any], NDArray[Any], NDArray[np.int64] | None]


class Evaluator:
    """Evaluates one network on prepared data: all rows, or the sample that is quick enough while training."""

    def __init__(self, data: PreparedData, network: Network, loss: str, output: str) -> None:
        self._network = network
        self._loss = loss
        self._output = output
        self._train: Part = (data.x_train, data.t_train, data.labels_train)
        self._test: Part | None = None
        if data.x_test is not None and data.t_test is not None:
            self._test = (data.x_test, data.t_test, data.labels_test)
        self._train_sample = _sample(self._train)
        self._test_sample = None if self._test is None else _sample(self._test)

    def quick(self) -> tuple[Metrics, Metrics | None]:
        """Return the metrics of the sample of the training and of the test part."""
        return self._metrics(self._train_sample), self._metrics_of(self._test_sample)

    def full(self) -> tuple[Metrics, Metrics | None]:
        """Return the metrics of all rows of the training and of the test part."""
        return self._metrics(self._train), self._metrics_of(self._test)

    def _metrics_of(self, part: Part | None) -> Metrics | None:
        """Return the metrics of a part that may not be there."""
        return None if part is None else self._metrics(part)

    def _metrics(self, part: Part) -> Metrics:
        """Return the metrics of one part."""
        x, t, labels = part
        outputs, loss = self._network.evaluate(x, t, self._loss)
        right = None if labels is None else accuracy(outputs, labels, self._output)
        return Metrics(loss, right)


def next_evaluation(step: int) -> int:
    """Return from which step on the epoch that ends is evaluated again, after an evaluation at `step`.

    Close together at the start, where every step shows; then 100 steps apart, later 1 % of the steps made.
    The schedule depends on nothing but the steps.
    """
    return step + max(1, min(FARTHEST, step // EARLY), step // FARTHEST)


def _sample(part: Part) -> Part:
    """Return evenly spaced rows of a part, all where they are few."""
    x, t, labels = part
    if len(x) <= SAMPLE:
        return part
    rows = np.linspace(0, len(x) - 1, SAMPLE).astype(np.intp)
    return x[rows], t[rows], None if labels is None else labels[rows]
