"""Losses and metrics by step in bounded memory, however long the run."""

from dataclasses import dataclass, replace
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from playground.experiment.training.metrics import Metrics

BUCKETS = 1024
EVALUATIONS = 1024

SINGLE = 1000
SINGLES = 1024
"""Every so many steps one loss is also kept alone, as the articles print them; the first so many are."""

Floats = NDArray[np.float64]
Values = TypeVar("Values", bound=NDArray[Any])


def read_only(array: Values) -> Values:
    """Return the array, read-only from now on."""
    array.setflags(write=False)
    return array


@dataclass(frozen=True, eq=False)
class HistoryView:
    """A copy of the history to draw; all arrays are read-only and as long as their group.

    Attributes
    ----------
    steps, mean, low, high
        Batch loss in buckets of `stride` steps: where the bucket lies (the mean number of steps made
        before its losses), and the mean, smallest and largest loss in it.
    stride
        Steps a bucket; a power of two.
    metric_steps, metric_epochs
        Steps made at each evaluation, and passes over the training rows: one does not follow from the other
        where the batch size was changed on the way.
    train_loss, test_loss, train_accuracy, test_accuracy
        What the evaluations gave; NaN where there is no test part, or no accuracy (regression).
    """

    steps: Floats
    mean: Floats
    low: Floats
    high: Floats
    stride: int
    metric_steps: Floats
    metric_epochs: Floats
    train_loss: Floats
    test_loss: Floats
    train_accuracy: Floats
    test_accuracy: Floats

    def with_evaluation(self, step: int, epoch: float, train: Metrics, test: Metrics | None) -> "HistoryView":
        """Return this view with one more evaluation at its end."""
        more = zip(_EVALUATED, _numbers_of(step, epoch, train, test), strict=True)
        longer: dict[str, Any] = {name: read_only(np.append(getattr(self, name), value)) for name, value in more}
        return replace(self, **longer)


_EVALUATED = ("metric_steps", "metric_epochs", "train_loss", "test_loss", "train_accuracy", "test_accuracy")


def _numbers_of(step: int, epoch: float, train: Metrics, test: Metrics | None) -> tuple[float, ...]:
    test = test or Metrics(np.nan, None)
    values = (step, epoch, train.loss, test.loss, train.accuracy, test.accuracy)
    return tuple(np.nan if value is None else value for value in values)


class History:
    """Batch losses in at most `BUCKETS` buckets, and at most `EVALUATIONS` evaluations.

    When the buckets are full, neighbours are merged and each holds twice as many steps; when there are too
    many evaluations, every second one is dropped. What is kept depends on the numbers alone, not on how
    they were added (but for the last digits of a mean, which is a sum of sums).
    """

    def __init__(self) -> None:
        self.step_count = 0
        self.stride = 1
        self._sums = np.zeros(BUCKETS)
        self._lows = np.full(BUCKETS, np.inf)
        self._highs = np.full(BUCKETS, -np.inf)
        self._singles: list[float] = []
        self._evaluations: list[tuple[float, ...]] = []

    def extend(self, first_step: int, losses: Floats) -> None:
        """Add the losses of steps, the first of which comes after `first_step` others; known ones are skipped."""
        losses = losses[self.step_count - first_step :]
        count = len(losses)
        if count == 0:
            return
        self._singles.extend(losses[-self.step_count % SINGLE :: SINGLE].tolist())
        del self._singles[SINGLES:]
        last = self.step_count + count - 1
        while last // self.stride >= BUCKETS:
            self._merge_neighbours()
        first_bucket, end_bucket = self.step_count // self.stride, last // self.stride + 1
        starts = np.arange(first_bucket, end_bucket) * self.stride - self.step_count
        starts[0] = 0
        touched = slice(first_bucket, end_bucket)
        self._sums[touched] += np.add.reduceat(losses, starts)
        np.minimum(self._lows[touched], np.minimum.reduceat(losses, starts), out=self._lows[touched])
        np.maximum(self._highs[touched], np.maximum.reduceat(losses, starts), out=self._highs[touched])
        self.step_count += count

    def loss_after(self, step: int) -> float | None:
        """Return the batch loss of the step after `step` others; None where it was not made, or is not kept alone."""
        if self.stride == 1:
            return float(self._sums[step]) if step < self.step_count else None
        is_kept = step % SINGLE == 0 and step // SINGLE < len(self._singles)
        return self._singles[step // SINGLE] if is_kept else None

    def add_evaluation(self, step: int, epoch: float, train: Metrics, test: Metrics | None) -> None:
        """Add an evaluation; it replaces one of this step, or of later steps that were undone."""
        while self._evaluations and self._evaluations[-1][0] >= step:
            self._evaluations.pop()
        if len(self._evaluations) == EVALUATIONS:
            del self._evaluations[1::2]
        self._evaluations.append(_numbers_of(step, epoch, train, test))

    def view(self) -> HistoryView:
        """Return a read-only copy of what is known so far."""
        count = -(-self.step_count // self.stride)
        sizes = np.full(count, float(self.stride))
        if count:
            sizes[-1] = self.step_count - (count - 1) * self.stride
        firsts = np.arange(count) * float(self.stride)
        return HistoryView(
            read_only(firsts + (sizes - 1) / 2),
            read_only(self._sums[:count] / sizes),
            read_only(self._lows[:count].copy()),
            read_only(self._highs[:count].copy()),
            self.stride,
            *map(read_only, np.array(self._evaluations, np.float64).reshape(-1, 6).T),
        )

    def _merge_neighbours(self) -> None:
        half = BUCKETS // 2
        self._sums[:half] = self._sums.reshape(half, 2).sum(axis=1)
        self._lows[:half] = self._lows.reshape(half, 2).min(axis=1)
        self._highs[:half] = self._highs.reshape(half, 2).max(axis=1)
        self._sums[half:] = 0.0
        self._lows[half:] = np.inf
        self._highs[half:] = -np.inf
        self.stride *= 2
