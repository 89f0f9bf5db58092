"""Rules on where a run has got to: nowhere, half-way, as far as its units reach, past its best."""

from collections.abc import Iterator

import numpy as np

from playground.experiment.diagnosis import actions
from playground.experiment.diagnosis.course import FEWEST_BUCKETS, is_slow, too_fast
from playground.experiment.diagnosis.finding import LEARNT_ACCURACY, Action, Case, Diagnosis
from playground.experiment.explain.number_text import loss_text, share_text
from playground.experiment.training.metrics import Metrics
from playground.language import _, ngettext

STUCK_STEPS = 500
STUCK_EPOCHS = 2
"""A plateau is one after so many steps and so many passes over the rows: many runs begin with a short one."""

STUCK_FALL = 0.01
STUCK_HEIGHT = 0.9
"""Stuck is a loss that has fallen by less than 1 % over half the run and is near that of the best constant answer."""

HALF_STEPS = 2_000
HALF_ROWS = 10
"""Half learnt is a handful of rows that do not contradict one another, after so many steps without a change."""

UNDER_STEPS = 2_000
UNDER_EPOCHS = 20
UNDER_FALL = 0.1
UNDER_SHARE = 0.08
UNDER_WINDOW = 8
"""Underfitting is a training loss that falls by less than a tenth over half the run, on rows of which the nearest other
rows tell so much more than the network knows, or has known before a change of settings or weights."""

OVER_RISE = 1.15
OVER_EVALUATIONS = 5
OVER_SMOOTH = 3
OVER_WINDOW = 8
"""Overfitting is a test loss that has risen 15 % above its lowest, some evaluations ago, and by so much more than the
training loss: in the median of the last eighth of the evaluations, as single ones swing …"""

OVER_LOST = 0.1
"""… and what is lost is a tenth of the loss of the best constant answer: small losses tremble."""

OVER_HEIGHT = 0.5
"""… and the training loss is well below that answer's: a network that does not fit its rows does not overfit."""

OVER_BEST = 0.9
"""To go back to the lowest test loss is of use where it was better than that answer's."""

PAST_RISE = 1.5
PAST_LOST = 0.2
"""Past its best is a run that has ended with so many times its lowest test loss, and has lost such a part of that
answer's."""


def stuck(case: Case) -> Iterator[Diagnosis]:
    """Find a loss that has not moved for long, near that of the best constant answer."""
    long_enough = case.steps >= max(STUCK_STEPS, STUCK_EPOCHS * case.steps_per_epoch)
    if not long_enough or len(case.losses) < FEWEST_BUCKETS or case.is_learnt or not case.evidence.baseline > 0:
        return
    still = abs(case.before - case.now) < STUCK_FALL * case.before and case.stood >= case.steps / 2
    low = min(case.now, case.loss) < STUCK_HEIGHT * case.evidence.baseline
    if not still or low or is_slow(case) or too_fast(case):
        return
    has_adam = case.config.training.optimizer.name == "adam"
    yield Diagnosis(
        _("Stuck: the loss has stood at {loss} for {steps:,} steps.").format(
            loss=loss_text(case.loss), steps=case.stood
        ),
        _straight(case) or _("Always giving the same answer would do as well."),
        _(
            "On a plateau the loss changes little in any direction, so the gradient is small and steps are short. "
            "Networks get there when their units are copies of one another, or saturated, or when what several inputs "
            "say together cannot be put into their few units. Adam, whose steps do not shrink with the gradient, "
            "crosses a plateau sooner; without hidden units that bend, no step will."
        ),
        {"loss": case.loss, "loss_before": case.first_loss, "baseline": case.evidence.baseline, "steps": case.stood},
        _bending(case) or (() if has_adam else (actions.adam(),)),
    )


def half_learnt(case: Case) -> Iterator[Diagnosis]:
    """Find a small data set of which the network has learned a part, with a constant loss."""
    evidence = case.evidence
    if evidence.rows > HALF_ROWS or evidence.neighbours != 1.0 or case.is_learnt or case.steps < HALF_STEPS:
        return
    if case.stood < max(HALF_STEPS, case.steps / 2) or not 0 < case.loss < STUCK_HEIGHT * evidence.baseline:
        return
    bending = _bending(case)
    yield Diagnosis(
        _("Learnt half-way: the loss has stood at {loss} for {steps:,} steps.").format(
            loss=loss_text(case.loss), steps=case.stood
        ),
        _straight(case) or _("From other initial weights, or with more units, it may get there."),
        _(
            "Some samples are right, and for others the network gives a compromise, such as one half. No small change "
            "of the weights makes that better, so the gradient is almost 0 and training goes no further. Which valley "
            "a run ends in depends on its initial weights; with more units there are more ways down."
        ),
        {"loss": case.loss, "baseline": evidence.baseline, "steps": case.stood},
        bending or (actions.more_units(case.config), actions.race_others(case.config)),
    )


def underfitting(case: Case) -> Iterator[Diagnosis]:
    """Find a network that has too few hidden units for its training samples."""
    evidence, near = case.evidence, case.evidence.neighbours
    enough = case.steps >= max(UNDER_STEPS, UNDER_EPOCHS * case.steps_per_epoch)
    if near is None or evidence.rows <= HALF_ROWS or not enough or case.is_learnt or not evidence.baseline > 0:
        return
    known = case.history.metric_steps >= case.since
    history, losses = case.history, case.history.train_loss[known]
    quarter = len(losses) // 4
    if quarter < UNDER_WINDOW or is_slow(case) or too_fast(case):
        return
    late, early = np.median(losses[-quarter:]), np.median(losses[quarter : 2 * quarter])
    if evidence.classes:
        share = max(float(np.nanmax(history.train_accuracy)), case.share)
    else:
        share = max(1 - float(np.nanmin(history.train_loss)) / evidence.baseline, case.share)
    if not late > (1 - UNDER_FALL) * early or share > near - UNDER_SHARE:
        return
    units = sum(case.config.network.hidden)
    if case.accuracy is not None:
        headline = _("Underfitting: {share} of the training samples are right, and it gets no better.")
    else:
        headline = _("Underfitting: {share} of the targets' spread is explained, and it gets no better.")
    few = ngettext("{units} hidden unit is too few here.", "{units} hidden units are too few here.", units)
    yield Diagnosis(
        headline.format(share=share_text(case.share)),
        _straight(case) or few.format(units=units),
        _(
            "Each hidden unit adds one bend to what the network can draw. With too few of them even the training "
            "samples cannot be fitted, however long it trains. The nearest samples tell {near} here, so more can be "
            "learnt: give the network more units."
        ).format(near=share_text(near)),
        {
            "loss": case.loss,
            "baseline": evidence.baseline,
            "neighbours": near,
            **({} if case.accuracy is None else {"accuracy": case.accuracy}),
        },
        _bending(case) or (actions.more_units(case.config),),
    )


def overfitting(case: Case) -> Iterator[Diagnosis]:
    """Find a test loss that rises while the training loss falls."""
    history, best = case.history, case.evidence.best
    known = np.isfinite(history.test_loss) & (history.metric_steps >= case.since)
    test, train, accuracy = history.test_loss[known], history.train_loss[known], history.test_accuracy[known]
    steps = history.metric_steps[known]
    if best is None or case.evidence.test is None or len(test) < OVER_EVALUATIONS + OVER_SMOOTH:
        return
    last = slice(-max(OVER_SMOOTH, len(test) // OVER_WINDOW), None)
    if is_good(Metrics(float(np.median(test[last])), float(np.median(accuracy[last])))):
        return
    smooth_test, smooth_train = (
        np.convolve(losses, np.full(OVER_SMOOTH, 1 / OVER_SMOOTH), mode="valid") for losses in (test, train)
    )
    low, now, fitted = int(smooth_test.argmin()), case.evidence.test.loss, float(np.median(train[last]))
    lost = max((OVER_RISE - 1) * smooth_test[low], OVER_LOST * case.evidence.baseline)
    rise = float(np.median(test[last])) - smooth_test[low] - max(0.0, fitted - smooth_train[low])
    if rise <= lost or now <= smooth_test[low] or len(smooth_test) - low <= OVER_EVALUATIONS:
        return
    if fitted > OVER_HEIGHT * case.evidence.baseline:
        return
    was_good = best.test.loss < OVER_BEST * case.evidence.baseline
    lowest, step = best.test.loss, best.step
    if step < case.since:
        lowest, step = float(test.min()), int(steps[test.argmin()])
    then = train[steps == step]  # none where the history has been thinned out
    yield Diagnosis(
        _("Overfitting: the test loss rose from {best} at step {step:,} to {now}.").format(
            best=loss_text(lowest), step=step, now=loss_text(now)
        ),
        _("The network learns the training samples by heart."),
        _(
            "With many weights and few samples a network can learn each sample, its noise included, instead of what "
            "they have in common. The training loss stays low or falls on, but samples that were never trained on are "
            "answered worse. An earlier stop, L2 regularisation, fewer units or more samples help."
        ),
        {
            "test_loss": now,
            "test_best": lowest,
            "best_step": step,
            "loss": case.loss,
            **({"train_before": float(then[0])} if then.size else {}),
        },
        (actions.back_to_best(best), actions.regularise(case.config)) if was_good else actions.more_rows(case.config),
    )


def past_best(case: Case) -> Iterator[Diagnosis]:
    """Find a run that has ended although it was clearly better before."""
    best, seen = case.evidence.best, case.evidence.test
    if best is None or seen is None or not case.evidence.has_ended or is_good(seen):
        return
    now = seen.loss
    if now <= PAST_RISE * best.test.loss or now - best.test.loss <= PAST_LOST * case.evidence.baseline:
        return
    yield Diagnosis(
        _("The network was better at step {step:,}.").format(step=best.step),
        _("The test loss was {best} then and is {now} now.").format(best=loss_text(best.test.loss), now=loss_text(now)),
        _(
            "A loss does not fall at every step: it may swing, jump up for a while, or rise for good on samples that "
            "were not trained on. A run that ends at such a moment is worse than it was. The weights at the lowest "
            "test loss are kept for that."
        ),
        {"test_loss": now, "test_best": best.test.loss, "best_step": best.step},
        (actions.back_to_best(best),),
    )


def is_good(test: Metrics) -> bool:
    """Return whether rows that were not trained on are answered so well that their loss is no matter."""
    return test.accuracy is not None and test.accuracy >= LEARNT_ACCURACY


def _straight(case: Case) -> str:
    if any(name != "linear" for name in case.config.network.activations):
        return ""
    if case.config.network.hidden:
        return _("Linear units in any number are one straight line: they cannot bend.")
    return _("Without a hidden layer the network is one straight line: it cannot bend.")


def _bending(case: Case) -> tuple[Action, ...]:
    if not _straight(case):
        return ()
    return (actions.use_tanh() if case.config.network.hidden else actions.more_units(case.config),)
