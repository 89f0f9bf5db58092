"""Rules on gradients that fade or swell on their way down through the layers."""

from collections.abc import Iterator

import numpy as np

from playground.experiment.diagnosis import actions
from playground.experiment.diagnosis.finding import Case, Diagnosis
from playground.language import _

FADED = 3e-3
"""Such a part of the output layer's gradient: no single learning rate suits both ends of the network any more."""

SWOLLEN = 100.0
"""So many times the weights: only with a rate below 0.00001 would a step change them by a thousandth."""

FEWEST_LAYERS = 3
"""With a single hidden layer there is no way to fade on; the cards on units say what is wrong."""


def vanishing_gradient(case: Case) -> Iterator[Diagnosis]:
    """Find a first layer that gets hardly any of the gradient."""
    found = _gradients(case)
    if found is None or case.is_learnt:
        return
    first, last = found
    if not 0 <= first < FADED * last:
        return
    share = _("less than 1 / 1,000,000") if first < last / 1e6 else _("1 / {times:,.0f}").format(times=last / first)
    yield Diagnosis(
        "vanishing-gradient",
        1,
        _("The gradient of layer 1 vanishes: {share} of the output layer's.").format(share=share),
        _("Its weights hardly learn."),
        _(
            "On its way down the gradient is multiplied by the weights and by the slope of the activation, layer after "
            "layer. The slope of the sigmoid is at most 1/4, and where units are saturated it is almost 0, so after a "
            "few layers little is left. ReLU passes the gradient of active units on unchanged, and He's weights keep "
            "its size."
        ),
        {"first_gradient": first, "last_gradient": last, "ratio": first / last},
        actions.rectify(case.config),
    )


def exploding_gradient(case: Case) -> Iterator[Diagnosis]:
    """Find a layer whose gradient is far larger than its weights."""
    flow = case.evidence.flow
    lengths = flow.gradient[case.recent] / case.evidence.summed_rows
    rectifies = any(name in actions.RECTIFIERS for name in case.config.network.activations)
    offers = actions.start_from(case.config, "he" if rectifies else "xavier")
    if len(case.evidence.layers) < FEWEST_LAYERS or not len(lengths) or case.is_learnt or not offers:
        return
    gradients, weights = np.median(lengths, axis=0), np.median(flow.weight[case.recent], axis=0)
    ratios = gradients / np.maximum(weights, 1.0)
    k = int(ratios.argmax())
    if not np.isfinite(ratios).all() or ratios[k] <= SWOLLEN:
        return
    yield Diagnosis(
        "exploding-gradient",
        k + 1,
        _("The gradient explodes: {gradient:.3g} in layer {layer}, {times:,.0f} times its weights.").format(
            gradient=gradients[k], layer=k + 1, times=ratios[k]
        ),
        _("An ordinary step overshoots."),
        _(
            "On its way down the gradient is multiplied by the weights, layer after layer. Where they are too large "
            "for the number of units, it grows with every layer, and so do the sums on their way up. Xavier's and "
            "He's weights are drawn so that both keep their size."
        ),
        {"gradient": float(gradients[k]), "weights": float(weights[k]), "ratio": float(ratios[k])},
        offers,
    )


def _gradients(case: Case) -> tuple[float, float] | None:
    """Return the gradient per weight of the first and of the last layer; None where that is not known yet."""
    layers = case.evidence.layers
    gradients = case.evidence.flow.gradient[case.recent]
    if len(layers) < FEWEST_LAYERS or not len(gradients) or not np.isfinite(gradients).all():
        return None
    units = [case.evidence.n_inputs, *(layer.units for layer in layers)]
    first, last = (
        float(np.median(gradients[:, k])) / float(np.sqrt((units[k] + 1) * units[k + 1])) for k in (0, len(layers) - 1)
    )
    return (first, last) if last > 0 else None
