"""Trains one network on one data set: steps, evaluations, stop conditions, divergence, live changes, reset."""

import math
from collections.abc import Callable
from time import perf_counter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.data.preparation import PreparedData
from playground.experiment.config.change_kind import ChangeKind, impact, reasons
from playground.experiment.config.schema import ExperimentConfig, StopConfig
from playground.experiment.training import stop_conditions
from playground.experiment.training.batch_sampler import Indices
from playground.experiment.training.building import build_network, prepare_data
from playground.experiment.training.divergence import Bounds, find_divergence
from playground.experiment.training.evaluation import Evaluation, Evaluator, next_evaluation
from playground.experiment.training.gradient_flow import Flow
from playground.experiment.training.history import History
from playground.experiment.training.layer_statistics import Observer
from playground.experiment.training.metrics import Best, Divergence, Metrics, StepProgress
from playground.experiment.training.step_loop import Checkpoint, StepLoop
from playground.experiment.training.weight_history import WeightHistory

BLOCK = 256
"""Losses are looked at, and folded into the history, so many at a time."""

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
    start
        The flat parameters at step 0, read-only.
    history, flow
        Losses and metrics by step; what watched steps did to each layer.
    weights
        Every weight and bias by step, where the network is small.
    observer
        Looks at activations, inputs and predictions when somebody asks.
    metrics_train, metrics_test
        The latest evaluation, made at step `evaluated_at`; `metrics_test` is None where there is no test part.
    best
        The network at the lowest test loss that the history's evaluations have seen; None without a test part.
    loss
        The loss of the last step's batch; None before the first.
    stopped_by
        The stop condition that ended the run, ``"diverged"``, or None.
    passes_stop
        Whether the run goes on past its stop conditions.
    divergence
        Where the numbers stopped being numbers, or None; the network then has the last good parameters.
    training_seconds, evaluation_seconds
        Time spent on steps and on evaluations.
    rivals
        Those that a `Race` has set beside it, to be looked at; the trainer itself takes no notice of them.
    """

    def __init__(self, config: ExperimentConfig, data: PreparedData | None = None) -> None:
        self.config = config
        self.data = prepare_data(config) if data is None else data
        self.network = build_network(config, self.data)
        self.start: NDArray[Any] = self.network.copy_parameters()
        self.start.setflags(write=False)
        self._stepper = StepLoop(config, self.data, self.network)
        self._evaluator = Evaluator(self.data, self.network, config.training.loss, config.network.output)
        self.observer = Observer(self.data, self.network, config.training.loss)
        self._losses = np.empty(BLOCK)
        self.rivals: tuple[Trainer, ...] = ()
        self._under_way: Evaluation | None = None  # one for the history; no step is made before it is done
        self._ending: str | None = None  # the stop condition that ends the run with it
        self._refreshing: tuple[int, Evaluation] | None = None  # one that is looked at, and its step
        self._good: Checkpoint  # to go back to where the numbers diverge
        self._begin()

    @property
    def step_count(self) -> int:
        """Steps made."""
        return self._stepper.step_count

    @property
    def epoch(self) -> float:
        """Passes made over the training rows."""
        return self._stepper.epoch

    @property
    def steps_per_epoch(self) -> float:
        """Steps that make one pass over the training rows."""
        return self._stepper.steps_per_epoch

    @property
    def steps_to_epoch_end(self) -> int:
        """Steps that are left of the epoch under way; all of the next one's at its end."""
        return self._stepper.steps_to_epoch_end

    @property
    def is_evaluating(self) -> bool:
        """Whether an evaluation is under way that `run` ends before it makes another step."""
        return self._under_way is not None

    @property
    def step_progress(self) -> StepProgress | None:
        """How far the step is that was begun and not ended; None between two steps."""
        return self._stepper.progress

    def train_on(self) -> None:
        """Go on past the stop conditions, one of which has ended the run, until a reset or until others are set."""
        if self.stopped_by == "diverged" or (self.stopped_by is None and self._ending is None):
            return
        self.passes_stop = True
        self._go_on()

    def next_rows(self) -> Indices:
        """Return the numbers of the training rows that the next step learns from."""
        return self._stepper.next_rows()

    def optimizer_state(self) -> dict[str, Any]:
        """Return a copy of what the optimiser remembers from step to step."""
        return self._stepper.optimizer_state()

    def run(self, steps: int, should_yield: Callable[[], bool] | None = None) -> int:
        """Make steps, until there are `steps` of them, a stop condition holds or the numbers diverge.

        Parameters
        ----------
        steps
            How many at most.
        should_yield
            Asked every half millisecond or so; True ends the run. It may end in the middle of an evaluation, or of
            a step by numerical differentiation, with which the next run goes on.

        Returns
        -------
        int
            Steps made.
        """
        first, began, evaluated = self.step_count, perf_counter(), self.evaluation_seconds
        target = first + steps
        with np.errstate(all="ignore"):
            while self.stopped_by is None and (self.is_evaluating or self.step_count < target):
                if not self.is_evaluating:
                    self._run_chunk(target - self.step_count, should_yield)
                if self.is_evaluating:
                    self._go_on_evaluating(should_yield)
                if should_yield is not None and should_yield():
                    break
            self._settle()
        self.training_seconds += perf_counter() - began - (self.evaluation_seconds - evaluated)
        return self.step_count - first

    def evaluate(self) -> tuple[Metrics, Metrics | None]:
        """Evaluate all rows of both parts, now; the history keeps its own schedule."""
        self.refresh_metrics()
        assert self.metrics_train is not None
        return self.metrics_train, self.metrics_test

    def refresh_metrics(self, should_yield: Callable[[], bool] | None = None) -> bool:
        """Bring `metrics_train` and `metrics_test` up to this step, with all rows of both parts.

        Parameters
        ----------
        should_yield
            Asked every half millisecond or so. True ends it; the next call goes on, if no step was made since.

        Returns
        -------
        bool
            Whether it is done.
        """
        step, evaluation = self._refreshing or (-1, None)
        if evaluation is None or step != self.step_count:
            evaluation = self._evaluator.full()
        done = self._evaluate(evaluation, should_yield)
        self._refreshing = None if done else (self.step_count, evaluation)
        return done

    def apply_live(self, config: ExperimentConfig) -> None:
        """Go on with another learning rate, regularisation, batch size, stop condition or optimiser constants.

        Raises
        ------
        ValueError
            If the change needs a new start.
        """
        if impact(self.config, config) > ChangeKind.LIVE:
            raise ValueError(f"these changes need a new start: {', '.join(reasons(self.config, config))}")
        if config.training == self.config.training:
            self.config = config
            return
        self.passes_stop &= config.training.stop == self.config.training.stop
        self.config = config
        self._stepper.apply_live(config)
        self._go_on()

    def set_parameters(self, parameters: NDArray[Any]) -> None:
        """Go on from other weights and biases (flat, as `network.parameters`)."""
        before = self.network.copy_parameters()
        self._forget_evaluations()
        self._stepper.set_parameters(parameters)
        self.weights.add_change(self.step_count, before, self.network.parameters)
        self._go_on()
        self._record(self._evaluator.quick())

    def reset(self) -> None:
        """Go back to step 0: the same weights, and from there the same run, bit for bit."""
        self.network.restore(self.start)
        self._stepper.restart()
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
        boundary = self.step_count + self.steps_to_epoch_end
        number = self._stepper.epoch_number + 1
        return stop_conditions.planned_end(self._stop, boundary, number, self.steps_per_epoch)

    @property
    def _stop(self) -> StopConfig:
        """The stop conditions that hold now."""
        return StopConfig() if self.passes_stop else self.config.training.stop

    def _begin(self) -> None:
        """Set everything that belongs to a run to its start."""
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
        self.passes_stop = False
        self.training_seconds = 0.0
        self.evaluation_seconds = 0.0
        self._pending = 0
        self._chunk = 1
        self._forget_evaluations()
        self._good = self._stepper.checkpoint(self.start)
        self._first_loss = self._record(self._evaluator.quick()).loss
        self._bounds = Bounds(self._first_loss)

    def _go_on(self) -> None:
        """Take up the run again after a change from outside."""
        self._good = self._stepper.checkpoint()
        self.divergence = None
        self.stopped_by = None
        if self._ending is not None:
            self._forget_evaluations()  # the change may have taken away what the run was to be ended by
        if not self.is_evaluating and self._check_stop():
            self._go_on_evaluating()

    def _run_chunk(self, most: int, should_yield: Callable[[], bool] | None) -> None:
        """Make some steps: to the next epoch, evaluation or stop at most, and not too long where it is asked for."""
        began = perf_counter()
        room = self._losses[self._pending :]
        count = min(most, len(room), self._steps_to_stop(), BLOCK if should_yield is None else self._chunk)
        bound = None
        if self._stepper.takes_all:
            count = min(count, max(self._next_evaluation - self.step_count, 1))
            bound = self._stop.loss_below
        if self.step_count >= self.flow.due:
            made = self._stepper.make_watched(room, bound, self.flow, should_yield)
        elif self._pending == 0 and self.step_count - self._good.step >= BLOCK:
            made = self._make_from_checkpoint(room, bound, should_yield)
        else:
            due = min(self.flow.due, self.weights.due)
            made = self._stepper.make(min(count, due - self.step_count), room, bound, should_yield)
            self._chunk = min(max(int(made * CHUNK_SECONDS / (perf_counter() - began + 1e-9)), 1), BLOCK)
        if made == 0:
            return  # in the middle of a long step, with which the next run goes on
        self._pending += made
        if self.step_count >= self.weights.due:
            self.weights.add(self.step_count, self.network.parameters)
        if self._pending == BLOCK:
            self._settle()
        if self._stepper.at_epoch_end and self.step_count >= self._next_evaluation:
            self._settle()
            if self.divergence is None:
                self._under_way = self._evaluator.quick()
                return
        self._check_stop()

    def _make_from_checkpoint(
        self, losses: NDArray[np.float64], bound: float | None, should_yield: Callable[[], bool] | None
    ) -> int:
        """Make one step from a new checkpoint, which takes the place of the old one if its loss is good.

        That loss tells of the step before the checkpoint. Two of them are held for one step only, never beside the copy
        that watching a step takes: of a large network each would be felt.
        """
        checkpoint = self._stepper.checkpoint()
        made = self._stepper.make(1, losses, bound, should_yield)
        if made and self._bounds.hold(losses[:1], checkpoint.parameters):
            self._good = checkpoint
        return made

    def _steps_to_stop(self) -> int:
        """Return how many steps may be made before a stop condition on steps or epochs can hold."""
        stop = self._stop
        left = BLOCK
        if stop.steps is not None:
            left = min(left, stop.steps - self.step_count)
        if stop.epochs is not None and self._stepper.takes_all:
            left = min(left, stop.epochs - self._stepper.epoch_number)
        return max(left, 1)

    def _check_stop(self) -> bool:
        """Begin to end the run where a stop condition holds: with an evaluation of all rows. Return whether it does."""
        if self.stopped_by is not None:
            return False
        met = self._condition_met()
        if met is None:
            return False
        self._settle()
        if self.divergence is not None:
            return False
        self._ending, self._under_way = met, self._evaluator.full()
        return True

    def _condition_met(self) -> str | None:
        """Return the stop condition that holds now, or None."""
        seen = self._recorded[1] or self._recorded[0]
        stop = self._stop
        return stop_conditions.condition_met(
            stop, self.step_count, self._stepper.epoch_number, self._loss_to_stop(), seen
        )

    def _loss_to_stop(self) -> float | None:
        """Return the training loss that is watched: the last step's where it takes all rows, else the evaluated."""
        if self._stepper.takes_all:
            return float(self._losses[self._pending - 1]) if self._pending else self.loss
        return self._recorded[0].loss

    def _go_on_evaluating(self, should_yield: Callable[[], bool] | None = None) -> None:
        """Go on with the evaluation that is under way; at its end the run is stopped, or may be."""
        assert self._under_way is not None
        if not self._evaluate(self._under_way, should_yield):
            return
        evaluation, ending = self._under_way, self._ending
        self._forget_evaluations()
        self._record(evaluation)
        if ending is None:
            self._check_stop()
        else:
            self.stopped_by = ending

    def _forget_evaluations(self) -> None:
        """Do without the evaluations that are under way."""
        self._under_way = None
        self._ending = None
        self._refreshing = None

    def _record(self, evaluation: Evaluation) -> Metrics:
        """Finish an evaluation, put it into the history, and return the metrics of the training part.

        Stop conditions look at these evaluations only: others come when somebody looks.
        """
        self._evaluate(evaluation)
        assert evaluation.result is not None
        self._recorded = train, test = evaluation.result
        self.history.add_evaluation(
            self.step_count,
            self.epoch,
            train.loss,
            None if test is None else test.loss,
            train.accuracy,
            None if test is None else test.accuracy,
        )
        if test is not None and test.loss < (math.inf if self.best is None else self.best.test.loss):
            self.best = None  # so that a large network has one copy only
            self.best = Best(self.step_count, test, self.network.copy_parameters())
        self._next_evaluation = next_evaluation(self.step_count)
        return train

    def _evaluate(self, evaluation: Evaluation, should_yield: Callable[[], bool] | None = None) -> bool:
        """Go on with an evaluation, and keep its result once it is there; return whether it is."""
        before = evaluation.seconds
        evaluation.go_on(should_yield)
        self.evaluation_seconds += evaluation.seconds - before
        if evaluation.result is None:
            return False
        self.metrics_train, self.metrics_test = evaluation.result
        self.evaluated_at = self.step_count
        return True

    def _settle(self) -> None:
        """Look at the steps made since the last time: into the history with them, or back to the last good one."""
        losses = self._losses[: self._pending]
        if len(losses) == 0:
            return
        self._pending = 0
        first = self.step_count - len(losses)
        if not self._bounds.hold(losses, self.network.parameters):
            self.divergence = find_divergence(self._stepper, self._good, self.network, self._bounds)
            self.stopped_by = "diverged"
            self.flow.forget_from(self.step_count + 1)
            self.weights.forget_after(self.step_count)
            self._record(self._evaluator.quick())
            losses = self._bounds.good(losses[: self.step_count + 1 - first])
        if len(losses):
            self.history.extend(first, losses)
            self.loss = float(losses[-1])
