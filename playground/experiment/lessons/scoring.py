"""What was guessed beside what happened: right, near, or something to be surprised at."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec
import numpy as np

from playground.experiment.lessons.progress import Guess
from playground.experiment.lessons.quantities import Readings, value_of
from playground.experiment.lessons.schema import Choice, Drawn, Explain, Number, Pick, Question, Ranking
from playground.experiment.training.history import HistoryView

CURVE_POINTS = 200
NEAR = 1.5
"""A number or a curve off by up to so many tolerances is near, as is an order with two neighbours exchanged."""

SURE = ("guess", "fairly", "certain")
"""How confident a guess can be."""


@dataclass(frozen=True)
class Score:
    """A guess beside the outcome; `right` is None where there is nothing to compare."""

    said: Any
    was: Any
    right: bool | None
    near: bool = False


def fits(question: Question, said: Any) -> bool:
    """Return whether an answer that was kept can be one to this question, which may have changed since."""
    if isinstance(question, Choice):
        return said in question.options
    if isinstance(question, Ranking):
        return isinstance(said, list) and sorted(map(str, said)) == sorted(question.options)
    kind = {Number: float, Drawn: tuple[list[float], list[float]], Explain: str}[type(question)]
    try:
        found: Any = msgspec.convert(said, kind)
    except msgspec.ValidationError:
        return False
    return not isinstance(question, Drawn) or 0 < len(found[0]) == len(found[1])


def outcome(
    question: Question, readings: Readings, compared: Mapping[str, float], history: HistoryView | None = None
) -> Any:
    """Return what the answer to a question turned out to be.

    `compared` has the number of each option where they come from variants. For a drawn curve that of the run is
    returned, from its `history`: two lists (n,) of steps and values.

    Raises
    ------
    UserError
        Where something cannot be measured.
    """
    if isinstance(question, Number):
        return value_of(question.answer, readings)
    if isinstance(question, Choice | Ranking):
        if question.answer:
            return list(question.answer) if isinstance(question, Ranking) else question.answer
        numbers = dict(compared) or {key: value_of(it, readings) for key, it in question.measured.items()}
        ranked = _ranked(numbers, question.options, question.pick or "largest")
        return ranked if isinstance(question, Ranking) else ranked[0]
    if isinstance(question, Drawn) and history is not None:
        return history.metric_steps.tolist(), getattr(history, question.curve).tolist()
    return None


def score(question: Question, guess: Guess, was: Any) -> Score:
    """Return how a guess compares with the outcome."""
    said = guess.said
    if said is None or isinstance(question, Explain) or was is None:
        return Score(said, was, None)
    if isinstance(question, Number):
        off, allowed = abs(said - was), question.tolerance + question.relative * abs(was)
        if math.isinf(was) or math.isnan(was):
            return Score(said, was, said == was)
        return Score(said, was, off <= allowed, off <= NEAR * allowed)
    if isinstance(question, Drawn):
        off = curve_distance(said, was, question)
        return Score(said, was, off <= question.tolerance, off <= NEAR * question.tolerance)
    return Score(said, was, said == was, isinstance(question, Ranking) and _is_near_order(said, was))


def curve_distance(drawn: Any, run: Any, question: Drawn) -> float:
    """Return the mean distance of two curves, as a share of the height they are drawn in."""
    (x, y), (steps, values) = drawn, run
    if len(x) < 2 or len(steps) == 0:
        return math.inf
    at = np.linspace(max(x[0], steps[0]), min(x[-1], steps[-1], question.steps), CURVE_POINTS)
    return float(np.mean(np.abs(np.interp(at, x, y) - np.interp(at, steps, values)))) / question.top


def _is_near_order(said: list[str], was: list[str]) -> bool:
    """Return whether no more than two neighbours, of three or more, are exchanged."""
    wrong = [k for k, (a, b) in enumerate(zip(said, was, strict=True)) if a != b]
    return not wrong or (len(was) > 2 and wrong == [wrong[0], wrong[0] + 1])


def _ranked(numbers: Mapping[str, float], options: tuple[str, ...], pick: Pick) -> list[str]:
    """Return the options from the largest number to the smallest, or the other way; NaN is last."""
    sign = -1 if pick == "largest" else 1
    worth = {key: sign * numbers[key] for key in options}
    return sorted(options, key=lambda key: (math.isnan(worth[key]), worth[key]))
