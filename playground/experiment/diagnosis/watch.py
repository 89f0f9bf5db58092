"""Filters findings: one appears after a few examinations in a row, and disappears after a few without."""

from collections.abc import Sequence

from playground.experiment.diagnosis.finding import Diagnosis
from playground.experiment.diagnosis.rules import RULES

TIMES_TO_APPEAR = 2
TIMES_TO_GO = 4
"""At about two examinations a second: a card comes within a second and goes two seconds after its reason has gone."""


class Watch:
    """Follows what is found at one examination after another."""

    def __init__(self) -> None:
        self._streaks: dict[str, int] = {}
        self._missing: dict[str, int] = {}
        self._shown: dict[str, Diagnosis] = {}

    @property
    def shown(self) -> tuple[Diagnosis, ...]:
        """What should be shown now, one for each rule, the most pressing first."""
        return tuple(self._shown[rule] for rule in RULES if rule in self._shown)

    def update(self, found: Sequence[Diagnosis], *, settled: bool = False) -> None:
        """Add what one examination has found; once the run has paused (`settled`) exactly that is shown."""
        for rule in RULES:
            ours = [one for one in found if one.rule == rule]
            if ours:
                self._streaks[rule] = self._streaks.get(rule, 0) + 1
                self._missing[rule] = 0
                if settled or rule in self._shown or self._streaks[rule] >= TIMES_TO_APPEAR:
                    self._shown[rule] = self._chosen(ours)
                continue
            self._streaks[rule] = 0
            self._missing[rule] = self._missing.get(rule, 0) + 1
            if settled or self._missing[rule] >= TIMES_TO_GO:
                self._shown.pop(rule, None)

    def dismiss(self, rule: str) -> None:
        """Show nothing of a rule: something has been done about it."""
        for known in (self._streaks, self._missing, self._shown):
            known.pop(rule, None)

    def clear(self) -> None:
        """Reset for another run."""
        for known in (self._streaks, self._missing, self._shown):
            known.clear()

    def _chosen(self, ours: Sequence[Diagnosis]) -> Diagnosis:
        """Return the one of several layers that is shown already, or else the first."""
        before = self._shown.get(ours[0].rule)
        return next((one for one in ours if before is not None and one.layer == before.layer), ours[0])
