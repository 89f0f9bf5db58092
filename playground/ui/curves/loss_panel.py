"""The loss by step."""

import numpy as np

from playground.experiment.probes.snapshot import RunInfo, Snapshot
from playground.language import N_, _
from playground.ui.canvas.chart import NOTHING
from playground.ui.canvas.chart_items import Array, Series
from playground.ui.canvas.legend import Legend
from playground.ui.canvas.run_chart import LINE_POINTS, RunChart, last_of, merged, nearest
from playground.ui.core import layouts
from playground.ui.core.panel import Panel
from playground.ui.core.ticks import value_label
from playground.ui.widgets.switches import LogSwitch

WINDOW = 5  # buckets of the running average, where each holds several batches


class LossPlot(RunChart):
    """Loss curves with a straight or a logarithmic axis; bounded arrays in, at most about a thousand points each."""

    def __init__(self) -> None:
        series = (
            Series("band", "band", "grid", width=2.5),
            Series("batch", "line", "faint", width=1.8),
            Series("train", "line", "train", width=1.8),
            Series("test", "line", "test", width=1.8),
        )
        super().__init__("loss_plot", series, _("Loss by step"))
        self.reset()

    def reset(self, last_step: float | None = None, *, is_noisy: bool = True) -> None:
        """Show the axes of a new run; `last_step` is where it ends at the latest, None where it need not.

        It is noisy where a batch holds some of the samples only: then the line is a running average.
        """
        self.goal, self._is_noisy = last_step, is_noisy
        self.set_history((NOTHING,) * 4, (NOTHING,) * 3)

    def set_history(self, batch: tuple[Array, Array, Array, Array], evaluated: tuple[Array, Array, Array]) -> None:
        """Show a history: steps, mean, lowest and highest loss of the batches; steps, train and test loss (or NaN)."""
        self._history, self._batch, self._evaluated = batch, merged(*batch), evaluated
        steps, mean, low, high = self._batch
        at, train, test = evaluated
        self.set_data("band", steps, low, high)
        is_average = self._is_noisy and len(batch[0]) >= 2 * LINE_POINTS
        self.set_data("batch", steps, running_mean(mean) if is_average else mean)
        self.set_data("train", at, train)
        self.set_data("test", at, test)
        self.fit_axes(last_of(steps, at), mean, train, test)

    def numbers(self) -> dict[str, tuple[Array, Array]]:
        steps, mean, low, high = self._history
        batch = {"batch": (steps, mean), N_("batch lowest"): (steps, low), N_("batch highest"): (steps, high)}
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


class LossPanel(Panel):
    """Loss of the batches, of the train and of the test part, with a switch for a logarithmic axis."""

    name = "loss_panel"

    def build(self) -> None:
        self.plot = LossPlot()
        self.plot.set_titles(_("step"), _("loss"))
        self.legend = Legend("loss_legend")
        self.log_switch = LogSwitch("loss_log", _("Logarithmic loss axis"), self.plot.set_logarithmic)
        self.header = layouts.box(layouts.row(self.legend, self.log_switch, gap=6))
        layouts.column(self.plot, parent=self)
        self.setMinimumHeight(72)
        self._name_colours(has_test=False)

    def _name_colours(self, *, has_test: bool) -> None:
        entries = (("faint", _("batch")), ("train", _("train")))
        tip = _(
            "batch: the loss on each step's samples; where they are many, a band with their running "
            "average. train, test: the loss over all training and all test samples, computed now and then."
        )
        self.legend.set_entries((*entries, ("test", _("test"))) if has_test else entries, tip)
        self.plot.legend = self.legend.entries

    def show_run(self, info: RunInfo) -> None:
        super().show_run(info)
        self._name_colours(has_test=info.data.x_test is not None)
        self.plot.reset(info.last_step, is_noisy=info.steps_per_epoch > 1)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        history = snapshot.shown_history
        self.plot.goal = snapshot.last_step
        self.plot.set_history(
            (history.steps, history.mean, history.low, history.high),
            (history.metric_steps, history.train_loss, history.test_loss),
        )
