"""The loss by step: the batches as a band with their mean, and what was evaluated on the train and test parts."""

import numpy as np
from numpy.typing import NDArray

from playground.language import _
from playground.ui.plots.axes_plot import AxesPlot, Series
from playground.ui.plots.growing_range import GrowingEnd, ValueRange
from playground.ui.plots.ticks import linear_ticks, to_log, value_label

Array = NDArray[np.floating]

FIRST_STEPS = 20.0
LINE_POINTS = 160


class LossPlot(AxesPlot):
    """Loss curves with a straight or a logarithmic axis; bounded arrays in, at most about a thousand points each."""

    def __init__(self) -> None:
        series = (
            Series("band", "band", "border", width=2.0),
            Series("batch", "line", "faint", width=1.2),
            Series("train", "line", "train", width=1.8),
            Series("test", "line", "test", width=1.8),
        )
        super().__init__("loss_plot", series)
        self._end = GrowingEnd(FIRST_STEPS)
        self._range = ValueRange()
        empty = np.empty(0)
        self._batch: tuple[Array, Array, Array, Array] = (empty,) * 4
        self._evaluated: tuple[Array, Array, Array] = (empty,) * 3
        self.describe = self._describe
        self._show()

    def reset(self, last_step: float | None = None) -> None:
        """Begin a new run, which ends at `last_step` if that is known."""
        empty = np.empty(0)
        self._end.reset(last_step)
        self._range.reset()
        self._batch, self._evaluated = (empty,) * 4, (empty,) * 3
        self._show()

    @property
    def logarithmic(self) -> bool:
        """Whether the loss has a logarithmic axis."""
        return self._range.logarithmic

    def set_logarithmic(self, on: bool) -> None:
        """Give the loss a logarithmic axis, or a straight one."""
        if on != self._range.logarithmic:
            self._range.set_logarithmic(on)
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
        self._show()

    def _show(self) -> None:
        """Hand the arrays to the curves and move the axes if need be."""
        steps, mean, low, high = self._batch
        at, train, test = self._evaluated
        span, ticks = self._range.include(mean, train, test)
        last = max(float(steps[-1]) if len(steps) else 0.0, float(at[-1]) if len(at) else 0.0)
        end = self._end.include(last)
        put = to_log if self.logarithmic else np.asarray
        self.set_data("band", steps, put(low), put(high))
        self.set_data("batch", steps, put(mean))
        self.set_data("train", at, put(train))
        self.set_data("test", at, put(test))
        self.set_ranges((0.0, end), span, (linear_ticks(0.0, end), ticks))

    def _describe(self, x: float, _y: float) -> str:
        """Return the step under the mouse and the losses there."""
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


def nearest(sorted_values: Array, value: float) -> int:
    """Return the place of the entry of `sorted_values` that is nearest to `value`."""
    k = int(np.clip(np.searchsorted(sorted_values, value), 0, len(sorted_values) - 1))
    return k - 1 if k > 0 and value - sorted_values[k - 1] < sorted_values[k] - value else k
