"""What the worker tells of a run: who it is, and snapshots with fresh metrics and the answers to probes."""

import math
from collections.abc import Callable, Sequence
from time import perf_counter

from playground.experiment.probes.snapshot import Probe, RunInfo, Snapshot
from playground.experiment.training.trainer import Trainer
from playground.runtime.interruption import Interruption
from playground.runtime.speed import RateMeter, clock

EVALUATION_SHARE = 0.05  # of the time, at most, is spent on metrics beyond those that training itself makes
SLOW = 50.0  # steps a second; up to here a snapshot's metrics belong to its own step


def run_info(run: int, trainer: Trainer) -> RunInfo:
    """Return what is sent once about run number `run`."""
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


class SnapshotBuilder:
    """Makes snapshots of a trainer between two steps; it lives in the worker's thread.

    Parameters
    ----------
    interruption
        Lets probes and evaluations be broken off.
    should_yield
        Whether the worker has something else to do.

    Attributes
    ----------
    answer_seconds
        What the answers of the last snapshot took; read in the screen's thread.
    """

    def __init__(self, interruption: Interruption, should_yield: Callable[[], bool]) -> None:
        self._interruption = interruption
        self._should_yield = should_yield
        self._meter = RateMeter()
        self._evaluation_seconds = 0.0
        self._evaluated = -math.inf
        self.answer_seconds = 0.0

    def begin(self, step: int) -> None:
        """Begin to tell of a run that is at this step."""
        self._evaluation_seconds, self._evaluated = 0.0, -math.inf
        self.start_meter(step)

    def start_meter(self, step: int) -> None:
        """Measure the speed anew from this step on."""
        self._meter.start(perf_counter(), step)

    def mark(self, now: float, step: int) -> None:
        """Note when a step was reached."""
        self._meter.mark(now, step)

    def bring_up_to_date(self, trainer: Trainer, playing: bool, limit: float | None) -> bool:
        """Evaluate at this very step, where that takes nothing from the training.

        Parameters
        ----------
        trainer
            Whose metrics are wanted.
        playing
            Whether more steps follow.
        limit
            How many of them a second at most; None for as many as can be.

        Returns
        -------
        bool
            Whether a snapshot can be made now; it cannot where the evaluation was told to yield.
        """
        if trainer.is_evaluating and not playing:
            return False
        if trainer.evaluated_at == trainer.step_count:
            return True
        now = perf_counter()
        slow = limit is not None and limit <= SLOW
        if playing and not (slow and now - self._evaluated >= self._evaluation_seconds / EVALUATION_SHARE):
            return True
        if not self._interruption.run(trainer.refresh_metrics, self._should_yield):
            return False
        self._evaluated = perf_counter()
        self._evaluation_seconds = self._evaluated - now
        return True

    def snapshot(self, run: int, trainer: Trainer, probes: Sequence[Probe[object]], playing: bool) -> Snapshot:
        """Return the state between two steps, with the answers to these probes."""
        answers = self._answers(trainer, probes)
        within, end = trainer.step_progress, trainer.planned_end()
        rate = self._meter.rate() if playing else 0.0
        if playing and within is not None and within.step_seconds:
            rate = 1 / within.step_seconds
        progress = trainer.stop_progress()
        if end is not None and within is not None:
            progress = (trainer.step_count + within.share) / end[0]
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
            seconds_left=_seconds_left(trainer.step_count + (0.0 if within is None else within.share), progress, rate),
            stopped_by=trainer.stopped_by,
            divergence=trainer.divergence,
            passes_stop=trainer.passes_stop,
            step_progress=within,
            answers=answers,
        )

    def _answers(self, trainer: Trainer, probes: Sequence[Probe[object]]) -> dict[Probe[object], object]:
        """Return the answer to each probe, and note what it took from the training."""
        begin = clock()
        answers = {probe: self._interruption.run(probe.compute, trainer) for probe in probes}
        self.answer_seconds = clock() - begin
        return answers


def _seconds_left(step: float, progress: float | None, rate: float) -> float | None:
    """Return the time to the stop condition if it goes on like this."""
    if not progress or not rate:
        return None
    return step * (1 / progress - 1) / rate
