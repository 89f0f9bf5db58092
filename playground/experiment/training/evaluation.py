"""How good the network is on the training and the test part."""

from collections.abc import Callable, Generator
from time import perf_counter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.data.preparation import PreparedData
from playground.engine.metrics import accuracy
from playground.engine.network import Network
from playground.experiment.training.metrics import Metrics

SAMPLE = 10_000
"""While training, at most so many rows of a part are looked at, evenly spaced and always the same ones."""

EARLY = 4
FARTHEST = 100

REST_SECONDS = 0.0005
"""How long an evaluation goes on without asking whether it should yield."""

Part = tuple[NDArray[Any], NDArray[Any], NDArray[np.int64] | None, NDArray[np.intp] | None]
"""Inputs; targets and labels; and which of the inputs these belong to, None for all."""

Result = tuple[Metrics, Metrics | None]


class Evaluation:
    """An evaluation under way, which can be left and taken up again as long as the network stays as it is.

    Attributes
    ----------
    result
        The metrics of the training and of the test part, once there.
    seconds
        Time spent on it so far.
    """

    def __init__(self, pieces: Generator[None, None, Result]) -> None:
        self._pieces = pieces
        self.result: Result | None = None
        self.seconds = 0.0

    def go_on(self, should_yield: Callable[[], bool] | None = None) -> bool:
        """Evaluate to the end, or until told to yield; return whether it is done."""
        began = rested = perf_counter()
        with np.errstate(all="ignore"):
            while self.result is None:
                try:
                    next(self._pieces)
                except StopIteration as end:
                    self.result = end.value
                if should_yield is not None and perf_counter() - rested >= REST_SECONDS:
                    if should_yield():
                        break
                    rested = perf_counter()
        self.seconds += perf_counter() - began
        return self.result is not None


class Evaluator:
    """Evaluates one network on prepared data: all rows, or the sample that is quick enough while training."""

    def __init__(self, data: PreparedData, network: Network, loss: str, output: str) -> None:
        self._network = network
        self._loss = loss
        self._output = output
        self._train: Part = (data.x_train, data.t_train, data.labels_train, None)
        self._test: Part | None = None
        if data.x_test is not None and data.t_test is not None:
            self._test = (data.x_test, data.t_test, data.labels_test, None)
        self._train_sample = _sample(self._train)
        self._test_sample = None if self._test is None else _sample(self._test)

    def quick(self) -> Evaluation:
        """Begin to evaluate the sample of the training and of the test part."""
        return Evaluation(self._pieces(self._train_sample, self._test_sample))

    def full(self) -> Evaluation:
        """Begin to evaluate all rows of the training and of the test part."""
        return Evaluation(self._pieces(self._train, self._test))

    def _pieces(self, train: Part, test: Part | None) -> Generator[None, None, Result]:
        of_train = yield from self._metrics(train)
        return of_train, None if test is None else (yield from self._metrics(test))

    def _metrics(self, part: Part) -> Generator[None, None, Metrics]:
        x, t, labels, rows = part
        outputs, loss = yield from self._network.evaluate_in_pieces(x, t, self._loss, rows)
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
    x, t, labels, _ = part
    if len(x) <= SAMPLE:
        return part
    rows = np.linspace(0, len(x) - 1, SAMPLE).astype(np.intp)
    return x, t[rows], None if labels is None else labels[rows], rows
