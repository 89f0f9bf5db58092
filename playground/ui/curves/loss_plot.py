"""The loss by step: a running average over the batches, and what was evaluated on the train and test parts."""

import numpy as np

from playground.language import _
from playground.ui.canvas.chart import NOTHING, Array, Series
from playground.ui.canvas.run_chart import LINE_POINTS, RunChart, last_of, merged, nearest
from playground.ui.core.ticks import value_label

WINDOW = 9  # buckets of the running average, where each holds several batches


class LossPlot(RunChart):
    """Loss curves with a straight or a logarithmic axis; bounded arrays in, at most about a thousand points each."""

    def __init__(self) -> None:
        series = (
            Series("band", "band", "grid", width=2.5),
            Series("batch", "line", "faint", width=1.8),
            Series("train", "line", "train", width=1.8),
            Series("test", "line", "test", width=1.8),
        )
        super().__init__("loss_plot", series)
        self.reset()

    def reset(self, last_step: float | None = None) -> None:
        """Begin a new run, which ends at `last_step` if that is known."""
        self.goal = last_step
        self.set_history((NOTHING,) * 4, (NOTHING,) * 3)

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
        steps, mean, low, high = self._batch
        at, train, test = evaluated
        self.set_data("band", steps, low, high)
        self.set_data("batch", steps, running_mean(mean) if len(batch[0]) >= 2 * LINE_POINTS else mean)
        self.set_data("train", at, train)
        self.set_data("test", at, test)
        self.fit_axes(last_of(steps, at), mean, train, test)

    def numbers(self) -> dict[str, tuple[Array, Array]]:
        steps, mean, low, high = self._batch
        batch = {"batch": (steps, mean), "batch lowest": (steps, low), "batch highest": (steps, high)}
        return {**batch, "train": self.data("train"), "test": self.data("test")}

    def describe(self, x: float, _y: float) -> str:
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


def running_mean(values: Array) -> Array:
    """Return the mean of `WINDOW` values around each, (n,); near the ends of as many as there are on both sides."""
    half = np.minimum(WINDOW // 2, np.minimum(np.arange(len(values)), np.arange(len(values))[::-1]))
    sums = np.concatenate([[0.0], np.cumsum(values)])
    at = np.arange(len(values))
    means: Array = (sums[at + half + 1] - sums[at - half]) / (2 * half + 1)
    return means
