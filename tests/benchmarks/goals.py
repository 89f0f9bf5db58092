"""What a step should cost, and whether it does."""

from collections.abc import Mapping
from dataclasses import dataclass

OURS = "ours"


@dataclass(frozen=True)
class Goal:
    """A bound for our step in a case.

    Attributes
    ----------
    case
        Its name.
    than
        The contender to compare with: the goal is how many times as long as ours it takes, at least; for the
        floor, how many times as long as it ours takes, at most; None: microseconds, at most.
    value
        The bound.
    contender
        Whose step is meant by "ours".
    """

    case: str
    than: str | None
    value: float
    contender: str = OURS


GOALS = (
    Goal("mnist", "floor", 1.25),
    Goal("mnist", "floor", 1.25, "ours-filled"),
    Goal("mnist", "torch", 2.4),
    Goal("mnist", "jax-scan", 1.15),
    Goal("mnist", "sklearn", 1.9),
    Goal("mnist", "scratch", 3.5),
    Goal("nielsen", "torch", 10.0),
    Goal("nielsen", "nielsen", 15.0),
    Goal("and", "torch", 40.0),
    Goal("and", "article", 4.0),
    Goal("and", None, 6.0),
    Goal("article", "article", 4.0),
)


@dataclass(frozen=True)
class Verdict:
    """What was measured beside a goal; `measured` is None where it was not."""

    goal: Goal
    measured: float | None

    @property
    def is_met(self) -> bool | None:
        """Whether the goal is reached; None where that was not measured."""
        if self.measured is None:
            return None
        if self.goal.than in (None, "floor"):
            return self.measured <= self.goal.value
        return self.measured >= self.goal.value

    @property
    def sentence(self) -> str:
        """The verdict in words."""
        goal = self.goal
        step = "our step" if goal.contender == OURS else "our step without gathering"
        if goal.than is None:
            wanted, unit = f"{goal.case}: {step} takes at most {goal.value:g} µs", " µs"
        elif goal.than == "floor":
            wanted, unit = f"{goal.case}: {step} takes at most {goal.value:g} × its matrix products", " ×"
        else:
            wanted, unit = f"{goal.case}: {goal.than} takes at least {goal.value:g} × {step}", " ×"
        if self.measured is None:
            return f"{wanted}: not measured"
        return f"{wanted}: {self.measured:.2f}{unit}, {'reached' if self.is_met else 'MISSED'}"


def verdicts(
    times: Mapping[tuple[str, str], float], comparisons: Mapping[tuple[str, str, str], float]
) -> list[Verdict]:
    """Return the verdict on each goal whose case was measured.

    Parameters
    ----------
    times
        Microseconds by (case, contender).
    comparisons
        By (case, contender, other): how many times as long as the other the contender takes. Contenders whose
        results disagree are in neither.
    """
    measured = {case for case, _ in times}
    found = []
    for goal in GOALS:
        if goal.case not in measured:
            continue
        if goal.than is None:
            value = times.get((goal.case, goal.contender))
        elif goal.than == "floor":
            value = comparisons.get((goal.case, goal.contender, "floor"))
        else:
            value = comparisons.get((goal.case, goal.than, goal.contender))
        found.append(Verdict(goal, value))
    return found
