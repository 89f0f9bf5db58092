"""A race: networks that differ in their initial weights alone, beside one another."""

import math
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from itertools import zip_longest

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QSizePolicy, QStackedLayout, QVBoxLayout, QWidget

from playground.experiment.lessons.progress import Guess
from playground.experiment.probes.snapshot import RunInfo, Snapshot
from playground.experiment.runs.comparison import MOST_COMPETITORS, ComparedRun, ComparisonProbe
from playground.experiment.runs.initial_weights import InitialWeights, single_choice, usual_starts
from playground.experiment.training.history import HistoryView
from playground.language import N_, _
from playground.ui.canvas.chart import NOTHING
from playground.ui.canvas.chart_items import Array
from playground.ui.canvas.legend import Legend
from playground.ui.canvas.run_chart import RunChart, last_of, merged, nearest, overlaid
from playground.ui.core import layouts, number_text, theme
from playground.ui.core.experiment_text import start_name
from playground.ui.core.panel import Panel, Probes, Watch
from playground.ui.core.ticks import value_label
from playground.ui.forms import guess_text
from playground.ui.forms.guess import ChoiceAnswer, GuessCard
from playground.ui.widgets.flow_layout import FlowLayout
from playground.ui.widgets.icons import Button
from playground.ui.widgets.labels import text_label
from playground.ui.widgets.switches import LogSwitch

COLOURS = ("racer_0", "racer_1", "racer_2", "racer_3")
"""Of the theme: the run itself, and its competitors in turn."""


AT_FIRST = ("fitting", "zeros")
"""What is chosen at first, unless the run itself starts so."""


FITTING = N_("Normally distributed, in each layer with the σ that suits it: 1 / √inputs")


def names_by_colour(starts: Sequence[InitialWeights]) -> dict[str, str]:
    """Return the names of the networks in a race, that of the run itself first, by their colours."""
    names = [start_name(start) for start in starts]
    if names:
        names[0] = _("{start} (this run)").format(start=names[0])
    return dict(zip(COLOURS, names, strict=False))


class CompetitorChooser(QWidget):
    """What a race is, a box for each usual start, an optional guess, and a button.

    ``begun(starts)`` asks for a race against these. ``changed()``: somebody has chosen a start, or a guess.
    """

    begun = Signal(tuple)
    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._own: InitialWeights | None = None
        self._starts: Mapping[str, InitialWeights] = usual_starts((1, 1))
        self._words = text_label("race_words", "")
        self._boxes: dict[str, QCheckBox] = {}
        boxes = QWidget()
        flow = FlowLayout(boxes, gap=10)
        for key in self._starts:
            box = self._boxes[key] = QCheckBox()
            box.setObjectName(f"race_start_{key}")
            box.setProperty("view", True)
            box.toggled.connect(self._allow)
            box.clicked.connect(self.changed)
            flow.addWidget(box)
        tip = _("Resets this run and trains all of them side by side, step by step")
        self._begin = Button(name="race_begin", text=_("Start the race"), tip=tip, role="primary")
        self._begin.clicked.connect(lambda: self.begun.emit(tuple(self._starts[key] for key in self._chosen)))
        self.names: dict[str, str] = {}
        self._card: GuessCard | None = None
        self._place: QVBoxLayout = layouts.column()
        begin = layouts.row((self._place, 1), layouts.column(self._begin, None), gap=12)  # beside it: the window is low
        layouts.column(self._words, boxes, begin, None, parent=self, gap=12, margins=(0, 4, 0, 0))
        self._name_starts()

    def show_starts(self, own: InitialWeights, sizes: tuple[int, ...]) -> None:
        """Offer the initial weights that suit layers of these sizes, without `own`, those of the run itself."""
        is_chosen = self._own is None and any(box.isChecked() for box in self._boxes.values())  # in another language
        if own != self._own and not is_chosen:
            self._choose([key for key in AT_FIRST if usual_starts(sizes)[key] != own][:1])
        self._own, self._starts = own, usual_starts(sizes)
        self._name_starts()

    def _name_starts(self) -> None:
        words = _(
            "Same network, data and batches; only the initial weights differ. Choose up to three "
            "to race against this run, which starts from: {start}."
        )
        self._words.setText(words.format(start="–" if self._own is None else start_name(self._own)))
        for key, box in self._boxes.items():
            start = self._starts[key]
            choice = start[0] if isinstance(start, tuple) else start
            box.setText(start_name(start))
            box.setAccessibleName(start_name(start))
            box.setToolTip(_(FITTING) if key == "fitting" else _(choice.entry.sentence))
        self._allow()

    def focus(self) -> None:
        next(box for box in self._boxes.values() if not box.isHidden()).setFocus()

    @property
    def _chosen(self) -> list[str]:
        return [key for key, box in self._boxes.items() if box.isChecked() and self._starts[key] != self._own]

    def _choose(self, keys: list[str] | tuple[str, ...]) -> None:
        for key, box in self._boxes.items():
            box.setChecked(key in keys)

    def _allow(self) -> None:
        """Disable all but the chosen starts at the limit, and always the start of the run itself."""
        chosen = self._chosen
        for key, box in self._boxes.items():
            box.setVisible(self._starts[key] != self._own)
            box.setEnabled(key in chosen or len(chosen) < MOST_COMPETITORS)
        self._begin.setEnabled(bool(chosen) and self._own is not None)
        self._ask()

    def _ask(self) -> None:
        """Ask who will be ahead of those that are chosen now; a guess at one that is still there stays."""
        own, chosen = self._own, self._chosen
        starts = [] if own is None or not chosen else [own, *(self._starts[key] for key in chosen)]
        names = names_by_colour(starts)
        if names == self.names:
            return
        before = "" if self._card is None else self.names.get(self._card.guess.said, "")
        self.names = names
        if self._card is not None:
            self._card.setParent(None)  # found by its name no more
            self._card.deleteLater()
            self._card = None
        if names:
            answer = ChoiceAnswer(names, {key: key for key in names})
            question = _("Guess first, if you like: which one will have the smallest loss at the end?")
            self._card = GuessCard(question, answer, optional=True)
            self._place.addWidget(self._card)
            answer.set_value(next((key for key, name in names.items() if name == before), None))
            answer.changed.connect(self.changed)

    def take_guess(self) -> Guess:
        """Return the guess, which may be none, and ask again."""
        guess = Guess() if self._card is None else self._card.guess
        self.names = {}
        self._ask()
        return guess


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
    """A name beside its colour, two lines of figures and a button; number 0 is the run itself."""

    def __init__(self, number: int, keep: Callable[[], object]) -> None:
        super().__init__()
        self.setObjectName(f"racer_{number}")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.legend = Legend(f"racer_{number}_legend")
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
        grid.addWidget(self.legend, 0, 0, 1, 2)
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
        self.chooser = CompetitorChooser()
        self.chooser.begun.connect(self._begin)
        self._guess: Guess | None = None  # of the race that is on, until its outcome is known
        self._said = text_label("race_said", role="strong")
        self._said.hide()
        self.chooser.changed.connect(self._said.hide)
        self.loss = ComparisonPlot("race_loss", _("Loss of each network by step"))
        self.accuracy = ComparisonPlot("race_accuracy", _("Accuracy of each network by step"), shares=True)
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
        self._accuracy_title.setVisible(counts)
        self.accuracy.setVisible(counts)
        self.chooser.show_starts(single_choice(info.config.network), info.sizes)
        self._show_names()
        self._show_figures()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        runs = snapshot.answer(ComparisonProbe()) or ()
        if not runs:
            return
        for plot in (self.loss, self.accuracy):
            plot.goal = snapshot.last_step
        self.loss.set_curves([_curve(one.history) for one in runs])
        accuracies = [(one.history.metric_steps, self._right(one.history)) for one in runs]
        self.accuracy.set_curves(accuracies)
        self._runs = runs
        self._show_figures()
        if snapshot.stopped_by is not None and not snapshot.playing:
            self._show_outcome()

    def focus(self) -> None:
        self.ensure_prepared()
        if self.session.competitors:
            self._end.setFocus()
        else:
            self.chooser.focus()

    def _race_page(self) -> QWidget:
        head = layouts.row(text_label(text=_("Batch loss"), wraps=False), None, self.log_switch, gap=6)
        losses = layouts.column(head, (self.loss, 1), gap=2)
        accuracies = layouts.column(self._accuracy_title, (self.accuracy, 1), gap=2)
        side = layouts.column(*self.cards, None, self._end, gap=10)
        return layouts.box(layouts.row((losses, 5), (accuracies, 5), (side, 4), gap=12))

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
            card.figures.setText("" if one is None else self._figures(one))
            card.units.setText("" if one is None else self._units(one))

    def _names(self) -> dict[str, str]:
        return names_by_colour((single_choice(self.store.config.network), *self.session.competitors))

    def _begin(self, starts: tuple[InitialWeights, ...]) -> None:
        """Begin a race; the guess is locked, if there is one."""
        self.session.race(starts)
        guess = self.chooser.take_guess()
        if guess.said is not None and self.session.competitors == starts:
            self._guess = guess
            self._say(_("Your guess: {said}").format(said=self._names()[guess.said]))

    def _show_outcome(self) -> None:
        """Say what was guessed beside who is ahead, once; nothing where there is no guess, or no loss to compare."""
        guess, self._guess = self._guess, None
        losses = {colour: _last_loss(run) for colour, run in zip(COLOURS, self._runs, strict=False)}
        if guess is None or not any(map(math.isfinite, losses.values())):
            return
        self._say(guess_text.smallest(guess, losses, self._names()))

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

    def _right(self, history: HistoryView) -> Array:
        tests = self._info is not None and self._info.data.x_test is not None
        return history.test_accuracy if tests else history.train_accuracy

    def _figures(self, run: ComparedRun) -> str:
        words = []
        if len(run.history.mean):
            words.append(_("loss {value}").format(value=_loss_text(_curve(run.history)[1][-1])))
        right = self._right(run.history)
        if len(right) and np.isfinite(right[-1]):
            words.append(_("{share} right").format(share=number_text.share(right[-1])))
        return " · ".join(words)

    @staticmethod
    def _units(run: ComparedRun) -> str:
        if run.stopped_by == "diverged":
            return _("diverged at step {step:,}").format(step=run.step)
        counts = ", ".join(_("{distinct} of {units}").format(distinct=n, units=units) for n, units in run.layers)
        return _("distinct units: {counts}").format(counts=counts) if counts else ""

    def _on_race_changed(self) -> None:
        self._guess = None
        if self.session.competitors:
            self._said.hide()
        self._show_names()
        self.refresh_requested.emit()


def _loss_text(value: float) -> str:
    """Return a loss with four significant digits, zeros at its end too: it stands beside others."""
    return number_text.significant(value, 4, padded=True) if math.isfinite(value) else value_label(value)


def _last_loss(run: ComparedRun) -> float:
    """Return the loss that a run has come to; NaN where it has none, or has diverged."""
    losses = _curve(run.history)[1]
    return float(losses[-1]) if len(losses) and run.stopped_by != "diverged" else math.nan


def _curve(history: HistoryView) -> tuple[Array, Array]:
    return merged(history.steps, history.mean, history.low, history.high)[:2]
