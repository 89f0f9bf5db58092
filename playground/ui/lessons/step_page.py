"""What is seen of one step: its words, the question, what to do, the result, the goal, hints and the solution."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QWidget

from playground.engine.losses import LOSSES
from playground.experiment.lessons.attempt import Attempt, FigureResult
from playground.experiment.lessons.comparing import Compared
from playground.experiment.lessons.schema import Choice, Drawn, Number, Question, Ranking, Variants
from playground.experiment.lessons.texts import StepText, with_figures
from playground.language import _
from playground.ui.canvas.chart import Chart
from playground.ui.canvas.chart_items import Series
from playground.ui.canvas.legend import Legend
from playground.ui.canvas.run_chart import RunChart, overlaid
from playground.ui.core import layouts
from playground.ui.core.number_text import share, significant
from playground.ui.forms import guess_text
from playground.ui.forms.guess import ChoiceAnswer, GuessCard, NumberAnswer, OrderAnswer, TextAnswer
from playground.ui.forms.guess_text import plain
from playground.ui.lessons.calculation import CalculationView
from playground.ui.lessons.solution import SolutionView, moment
from playground.ui.widgets.card import StyledFrame
from playground.ui.widgets.icons import Button
from playground.ui.widgets.labels import text_label
from playground.ui.widgets.markdown_text import MarkdownText

COLOURS = ("racer_0", "racer_1", "racer_2", "racer_3", "train", "test", "third")
FLAT = 30.0
"""Where the largest value is this many times the smallest, the axis is logarithmic."""


POINTS = 81
"""Places along the axis at which a drawn curve has a value."""


class DrawnCurve(Chart):
    """A drag draws; it replaces what was drawn at the same places. ``changed()`` is emitted after each stroke."""

    changed = Signal()

    def __init__(self, name: str, end: float, top: float) -> None:
        series = (Series("drawn", "line", "warning", width=2.5), Series("run", "line", "train", width=1.8))
        self._x = np.linspace(0.0, end, POINTS)
        self._y = np.full(POINTS, np.nan)
        self._last: tuple[float, float] | None = None
        self._is_locked = False
        self.missing = _("Draw the curve first")
        super().__init__(name, series)
        self.field.setMouseEnabled(x=False, y=False)
        self.viewport().setCursor(Qt.CursorShape.CrossCursor)
        self.set_ranges((0.0, end), (0.0, top))

    def value(self) -> tuple[list[float], list[float]] | None:
        """Return the places and values of what was drawn; None for less than a few points."""
        drawn = np.isfinite(self._y)
        return (self._x[drawn].tolist(), self._y[drawn].tolist()) if np.count_nonzero(drawn) > 2 else None

    def set_value(self, value: Any) -> None:
        """Draw a curve through points."""
        x, y = value
        inside = (self._x >= min(x)) & (self._x <= max(x))
        self._y = np.where(inside, np.interp(self._x, x, y), np.nan)
        self._show()

    def set_locked(self, locked: bool) -> None:
        """Take no more strokes, or take them again."""
        self._is_locked = locked
        self.viewport().setCursor(Qt.CursorShape.ArrowCursor if locked else Qt.CursorShape.CrossCursor)

    def show_run(self, steps: Sequence[float], values: Sequence[float]) -> None:
        """Draw the run's curve over the drawn one."""
        self.set_data("run", np.asarray(steps), np.asarray(values))

    def _show(self) -> None:
        drawn = np.isfinite(self._y)
        self.set_data("drawn", self._x[drawn], self._y[drawn])
        self.changed.emit()

    def _draw_to(self, place: QPointF) -> None:
        found = self.values_at(place)
        if found is None:
            return
        x, y = found
        before_x, before_y = self._last or (x, y)
        low, high = sorted((before_x, x))
        half = self._x[1] / 2
        between = (self._x >= low - half) & (self._x <= high + half)
        ends = sorted(((before_x, before_y), (x, y)))
        self._y[between] = np.interp(self._x[between], [it[0] for it in ends], [it[1] for it in ends])
        self._last = found
        self._show()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and not self._is_locked:
            self._last = None
            self._draw_to(event.position())
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton and not self._is_locked:
            self._draw_to(event.position())
        else:
            super().mouseMoveEvent(event)


class VariantsChart(QWidget):
    """A chart with a line for each variant, and its legend with the number that was asked for."""

    def __init__(self, variants: Variants, labels: Mapping[str, str]) -> None:
        super().__init__()
        self.setObjectName("lesson_variants")
        keys = tuple(variants.edits)
        colours = [COLOURS[k % len(COLOURS)] for k in range(len(keys))]
        series = overlaid(tuple(zip(keys, colours, strict=True)))
        shares = variants.curve.endswith("accuracy")
        self.plot = RunChart("lesson_variants_plot", series, _("The curves of all runs"), shares=shares)
        self.plot.set_titles(_("step"), curve_words(variants.curve))
        self.legend = Legend("lesson_variants_legend", vertical=True)
        self._entries = {key: (ink, plain(labels.get(key, key))) for key, ink in zip(keys, colours, strict=True)}
        self._is_share = variants.quantity.endswith("accuracy")
        layouts.column((self.plot, 1), self.legend, parent=self, gap=2)

    def show_compared(self, compared: Compared) -> None:
        """Draw every curve, and say what each came to."""
        said = {key: f"{name}: {self._result(compared.numbers[key])}" for key, (_ink, name) in self._entries.items()}
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

    def _result(self, value: float) -> str:
        if not math.isfinite(value):
            return guess_text.number(value)
        return share(value) if self._is_share else significant(value, 3)


def figure(result: FigureResult, label: str) -> str:
    """Return a line of Markdown: what a figure is, what came out here, and what is published."""
    here = "–" if result.measured is None else guess_text.number(result.measured, result.figure.digits)
    line = _("{what}: here **{here}**").format(what=label, here=here)
    if result.figure.source == "published" and result.claimed is not None:
        line += _(", published {value}").format(value=guess_text.number(result.claimed, result.figure.digits))
    return f"- {line}"


def curve_words(curve: str) -> str:
    """Return what a curve shows."""
    words = {
        "train_loss": _("training loss"),
        "test_loss": _("test loss"),
        "train_accuracy": _("training accuracy"),
        "test_accuracy": _("test accuracy"),
    }
    return words[curve]


class StepPage(QWidget):
    """One step; it shows an `Attempt` and changes nothing itself.

    Signals
    -------
    locked(value, confidence)
        The question was answered, or skipped (None, None).
    hands_changed(hands)
        The raised hands were typed in, by option.
    compare_wanted()
        The variants are to be run.
    act_wanted(place)
        An action of the solution is to be done for the learner.
    """

    locked = Signal(object, object)
    hands_changed = Signal(object)
    compare_wanted = Signal()
    act_wanted = Signal(int)

    def __init__(self, attempt: Attempt, words: StepText) -> None:
        super().__init__()
        self.setObjectName("lesson_step")
        self._attempt, self._words = attempt, words
        step, data = attempt.step, attempt.start.data.name
        self._data = data
        self._text = MarkdownText("lesson_text")
        self._text.set_markdown(with_figures(words.text, {}))
        self.calculation: CalculationView | None = None
        if step.calculation is not None:
            self.calculation = CalculationView(step.calculation, words.entries("Arguments"))
        self.chart: VariantsChart | None = None
        self.guess: GuessCard | None = None
        if step.question is not None:
            self.guess = self._guess_card(step.question)
        if step.variants is not None:
            self.chart = VariantsChart(step.variants, words.entries("Options"))
        self._run = text_label("lesson_run", role="strong")
        self._compare = Button(name="lesson_compare", role="primary", text=_("Run all {n}").format(n=2))
        self._compare.clicked.connect(self.compare_wanted)
        self._why = MarkdownText("lesson_why")
        self._figures = MarkdownText("lesson_figures", 12)
        self.result = _card("lesson_result", self._why, self._figures)
        self._goal = MarkdownText("lesson_goal")
        self._reached = text_label("lesson_reached", role="strong")
        self._act = _card("lesson_act", self._goal, self._reached)
        self._hints = [MarkdownText(f"lesson_hint_{k + 1}") for k in range(len(words.hints))]
        for shown, hint in zip(self._hints, words.hints, strict=True):
            shown.set_markdown(_("*Hint:* {hint}").replace("{hint}", hint))
            shown.hide()
        self._solution = SolutionView(step.solution)
        self._solution.act_wanted.connect(self.act_wanted)
        parts: list[QWidget | None] = [self._text, self.calculation, self.guess, self._run, self._compare, self.chart]
        parts += [self.result, self._act, *self._hints, self._solution]
        layouts.column(*(it for it in parts if it is not None), None, parent=self, gap=10, margins=(0, 0, 4, 0))
        self.show_attempt()

    def _guess_card(self, question: Question) -> GuessCard:
        options = self._words.entries("Options")
        answer: QWidget
        if isinstance(question, Choice):
            answer = ChoiceAnswer({key: options[key] for key in question.options})
            answer.hands_changed.connect(self._on_hands)
        elif isinstance(question, Ranking):
            answer = OrderAnswer({key: guess_text.plain(options[key]) for key in question.options})
        elif isinstance(question, Number):
            answer = NumberAnswer(percent=question.percent)
        elif isinstance(question, Drawn):
            answer = DrawnCurve("guess_curve", question.steps, question.top)
            answer.set_titles(_("step"), curve_words(question.curve))
        else:
            answer = TextAnswer()
        is_scored = isinstance(question, Choice | Number | Ranking | Drawn)
        card = GuessCard(self._words.part("Question", self._data), answer, scored=is_scored)
        card.locked.connect(self.locked)
        return card

    def _on_hands(self) -> None:
        if self.guess is not None:
            fields = self.guess.answer.hands
            self.hands_changed.emit({key: int(it.value() or 0) for key, it in fields.items() if it.value()})

    def show_hands(self, shows: bool, hands: dict[str, int]) -> None:
        """Show fields for the raised hands beside the options of a choice."""
        if self.guess is not None and isinstance(self.guess.answer, ChoiceAnswer):
            self.guess.answer.show_hands(shows)
            for key, count in hands.items():
                if key in self.guess.answer.hands:
                    self.guess.answer.hands[key].set_value(count)

    def show_attempt(self) -> None:
        """Show how far the attempt is."""
        attempt, step, phase = self._attempt, self._attempt.step, self._attempt.phase
        if attempt.guess is not None and self.guess is not None and not self.guess.is_locked:
            self.guess.show_locked(attempt.guess.said, attempt.guess.sure)
        if self.calculation is not None and step.calculation is not None:
            self.calculation.setVisible(phase != "ask" or not step.calculation.after_guess)
        self._run.setVisible(phase == "run" and step.run is not None)
        self._run.setText(moment(step.run))
        self._compare.setVisible(phase == "compare")
        if step.variants is not None:
            self._compare.set_text(_("Run all {n}").format(n=len(step.variants.edits)))
        if self.chart is not None:
            self.chart.setVisible(attempt.compared is not None)
            if attempt.compared is not None:
                self.chart.show_compared(attempt.compared)
        self.result.setVisible(attempt.is_revealed)
        if attempt.is_revealed:
            self._show_result()
        self._act.setVisible(bool(step.goal) and phase in ("act", "done"))
        self._goal.set_markdown(self._words.part("Goal", self._data))
        self._reached.setText(_("✓ Done."))
        self._reached.setVisible(attempt.is_reached)

    def _show_result(self) -> None:
        attempt, words = self._attempt, self._words
        options = words.entries("Options")
        if attempt.score is not None and attempt.step.question is not None and self.guess is not None:
            guess = attempt.guess
            assert guess is not None
            question, digits = attempt.step.question, attempt.digits
            self.guess.show_result(guess_text.result(question, guess, attempt.score, options, digits=digits))
            if isinstance(self.guess.answer, DrawnCurve):
                self.guess.answer.show_run(*attempt.score.was)
        figures = {
            it.figure.id: "–" if it.measured is None else guess_text.number(it.measured, it.figure.digits)
            for it in attempt.figures
        }
        self._why.set_markdown(with_figures(words.part("Why", self._data), figures))
        labels = words.entries("Figures")
        lines = [figure(it, with_figures(labels[it.figure.id], figures)) for it in attempt.figures]
        self._figures.set_markdown("\n".join(lines))

    def show_comparing(self, done: int, total: int) -> None:
        """Show how many of the variants have run."""
        self._compare.setEnabled(False)
        self._compare.set_text(_("Running {k} of {n} …").format(k=min(done + 1, total), n=total))

    def show_hints(self, count: int) -> None:
        """Show the first hints."""
        for k, hint in enumerate(self._hints):
            hint.setVisible(k < count)

    def show_solution(self) -> None:
        """Show what would reach the goal."""
        self._solution.show()

    def show_error(self, sentence: str) -> None:
        """Say why the step cannot go on."""
        self._run.setText(sentence)
        self._run.show()


def _card(name: str, *parts: QWidget) -> QFrame:
    card = StyledFrame(name)
    layouts.column(*parts, parent=card, gap=8, margins=(12, 10, 12, 10))
    return card
