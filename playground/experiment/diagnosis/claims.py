"""The claims of an article on its experiment, beside the result of the run; questions before there is one."""

from playground.experiment.config.presets import Preset
from playground.experiment.diagnosis.finding import Case
from playground.experiment.explain.number_text import loss_text, share_text
from playground.language import _

FEWEST_STEPS = 1_000
"""What is said of a run that does not learn, or learns little, waits for so many steps."""


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
