"""Rules on the layers: units that are identical, saturated or dead, gradients that vanish or explode."""

from collections.abc import Iterator

import numpy as np

from playground.experiment.diagnosis import actions
from playground.experiment.diagnosis.course import has_jumped
from playground.experiment.diagnosis.finding import Action, Case, Diagnosis
from playground.experiment.explain.number_text import loss_text, significant
from playground.language import N_, _, sentences

SATURATED_SHARE = 0.5
"""When half of what a layer outputs lies at the ends, half of its gradient is lost."""

SATURATED_ANYWAY = 0.66
HALFWAY = 0.75
"""A layer that has sharpened while the loss came well below that of the best constant answer is allowed more; nor has a
gradient that fades kept such a loss from falling."""

DEAD_SHARE = 0.5
"""A few dead rectifiers are common and harmless; half of a layer is not."""

FEW_UNITS = 8
"""With fewer rectifiers chance alone leaves half of them dead, from any initial weights."""

LOST_STEPS = 50
LOST_HEIGHT = 1.2
LOST_FALL = 0.02
"""An output is at the wrong end where the loss is so far above that of the best constant answer, and stays there."""

NOTHING_AT_ZERO = ("tanh", "relu", "leaky-relu", "linear", "elu", "swish")
"""Activations that give 0 for 0, so that zero weights on either side of a layer pass no gradient to one another."""

ONE_UNIT_DATA = ("and", "or", "nand")
"""Data for which one unit is enough."""


FADED = 3e-3
"""Such a part of the output layer's gradient: no single learning rate suits both ends of the network any more."""

SWOLLEN = 100.0
"""So many times the weights: only with a rate below 0.00001 would a step change them by a thousandth."""

FEWEST_LAYERS = 3
"""With a single hidden layer there is no way to fade on; the cards on units say what is wrong."""

FADING = N_(
    "On its way down the gradient is multiplied by the weights and by the slope of the activation, layer after layer."
)
FADING_SIGMOID = N_(
    "The slope of the sigmoid is at most 1/4, and where units are saturated it is almost 0, so after a few layers "
    "little is left."
)
FADING_OTHERS = N_("Where either is small, little is left after a few layers.")
FADING_RECTIFIED = N_("ReLU passes the gradient of active units on unchanged, and He's weights keep its size.")
FADING_JUMPED = N_("Here it was a step that was too long that led to such weights.")

TWINS = N_(
    "A unit learns from what comes into it and from the weights that lead out of it. Where both are the same for two "
    "units, their gradients are the same, so every step changes them in the same way and they never come apart. The "
    "layer then does no more than its different units could do. A little noise tells them apart; the less, the longer "
    "it takes."
)
BLOCKED = N_(
    "Here it is worse: a unit whose activation gives 0 for 0 passes nothing on, so the weights behind it get no "
    "gradient; and as those are 0, none comes back to the weights before it."
)


def identical_units(case: Case) -> Iterator[Diagnosis]:
    """Find hidden layers in which units are copies of one another."""
    layers = case.evidence.layers
    for k, layer in enumerate(layers[:-1]):
        if layer.distinct == layer.units:
            continue
        is_blocked = layer.is_zero and layers[k + 1].is_zero and layer.activation in NOTHING_AT_ZERO
        breaks = () if case.is_learnt else (actions.break_symmetry(case.config, case.sizes),)
        if case.is_learnt:
            advice = _harmless(case)
        elif is_blocked:
            advice = _("All their weights are 0, and so are all their gradients: only the output's bias can learn.")
        else:
            advice = _("Equal weights get equal updates and stay equal.")
        yield Diagnosis(
            _("{units} hidden units that act as {distinct}.").format(units=layer.units, distinct=layer.distinct),
            advice,
            sentences(_(TWINS), _(BLOCKED) if is_blocked else ""),
            {"units": layer.units, "distinct": layer.distinct, "loss": case.loss},
            (*breaks, actions.race_gaussian(case.sizes)),
            layer=k + 1,
            is_harmless=case.is_learnt,
        )


def saturated_units(case: Case) -> Iterator[Diagnosis]:
    """Find hidden layers that are saturated while the task is not learned."""
    if case.is_learnt:
        return
    if has_jumped(case):
        offers: tuple[Action, ...] = (actions.start_again(case.config, case.evidence.summed_rows),)
    else:
        offers = actions.start_from(case.config, "xavier")
    if not offers:
        return  # from good initial weights, by steps that were not too long: units sharpen as they learn
    most = SATURATED_ANYWAY if min(case.now, case.loss) < HALFWAY * case.evidence.baseline else SATURATED_SHARE
    for k, layer in enumerate(case.evidence.layers[:-1]):
        if layer.saturated is not None and layer.saturated >= most:
            yield Diagnosis(
                _("{percent:.0f} % of layer {layer} is saturated.").format(percent=100 * layer.saturated, layer=k + 1),
                _("Saturated units hardly learn: their curve is flat there."),
                _(
                    "Far from zero the curve of {activation} is flat. A unit that is pushed out there gives nearly the "
                    "same answer whatever its inputs, and its gradient is multiplied by a slope of almost zero, so it "
                    "learns slowly or not at all. It comes from weights, inputs or steps that are too large: with n "
                    "inputs, weights of about 1 / √n keep the sums where the curve is steep."
                ).format(activation=layer.activation),
                {"share": layer.saturated, "units": layer.units, "rows": case.evidence.rows},
                offers,
                layer=k + 1,
            )


def saturated_output(case: Case) -> Iterator[Diagnosis]:
    """Find outputs that are saturated at the wrong end of their range, with a loss whose gradient fades there."""
    layer, baseline = case.evidence.layers[-1], case.evidence.baseline
    if case.config.training.loss == "cross-entropy":
        return
    if layer.saturated is None or layer.saturated < SATURATED_SHARE or case.is_learnt or not case.is_current:
        return
    if case.steps < LOST_STEPS or not case.loss > LOST_HEIGHT * baseline or case.now < (1 - LOST_FALL) * case.before:
        return
    offers = (*actions.cross_entropy(case.config), *actions.start_from(case.config, "xavier"))
    yield Diagnosis(
        _("The output is saturated at the wrong answers: the loss stays at {loss}.").format(loss=loss_text(case.loss)),
        _("Its curve is flat there, so hardly any gradient is left."),
        _(
            "With a squared loss the gradient is multiplied by the slope of the output's curve. At an output of almost "
            "0 or 1 that slope is almost 0, even where the answer is quite wrong, so nothing moves it back. The "
            "initial weights, or one long step, have put it there. Cross-entropy has no such factor: the more wrong "
            "the answer, the larger the gradient."
        ),
        {"share": layer.saturated, "loss": case.loss, "baseline": baseline},
        offers if not has_jumped(case) or not offers else offers[:1],
        layer=len(case.evidence.layers),
    )


def dead_units(case: Case) -> Iterator[Diagnosis]:
    """Find hidden layers with units that are zero for every row, and so cannot learn any more."""
    if case.is_learnt:
        return
    for k, layer in enumerate(case.evidence.layers[:-1]):
        if layer.dead is None or layer.dead < max(1, DEAD_SHARE * layer.units):
            continue
        offers: tuple[Action, ...]
        if has_jumped(case):
            offers = (actions.start_again(case.config, case.evidence.summed_rows),)
        elif layer.units < FEW_UNITS:
            offers = (actions.more_units(case.config, FEW_UNITS, "he"),)
        else:
            offers = actions.start_from(case.config, "he")
        yield Diagnosis(
            _("{dead} of {units} units of layer {layer} are dead.").format(
                dead=layer.dead, units=layer.units, layer=k + 1
            ),
            _("They output 0 for every sample and cannot learn."),
            _(
                "ReLU is flat at 0: where what comes into a unit is not positive, its output and its gradient are 0. "
                "A unit for which that is so for every sample gets no gradient at all, so nothing can bring it back. "
                "Initial weights can do that at once; later on it is a step that was too long."
            ),
            {"dead": layer.dead, "units": layer.units, "rows": case.evidence.rows},
            offers,
            layer=k + 1,
        )


def _harmless(case: Case) -> str:
    if case.config.data.name in ONE_UNIT_DATA:
        return _("It does no harm here: {gate} needs only one.").format(gate=case.config.data.name.upper())
    return _("It does no harm here: the task is learnt nevertheless.")


def vanishing_gradient(case: Case) -> Iterator[Diagnosis]:
    """Find a first layer that gets hardly any of the gradient."""
    layers, units, gradients = case.evidence.layers, case.sizes, case.evidence.flow.gradient[case.recent]
    if case.is_learnt or len(layers) < FEWEST_LAYERS or not len(gradients) or not np.isfinite(gradients).all():
        return
    first, last = (  # per weight
        float(np.median(gradients[:, k])) / float(np.sqrt((units[k] + 1) * units[k + 1])) for k in (0, len(layers) - 1)
    )
    if not 0 <= first < FADED * last or min(case.now, case.loss) < HALFWAY * case.evidence.baseline:
        return
    has_sigmoid = "sigmoid" in case.config.network.activations
    why = [FADING, FADING_SIGMOID if has_sigmoid else FADING_OTHERS]
    if has_jumped(case):
        why += [FADING_JUMPED]
        offers: tuple[Action, ...] = (actions.start_again(case.config, case.evidence.summed_rows),)
    else:
        why += [FADING_RECTIFIED]
        offers = actions.rectify(case.config)
    share = _("less than 1 / 1,000,000") if first < last / 1e6 else _("1 / {times:,.0f}").format(times=last / first)
    yield Diagnosis(
        _("The gradient of layer 1 vanishes: {share} of the output layer's.").format(share=share),
        _("Its weights hardly learn."),
        sentences(*map(_, why)),
        {"first_gradient": first, "last_gradient": last, "ratio": first / last},
        offers,
        layer=1,
    )


def exploding_gradient(case: Case) -> Iterator[Diagnosis]:
    """Find a layer whose gradient is far larger than its weights."""
    flow = case.evidence.flow
    lengths = flow.gradient[case.recent] / case.evidence.summed_rows
    offers = actions.start_from(case.config, "he" if case.rectifies else "xavier")
    if len(case.evidence.layers) < FEWEST_LAYERS or not len(lengths) or case.is_learnt or not offers:
        return
    gradients, weights = np.median(lengths, axis=0), np.median(flow.weight[case.recent], axis=0)
    ratios = gradients / np.maximum(weights, 1.0)
    k = int(ratios.argmax())
    if not np.isfinite(ratios).all() or ratios[k] <= SWOLLEN:
        return
    yield Diagnosis(
        _("The gradient explodes: {gradient} in layer {layer}, {times:,.0f} times its weights.").format(
            gradient=significant(gradients[k], 3), layer=k + 1, times=ratios[k]
        ),
        _("An ordinary step overshoots."),
        _(
            "On its way down the gradient is multiplied by the weights, layer after layer. Where they are too large "
            "for the number of units, it grows with every layer, and so do the sums on their way up. Xavier's and "
            "He's weights are drawn so that both keep their size."
        ),
        {"gradient": float(gradients[k]), "weights": float(weights[k]), "ratio": float(ratios[k])},
        offers,
        layer=k + 1,
    )
