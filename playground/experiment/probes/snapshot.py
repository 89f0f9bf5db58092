"""What crosses from the worker's thread to the screen: frozen values that hold read-only copies.

`RunInfo` is sent once for each rebuild, `Snapshot` for each frame that was asked for. Both carry the
number of the run; what belongs to an older run is dropped. What a view needs beyond the basics it asks
for with a `Probe`, which is computed between two steps, in the worker, only while the view is visible.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from playground.data.preparation import PreparedData
from playground.engine.network import blocks_of, layer_slices
from playground.experiment.config.schema import ExperimentConfig
from playground.experiment.training.history import HistoryView
from playground.experiment.training.metrics import Divergence, Metrics, StepProgress
from playground.experiment.training.stop_conditions import planned_end
from playground.experiment.training.trainer import Trainer

T = TypeVar("T")


class Probe(Generic[T]):
    """Something a visible view needs to know of a run, computed in the worker's thread.

    Subclasses are frozen dataclasses: equal probes of two views are computed once. The answer is a copy, never a
    view of the network's own arrays.
    """

    def compute(self, trainer: Trainer) -> T:
        """Return the answer for the state between two steps."""
        raise NotImplementedError


@dataclass(frozen=True, eq=False)
class RunInfo:
    """What is true of a whole run.

    Attributes
    ----------
    run
        Number of the run; grows by one with each rebuild or reset.
    config
        The experiment as it was built.
    data
        The prepared data; its arrays are shared, never changed.
    sizes
        Units of each layer, inputs first: ``(784, 50, 10)``.
    start
        The flat parameter vector at step 0, read-only.
    steps_per_epoch
        Steps that make one pass over the training rows (a float: the last batch may be smaller), as it was built.
    """

    run: int
    config: ExperimentConfig
    data: PreparedData
    sizes: tuple[int, ...]
    start: NDArray[np.floating]
    steps_per_epoch: float

    @classmethod
    def of(cls, run: int, trainer: Trainer) -> "RunInfo":
        """Return what is true of the whole of run number `run`."""
        network = trainer.network
        return cls(
            run=run,
            config=trainer.config,
            data=trainer.data,
            sizes=tuple(network.sizes),
            start=trainer.start,
            steps_per_epoch=trainer.steps_per_epoch,
        )

    @property
    def last_step(self) -> float | None:
        """The step at which the run, as it was built, stops at the latest; None where nothing stops it for sure."""
        end = planned_end(self.config.training.stop, self.steps_per_epoch, 1, self.steps_per_epoch)
        return None if end is None else end[0]

    def layers_of(self, flat: NDArray[np.floating]) -> tuple[list[NDArray[np.floating]], list[NDArray[np.floating]]]:
        """Return the weights (n_in, n_out) and the biases (n_out,) of each layer out of a flat parameter vector."""
        blocks = blocks_of(flat, self.sizes)
        return [block[:-1] for block in blocks], [block[-1] for block in blocks]

    def weight_index(self, layer: int, source: int, unit: int) -> int:
        """Return the index in a flat parameter vector of the weight from `source` to `unit` of a layer.

        The layer counts from 1; 0 are the inputs.
        """
        before: int = layer_slices(self.sizes)[layer - 1].start
        return before + source * self.sizes[layer] + unit

    def bias_places(self, layer: int, unit: int) -> tuple[int, ...]:
        """Return the indices of a unit's bias; if its layer shares one bias, of those of all its units."""
        first = self.weight_index(layer, self.sizes[layer - 1], 0)  # biases stand behind the weights
        if self.config.network.bias == "layer":
            return tuple(range(first, first + self.sizes[layer]))
        return (first + unit,)


@dataclass(frozen=True, eq=False)
class Snapshot:
    """The state between two steps.

    Attributes
    ----------
    run, step, epoch
        Which run, how many steps it has made, how many passes over the training rows that is.
    playing
        Whether steps are being made.
    steps_per_second
        Over the last half second or so; 0 while paused.
    loss
        The loss of the last batch; None before the first step.
    train, test
        The latest evaluation and the step it belongs to; None where there was none, or no test part.
    history
        Losses and metrics by step, bounded.
    steps_per_epoch
        Steps that make one pass over the training rows, with batches of the present size.
    planned_end
        The step and the epoch at which the run ends at the latest, as its settings are now; None where nothing
        ends it for sure.
    stop_progress
        0 … 1 towards the nearest stop condition, None where there is none.
    seconds_left
        To `planned_end` at the present rate, None where there is no such end: when a loss will be reached is not known.
    stopped_by
        Key of the stop condition that ended the run (``"steps"``), ``"diverged"``, or None.
    passes_stop
        Whether the run continues past its stop conditions.
    step_progress
        The progress of a slow step; None between two steps.
    divergence
        Where it diverged, or None.
    restored_step
        The earlier step that the weights are of, where they are again those of the lowest test loss; else None.
    answers
        The result of each probe of the request.
    """

    run: int
    step: int
    epoch: float
    playing: bool
    steps_per_second: float
    loss: float | None
    train: Metrics | None
    test: Metrics | None
    evaluated_at: int
    history: HistoryView
    steps_per_epoch: float
    planned_end: tuple[float, float] | None
    stop_progress: float | None
    seconds_left: float | None
    stopped_by: str | None
    divergence: Divergence | None
    passes_stop: bool = False
    restored_step: int | None = None
    step_progress: StepProgress | None = None
    answers: Mapping[Probe[object], object] = field(default_factory=dict)

    @classmethod
    def of(
        cls, run: int, trainer: Trainer, answers: Mapping[Probe[object], object], playing: bool, rate: float
    ) -> "Snapshot":
        """Return the state of run number `run` between two steps; `playing` says whether more follow.

        `rate` are the steps per second, as measured; within a step that takes long it is computed from how far that is.
        """
        within, end = trainer.step_loop.progress, trainer.planned_end()
        if playing and within is not None and within.step_seconds:
            rate = 1 / within.step_seconds
        step, progress = trainer.step_count + (0.0 if within is None else within.share), trainer.stop_progress()
        if end is not None and within is not None:
            progress = step / end[0]
        return cls(
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
            seconds_left=(end[0] - step) / rate if end is not None and rate else None,
            stopped_by=trainer.stopped_by,
            divergence=trainer.divergence,
            passes_stop=trainer.passes_stop,
            restored_step=trainer.restored_step,
            step_progress=within,
            answers=answers,
        )

    @property
    def last_step(self) -> float | None:
        """The step at which the run ends at the latest, if that is known."""
        return None if self.planned_end is None else self.planned_end[0]

    @property
    def shown_history(self) -> HistoryView:
        """The history; of a run that is paused with the evaluation of this step at its end."""
        history, train = self.history, self.train
        is_known = len(history.metric_steps) > 0 and history.metric_steps[-1] >= self.step
        if self.playing or train is None or self.evaluated_at != self.step or is_known:
            return history
        return history.with_evaluation(self.step, self.epoch, train, self.test)

    @property
    def last_epoch(self) -> float | None:
        """The epoch at which the run ends at the latest, if that is known."""
        return None if self.planned_end is None else self.planned_end[1]

    def answer(self, probe: Probe[T]) -> T | None:
        """Return the result of `probe`, or None if it was not requested."""
        return self.answers.get(probe)  # type: ignore[arg-type, return-value]
