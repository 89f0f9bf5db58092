"""What the worker reports of a run: its description, and its state between two steps."""

from collections.abc import Mapping

from playground.experiment.probes.snapshot import Probe, RunInfo, Snapshot
from playground.experiment.training.trainer import Trainer


def run_info(run: int, trainer: Trainer) -> RunInfo:
    """Return what is true of the whole of run number `run`."""
    network = trainer.network
    return RunInfo(
        run=run,
        config=trainer.config,
        data=trainer.data,
        sizes=tuple(network.sizes),
        parameters=network.parameter_count,
        start=trainer.start,
        steps_per_epoch=trainer.steps_per_epoch,
    )


def snapshot(
    run: int, trainer: Trainer, answers: Mapping[Probe[object], object], playing: bool, rate: float
) -> Snapshot:
    """Return the state of run number `run` between two steps.

    Parameters
    ----------
    run, trainer
        The run.
    answers
        The result of each probe.
    playing
        Whether more steps follow.
    rate
        Steps per second, as measured; within a step that takes long it is computed from how far that is.
    """
    within, end = trainer.step_loop.progress, trainer.planned_end()
    if playing and within is not None and within.step_seconds:
        rate = 1 / within.step_seconds
    step, progress = trainer.step_count + (0.0 if within is None else within.share), trainer.stop_progress()
    if end is not None and within is not None:
        progress = step / end[0]
    return Snapshot(
        run=run,
        step=trainer.step_count,
        epoch=trainer.epoch,
        playing=playing,
        steps_per_second=rate,
        loss=trainer.loss,
        train=trainer.metrics_train,
        test=trainer.metrics_test,
        evaluated_at=trainer.evaluated_at,
        history=trainer.history.view(),
        steps_per_epoch=trainer.steps_per_epoch,
        planned_end=end,
        stop_progress=progress,
        seconds_left=step * (1 / progress - 1) / rate if progress and rate else None,
        stopped_by=trainer.stopped_by,
        divergence=trainer.divergence,
        passes_stop=trainer.passes_stop,
        step_progress=within,
        answers=answers,
    )
