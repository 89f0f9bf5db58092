"""One learner at one step: what is to be done next, from the question to the learner's own act."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Literal

import msgspec

from playground.experiment.config.schema import ExperimentConfig
from playground.experiment.lessons import computations, scoring, set_ups
from playground.experiment.lessons.comparing import Compared
from playground.experiment.lessons.progress import Guess
from playground.experiment.lessons.quantities import Readings, names_in, names_in_arguments, resolved, value_of
from playground.experiment.lessons.schema import Choice, Condition, Figure, Number, Ranking, Step
from playground.experiment.lessons.scoring import Score
from playground.experiment.training.history import HistoryView
from playground.registry import UserError

Phase = Literal["ask", "run", "compare", "act", "done"]


@dataclass(frozen=True)
class FigureResult:
    """A claimed figure beside what was measured here; None where it could not be."""

    figure: Figure
    measured: float | None
    claimed: float | None

    @property
    def holds(self) -> bool:
        """Whether it came out within its tolerance."""
        if self.measured is None or self.claimed is None:
            return False
        same = self.measured == self.claimed  # infinities, too
        return same or abs(self.measured - self.claimed) <= self.figure.tolerance


@dataclass
class Attempt:
    """What has been done so far at a step, which has set the experiment `start` up.

    `guess` is what was locked or skipped, None while the question is open; `compared` what came of the variants, once
    they have run; `score`, `figures` and the numbers of the step's calculation, `calculated`, are the result, once it
    has been revealed.
    """

    step: Step
    start: ExperimentConfig
    guess: Guess | None = None
    compared: Compared | None = None
    score: Score | None = None
    figures: tuple[FigureResult, ...] = ()
    calculated: Any = None
    is_revealed: bool = False
    is_reached: bool = False

    @property
    def phase(self) -> Phase:
        """What comes next: to answer, to train, to compare variants, to reach the goal, or nothing."""
        step = self.step
        if step.question is not None and self.guess is None:
            return "ask"
        if not self.is_revealed:
            return "compare" if step.variants is not None and self.compared is None else "run"
        return "act" if step.goal and not self.is_reached else "done"

    @property
    def digits(self) -> int | None:
        """How many digits after the point the figure has that a number is asked of; None where there is none."""
        question = self.step.question
        if not isinstance(question, Number):
            return None
        return next((it.digits for it in self._claimed() if it.of == question.answer), None)

    def names(self) -> tuple[str, ...]:
        """Return the quantities that are needed of the run now."""
        step = self.step
        found = list(names_in_arguments(step.calculation.arguments)) if step.calculation else []
        if self.phase == "run":
            found += self._question_names()
            found += [name for it in self._claimed() for name in names_in(it.of, it.value)]
        if self.phase == "act":
            found += [it.quantity for it in step.goal if it.quantity is not None]
        return tuple(dict.fromkeys(found))

    def is_at_moment(self, config: ExperimentConfig, step: int, *, has_stopped: bool) -> bool:
        """Return whether the run, of this experiment and after so many steps, has come to where the step reveals."""
        run = self.step.run
        if run is None or has_stopped:
            return True
        return config == self.start and run.steps is not None and step >= run.steps  # else the run is another one

    def reveal(self, readings: Readings, history: HistoryView) -> None:
        """Score the guess by what has happened in the run, and take the figures down.

        Raises
        ------
        UserError
            Where something cannot be measured.
        """
        question, compared = self.step.question, {} if self.compared is None else self.compared.numbers
        if question is not None:
            was = scoring.outcome(question, readings, compared, history)
            self.score = scoring.score(question, self.guess or Guess(), was)
        self.figures = tuple(
            FigureResult(it, _measured(it.of, readings), _measured(it.value, readings)) for it in self._claimed()
        )
        if (calculation := self.step.calculation) is not None:
            with suppress(UserError):
                arguments = resolved(calculation.arguments, readings)
                self.calculated = computations.compute(calculation.computation, arguments)
        self.is_revealed = True

    def look(self, config: ExperimentConfig, readings: Readings) -> bool:
        """Return whether the goal has just been reached."""
        if self.phase != "act" or not all_hold(self.step.goal, config, self.start, readings):
            return False
        self.is_reached = True
        return True

    def _question_names(self) -> tuple[str, ...]:
        question = self.step.question
        if isinstance(question, Number):
            return names_in(question.answer)
        return names_in(*question.measured.values()) if isinstance(question, Choice | Ranking) else ()

    def _claimed(self) -> list[Figure]:
        return [it for it in self.step.figures if it.data in (None, self.start.data.name)]


def _measured(value: Any, readings: Readings) -> float | None:
    try:
        return value_of(value, readings)
    except UserError:
        return None


def all_hold(goal: Iterable[Condition], config: ExperimentConfig, start: ExperimentConfig, readings: Readings) -> bool:
    """Return whether every condition holds; `start` is the experiment that the step has set up."""
    return all(_holds(it, config, start, readings) for it in goal)


def _holds(condition: Condition, config: ExperimentConfig, start: ExperimentConfig, readings: Readings) -> bool:
    if condition.setting is not None:
        value: object = set_ups.setting(config, condition.setting)
        if condition.changed:
            return value != set_ups.setting(start, condition.setting)
    else:
        value = readings.get(condition.quantity or "")
    if condition.equals is not msgspec.UNSET:
        if isinstance(value, float | int) and isinstance(condition.equals, float | int):
            return bool(abs(value - condition.equals) <= condition.tolerance)
        return bool(value == condition.equals)
    if not isinstance(value, float | int):
        return False
    above = condition.above is None or value > condition.above
    return above and (condition.below is None or value < condition.below)
