"""A race: networks that differ in their initial weights alone, beside one another."""

import math
from collections.abc import Callable, Sequence
from functools import partial
from itertools import zip_longest

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QStackedLayout, QWidget

from playground.experiment.lessons.progress import Guess
from playground.experiment.probes.snapshot import RunInfo, Snapshot
from playground.experiment.runs.comparison import ComparedRun, ComparisonProbe, places
from playground.experiment.runs.initial_weights import InitialWeights, single_choice
from playground.language import _, ngettext, sentences
from playground.ui.canvas.chart import NOTHING
from playground.ui.canvas.chart_items import Array
from playground.ui.canvas.legend import Legend
from playground.ui.canvas.run_chart import RunChart, last_of, nearest, overlaid
from playground.ui.comparison.chooser import COLOURS, CompetitorChooser, names_by_colour
from playground.ui.core import layouts, number_text, theme
from playground.ui.core.panel import Panel, Probes, Watch
from playground.ui.core.ticks import value_label
from playground.ui.forms import guess_text
from playground.ui.widgets.icons import Button
from playground.ui.widgets.labels import show_text, text_label
from playground.ui.widgets.switches import LogSwitch

LEAST_CHART = 160
"""Pixels, below which two charts beside each other are too narrow."""


class ComparisonPlot(RunChart):
    """A loss, or a share of right answers, of up to as many networks as there are colours."""

    def __init__(self, name: str, label: str, *, shares: bool = False) -> None:
        super().__init__(name, overlaid([(f"racer_{k}", ink) for k, ink in enumerate(COLOURS)]), label, shares=shares)
        self.reset()

    def reset(self, last_step: float | None = None) -> None:
        """Begin a new race, which ends at `last_step` if that is known."""
        self.goal = last_step
        self.set_curves(())

    def set_curves(self, curves: Sequence[tuple[Array, Array]]) -> None:
        """Show the steps and values of each network, the run itself first."""
        for k in range(len(COLOURS)):
            self.set_data(f"racer_{k}", *(curves[k] if k < len(curves) else (NOTHING, NOTHING)))
        self.fit_axes(last_of(*(x for x, _y in curves)), *(y for _x, y in curves))

    def describe(self, x: float, _y: float) -> str:
        lines: list[str] = []
        for key, name in self.names.items():
            steps, values = self.data(key)
            if len(steps):
                at = nearest(steps, x)
                lines = lines or [_("step {n:,}").format(n=int(steps[at]))]
                value = number_text.share(values[at]) if self.shares else _loss_text(values[at])
                lines.append(f"{name}  {value}")
        return "\n".join(lines)


class RunCard(QWidget):
    """A name beside its colour, when it ended, two lines of figures and a button; number 0 is the run itself."""

    def __init__(self, number: int, keep: Callable[[], object]) -> None:
        super().__init__()
        self.setObjectName(f"racer_{number}")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.legend = Legend(f"racer_{number}_legend")
        self.end = text_label(f"racer_{number}_end", wraps=False)
        self.figures = text_label(f"racer_{number}_figures", "", wraps=False)
        self.units = text_label(f"racer_{number}_units", wraps=False)
        tip = _("Ends the race and continues with this network only; can be undone")
        self.keep = Button(name=f"race_keep_{number}", text=_("Keep"), tip=tip, role="small")
        self.keep.clicked.connect(keep)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(1)
        grid.setColumnStretch(0, 1)
        grid.addLayout(layouts.row(self.legend, self.end, None, gap=8), 0, 0, 1, 2)
        grid.addWidget(self.figures, 1, 0)
        grid.addWidget(self.units, 2, 0)
        grid.addWidget(self.keep, 1, 1, 2, 1)
        self.apply_theme()

    def apply_theme(self) -> None:
        self.figures.setFont(theme.font(12, tabular=True))


class ComparisonPanel(Panel):
    """Chooses competitors; then shows loss and accuracy of all by step, how many units differ, which one to keep."""

    name = "race_panel"

    def build(self) -> None:
        self._runs: tuple[ComparedRun, ...] = ()
        self._counts = True  # how many answers are right
        self.chooser = CompetitorChooser()
        self.chooser.begun.connect(self._begin)
        self._guess: Guess | None = None  # of the race that is on, until its outcome is known
        self._said = text_label("race_said", role="strong")
        self._said.hide()
        self.chooser.changed.connect(self._said.hide)
        self.loss = ComparisonPlot("race_loss", _("Train loss"))
        self.accuracy = ComparisonPlot("race_accuracy", _("Train accuracy"), shares=True)
        self._accuracy_title = text_label(wraps=False)
        self.log_switch = LogSwitch("race_log", _("Logarithmic loss axis of the race"), self.loss.set_logarithmic)
        self.cards = [RunCard(k, partial(self._keep, k)) for k in range(len(COLOURS))]
        tip = _("Removes the other networks; this run continues")
        self._end = Button(name="race_end", text=_("End the race"), tip=tip, role="small")
        self._end.clicked.connect(self._end_race)
        for plot in (self.loss, self.accuracy):
            plot.set_titles(_("step"), "")  # the other one is the heading above it
        self._pages = QStackedLayout()
        margins = (0, 0, 0, 1)  # a line left free: wholly covered, it would count as out of sight
        layouts.column((self._pages, 1), self._said, parent=self, gap=6, margins=margins)
        self._pages.addWidget(layouts.scroll_area(self.chooser))  # the lowest windows have not the room for a guess
        self._pages.addWidget(self._race_page())
        self.session.race_changed.connect(self._on_race_changed)
        Watch(self.store, ("data", "network.hidden"), self._said.hide, self)
        Watch(self.store, ("training.stop",), self._show_bound, self)
        self._show_names()

    def probes(self) -> Probes:
        return (ComparisonProbe(),) if self.session.competitors else ()

    def clear(self) -> None:
        if self._runs:
            self._runs = ()
            for plot in (self.loss, self.accuracy):
                plot.reset()

    def prepare(self, info: RunInfo) -> None:
        for plot in (self.loss, self.accuracy):
            plot.reset(info.last_step)
        counts = info.data.dataset.task != "regression"
        self._accuracy_title.setText(_("Train accuracy") if info.data.x_test is None else _("Test accuracy"))
        self.accuracy.setAccessibleName(self._accuracy_title.text())
        self._counts = counts
        self._share_room()
        self.chooser.show_starts(single_choice(info.config.network), info.sizes)
        self._show_bound()
        self._show_names()
        self._show_figures()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        runs = snapshot.answer(ComparisonProbe()) or ()
        if not runs:
            return
        for plot in (self.loss, self.accuracy):
            plot.goal = snapshot.last_step
        self.loss.set_curves([(one.steps, one.train_loss) for one in runs])
        self.accuracy.set_curves([(one.steps, one.accuracy) for one in runs])
        self._runs = runs
        self._show_figures()
        if snapshot.stopped_by is not None and not snapshot.playing:
            self._show_outcome()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._side.setMinimumWidth(0)
        self._share_room()

    def _share_room(self) -> None:
        """Give the figures the width they need, and the losses the rest where it is too little for two charts."""
        content = self._figures_box.minimumSizeHint().width() + self._side.verticalScrollBar().sizeHint().width()
        self._side.setFixedWidth(max(content, self._side.minimumWidth()))  # it does not jump with the digits
        self._accuracies.setVisible(self._counts and self.width() >= content + 2 * theme.px(LEAST_CHART))

    def focus(self) -> None:
        self.ensure_prepared()
        if self.session.competitors:
            self._end.setFocus()
        else:
            self.chooser.focus()

    def _race_page(self) -> QWidget:
        head = layouts.row(text_label(text=_("Train loss"), wraps=False), None, self.log_switch, gap=6)
        losses = layouts.column(head, (self.loss, 1), gap=2)
        self._accuracies = layouts.box(layouts.column(self._accuracy_title, (self.accuracy, 1), gap=2))
        self._figures_box = layouts.box(layouts.column(*self.cards, None, self._end, gap=6))
        self._side = layouts.scroll_area(self._figures_box, "race_side")
        return layouts.box(layouts.row((losses, 1), (self._accuracies, 1), self._side, gap=12))

    def _show_names(self) -> None:
        names = self._names()
        self._pages.setCurrentIndex(1 if self.session.competitors else 0)
        for colour, card in zip(COLOURS, self.cards, strict=True):
            card.setVisible(colour in names)
            card.legend.set_entries(((colour, names[colour]),) if colour in names else ())
        for plot in (self.loss, self.accuracy):
            plot.names = names
            plot.legend = tuple(names.items())

    def _show_figures(self) -> None:
        for card, one in zip_longest(self.cards, self._runs):
            show_text(card.end, "" if one is None else self._end_of(one))
            card.figures.setText("" if one is None else self._figures(one))
            card.units.setText("" if one is None else self._units(one))
        self._share_room()

    def _names(self) -> dict[str, str]:
        return names_by_colour((single_choice(self.store.config.network), *self.session.competitors))

    @property
    def _bound(self) -> float | None:
        return self.store.config.training.stop.loss_below

    def _show_bound(self) -> None:
        self.chooser.set_bound(self._bound)

    def _begin(self, starts: tuple[InitialWeights, ...]) -> None:
        """Begin a race; the guess is locked, if there is one."""
        self.session.race(starts)
        guess = self.chooser.take_guess()
        if guess.said is not None and self.session.competitors == starts:
            self._guess = guess
            self._say(_("Your guess: {said}").format(said=self._names()[guess.said]))

    def _show_outcome(self) -> None:
        """Say what was guessed beside who is ahead, once; nothing where there is no guess, or nothing to compare."""
        guess, self._guess = self._guess, None
        found = dict(zip(COLOURS, places(self._runs), strict=False))
        if guess is None or not any(run.step for run in self._runs) or 0 not in found.values():
            return
        first = self._runs[list(found.values()).index(0)]
        if first.stopped_by == "loss_below" and self._bound is not None:
            words = _("First below a train loss of {loss}: after {steps:,} steps.")
            why = words.format(loss=number_text.significant(self._bound), steps=first.step)
        else:
            why = _("Smallest train loss: {loss}.").format(loss=_loss_text(first.loss))
        self._say(sentences(guess_text.smallest(guess, found, self._names()), why))

    def _say(self, sentence: str) -> None:
        self._said.setText(sentence)
        self._said.show()

    def _end_race(self) -> None:
        self._leave()
        self.session.end_race()

    def _keep(self, number: int) -> None:
        self._leave()
        self.session.keep(number)

    def _leave(self) -> None:
        """Take away what was said of the race, unless its outcome has not been said yet."""
        self._said.hide()
        self._show_outcome()

    @staticmethod
    def _figures(run: ComparedRun) -> str:
        words = [_("loss {value}").format(value=_loss_text(run.loss))]
        if math.isfinite(run.accuracy[-1]):
            words.append(_("{share} right").format(share=number_text.share(run.accuracy[-1])))
        return " · ".join(words)

    @staticmethod
    def _units(run: ComparedRun) -> str:
        if run.stopped_by == "diverged":
            return _("diverged at step {step:,}").format(step=run.step)
        counts = ", ".join(f"{distinct}/{units}" for distinct, units in run.layers)
        return _("distinct units: {counts}").format(counts=counts) if counts else ""

    @staticmethod
    def _end_of(run: ComparedRun) -> str:
        if run.stopped_by in (None, "diverged"):
            return ""
        return ngettext("{n} step", "{n} steps", run.step).format(n=number_text.count(run.step))

    def _on_race_changed(self) -> None:
        self._guess = None
        if self.session.competitors:
            self._said.hide()
        self._show_names()
        self.refresh_requested.emit()


def _loss_text(value: float) -> str:
    """Return a loss with four significant digits, zeros at its end too: it stands beside others."""
    return number_text.significant(value, 4, padded=True) if math.isfinite(value) else value_label(value)
