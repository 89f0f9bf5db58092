"""Rules on the units of a layer: copies of one another, stuck at the ends of their range, dead."""

from collections.abc import Iterator

from playground.experiment.diagnosis import actions
from playground.experiment.diagnosis.finding import Case, Diagnosis
from playground.language import _

SATURATED_SHARE = 0.5
"""When half of what a layer gives out lies at the ends, half of its gradient is lost."""

SATURATED_ANYWAY = 0.66
HALFWAY = 0.75
"""A layer that has sharpened while the loss came well below that of the best constant answer is allowed more."""

LARGE_INPUTS = 3.0
"""Standardised inputs are about 1 in size; larger ones are a reason to standardise them."""

DEAD_SHARE = 0.25
"""A few dead rectifiers are common and harmless; a quarter of a layer is not."""


def identical_units(case: Case) -> Iterator[Diagnosis]:
    """Find hidden layers in which units are copies of one another."""
    layers = case.evidence.layers
    sizes = _sizes(case)
    for k, layer in enumerate(layers[:-1]):
        if layer.distinct < layer.units:
            yield Diagnosis(
                "identical-units",
                k + 1,
                _("{units} hidden units, {distinct} distinct.").format(units=layer.units, distinct=layer.distinct),
                _("Copies get equal updates, so they stay alike."),
                _(
                    "A unit learns from what comes into it and from the weights that lead out of it. Where both are "
                    "the same for two units, their gradients are the same, so every step changes them in the same way "
                    "and they never come apart. The layer then does no more than its distinct units could do. A little "
                    "noise, however small, is enough to tell them apart; training enlarges the difference."
                ),
                {"units": layer.units, "distinct": layer.distinct},
                (actions.break_symmetry(case.config, sizes), actions.race_gaussian(sizes)),
            )


def saturated_units(case: Case) -> Iterator[Diagnosis]:
    """Find hidden layers whose outputs mostly lie at the ends of their range while the task is not learnt."""
    if case.is_learnt:
        return
    most = SATURATED_ANYWAY if case.now < HALFWAY * case.evidence.baseline else SATURATED_SHARE
    for k, layer in enumerate(case.evidence.layers[:-1]):
        if layer.saturated is not None and layer.saturated >= most:
            yield Diagnosis(
                "saturated",
                k + 1,
                _("{percent:.0f} % of layer {layer} is saturated.").format(percent=100 * layer.saturated, layer=k + 1),
                _("At the ends of their range units hardly learn."),
                _(
                    "Far from zero the curve of {activation} is flat. A unit that is pushed out there gives nearly the "
                    "same answer whatever its inputs, and its gradient is multiplied by a slope of almost zero, so it "
                    "learns slowly or not at all. It comes from weights, inputs or steps that are too large: with n "
                    "inputs, weights of about 1 / √n keep the sums where the curve is steep."
                ).format(activation=layer.activation),
                {"share": layer.saturated, "units": layer.units, "rows": case.evidence.rows},
                (
                    *actions.start_from(case.config, "xavier"),
                    *(actions.standardise(case.config) if case.evidence.inputs.largest > LARGE_INPUTS else ()),
                    actions.slower(resets=True),
                ),
            )


def dead_units(case: Case) -> Iterator[Diagnosis]:
    """Find hidden layers with units that are zero for every row, and so cannot learn any more."""
    for k, layer in enumerate(case.evidence.layers[:-1]):
        if layer.dead is None or layer.dead < max(1, DEAD_SHARE * layer.units):
            continue
        yield Diagnosis(
            "dead-units",
            k + 1,
            _("{dead} of {units} units of layer {layer} are dead.").format(
                dead=layer.dead, units=layer.units, layer=k + 1
            ),
            _("They give 0 for every row and cannot learn."),
            _(
                "ReLU is flat at 0: where what comes into a unit is not positive, its output and its gradient are 0. "
                "A unit for which that is so for every row gets no gradient at all, so nothing can bring it back. "
                "Weights that all start at zero do that at once; later on it is a step that was too long. Leaky ReLU "
                "lets a little of the gradient through."
            ),
            {"dead": layer.dead, "units": layer.units, "rows": case.evidence.rows},
            (*actions.start_from(case.config, "he"), actions.leak(), actions.slower(resets=True)),
        )


def _sizes(case: Case) -> tuple[int, ...]:
    """Return the units of each layer, inputs first."""
    return (case.evidence.n_inputs, *(layer.units for layer in case.evidence.layers))
