"""Trains one network on one data set: steps, evaluations, stop conditions, divergence, live changes, reset."""

import math
from collections.abc import Callable
from time import perf_counter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.data.preparation import PreparedData
from playground.experiment.config.schema import ExperimentConfig, StopConfig, replace
from playground.experiment.training import stop_conditions
from playground.experiment.training.building import build_network, prepare_data
from playground.experiment.training.divergence import are_good, find_divergence, highest_loss
from playground.experiment.training.evaluation import Part, Result, evaluate, next_evaluation, parts_of, sample_of
from playground.experiment.training.gradient_flow import Flow
from playground.experiment.training.history import History, read_only
from playground.experiment.training.layer_statistics import Observer
from playground.experiment.training.metrics import Best, Divergence, Metrics
from playground.experiment.training.step_loop import Checkpoint, StepLoop
from playground.experiment.training.weight_history import WeightHistory

BLOCK = 256
"""Losses are checked, and added to the history, so many at a time."""

CHUNK_SECONDS = 0.0005
"""How long a run goes on without asking whether it should yield."""


class Trainer:
    """Trains the network of an experiment.

    All that happens follows from the configuration and the number of steps, never from how the steps are
    sliced into calls of `run`.

    Attributes
    ----------
    config
        The experiment as it is now, live changes included.
    data, network
        What is trained on, and what is trained.
    step_loop
        Makes the steps; knows the next rows, and the progress of a slow step.
    start
        The flat parameters at step 0, read-only.
    history, flow
        Losses and metrics by step; what watched steps did to each layer.
    weights
        Every weight and bias by step, where the network is small.
    observer
        Computes statistics of activations, inputs and predictions on request.
    metrics_train, metrics_test
        The latest evaluation, made at step `evaluated_at`; `metrics_test` is None where there is no test part.
    best
        The network at the lowest test loss that the history's evaluations have seen; None without a test part.
    loss
        The loss of the last step's batch; None before the first.
    stopped_by
        The stop condition that ended the run, ``"diverged"``, or None.
    passes_stop
        Whether the run continues past its stop conditions.
    changed_at
        The step at which settings or weights were last changed from outside, 0 if never.
    divergence
        Where the numbers stopped being numbers, or None; the network then has the last good parameters.
    training_seconds, evaluation_seconds
        Time spent on steps and on evaluations.
    competitors
        Those that are trained beside it, see `runs.comparison`; the trainer itself does not use them.
    """

    def __init__(self, config: ExperimentConfig, data: PreparedData | None = None) -> None:
        self.config = config
        self.data = prepare_data(config) if data is None else data
        self.network = build_network(config, self.data)
        self.start: NDArray[Any] = read_only(self.network.copy_parameters())
        self.step_loop = StepLoop(config, self.data, self.network)
        self._parts = parts_of(self.data)
        self._samples = list(map(sample_of, self._parts))
        self.observer = Observer(self.data, self.network, config.training.loss)
        self._losses = np.empty(BLOCK)
        self.competitors: tuple[Trainer, ...] = ()
        self._good: Checkpoint  # to go back to where the numbers diverge
        self._newer: Checkpoint  # good as well, if the steps after it are
        self._begin()

    @property
    def step_count(self) -> int:
        """Steps made."""
        return self.step_loop.step_count

    @property
    def epoch(self) -> float:
        """Passes made over the training rows."""
        return self.step_loop.epoch

    @property
    def steps_per_epoch(self) -> float:
        """Steps that make one pass over the training rows."""
        return self.step_loop.steps_per_epoch

    @property
    def restored_step(self) -> int | None:
        """The earlier step that the weights are of, where they are again those of the lowest test loss; else None."""
        best = self.best
        if best is None or best.step == self.step_count or not np.array_equal(best.parameters, self.network.parameters):
            return None
        return best.step

    def train_on(self) -> None:
        """Continue a run that a stop condition has ended, until a reset or until others are set."""
        if self.stopped_by not in (None, "diverged"):
            self.passes_stop = True
            self._go_on()

    def run(self, steps: int, should_yield: Callable[[], bool] | None = None) -> int:
        """Make steps, until there are `steps` of them, a stop condition holds or the numbers diverge; return how many.

        `should_yield` is asked every half millisecond or so; True ends the run. It may end in the middle of a step by
        numerical differentiation, with which the next run goes on.
        """
        first, began, evaluated = self.step_count, perf_counter(), self.evaluation_seconds
        target = first + steps
        with np.errstate(all="ignore"):
            while self.stopped_by is None and self.step_count < target:
                self._run_chunk(target - self.step_count, should_yield)
                if should_yield is not None and should_yield():
                    break
            self._settle()
        self.training_seconds += perf_counter() - began - (self.evaluation_seconds - evaluated)
        return self.step_count - first

    def evaluate(self) -> Result:
        """Evaluate all rows of both parts, now; the history keeps its own schedule."""
        self.refresh_metrics()
        assert self.metrics_train is not None
        return self.metrics_train, self.metrics_test

    def refresh_metrics(self, should_stop: Callable[[], bool] = lambda: False) -> bool:
        """Set `metrics_train` and `metrics_test` to those of this step, on all rows of both parts.

        Return whether they are; they are unchanged if `should_stop`, asked now and then, returned True.
        """
        return self._measure(self._parts, should_stop) is not None

    def apply_live(self, config: ExperimentConfig) -> None:
        """Apply another learning rate, regularisation, batch size, stop condition or optimiser constants.

        The caller checks by `change_kind` that nothing else has changed.
        """
        if config.training == self.config.training:
            self.config = config
            return
        before, self.config = self.config.training, config
        self.passes_stop &= config.training.stop == before.stop
        self.step_loop.apply_live(config)
        if replace(before, stop=config.training.stop) != config.training:
            self._begin_anew()
        self._go_on()

    def set_parameters(self, parameters: NDArray[Any]) -> None:
        """Replace the weights and biases (flat, as `network.parameters`)."""
        before = self.network.copy_parameters()
        self.step_loop.set_parameters(parameters)
        self.weights.add_change(self.step_count, before, self.network.parameters)
        self._begin_anew()
        self._go_on()
        self._record(self._samples)

    def reset(self) -> None:
        """Go back to step 0: the same weights, and from there the same run, bit for bit."""
        self.network.restore(self.start)
        self.step_loop.restart()
        self._begin()

    def stop_progress(self) -> float | None:
        """Return how near the nearest stop condition is, from 0 to 1; None where there is none."""
        if self.stopped_by is not None and self.stopped_by != "diverged":
            return 1.0
        now = self._loss_to_stop()
        losses = None if now is None else (self._first_loss, now)
        return stop_conditions.progress(self._stop, self.step_count, self.epoch, losses)

    def planned_end(self) -> tuple[float, float] | None:
        """Return the step and the epoch at which the run ends at the latest, if its batches stay as they are."""
        boundary = self.step_count + self.step_loop.steps_to_epoch_end
        number = self.step_loop.epoch_number + 1
        return stop_conditions.planned_end(self._stop, boundary, number, self.steps_per_epoch)

    @property
    def _stop(self) -> StopConfig:
        return StopConfig() if self.passes_stop else self.config.training.stop

    def _begin(self) -> None:
        self.history = History()
        self.flow = Flow(self.network)
        self.weights = WeightHistory(self.network.parameters)
        self.metrics_train: Metrics | None = None
        self.metrics_test: Metrics | None = None
        self.evaluated_at = 0
        self.best: Best | None = None
        self.loss: float | None = None
        self.stopped_by: str | None = None
        self.divergence: Divergence | None = None
        self.changed_at = 0
        self.passes_stop = False
        self.training_seconds = 0.0
        self.evaluation_seconds = 0.0
        self._pending = 0
        self._chunk = 1
        self._good = self._newer = self.step_loop.checkpoint()
        self._first_loss = self._record(self._samples).loss

    def _begin_anew(self) -> None:
        """Note that what happened so far says nothing about the steps from now on, and watch the first of them."""
        self.changed_at = self.step_count
        self.flow.begin_anew(self.step_count)

    def _go_on(self) -> None:
        """Continue the run after a change from outside."""
        self._good = self._newer = self.step_loop.checkpoint()
        self.divergence = None
        self.stopped_by = None
        self._check_stop()

    def _run_chunk(self, most: int, should_yield: Callable[[], bool] | None) -> None:
        """Make some steps: to the next epoch, evaluation or stop at most, and not too long where it is asked for."""
        began = perf_counter()
        room = self._losses[self._pending :]
        count = min(most, len(room), self._steps_to_stop(), BLOCK if should_yield is None else self._chunk)
        bound = None
        if self.step_loop.is_full_batch:
            count = min(count, max(self._next_evaluation - self.step_count, 1))
            bound = self._stop.loss_below
        if self.step_count >= self.flow.due:
            made = self.step_loop.make_watched(room, bound, self.flow, should_yield)
        else:
            due = min(self.flow.due, self.weights.due)
            made = self.step_loop.make(min(count, due - self.step_count), room, bound, should_yield)
            self._chunk = min(max(int(made * CHUNK_SECONDS / (perf_counter() - began + 1e-9)), 1), BLOCK)
        if made == 0:
            return  # in the middle of a long step, with which the next run goes on
        self._pending += made
        if self.step_count >= self.weights.due:
            self.weights.add(self.step_count, self.network.parameters)
        if self._pending == BLOCK:
            self._settle()
        if self.step_loop.at_epoch_end and self.step_count >= self._next_evaluation:
            self._settle()
            if self.divergence is None:
                self._record(self._samples)
        self._check_stop()

    def _steps_to_stop(self) -> int:
        stop = self._stop
        left = BLOCK
        if stop.steps is not None:
            left = min(left, stop.steps - self.step_count)
        if stop.epochs is not None and self.step_loop.is_full_batch:
            left = min(left, stop.epochs - self.step_loop.epoch_number)
        return max(left, 1)

    def _check_stop(self) -> None:
        """End the run where a stop condition holds, with an evaluation of all rows."""
        if self.stopped_by is not None:
            return
        met = stop_conditions.condition_met(
            self._stop,
            self.step_count,
            self.step_loop.epoch_number,
            self._loss_to_stop(),
            self._recorded[1] or self._recorded[0],
        )
        if met is None:
            return
        self._settle()
        if self.divergence is None:
            self._record(self._parts)
            self.stopped_by = met

    def _loss_to_stop(self) -> float | None:
        """Return the training loss that is watched: the last step's where it takes all rows, else the evaluated."""
        if self.step_loop.is_full_batch:
            return float(self._losses[self._pending - 1]) if self._pending else self.loss
        return self._recorded[0].loss

    def _record(self, parts: list[Part]) -> Metrics:
        """Evaluate, put the result into the history, and return the metrics of the training part.

        Stop conditions use these evaluations only, not those made for the screen.
        """
        result = self._measure(parts)
        assert result is not None
        self._recorded = train, test = result
        self.history.add_evaluation(self.step_count, self.epoch, train, test)
        if test is not None and test.loss < (math.inf if self.best is None else self.best.test.loss):
            self.best = None  # so that a large network has one copy only
            self.best = Best(self.step_count, test, self.network.copy_parameters())
        self._next_evaluation = next_evaluation(self.step_count)
        return train

    def _measure(self, parts: list[Part], should_stop: Callable[[], bool] = lambda: False) -> Result | None:
        began = perf_counter()
        result = evaluate(self.network, self.config.training.loss, parts, should_stop)
        self.evaluation_seconds += perf_counter() - began
        if result is not None:
            self.metrics_train, self.metrics_test = result
            self.evaluated_at = self.step_count
        return result

    def _settle(self) -> None:
        """Record the new steps in the history, or restore the last parameters that are finite."""
        losses = self._losses[: self._pending]
        if len(losses) == 0:
            return
        self._pending = 0
        first = self.step_count - len(losses)
        if not are_good(losses, self.network.parameters, self._first_loss):
            self.divergence = find_divergence(self.step_loop, self._good, self.network, self._first_loss)
            self.stopped_by = "diverged"
            self.flow.discard_from(self.step_count + 1)
            self.weights.discard_after(self.step_count)
            self._record(self._samples)
            losses = losses[: self.step_count + 1 - first]
            losses = losses[losses <= highest_loss(self._first_loss)]
        elif self.step_count - self._newer.step >= BLOCK:
            self._good, self._newer = self._newer, self.step_loop.checkpoint()
        if len(losses):
            self.history.extend(first, losses)
            self.loss = float(losses[-1])
