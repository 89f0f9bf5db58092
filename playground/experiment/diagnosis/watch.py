"""What is said of a run: findings that have lasted for a few examinations, and the claims of an article."""

from collections.abc import Sequence

from playground.experiment.config.presets import Preset
from playground.experiment.diagnosis.finding import Case, Diagnosis
from playground.experiment.diagnosis.rules import RULES
from playground.experiment.explain.number_text import loss_text, share_text
from playground.language import _

TIMES_TO_APPEAR = 2
TIMES_TO_GO = 4
"""At about two examinations a second: a card comes within a second and goes two seconds after its reason has gone."""

FEWEST_STEPS = 1_000
"""What is said of a run that does not learn, or learns little, waits for so many steps."""


class Watch:
    """Filters what is found: it appears after a few examinations in a row, and disappears after a few without."""

    def __init__(self) -> None:
        self._counts: dict[str, int] = {}  # how many examinations in a row have found a rule, or, negative, have not
        self._shown: dict[str, Diagnosis] = {}

    @property
    def shown(self) -> tuple[Diagnosis, ...]:
        """What should be shown now, one for each rule, the most pressing first."""
        return tuple(self._shown[rule] for rule in RULES if rule in self._shown)

    def update(self, found: Sequence[Diagnosis], *, settled: bool = False) -> None:
        """Add what one examination has found; once the run has paused (`settled`) exactly that is shown."""
        for rule in RULES:
            ours, before = [one for one in found if one.rule == rule], self._counts.get(rule, 0)
            count = self._counts[rule] = max(before, 0) + 1 if ours else min(before, 0) - 1
            if ours and (settled or rule in self._shown or count >= TIMES_TO_APPEAR):
                self._shown[rule] = self._chosen(ours)
            elif not ours and (settled or -count >= TIMES_TO_GO):
                self._shown.pop(rule, None)

    def dismiss(self, rule: str) -> None:
        """Show nothing of a rule: something has been done about it."""
        self._counts.pop(rule, None)
        self._shown.pop(rule, None)

    def clear(self) -> None:
        """Reset for another run."""
        self._counts.clear()
        self._shown.clear()

    def _chosen(self, ours: Sequence[Diagnosis]) -> Diagnosis:
        """Return the one of several layers that is shown already, or else the first."""
        before = self._shown.get(ours[0].rule)
        return next((one for one in ours if before is not None and one.layer == before.layer), ours[0])


def about(preset: Preset, case: Case | None) -> str:
    """Return what to say of a ready-made experiment at this point of its run; nothing where nothing is true of it."""
    if not preset.question:
        return _(preset.sentence)
    if case is not None and case.has_begun and case.evidence.layers[0].distinct > 1:
        return ""  # its units have become distinct since
    return claim(preset, case) or _(preset.question)


def claim(preset: Preset, case: Case | None) -> str:
    """Return the claim of the article on an experiment beside the result; empty before there is one."""
    if not preset.claim or case is None or not case.has_begun or case.evidence.layers[0].distinct > 1:
        return ""
    if case.is_learnt != preset.learns or (not case.is_learnt and case.evidence.step < FEWEST_STEPS):
        return ""
    return _(preset.claim).format(loss=loss_text(case.loss), accuracy=share_text(case.accuracy))
