"""Rules on the course of the losses: diverged, stuck, too slow, too fast, overfitting."""

from collections.abc import Iterator, Mapping

import numpy as np

from playground.experiment.diagnosis import actions
from playground.experiment.diagnosis.finding import Case, Diagnosis
from playground.language import N_, _

WHATS = {
    "weights": N_("the weights"),
    "activations": N_("the sums that go into the activation"),
    "loss": N_("the loss"),
}

TOO_LONG_STEPS = N_(
    "The gradient tells the way down only near the present weights. A step that is too long ends on the other "
    "side of the valley, as high up or higher, and the loss swings or rises. Sigmoid units are thrown so far "
    "out that they are saturated, and then hardly any gradient is left to bring them back: so start again with "
    "a smaller rate."
)

FEWEST_BUCKETS = 8
STUCK_STEPS = 500
STUCK_EPOCHS = 2
"""A plateau is one after so many steps and so many passes over the rows: many runs begin with a short one."""

STUCK_FALL = 0.01
STUCK_HEIGHT = 0.9
"""Stuck is a loss that has fallen by less than 1 % over half the run and is near that of the best constant answer."""

SLOW_STEPS = 200
SLOW_HEIGHT = 0.8
SLOW_HALVING = 10
"""Too slow is a run that still has most of its first loss and would take ten times as long again to halve it …"""

SLOW_GRADIENT = 1_000
"""… although the gradient is there: steps as long as the gradient would halve the loss in fewer than these."""

FAST_STEPS = 20
FAST_RISE = 1.2
FAST_HEIGHT = 1.05
FAST_CHANGE = 0.5
"""Too fast is a loss that has risen by a fifth; or one that stays above that of the best constant answer after a
step that changed a layer by more than half of itself."""

TURNS_WINDOW = 12
FEWEST_TURNS = 8
TURNS_SWING = 0.5
"""… or one that turns at most of the last evaluations and swings by half of its mean: noise does less."""

LOST_STEPS = 200
LOST_CHANGE = 1.0
LOST_SHARE = 0.9
LOST_ACCURACY = 0.1
"""Hopeless is a run that was never better than the best constant answer in so many steps, after a step that changed a
layer by more than all of itself, and whose units in some layer are saturated or dead but for a tenth; where it sorts
into classes, it does so hardly better than by the most frequent one."""

OVER_RISE = 1.15
OVER_FALL = 0.95
OVER_EVALUATIONS = 5
OVER_SMOOTH = 3
"""Overfitting is a test loss 15 % above its lowest, some evaluations ago, while the train loss went on falling."""

OVER_LOST = 0.1
"""… and what is lost is a tenth of the loss of the best constant answer: small losses tremble."""


def diverged(case: Case) -> Iterator[Diagnosis]:
    """Say where the numbers stopped being numbers."""
    divergence = case.divergence
    if divergence is None:
        return
    advice = _(
        "There {what} grew without bounds; the network is back at its last good weights. "
        "Try a learning rate below {rate:g}, such as {smaller:g}."
    )
    yield Diagnosis(
        "diverged",
        divergence.layer,
        _("Diverged in step {step:,}, layer {layer}.").format(step=divergence.step, layer=divergence.layer),
        advice.format(
            what=_(WHATS[divergence.what]),
            rate=case.rate,
            smaller=case.rate / 10,
        ),
        _(
            "A step goes down the slope as far as the learning rate says. Where it is longer than the valley is wide, "
            "it ends higher up on the other side, where the slope is steeper, so the next one is longer still. The "
            "numbers grow until they are too large for the computer. Training stopped before that step."
        ),
        {"step": divergence.step, "last_loss": divergence.last_loss, "learning_rate": case.rate},
        (actions.slower(resets=True), actions.reset()),
    )


def stuck(case: Case) -> Iterator[Diagnosis]:
    """Find a loss that has not moved for long, near that of the best constant answer."""
    long_enough = case.steps >= max(STUCK_STEPS, STUCK_EPOCHS * case.steps_per_epoch)
    if not long_enough or len(case.losses) < FEWEST_BUCKETS or case.is_learnt:
        return
    still = abs(case.before - case.now) < STUCK_FALL * case.before
    if not still or case.now < STUCK_HEIGHT * case.evidence.baseline or _is_slow(case) or _too_fast(case):
        return
    copies = any(layer.distinct < layer.units for layer in case.evidence.layers[:-1])
    sizes = (case.evidence.n_inputs, *(layer.units for layer in case.evidence.layers))
    steps = case.steps * 3 // 4
    yield Diagnosis(
        "stuck",
        None,
        _("Stuck: the loss has stood at {loss:.3g} for {steps:,} steps.").format(loss=case.now, steps=steps),
        _("One answer for all rows does as well."),
        _(
            "On a plateau the loss changes little in any direction, so the gradient is small and steps are short. "
            "Networks get there when their units are copies of one another, or saturated, or when what several inputs "
            "say together cannot be put into their few units. Larger steps, momentum or Adam cross a plateau sooner; "
            "copies have to be told apart."
        ),
        {"loss": case.now, "loss_before": case.before, "baseline": case.evidence.baseline, "steps": steps},
        (
            actions.break_symmetry(case.config, sizes) if copies else actions.faster(3),
            *(() if case.config.training.optimizer.name == "adam" else (actions.adam(),)),
        ),
    )


def rate_too_small(case: Case) -> Iterator[Diagnosis]:
    """Find a run that goes down a good slope in far too small steps."""
    if not _is_slow(case):
        return
    fall = _fall(case)
    halving = case.now / 2 / fall
    yield Diagnosis(
        "rate-too-small",
        None,
        _("At this pace the loss halves in {steps:,.0f} steps.").format(steps=float(f"{halving:.2g}")),
        _("Try a learning rate above {rate:g}.").format(rate=case.rate),
        _(
            "The gradient says how steep the loss is; the learning rate says how far to go. Here the slope is there, "
            "but a step takes off only a tiny part of the loss. As a rule of thumb a step should change weights by "
            "about a thousandth of themselves."
        ),
        {"loss": case.now, "fall": fall, "halving": halving, "learning_rate": case.rate, **_largest_change(case)},
        (actions.faster(10), actions.faster(100)),
    )


def rate_too_large(case: Case) -> Iterator[Diagnosis]:
    """Find a loss that rises, swings, or stays worse than a constant after a jump."""
    sign = None if case.divergence is not None else _too_fast(case)
    if sign is None:
        return
    ruin = _ruin(case)
    if ruin is not None:
        yield _hopeless(case, *ruin)
        return
    headline, numbers = sign
    yield Diagnosis(
        "rate-too-large",
        None,
        headline,
        _("Try a learning rate below {rate:g}, such as {smaller:g}.").format(
            rate=case.rate, smaller=float(f"{case.rate / 10:.3g}")
        ),
        _(TOO_LONG_STEPS),
        {**numbers, "learning_rate": case.rate, **_largest_change(case)},
        (actions.slower(resets=True),),
    )


def overfitting(case: Case) -> Iterator[Diagnosis]:
    """Find a test loss that rises while the train loss falls."""
    history = case.history
    known = np.isfinite(history.test_loss) & (history.metric_steps >= case.since)
    test, train, steps = history.test_loss[known], history.train_loss[known], history.metric_steps[known]
    if len(test) < OVER_EVALUATIONS + OVER_SMOOTH:
        return
    test = np.convolve(test, np.full(OVER_SMOOTH, 1 / OVER_SMOOTH), mode="valid")
    train, steps = train[OVER_SMOOTH - 1 :], steps[OVER_SMOOTH - 1 :]
    best = int(test.argmin())
    rose = test[-1] - test[best] > max((OVER_RISE - 1) * test[best], OVER_LOST * case.evidence.baseline)
    if not rose or len(test) - best <= OVER_EVALUATIONS or train[-1] > OVER_FALL * train[best]:
        return
    yield Diagnosis(
        "overfitting",
        None,
        _("Overfitting: test loss up {percent:.0f} % since step {step:,.0f}.").format(
            percent=100 * (test[-1] / test[best] - 1), step=steps[best]
        ),
        _("The network learns the training rows by heart."),
        _(
            "With many weights and few rows a network can learn each row, its noise included, instead of what they "
            "have in common. The train loss falls on, but rows that were never trained on are answered worse. L2 "
            "regularisation, fewer units, more rows or an earlier stop help."
        ),
        {
            "test_loss": float(test[-1]),
            "test_best": float(test[best]),
            "best_step": float(steps[best]),
            "train_loss": float(train[-1]),
            "train_before": float(train[best]),
        },
        (actions.regularise(case.config),),
    )


def _fall(case: Case) -> float:
    """Return what the gradient promises a step to take off the loss: the median of the last watched steps."""
    slopes = case.evidence.flow.slope[case.recent]
    return float(np.median(slopes)) if slopes.size else float("nan")


def _is_slow(case: Case) -> bool:
    """Return whether the steps are far too short for a slope that is there."""
    if case.steps < SLOW_STEPS or case.is_learnt or case.now < SLOW_HEIGHT * case.first_loss:
        return False
    fall = _fall(case)
    lengths = case.evidence.flow.gradient[case.recent] / case.evidence.summed_rows
    if not fall > 0 or not np.isfinite(lengths).all():
        return False
    square = float(np.median(np.square(lengths).sum(axis=1)))
    return square * SLOW_GRADIENT > case.now and case.now / 2 / fall > SLOW_HALVING * (case.steps + STUCK_STEPS)


def _too_fast(case: Case) -> tuple[str, Mapping[str, float]] | None:
    """Return how it shows that the steps are too long, and the numbers; None where it does not."""
    if case.steps < FAST_STEPS or len(case.losses) < FEWEST_BUCKETS or case.is_learnt:
        return None
    loss, first, baseline = case.now, case.first_loss, case.evidence.baseline
    if loss > FAST_RISE * max(first, baseline):
        headline = _("The loss rose from {first:.3g} to {loss:.3g}.").format(first=first, loss=loss)
        return headline, {"loss": loss, "loss_before": first}
    jumped = _largest_change(case).get("update_ratio", 0.0) > FAST_CHANGE
    if jumped and loss > FAST_HEIGHT * baseline and loss > (1 - STUCK_FALL) * case.before:
        headline = _("After a jump the loss stays at {loss:.3g}, worse than one answer for all rows.")
        return headline.format(loss=loss), {"loss": loss, "baseline": baseline}
    return _swinging(case)


def _ruin(case: Case) -> tuple[int, float] | None:
    """Return the layer, from 1, that far too long steps have ruined, and the share of it; None where there is hope."""
    evidence = case.evidence
    if (
        case.steps < LOST_STEPS
        or not evidence.baseline > 0
        or _largest_change(case).get("update_ratio", 0) <= LOST_CHANGE
    ):
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
    """Say that the first steps were so long that nothing can come of the run."""
    advice = _(
        "One answer for all rows has {baseline:.3g}. Steps of up to {times:,.0f} times the weights have left "
        "{percent:.0f} % of layer {layer} saturated or dead."
    )
    changed = _largest_change(case)
    return Diagnosis(
        "rate-too-large",
        None,
        _("Nothing learnt in {steps:,} steps at a rate of {rate:g}: the loss is {loss:.3g}.").format(
            steps=case.steps, rate=case.rate, loss=case.now
        ),
        advice.format(baseline=case.evidence.baseline, times=changed["update_ratio"], percent=100 * share, layer=layer),
        _(TOO_LONG_STEPS),
        {
            "loss": case.now,
            "baseline": case.evidence.baseline,
            "steps": case.steps,
            "learning_rate": case.rate,
            **changed,
            "ruined": share,
        },
        (actions.usual_rate(case.config, case.evidence.summed_rows), actions.slower(resets=True)),
        is_hopeless=True,
    )


def _swinging(case: Case) -> tuple[str, Mapping[str, float]] | None:
    """Return that the loss turns at most evaluations and swings widely; None where it does not."""
    seen = case.history.train_loss[case.history.metric_steps >= case.since][-TURNS_WINDOW:]
    if len(seen) < TURNS_WINDOW or not np.isfinite(seen).all():
        return None
    turns = int(np.count_nonzero(np.diff(np.sign(np.diff(seen)))))
    low, high, mean = float(seen.min()), float(seen.max()), float(seen.mean())
    if turns < FEWEST_TURNS or high - low < TURNS_SWING * mean or mean < case.evidence.baseline / 2:
        return None
    headline = _("The loss swings between {low:.3g} and {high:.3g}.").format(low=low, high=high)
    return headline, {"loss": mean, "turns": turns}


def _largest_change(case: Case) -> dict[str, float]:
    """Return by how large a part a watched step has changed a layer at most; nothing is smaller than 1 here."""
    flow = case.evidence.flow
    watched = flow.steps > case.since
    changes = flow.update[watched] / np.maximum(flow.weight[watched], 1.0)
    finite = changes[np.isfinite(changes)]
    return {"update_ratio": float(finite.max())} if finite.size else {}
