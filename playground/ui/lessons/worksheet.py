"""A lesson on paper: its words, questions and room for answers, or with the answers, as PDF."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from PySide6.QtGui import QImage

from playground.experiment.lessons import playing
from playground.experiment.lessons.attempt import Attempt
from playground.experiment.lessons.files import Lesson
from playground.experiment.lessons.schema import Choice, Drawn, Explain, Question, Ranking, Step
from playground.experiment.lessons.texts import StepText, with_figures
from playground.language import _
from playground.ui.forms.guess_text import answer, number, plain
from playground.ui.lessons import axes, pages, solution
from playground.ui.lessons.calculation import MOST_SHOWN
from playground.ui.lessons.step_page import figure_list, measured
from playground.ui.lessons.variants import curve_words

LINE = "\\_" * 44
CURVE_PLACES = 5
"""A curve is told by its values at so many places."""


def write(lesson: Lesson, path: Path, played: Sequence[Attempt] = ()) -> None:
    """Write a worksheet, with the answers where the lesson was `played`, see `playing.play`.

    Raises
    ------
    UserError
        If the file cannot be written.
    """
    pages.write(markdown(lesson, played), lesson.text.title, path, pictures(lesson, played))


def pictures(lesson: Lesson, played: Sequence[Attempt] = ()) -> dict[str, QImage]:
    """Return the axes to draw a curve into, by the names they have in `markdown`; played, with the run's curve."""
    found = {}
    for k, step in enumerate(lesson.steps):
        question = step.question
        if isinstance(question, Drawn):
            score = played[k].score if played else None
            found[_axes_name(step)] = axes.drawn(question, None if score is None else score.was)
    return found


def markdown(lesson: Lesson, played: Sequence[Attempt] = ()) -> str:
    """Return a worksheet as Markdown; where the lesson was played, with what it says once the guess is made."""
    words = lesson.text
    parts = [f"# {words.title}", words.summary]
    if not played:
        parts.append(_("Name: {line}").format(line=LINE))
    for k, (step, config) in enumerate(zip(lesson.steps, playing.configs_here(lesson), strict=True)):
        attempt = played[k] if played else None
        parts += [f"## {k + 1}", *_step(step, words.steps[step.id], config.data.name, attempt)]
    return "\n\n".join(parts)


def _step(step: Step, words: StepText, data: str, attempt: Attempt | None) -> list[str]:
    parts = [with_figures(words.text, {})]
    question = step.question
    if question is not None:
        parts.append(f"### {plain(words.part('Question', data))}")
        if isinstance(question, Drawn):
            parts.append(f"![{curve_words(question.curve)}]({_axes_name(step)})")
        else:
            parts += _room(question, words.entries("Options"), attempt)
    if attempt is not None:
        parts += _answer(attempt, words, data)
    if step.goal:
        parts.append(_("*In the window:* {goal}").replace("{goal}", words.part("Goal", data)))
        parts += [LINE] * 2 if attempt is None else [f"- {solution.words(it)}" for it in step.solution]
    return [part for part in parts if part]


def _room(question: Question, options: dict[str, str], attempt: Attempt | None) -> list[str]:
    """Return the options, and lines to write on unless the answers follow."""
    if isinstance(question, Choice):
        return [f"☐ {options[key]}" for key in question.options]
    if isinstance(question, Ranking):
        was = [] if attempt is None or attempt.score is None else attempt.score.was
        places = {key: str(k + 1) for k, key in enumerate(was)}
        sentence = _("Number them from 1 to {n}; 1 is the one at the top.").format(n=len(question.options))
        ranked = [f"\\_{places.get(key, '')}\\_ {options[key]}" for key in question.options]
        return ranked if attempt is not None else [sentence, *ranked]
    if attempt is not None:
        return []
    return [LINE] * (3 if isinstance(question, Explain) else 1)


def _axes_name(step: Step) -> str:
    return f"axes:{step.id}"


def _answer(attempt: Attempt, words: StepText, data: str) -> list[str]:
    """Return the answer to a step's question, the reason, and the figures, as they came out."""
    question, options = attempt.step.question, words.entries("Options")
    parts = []
    if question is not None and attempt.score is not None and not isinstance(question, Explain):
        was = attempt.score.was
        given = _curve(question, was) if isinstance(question, Drawn) else answer(question, was, options, attempt.digits)
        parts.append(_("Answer: {answer}").format(answer=given))
    parts += _calculated(attempt)
    figures = {it.id: "–" for it in attempt.step.figures} | {it.figure.id: measured(it) for it in attempt.figures}
    listed = figure_list(attempt.figures, words.entries("Figures"), figures)
    return [*parts, with_figures(words.part("Why", data), figures), listed]


def _calculated(attempt: Attempt) -> list[str]:
    """Return what the step's calculation shows, of which the reason speaks; none for a single number."""
    calculation, numbers = attempt.step.calculation, np.asarray(attempt.calculated, dtype=float)
    if calculation is None or numbers.size < 2:
        return []
    table = numbers[:, np.newaxis] if calculation.show == "bars" else np.atleast_2d(numbers)
    rows = [[number(float(value)) for value in row[:MOST_SHOWN]] for row in table[:MOST_SHOWN]]
    width = max(len(cell) for row in rows for cell in row)
    lines = ["  ".join(cell.rjust(width) for cell in row) for row in rows]
    return [_("The calculation in the window gives:"), "\n".join(["```", *lines, "```"])]


def _curve(question: Drawn, was: tuple[Sequence[float], Sequence[float]]) -> str:
    """Return what a run's curve is at some of the steps where it was measured."""
    steps, values = was
    wanted = np.linspace(0, question.steps, CURVE_PLACES)
    near = dict.fromkeys(int(np.argmin(np.abs(np.subtract(steps, at)))) for at in wanted)
    place = _("{value} at step {n:,}")
    points = [place.format(value=number(values[k]), n=round(steps[k])) for k in near]
    sentence = _("{curve} {points}. Right is what is off by no more than {share} of the height on the average.")
    share = f"{100 * question.tolerance:.0f} %"
    return sentence.format(curve=curve_words(question.curve), points=_(", ").join(points), share=share)
