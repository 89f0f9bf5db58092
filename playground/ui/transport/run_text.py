"""The state of a run in words: ready, training, paused, done and why; how far, and how long it will take."""

from playground.experiment.config.schema import StopConfig
from playground.experiment.probes.snapshot import Snapshot
from playground.experiment.training.metrics import StepProgress
from playground.language import _, ngettext
from playground.ui.core import number_text


def end_text(stop: StopConfig) -> str:
    """Return the stop conditions in words, to stand after “until”; empty where there is none."""
    parts = []
    if stop.steps is not None:
        parts.append(_("step {steps}").format(steps=number_text.count(stop.steps)))
    if stop.epochs is not None:
        parts.append(_("epoch {epochs}").format(epochs=number_text.count(stop.epochs)))
    if stop.loss_below is not None:
        parts.append(_("loss below {loss}").format(loss=number_text.significant(stop.loss_below)))
    if stop.accuracy_above is not None:
        parts.append(_("accuracy above {share}").format(share=number_text.share(stop.accuracy_above)))
    return _(" or ").join(parts)


def done_text(stop: StopConfig, key: str) -> str:
    """Return which stop condition has ended a run: ``Done: 10,000 steps``."""
    reached = ""
    if key == "steps" and stop.steps is not None:
        reached = ngettext("{n} step", "{n} steps", stop.steps).format(n=number_text.count(stop.steps))
    elif key == "epochs" and stop.epochs is not None:
        reached = ngettext("{n} epoch", "{n} epochs", stop.epochs).format(n=number_text.count(stop.epochs))
    elif key == "loss_below" and stop.loss_below is not None:
        reached = _("loss below {loss}").format(loss=number_text.significant(stop.loss_below))
    elif key == "accuracy_above" and stop.accuracy_above is not None:
        reached = _("accuracy above {share}").format(share=number_text.share(stop.accuracy_above))
    return _("Done: {reached}").format(reached=reached) if reached else _("Done")


def state_text(snapshot: Snapshot, stop: StopConfig, *, is_running: bool, is_held: bool) -> tuple[str, str]:
    """Return the state of the run in words, and a second line: what Play does or waits for, or whose weights these are.

    Where the run has diverged, it says in which step.
    """
    if snapshot.stopped_by == "diverged":
        broken = snapshot.divergence
        return _("Diverged"), "" if broken is None else _("in step {n}").format(n=number_text.count(broken.step))
    if is_running:  # where a stop condition had ended the run, past it from the first moment
        passes_stop = snapshot.passes_stop or snapshot.stopped_by is not None
        return _("Training…"), _("past the stop condition") if passes_stop else ""
    note = _("go on in the lesson first") if is_held else ""
    if not note and snapshot.restored_step is not None:
        note = _("weights of step {n}").format(n=number_text.count(snapshot.restored_step))
    if snapshot.stopped_by is not None:
        return done_text(stop, snapshot.stopped_by), note or _("press Play to train on")
    if snapshot.step == 0 and snapshot.step_progress is None:
        return _("Ready"), note or _("press Play to start")
    return _("Paused"), note or (_("past the stop condition") if snapshot.passes_stop else _("press Play to go on"))


def progress_text(snapshot: Snapshot | None, stop: StopConfig, gradient: str) -> str:
    """Return the sentence beside the line that fills, for the state shown last (None: there is none)."""
    goal = end_text(stop)
    if snapshot is not None and snapshot.stopped_by == "diverged":
        return _("Stopped: the numbers overflowed")
    if snapshot is not None and snapshot.stopped_by is not None:
        return _("{done}. Play trains on past it, Reset starts again").format(done=done_text(stop, snapshot.stopped_by))
    if snapshot is not None and snapshot.step_progress is not None:
        return _long_step_text(snapshot, snapshot.step_progress, gradient)
    if snapshot is not None and snapshot.passes_stop:
        return _("Past {goal}: it trains until you pause it").format(goal=goal)
    if not goal:
        return _("No stop condition: it trains until you pause it")
    if snapshot is not None and snapshot.playing and snapshot.seconds_left is not None:
        may_end_sooner = stop.loss_below is not None or stop.accuracy_above is not None
        words = _("Until {goal}: at most {time} left") if may_end_sooner else _("Until {goal}: {time} left")
        return words.format(goal=goal, time=number_text.duration(snapshot.seconds_left))
    return _("Until {goal}").format(goal=goal)


def _long_step_text(snapshot: Snapshot, within: StepProgress, gradient: str) -> str:
    words = _("Step {n}: {done} of {total} losses")
    if gradient == "numerical-naive":
        words = _("Step {n}: {done} of {total} forward passes")
    done, total = number_text.count(within.done), number_text.count(within.total)
    text = words.format(n=number_text.count(snapshot.step + 1), done=done, total=total)
    if not snapshot.playing:
        return _("{text}. Paused; Play goes on from there").format(text=text)
    end, seconds = snapshot.last_step, within.step_seconds
    if seconds is None:
        return text
    if end is None:
        return _("{text}; a step takes {time}").format(text=text, time=number_text.duration(seconds))
    every = number_text.duration(seconds * end)
    return _("{text}; all {steps} steps take about {time} at this pace").format(
        text=text, steps=number_text.count(end), time=every
    )
