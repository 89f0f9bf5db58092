"""Rules on inputs and outputs: inputs that are not scaled, classes that are never predicted."""

from collections.abc import Iterator

from playground.data.dataset import translated
from playground.engine.activations import OUTPUTS
from playground.experiment.diagnosis import actions
from playground.experiment.diagnosis.finding import Case, Diagnosis
from playground.experiment.explain.number_text import significant
from playground.language import _, ngettext
from playground.registry import shown

LEAST_LOST = 0.05
"""Targets a little beyond the end of the output's range cost little."""

FEWEST_STEPS = 1_000
FEWEST_EPOCHS = 2
COMMON = 0.25
NOTHING_LEARNT = 0.9
"""Classes so frequent are not overlooked for being rare: near the best constant answer nothing is learnt at all."""

LOW_RATE = 3
"""A rate so many times below the usual one is the first thing to change."""

FEWEST_ROWS = 10
"""Least examined rows of a class for a finding on its absence."""


def inputs_not_scaled(case: Case) -> Iterator[Diagnosis]:
    """Find inputs that are large, or of very different sizes, in a table of numbers."""
    inputs = case.evidence.inputs
    offers = actions.standardise(case.config)
    if case.is_learnt or not case.has_large_inputs or not offers:
        return
    yield Diagnosis(
        _("The input {name} is large (about {largest}).").format(
            largest=significant(inputs.largest, 3), name=shown(translated(inputs.name))
        ),
        _("Standardise the inputs, so that all count alike."),
        _(
            "What comes into a unit is input times weight, and the gradient of a weight is proportional to its input. "
            "A large input outweighs the others, saturates units and asks for a small learning "
            "rate, with which the small inputs learn too slowly. Standardising subtracts the mean of each input and "
            "divides by its deviation, so that all count alike."
        ),
        {"largest": inputs.largest, "smallest": inputs.smallest, "rows": case.evidence.rows},
        offers,
    )


def target_out_of_reach(case: Case) -> Iterator[Diagnosis]:
    """Find targets outside the range of the output activation."""
    targets = case.evidence.targets
    if targets.least is None or targets.most is None or targets.lost < LEAST_LOST or case.is_learnt:
        return
    name = _(OUTPUTS[case.config.network.output].label)
    yield Diagnosis(
        _("{percent:.0f} % of the targets are out of the output's reach.").format(percent=100 * targets.outside),
        _("{output} gives {least} to {most}; the targets go from {low} to {high}.").format(
            output=name,
            least=significant(targets.least),
            most=significant(targets.most),
            low=significant(targets.low, 2),
            high=significant(targets.high, 2),
        ),
        _(
            "The output's activation has two ends, and no weights take it beyond them. Samples whose target lies "
            "outside get the nearest end at best, and pull the output into saturation there. A linear output can be "
            "any number: that is what a regression wants."
        ),
        {"low": targets.low, "high": targets.high, "outside": targets.outside, "lost": targets.lost, "loss": case.loss},
        (actions.linear_output(case.config, case.evidence.summed_rows),),
    )


def class_never_predicted(case: Case) -> Iterator[Diagnosis]:
    """Find a class that is never predicted, long after the start."""
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
    advice = ngettext(
        "{rows:,} of the {all:,} samples checked belongs to it.",
        "{rows:,} of the {all:,} samples checked belong to it.",
        rows,
    )
    if len(absent) > 1:
        advice = _("{rows:,} of the {all:,} samples checked belong to them.")
    usual = actions.usual_rate(case.config, case.evidence.summed_rows)
    yield Diagnosis(
        headline.format(names=names),
        advice.format(rows=rows, all=case.evidence.rows),
        _(
            "A network first learns what pays most: how frequent the classes are, then the easy ones. A class that is "
            "rare, or looks like another, comes last, and with steps that are too small it comes very late. An "
            "accuracy that looks good can hide it: look at the accuracy class by class."
        ),
        {"class_rows": rows, "predicted": 0, "rows": case.evidence.rows},
        (actions.set_rate(case.config, case.evidence.summed_rows),) if case.rate < usual / LOW_RATE else (),
    )
