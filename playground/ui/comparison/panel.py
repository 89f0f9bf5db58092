"""A race: networks that differ in their initial weights alone, beside one another."""

from __future__ import annotations

from functools import partial
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from playground.experiment.runs.comparison import ComparisonProbe
from playground.experiment.runs.initial_weights import single_choice
from playground.language import _
from playground.ui.canvas.chart_items import Array
from playground.ui.canvas.legend import Legend
from playground.ui.canvas.run_chart import merged
from playground.ui.comparison.comparison_plot import COLOURS, ComparisonPlot
from playground.ui.comparison.competitor_chooser import CompetitorChooser
from playground.ui.comparison.run_card import RunCard
from playground.ui.comparison.start_names import start_name
from playground.ui.core import plain_text
from playground.ui.core.panel import Panel
from playground.ui.core.ticks import value_label
from playground.ui.widgets.icons import Button
from playground.ui.widgets.small_switch import LogSwitch

if TYPE_CHECKING:
    from playground.experiment.probes.snapshot import Probe, RunInfo, Snapshot
    from playground.experiment.runs.comparison import ComparedRun
    from playground.experiment.training.history import HistoryView
    from playground.runtime.session import Session
    from playground.runtime.store import Store


class ComparisonPanel(Panel):
    """Chooses competitors; then shows the loss and accuracy of all by step, and how many units are distinct."""

    name: ClassVar[str] = "race_panel"

    def __init__(self, store: Store, session: Session) -> None:
        super().__init__(store, session)
        self._runs: tuple[ComparedRun, ...] = ()
        self.chooser = CompetitorChooser()
        self.chooser.begun.connect(session.race)
        self.loss, self.accuracy = ComparisonPlot("race_loss"), ComparisonPlot("race_accuracy", shares=True)
        self.loss.setAccessibleName(_("Loss of each network by step"))
        self.accuracy.setAccessibleName(_("Accuracy of each network by step"))
        self._accuracy_title = plain_text.label()
        self.log_switch = LogSwitch("race_log", _("Logarithmic loss axis of the race"), self.loss.set_logarithmic)
        self.legends = [Legend(f"racer_{k}_legend") for k in range(len(COLOURS))]
        self.cards = [RunCard(k, legend, partial(session.keep, k)) for k, legend in enumerate(self.legends)]
        self._end = Button(name="race_end", role="small")
        self._end.set_text(_("End the race"), _("Removes the other networks; this run continues"))
        self._end.clicked.connect(session.end_race)
        for plot in (self.loss, self.accuracy):
            plot.name_of = self._name_of
            plot.set_titles(_("step"), "")  # the other one is the heading above it
        self._pages = QStackedLayout(self)
        self._pages.setContentsMargins(0, 0, 0, 1)  # a line left free: wholly covered, it would count as out of sight
        self._pages.addWidget(self.chooser)
        self._pages.addWidget(self._race_page())
        session.race_changed.connect(self._on_race_changed)
        self._show_names()

    def title(self) -> str:
        return _("Race")

    def probes(self) -> tuple[Probe[Any], ...]:
        return (ComparisonProbe(),) if self.session.competitors else ()

    def prepare(self, info: RunInfo) -> None:
        for plot in (self.loss, self.accuracy):
            plot.reset(info.last_step)
        self._runs = ()
        counts = info.data.dataset.task != "regression"
        self._accuracy_title.setText(_("Train accuracy") if info.data.x_test is None else _("Test accuracy"))
        self._accuracy_title.setVisible(counts)
        self.accuracy.setVisible(counts)
        self.chooser.show_starts(single_choice(info.config.network), info.sizes)
        self._show_names()
        self._show_figures()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        runs = snapshot.answer(ComparisonProbe()) or ()
        if not runs or self._info is None:
            return
        for plot in (self.loss, self.accuracy):
            plot.goal = snapshot.last_step
        self.loss.set_curves([_curve(one.history) for one in runs])
        accuracies = [(one.history.metric_steps, self._right(one.history)) for one in runs]
        self.accuracy.set_curves(accuracies)
        self._runs = runs
        self._show_figures()

    def focus(self) -> None:
        self.ensure_prepared()
        if self.session.competitors:
            self._end.setFocus()
        else:
            self.chooser.focus()

    def _race_page(self) -> QWidget:
        """Make the page that a race is seen on."""
        page = QWidget()
        row = QHBoxLayout(page)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        for title, switch, plot in (
            (plain_text.label(_("Batch loss")), self.log_switch, self.loss),
            (self._accuracy_title, None, self.accuracy),
        ):
            title.setProperty("role", "muted")
            head = QHBoxLayout()
            head.addWidget(title)
            head.addStretch(1)
            if switch is not None:
                head.addWidget(switch)
            column = QVBoxLayout()
            column.setSpacing(2)
            column.addLayout(head)
            column.addWidget(plot, 1)
            row.addLayout(column, 5)
        side = QVBoxLayout()
        side.setSpacing(10)
        for card in self.cards:
            side.addWidget(card)
        side.addStretch(1)
        side.addWidget(self._end)
        row.addLayout(side, 4)
        return page

    def _show_names(self) -> None:
        competitors = self.session.competitors
        self._pages.setCurrentIndex(1 if competitors else 0)
        for k, (card, legend) in enumerate(zip(self.cards, self.legends, strict=True)):
            card.setVisible(k <= len(competitors))
            legend.set_entries(((COLOURS[k], self._name_of(k)),) if k <= len(competitors) else ())

    def _show_figures(self) -> None:
        for card, one in zip_longest(self.cards, self._runs):
            card.show_figures("" if one is None else self._figures(one), "" if one is None else self._units(one))

    def _name_of(self, number: int) -> str:
        if number > 0:
            return start_name(self.session.competitors[number - 1])
        own = start_name(single_choice(self.store.config.network))
        return _("{start} (this run)").format(start=own)

    def _right(self, history: HistoryView) -> Array:
        """Return the share of right answers by evaluation, of the test part where there is one."""
        tests = self._info is not None and self._info.data.x_test is not None
        return history.test_accuracy if tests else history.train_accuracy

    def _figures(self, run: ComparedRun) -> str:
        words = []
        if len(run.history.mean):
            words.append(_("loss {value}").format(value=value_label(_curve(run.history)[1][-1])))
        right = self._right(run.history)
        if len(right) and np.isfinite(right[-1]):
            words.append(_("{percent:.1f} % right").format(percent=100 * right[-1]))
        return " · ".join(words)

    @staticmethod
    def _units(run: ComparedRun) -> str:
        """Return how many units of each hidden layer differ, or that the network has diverged."""
        if run.stopped_by == "diverged":
            return _("diverged at step {step:,}").format(step=run.step)
        counts = ", ".join(_("{distinct} of {units}").format(distinct=n, units=units) for n, units in run.layers)
        return _("distinct units: {counts}").format(counts=counts) if counts else ""

    @Slot()
    def _on_race_changed(self) -> None:
        self._show_names()
        self.refresh_requested.emit()


def _curve(history: HistoryView) -> tuple[Array, Array]:
    return merged(history.steps, history.mean, history.low, history.high)[:2]
