"""What is seen of one step: its words, the question, what to do, the result, the goal, hints and the solution."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QWidget

from playground.experiment.lessons.attempt import Attempt, FigureResult
from playground.experiment.lessons.schema import Choice, Drawn, Number, Question, Ranking
from playground.experiment.lessons.texts import StepText, with_figures
from playground.language import _
from playground.ui.canvas.chart import Chart
from playground.ui.canvas.chart_items import Series
from playground.ui.core import layouts, theme
from playground.ui.forms import guess_text
from playground.ui.forms.guess import ChoiceAnswer, GuessCard, NumberAnswer, OrderAnswer, TextAnswer
from playground.ui.lessons.calculation import CalculationView
from playground.ui.lessons.solution import SolutionView, moment
from playground.ui.lessons.variants import VariantsView, curve_words
from playground.ui.widgets.card import StyledFrame
from playground.ui.widgets.labels import text_label
from playground.ui.widgets.markdown_text import MarkdownText

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

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._is_locked and not np.isfinite(self._y).any():
            with QPainter(self.viewport()) as painter:
                painter.setPen(theme.color("muted"))
                wrapped = Qt.AlignmentFlag.AlignCenter.value | Qt.TextFlag.TextWordWrap.value
                painter.drawText(self.frame(), wrapped, _("Press the mouse button and drag from left to right."))

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


def measured(result: FigureResult) -> str:
    """Return what came out here, or a dash."""
    return "–" if result.measured is None else guess_text.number(result.measured, result.figure.digits)


def figure_list(results: Sequence[FigureResult], labels: Mapping[str, str], figures: Mapping[str, str]) -> str:
    """Return a list in Markdown: what each figure is, what came out here, and what is published.

    A label, by the figure's id, may mention other `figures`.
    """
    lines = []
    for it in results:
        what = with_figures(labels[it.figure.id], figures)
        lines.append("- " + _("{what}: here **{here}**").format(what=what, here=measured(it)))
        if it.figure.source == "published" and it.claimed is not None:
            lines[-1] += _(", published {value}").format(value=guess_text.number(it.claimed, it.figure.digits))
    return "\n".join(lines)


class StepPage(QWidget):
    """One step; it shows an `Attempt` and changes nothing itself.

    Whoever shows it connects its `guess`, `variants` and `solution`.
    """

    def __init__(self, attempt: Attempt, words: StepText) -> None:
        super().__init__()
        self.setObjectName("lesson_step")
        self._attempt, self._words = attempt, words
        step, self._data = attempt.step, attempt.start.data.name
        self._text = MarkdownText("lesson_text")
        self._text.set_markdown(with_figures(words.text, {}))
        self.calculation: CalculationView | None = None
        if step.calculation is not None:
            self.calculation = CalculationView(step.calculation, words.entries("Arguments"))
        self.guess: GuessCard | None = None
        if step.question is not None:
            self.guess = self._guess_card(step.question)
        self._run = text_label("lesson_run", role="strong")
        self.variants: VariantsView | None = None
        if step.variants is not None:
            self.variants = VariantsView(step.variants, attempt.start, words.entries("Options"))
            self.variants.refused.connect(self.show_error)
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
        self.solution = SolutionView(step.solution)
        parts: list[QWidget | None] = [self._text, self.calculation, self.guess, self._run, self.variants]
        parts += [self.result, self._act, *self._hints, self.solution]
        layouts.column(*(it for it in parts if it is not None), None, parent=self, gap=10, margins=(0, 0, 4, 0))
        self.show_attempt()

    def _guess_card(self, question: Question) -> GuessCard:
        options = self._words.entries("Options")
        answer: QWidget
        if isinstance(question, Choice):
            answer = ChoiceAnswer({key: options[key] for key in question.options})
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
        return GuessCard(self._words.part("Question", self._data), answer, scored=is_scored)

    def show_attempt(self) -> None:
        """Show how far the attempt is."""
        attempt, step, phase = self._attempt, self._attempt.step, self._attempt.phase
        if attempt.guess is not None and self.guess is not None and not self.guess.is_locked:
            self.guess.show_locked(attempt.guess.said, attempt.guess.sure)
        if self.calculation is not None and step.calculation is not None:
            self.calculation.setVisible(attempt.is_revealed or not step.calculation.after_guess)
        self._run.setVisible(phase == "run" and step.run is not None)
        self._run.setText(moment(step.run))
        if self.variants is not None:
            self.variants.show_state(attempt.compared, can_run=phase == "compare")
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
        figures = {it.figure.id: measured(it) for it in attempt.figures}
        self._why.set_markdown(with_figures(words.part("Why", self._data), figures))
        self._figures.set_markdown(figure_list(attempt.figures, words.entries("Figures"), figures))

    def show_hints(self, count: int) -> None:
        """Show the first hints."""
        for k, hint in enumerate(self._hints):
            hint.setVisible(k < count)

    def show_error(self, sentence: str) -> None:
        """Say why the step cannot go on."""
        self._run.setText(sentence)
        self._run.show()


def _card(name: str, *parts: QWidget) -> QFrame:
    card = StyledFrame(name)
    layouts.column(*parts, parent=card, gap=8, margins=(12, 10, 12, 10))
    return card
