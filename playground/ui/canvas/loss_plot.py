"""The loss by step: a running average over the batches, and what was evaluated on the train and test parts."""

import numpy as np
from numpy.typing import NDArray

from playground.language import _
from playground.ui.canvas.axes_plot import Series
from playground.ui.canvas.run_plot import RunPlot, nearest
from playground.ui.core.ticks import value_label

Array = NDArray[np.floating]

LINE_POINTS = 160
WINDOW = 9  # buckets of the running average, where each holds several batches


class LossPlot(RunPlot):
    """Loss curves with a straight or a logarithmic axis; bounded arrays in, at most about a thousand points each."""

    def __init__(self) -> None:
        series = (
            Series("band", "band", "grid", width=2.5),
            Series("batch", "line", "faint", width=1.8),
            Series("train", "line", "train", width=1.8),
            Series("test", "line", "test", width=1.8),
        )
        super().__init__("loss_plot", series)
        self.describe = self._describe
        self.reset()

    def reset(self, last_step: float | None = None) -> None:
        """Begin a new run, which ends at `last_step` if that is known."""
        empty = np.empty(0)
        self._begin_axes(last_step)
        self._batch: tuple[Array, Array, Array, Array] = (empty,) * 4
        self._evaluated: tuple[Array, Array, Array] = (empty,) * 3
        self._line: Array = empty
        self._show()

    def set_history(self, batch: tuple[Array, Array, Array, Array], evaluated: tuple[Array, Array, Array]) -> None:
        """Show a history.

        Parameters
        ----------
        batch
            Steps, and the mean, lowest and highest loss of the batches around each.
        evaluated
            Steps, and the loss on the train and the test part; NaN where there is none.
        """
        self._batch, self._evaluated = merged(*batch), evaluated
        self._line = running_mean(self._batch[1]) if len(batch[0]) >= 2 * LINE_POINTS else self._batch[1]
        self._show()

    def _show(self) -> None:
        """Hand the arrays to the curves and move the axes if need be."""
        steps, mean, low, high = self._batch
        at, train, test = self._evaluated
        self.set_data("band", steps, self._put(low), self._put(high))
        self.set_data("batch", steps, self._put(self._line))
        self.set_data("train", at, self._put(train))
        self.set_data("test", at, self._put(test))
        self._fit_axes(max([0.0, *steps[-1:], *at[-1:]]), mean, train, test)

    def _describe(self, x: float, _y: float) -> str:
        lines: list[str] = []
        steps, mean, low, high = self._batch
        if len(steps):
            k = nearest(steps, x)
            lines = [_("step {n:,}").format(n=int(steps[k])), _("batch {value}").format(value=value_label(mean[k]))]
            if high[k] > low[k]:
                lines[1] += f"  ({value_label(low[k])} … {value_label(high[k])})"
        at, train, test = self._evaluated
        if len(at):
            k = nearest(at, x)
            lines = lines or [_("step {n:,}").format(n=int(at[k]))]
            lines += [_("train {value}").format(value=value_label(train[k]))]
            if np.isfinite(test[k]):
                lines += [_("test {value}").format(value=value_label(test[k]))]
        return "\n".join(lines)


def merged(steps: Array, mean: Array, low: Array, high: Array) -> tuple[Array, Array, Array, Array]:
    """Return the same history in at most twice `LINE_POINTS` buckets: their mean is a line that can be followed.

    Buckets are counted from the start of the run, so the line does not tremble while it grows.
    """
    size = len(steps) // LINE_POINTS
    if size < 2:
        return steps, mean, low, high
    starts = np.arange(0, len(steps), size)
    counts = np.diff(np.append(starts, len(steps)))
    return (
        np.add.reduceat(steps, starts) / counts,
        np.add.reduceat(mean, starts) / counts,
        np.minimum.reduceat(low, starts),
        np.maximum.reduceat(high, starts),
    )


def running_mean(values: Array) -> Array:
    """Return the mean of `WINDOW` values around each, (n,); near the ends of as many as there are on both sides."""
    half = np.minimum(WINDOW // 2, np.minimum(np.arange(len(values)), np.arange(len(values))[::-1]))
    sums = np.concatenate([[0.0], np.cumsum(values)])
    at = np.arange(len(values))
    means: Array = (sums[at + half + 1] - sums[at - half]) / (2 * half + 1)
    return means
