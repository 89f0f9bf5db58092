"""Rules on the steps of a run: diverged, no steps at all, too short, too long."""

from collections.abc import Iterator, Mapping

import numpy as np

from playground.data.dataset import translated
from playground.experiment.diagnosis import actions
from playground.experiment.diagnosis.finding import Case, Diagnosis
from playground.experiment.explain.number_text import loss_text, significant
from playground.language import N_, _, sentences
from playground.registry import shown

DIVERGED = {
    "weights": N_("Diverged at step {step:,}: the weights of layer {layer} grew without bound."),
    "activations": N_("Diverged at step {step:,}: the sums of layer {layer} grew without bound."),
    "loss": N_("Diverged at step {step:,}: the loss grew without bound."),
}

TOO_LONG_STEPS = N_(
    "The gradient points uphill, and a step goes against it. It is right only near the present weights: a step that "
    "is too long ends on the other side of the valley, as high up or higher, and the loss swings or rises. Units "
    "may be thrown so far out that their curve is flat there, and then hardly any gradient is left to bring them back: "
    "so start again with a smaller rate."
)

FEWEST_BUCKETS = 8

SLOW_STEPS = 200
SLOW_HEIGHT = 0.8
SLOW_HALVING = 10
SLOW_MARGIN = 500
"""Too slow is a run that still has most of its first loss and would take ten times as long again to halve it …"""

SLOW_GRADIENT = 1_000
"""… although the gradient is there: steps as long as the gradient would halve the loss in fewer than these."""

STEADY = ("adam", "rmsprop")
TINY = 0.1
"""… or whose optimiser makes steps of one length whatever the gradient, too short to come to a tenth of the weights."""

FAST_STEPS = 20
FAST_RISE = 1.2
FAST_HEIGHT = 1.05
FAST_CHANGE = 0.5
FAST_FALL = 0.01
"""Too fast is a loss that has risen by a fifth, and above that of the best constant answer; or, after a step that
changed a layer by more than half of itself, one that has risen up to there or stays above it."""

SWING_WINDOW = 12
FEWEST_REVERSALS = 8
LEAST_SWING = 0.5
SWING_CHANGE = 0.1
"""… or one that turns at most of the last evaluations and swings by half of its mean: noise does less, and so do steps
that change no layer by a tenth of itself."""

LOST_STEPS = 200
LOST_CHANGE = 1.0
LOST_SHARE = 0.9
LOST_ACCURACY = 0.1
"""Hopeless is a run that was never better than the best constant answer in so many steps, after a step that changed a
layer by more than all of itself, and whose units in some layer are saturated or dead but for a tenth; where it sorts
into classes, it does so hardly better than by the most frequent one."""


def diverged(case: Case) -> Iterator[Diagnosis]:
    """Find a run whose loss or parameters are NaN or infinite."""
    divergence = case.divergence
    if divergence is None:
        return
    evidence = {"step": divergence.step, "last_loss": divergence.last_loss, "learning_rate": case.rate}
    standardise = actions.standardise(case.config) if case.has_large_inputs else ()
    starts = actions.start_from(case.config, "he" if case.rectifies else "xavier") if case.starts_high else ()
    if standardise:
        advice = _("The input {name} is large (about {largest}): standardise the inputs.").format(
            name=shown(translated(case.evidence.inputs.name)), largest=significant(case.evidence.inputs.largest, 3)
        )
    elif starts:
        advice = _("The initial weights are too large: the loss was {loss} before the first step.").format(
            loss=loss_text(case.first_loss)
        )
        evidence |= {"loss_before": case.first_loss, "baseline": case.evidence.baseline}
    else:
        advice = _("A learning rate of {rate} is too large.").format(rate=significant(case.rate))
    yield Diagnosis(
        _(DIVERGED[divergence.what]).format(step=divergence.step, layer=divergence.layer),
        sentences(advice, _("The network is back at its last good weights.")),
        _(
            "A step is as long as the gradient times the learning rate. Where it is longer than the valley is wide, "
            "it ends higher up on the other side, where the slope is steeper, so the next one is longer still. The "
            "numbers grow until they are too large for the computer. Large inputs and large initial weights make the "
            "slope steep from the start. Training stopped before that step."
        ),
        evidence,
        standardise or starts or (actions.start_again(case.config, case.evidence.summed_rows),),
        layer=divergence.layer,
    )


def rate_zero(case: Case) -> Iterator[Diagnosis]:
    """Find a run whose steps change nothing."""
    if case.rate > 0:
        return
    yield Diagnosis(
        _("The learning rate is 0: no step changes anything."),
        _("Choose a larger one."),
        _(
            "A step changes each weight by its gradient times the learning rate. With a rate of 0 the weights stay as "
            "they are, however many steps are made. Rates between 0.001 and 1 suit most networks."
        ),
        {"learning_rate": case.rate, "loss": case.loss},
        (actions.set_rate(case.config, case.evidence.summed_rows),),
    )


def rate_too_small(case: Case) -> Iterator[Diagnosis]:
    """Find a run that goes down a good slope in far too small steps."""
    if not is_slow(case):
        return
    fall = _fall(case)
    numbers = {"loss": case.loss, "learning_rate": case.rate, **largest_change(case)}
    if fall > 0:
        halving = case.loss / 2 / fall
        headline = _("At this pace the loss needs more than {steps:,.0f} steps to halve.")
        headline = headline.format(steps=10.0 ** np.floor(np.log10(halving)))
        numbers |= {"fall": fall, "halving": halving}
    else:
        headline = _("The steps are too short: the loss has hardly moved in {steps:,}.").format(steps=case.steps)
    yield Diagnosis(
        headline,
        _("Try a learning rate above {rate}.").format(rate=significant(case.rate)),
        _(
            "The gradient says how steep the loss is; the learning rate says how far to go. Here the slope is there, "
            "but a step takes off only a tiny part of the loss. As a rule of thumb a step should change weights by "
            "about a thousandth of themselves."
        ),
        numbers,
        (actions.faster(10), actions.faster(100)),
    )


def rate_too_large(case: Case) -> Iterator[Diagnosis]:
    """Find a loss that rises, swings, or stays worse than a constant after a jump."""
    sign = too_fast(case)
    if sign is None or (case.starts_high and len(case.evidence.layers) > 2):
        return  # large initial weights of a deep network are told by its gradients
    ruin = _ruin(case)
    if ruin is not None:
        yield _hopeless(case, *ruin)
        return
    if not case.is_current:
        return  # the counters do not show it yet
    headline, numbers = sign
    again = actions.start_again(case.config, case.evidence.summed_rows)
    yield Diagnosis(
        headline,
        _("A learning rate of {rate} is too large.").format(rate=significant(case.rate)),
        _(TOO_LONG_STEPS),
        {**numbers, "learning_rate": case.rate, **largest_change(case)},
        (again,),
    )


def is_slow(case: Case) -> bool:
    """Return whether the steps are far too short for a slope that is there."""
    if case.steps < SLOW_STEPS or case.is_learnt or case.now < SLOW_HEIGHT * case.first_loss or has_jumped(case):
        return False
    is_steady = case.config.training.optimizer.name in STEADY
    if is_steady and largest_change(case).get("update_ratio", 1.0) < TINY / case.steps:
        return True
    fall = _fall(case)
    lengths = case.evidence.flow.gradient[case.recent] / case.evidence.summed_rows
    if not fall > 0 or not len(lengths) or not np.isfinite(lengths).all():
        return False
    square = float(np.median(np.square(lengths).sum(axis=1)))
    return square * SLOW_GRADIENT > case.now and case.now / 2 / fall > SLOW_HALVING * (case.steps + SLOW_MARGIN)


def too_fast(case: Case) -> tuple[str, Mapping[str, float]] | None:
    """Return how it shows that the steps are too long, and the numbers; None where it does not."""
    if case.steps < FAST_STEPS or len(case.losses) < FEWEST_BUCKETS or case.is_learnt:
        return None
    loss, first, baseline = case.now, case.first_loss, case.evidence.baseline
    shown = case.loss if case.is_current else loss
    high = (1 - FAST_FALL) * baseline if has_jumped(case) else FAST_RISE * baseline
    if min(loss, shown) > max(FAST_RISE * first, high):
        headline = _("The loss rose from {first} to {loss}.").format(first=loss_text(first), loss=loss_text(shown))
        return headline, {"loss": shown, "loss_before": first}
    if has_jumped(case) and min(loss, shown) > FAST_HEIGHT * baseline and loss > (1 - FAST_FALL) * case.before:
        headline = _("The loss stays at {loss} after a jump; always giving the same answer would do better.")
        return headline.format(loss=loss_text(shown)), {"loss": shown, "baseline": baseline}
    return _swinging(case)


def has_jumped(case: Case) -> bool:
    """Return whether a watched step has changed a layer by more than half of itself."""
    return largest_change(case).get("update_ratio", 0.0) > FAST_CHANGE


def largest_change(case: Case) -> dict[str, float]:
    """Return by how large a part a watched step has changed a layer at most; nothing is smaller than 1 here."""
    flow = case.evidence.flow
    watched = flow.steps > case.since
    changes = flow.update[watched] / np.maximum(flow.weight[watched], 1.0)
    finite = changes[np.isfinite(changes)]
    return {"update_ratio": float(finite.max())} if finite.size else {}


def _fall(case: Case) -> float:
    """Return the loss reduction predicted by the gradient: the mean over the later half of the recorded steps."""
    flow = case.evidence.flow
    slopes = flow.derivative[flow.steps > case.since]
    return float(np.mean(slopes[len(slopes) // 2 :])) if slopes.size else float("nan")


def _ruin(case: Case) -> tuple[int, float] | None:
    """Return the layer, from 1, that far too long steps have ruined, and the share of it; None where there is hope."""
    evidence = case.evidence
    if case.steps < LOST_STEPS or not evidence.baseline > 0:
        return None
    if largest_change(case).get("update_ratio", 0) <= LOST_CHANGE:
        return None
    seen = case.history.train_loss[case.history.metric_steps > case.since]
    best = min([*seen, case.losses[len(case.losses) // 2 :].mean(), case.now / FAST_HEIGHT])
    accuracy = case.history.train_accuracy[-1:]
    rows = [one.rows for one in evidence.classes]
    if not best > evidence.baseline or (rows and accuracy > max(rows) / sum(rows) + LOST_ACCURACY):
        return None
    shares = [max(layer.saturated or 0.0, (layer.dead or 0) / layer.units) for layer in evidence.layers]
    layer = int(np.argmax(shares))
    return (layer + 1, shares[layer]) if shares[layer] >= LOST_SHARE else None


def _hopeless(case: Case, layer: int, share: float) -> Diagnosis:
    changed = largest_change(case)
    advice = _("Too long steps left {percent:.0f} % of layer {layer} saturated or dead.")
    advice = advice.format(percent=100 * share, layer=layer)
    numbers: dict[str, float] = {"steps": case.steps, "learning_rate": case.rate, **changed, "ruined": share}
    if case.is_current:
        advice = _("The loss is {loss}; always giving the same answer would have {baseline}.")
        advice = advice.format(loss=loss_text(case.loss), baseline=loss_text(case.evidence.baseline))
        numbers = {"loss": case.loss, "baseline": case.evidence.baseline, **numbers}
    return Diagnosis(
        _("Nothing learnt in {steps:,} steps at a rate of {rate}.").format(
            steps=case.steps, rate=significant(case.rate)
        ),
        advice,
        _(TOO_LONG_STEPS),
        numbers,
        (actions.start_again(case.config, case.evidence.summed_rows),),
        is_hopeless=True,
    )


def _swinging(case: Case) -> tuple[str, Mapping[str, float]] | None:
    """Return that the loss turns at most evaluations and swings widely; None where it does not."""
    seen = case.history.train_loss[case.history.metric_steps >= case.since][-SWING_WINDOW:]
    is_long = largest_change(case).get("update_ratio", 0.0) > SWING_CHANGE
    if not is_long or len(seen) < SWING_WINDOW or not np.isfinite(seen).all():
        return None
    turns = int(np.count_nonzero(np.diff(np.sign(np.diff(seen)))))
    low, high, mean = float(seen.min()), float(seen.max()), float(seen.mean())
    if turns < FEWEST_REVERSALS or high - low < LEAST_SWING * mean or mean < case.evidence.baseline / 2:
        return None
    headline = _("The loss swings between {low} and {high}.").format(low=loss_text(low), high=loss_text(high))
    return headline, {"loss": case.loss, "turns": turns}
