"""Runs that differ in one thing: trained in the background when asked for, then drawn side by side."""

from collections.abc import Mapping

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from playground.engine.losses import LOSSES
from playground.experiment.config.schema import ExperimentConfig
from playground.experiment.lessons import comparing, set_ups
from playground.experiment.lessons.comparing import Compared
from playground.experiment.lessons.schema import Variants
from playground.language import _
from playground.runtime.background_task import BackgroundTask, Call
from playground.ui.canvas.legend import Legend
from playground.ui.canvas.run_chart import RunChart, overlaid
from playground.ui.core import layouts
from playground.ui.core.number_text import share
from playground.ui.core.ticks import value_labels
from playground.ui.forms.guess_text import plain
from playground.ui.widgets.icons import Button

COLOURS = ("racer_0", "racer_1", "racer_2", "racer_3", "train", "test", "third")
DIGITS = 3, 6
"""A result has so many digits, from the fewest to the most; more than three only where two results would look alike."""

FLAT = 30.0
"""Where the largest value is this many times the smallest, the axis is logarithmic."""


class VariantsView(QWidget):
    """A button that trains all variants of an experiment; then a line for each, and the number that was asked for.

    Signals
    -------
    compared(compared), refused(sentence), broke(text)
        All have run; they cannot; a traceback.
    """

    compared = Signal(object)
    refused = Signal(str)
    broke = Signal(str)

    def __init__(self, variants: Variants, start: ExperimentConfig, labels: Mapping[str, str]) -> None:
        super().__init__()
        self._variants, self._start = variants, start
        keys = tuple(variants.edits)
        self._button = Button(name="lesson_compare", role="primary", text=_("Run all {n}").format(n=len(keys)))
        self._button.clicked.connect(self._run)
        colours = [COLOURS[k % len(COLOURS)] for k in range(len(keys))]
        series = overlaid(tuple(zip(keys, colours, strict=True)))
        shares = variants.curve.endswith("accuracy")
        self.plot = RunChart("lesson_variants_plot", series, _("The curves of all runs"), shares=shares)
        self.plot.set_titles(_("step"), curve_words(variants.curve))
        self.legend = Legend("lesson_variants_legend", vertical=True)
        self._entries = {key: (ink, plain(labels.get(key, key))) for key, ink in zip(keys, colours, strict=True)}
        self._chart = layouts.box(layouts.column((self.plot, 1), self.legend, gap=2))
        self._chart.setObjectName("lesson_variants")
        layouts.column(self._button, self._chart, parent=self, gap=10)

    def show_state(self, compared: Compared | None, *, can_run: bool) -> None:
        """Show the button if the variants can be run now, and what came of them if they have."""
        self._button.setVisible(can_run)
        self._chart.setVisible(compared is not None)
        self.setVisible(can_run or compared is not None)
        if compared is not None:
            self._draw(compared)

    def stop(self) -> None:
        """Train no more of them."""
        for task in self.findChildren(BackgroundTask):
            task.stop()

    def _run(self) -> None:
        asked, configs = self._variants, set_ups.variants(self._start, self._variants, "variants")

        def run(call: Call) -> Compared:
            return comparing.compare(configs, asked.quantity, asked.curve, call.should_stop, call.report)

        self._show_progress(0, len(configs))
        task = BackgroundTask(run, self)
        task.progress.connect(self._show_progress)
        task.succeeded.connect(self.compared)
        task.refused.connect(lambda error: self.refused.emit(str(error)))
        task.broke.connect(self.broke)

    def _show_progress(self, done: int, total: int) -> None:
        self._button.setEnabled(False)
        self._button.set_text(_("Running {k} of {n} …").format(k=min(done + 1, total), n=total))

    def _draw(self, compared: Compared) -> None:
        numbers = [compared.numbers[key] for key in self._entries]
        results = map(share, numbers) if self._shows_shares() else value_labels(numbers, *DIGITS)
        names = (name for _ink, name in self._entries.values())
        said = {key: f"{name}: {it}" for key, name, it in zip(self._entries, names, results, strict=True)}
        if compared.loss:
            self.plot.set_titles(_("step"), _(LOSSES[compared.loss].label))
        self.legend.set_entries(tuple((ink, said[key]) for key, (ink, _name) in self._entries.items()))
        self.plot.legend = self.legend.entries
        values = [np.array(curve[1]) for curve in compared.curves.values()]
        positive = [it[np.isfinite(it) & (it > 0)] for it in values]
        spread = [float(it.max() / it.min()) for it in positive if it.size]
        self.plot.set_logarithmic(not self.plot.shares and max(spread, default=1.0) > FLAT)
        for key, (steps, curve) in compared.curves.items():
            self.plot.set_data(key, np.array(steps), np.array(curve))
        last = max((curve[0][-1] for curve in compared.curves.values() if curve[0]), default=1.0)
        self.plot.goal = last
        self.plot.fit_axes(last, *values)

    def _shows_shares(self) -> bool:
        return self._variants.quantity.endswith("accuracy")


def curve_words(curve: str) -> str:
    """Return what a curve shows."""
    words = {
        "train_loss": _("training loss"),
        "test_loss": _("test loss"),
        "train_accuracy": _("training accuracy"),
        "test_accuracy": _("test accuracy"),
    }
    return words[curve]
