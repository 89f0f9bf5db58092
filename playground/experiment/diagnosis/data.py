"""Rules on what goes in and what comes out: inputs that are not scaled, classes that are never predicted."""

from collections.abc import Iterator

from playground.data.dataset import translated
from playground.experiment.diagnosis import actions
from playground.experiment.diagnosis.finding import Case, Diagnosis
from playground.language import _
from playground.registry import shown

LARGE = 30.0
"""Inputs of such a size saturate a unit even with weights as small as 0.1."""

UNEVEN = 100.0
"""Where one input is so many times as large as another, no learning rate suits both."""

FEWEST_STEPS = 1_000
FEWEST_EPOCHS = 2
COMMON = 0.25
NOTHING_LEARNT = 0.9
"""Classes so frequent are not overlooked for being rare: near the best constant answer nothing is learnt at all."""

FEWEST_ROWS = 10
"""Rows of a class, among those looked at, that make its absence worth a word."""


def inputs_not_scaled(case: Case) -> Iterator[Diagnosis]:
    """Find inputs that are large, or of very different sizes, in a table of numbers."""
    inputs = case.evidence.inputs
    uneven = inputs.smallest > 0 and inputs.largest > UNEVEN * inputs.smallest and inputs.largest > 1
    if case.is_learnt or case.evidence.is_image or not (inputs.largest > LARGE or uneven):
        return
    yield Diagnosis(
        "inputs-not-scaled",
        None,
        _("Inputs as large as {largest:.3g} ({name}).").format(
            largest=inputs.largest, name=shown(translated(inputs.name))
        ),
        _("Standardise them, so that all inputs count alike."),
        _(
            "What comes into a unit is input times weight, and the gradient of a weight is proportional to its input. "
            "A large input drowns the others, pushes units to the ends of their range and asks for a small learning "
            "rate, with which the small inputs learn too slowly. Standardising subtracts the mean of each input and "
            "divides by its deviation, so that all count alike."
        ),
        {"largest": inputs.largest, "smallest": inputs.smallest, "rows": case.evidence.rows},
        actions.standardise(case.config),
    )


def class_never_predicted(case: Case) -> Iterator[Diagnosis]:
    """Find a class that no row is taken for, long after the start."""
    if case.steps < max(FEWEST_STEPS, FEWEST_EPOCHS * case.steps_per_epoch):
        return
    absent = [one for one in case.evidence.classes if one.predicted == 0 and one.rows >= FEWEST_ROWS]
    if not absent or 2 * len(absent) > len(case.evidence.classes):
        return  # where most are absent it is not about a class: nothing has been learnt yet
    rows = sum(one.rows for one in absent)
    if rows >= COMMON * case.evidence.rows and case.now > NOTHING_LEARNT * case.evidence.baseline:
        return
    names = ", ".join(shown(translated(one.name)) for one in absent)
    headline = _("Class {names} is never predicted.") if len(absent) == 1 else _("Classes {names} are never predicted.")
    yield Diagnosis(
        "class-never-predicted",
        None,
        headline.format(names=names),
        _("{rows} of {all} rows looked at belong there.").format(rows=rows, all=case.evidence.rows),
        _(
            "A network first learns what pays most: how frequent the classes are, then the easy ones. A class that is "
            "rare, or looks like another, comes last, and with steps that are too small or units that are saturated it "
            "never comes. An accuracy that looks good can hide it: look at the accuracy class by class."
        ),
        {"class_rows": rows, "predicted": 0, "rows": case.evidence.rows},
        (actions.faster(3),),
    )
