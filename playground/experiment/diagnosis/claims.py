"""The claims of an article on its experiment, beside the result of the run; questions before there is one."""

from collections.abc import Mapping

from playground.experiment.config.presets import Preset
from playground.experiment.diagnosis.finding import Case
from playground.experiment.explain.number_text import loss_text, share_text
from playground.language import N_, _

QUESTIONS: Mapping[str, str] = {
    "and-gate-zeros": N_("Every weight starts at 0. Will the network learn AND?"),
    "and-gate-constant": N_(
        "The weights of the first layer start at 1, those of the second at 0. Will the network learn AND?"
    ),
    "xor-gate-zeros": N_("Every weight starts at 0. Will the network learn XOR?"),
    "mnist-zeros": N_("Every weight starts at 0. How many of the images will the network get right?"),
}
"""Id of a ready-made experiment whose sentence gives the answer away -> what to ask instead before it is seen."""

CLAIMS: Mapping[str, str] = {
    "and-gate-zeros": N_(
        "Article C calls the result of this start not reasonable. Yet every sample is right, with a loss of {loss}."
    ),
    "and-gate-constant": N_("Article C asks why this start learns, and leaves it open: AND needs only one unit."),
    "xor-gate-zeros": N_(
        "Article A says that zero weights learn nothing. For XOR that is true: the loss stays at {loss}."
    ),
    "mnist-zeros": N_(
        "Article A says that zero weights learn nothing. Here {accuracy} of the training images are right: "
        "what one hidden unit can do."
    ),
}

LEARNS = ("and-gate-zeros", "and-gate-constant")
FEWEST_STEPS = 1_000
"""What is said of a run that does not learn, or learns little, waits for so many steps."""


def about(preset: Preset, case: Case | None) -> str:
    """Return what to say of a ready-made experiment at this point of its run; nothing where nothing is true of it."""
    if preset.id not in QUESTIONS:
        return _(preset.sentence)
    if case is not None and case.has_begun and case.evidence.layers[0].distinct > 1:
        return ""  # its units have become distinct since
    return claim(preset, case) or _(QUESTIONS[preset.id])


def claim(preset: Preset, case: Case | None) -> str:
    """Return the claim of the article on an experiment beside the result; empty before there is one."""
    if preset.id not in CLAIMS or case is None or not case.has_begun or case.evidence.layers[0].distinct > 1:
        return ""
    if case.is_learnt != (preset.id in LEARNS) or (not case.is_learnt and case.evidence.step < FEWEST_STEPS):
        return ""
    return _(CLAIMS[preset.id]).format(loss=loss_text(case.loss), accuracy=share_text(case.accuracy))
