"""The tight loop: the next batch into the network's buffers, one training step, the loss noted."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.data.preparation import PreparedData
from playground.engine.network import Network
from playground.engine.optimizers import Optimizer
from playground.engine.training_step import TrainingStep
from playground.experiment.config.schema import ExperimentConfig
from playground.experiment.training.batch_sampler import BatchSampler, Indices
from playground.experiment.training.building import build_optimizer, build_step
from playground.experiment.training.gradient_flow import Flow
from playground.experiment.training.metrics import StepProgress
from playground.experiment.training.numerical_step import NumericalStep

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Checkpoint:
    """Everything from which the next steps follow."""

    step: int
    epoch: int
    row: int
    order: Indices | None
    parameters: NDArray[Any]
    optimizer: dict[str, Any]


class StepLoop:
    """Makes training steps on a network, epoch by epoch.

    An epoch's order of rows is drawn as a whole, its last batch may be smaller, and nothing is carried
    over from one epoch to the next; so the steps are the same however they are sliced.

    Attributes
    ----------
    step_count
        Steps made.
    epoch_number
        Epochs finished.
    """

    def __init__(self, config: ExperimentConfig, data: PreparedData, network: Network) -> None:
        self._config = config
        self._data = data
        self._network = network
        self._rows = len(data.x_train)
        self.restart()

    def restart(self) -> None:
        """Go back to before the first step; the parameters are the caller's to put back."""
        self.step_count = 0
        self.epoch_number = 0
        self._latest: TrainingStep | None = None
        self._row = 0
        self._order: Indices | None = None
        self._optimizer = build_optimizer(self._config)
        self._optimizer.attach(self._network.parameters)
        self._plan()

    @property
    def is_full_batch(self) -> bool:
        """Whether every batch consists of all rows, in the data's order."""
        return self._batch >= self._rows and self._config.training.sampling != "replacement"

    @property
    def at_epoch_end(self) -> bool:
        """Whether the next step begins an epoch."""
        return self._row == 0

    @property
    def epoch(self) -> float:
        """Passes made over the training rows."""
        return self.epoch_number + (0.0 if self._order is None else self._row / len(self._order))

    @property
    def steps_per_epoch(self) -> float:
        """Steps that make one pass over the training rows."""
        return float(math.ceil(self._rows / self._batch))

    @property
    def steps_to_epoch_end(self) -> int:
        """Steps that are left of the epoch under way; all of the next one's at its end."""
        rows = self._rows if self._order is None else len(self._order) - self._row
        return math.ceil(rows / self._batch)

    @property
    def progress(self) -> StepProgress | None:
        """How far the step is that was begun and not ended; None where there is none."""
        return self._latest.progress if isinstance(self._latest, NumericalStep) else None

    def make(
        self,
        count: int,
        losses: Floats,
        loss_below: float | None = None,
        should_yield: Callable[[], bool] | None = None,
    ) -> int:
        """Make up to `count` steps, at most to the end of the epoch where it is several steps; return how many.

        Parameters
        ----------
        count
            At least 1.
        losses
            The loss of each step's batch, before its update, is written to the front of it.
        loss_below
            End after the step whose loss is below this; only where every step takes all rows.
        should_yield
            Asked within a slow step; if it returns True, the next call continues that step.
        """
        order = None if self.is_full_batch and self._row == 0 else self._current_order()
        rows, batches = self._rows, None
        if order is not None:
            left = len(order) - self._row
            rows = min(self._batch, left)
            count = min(count, left // rows)
            batches = order[self._row : self._row + count * rows].reshape(count, rows)
        step = self._latest = self._step(rows)
        losses = losses[:count]
        if isinstance(step, NumericalStep):
            count = step.make(batches, losses, loss_below, should_yield)
        elif batches is not None:
            step.learn(batches, losses)
        elif loss_below is None:
            step.repeat(losses)
        else:
            count = _repeat_until(step, losses, loss_below)
        self._move(count, rows)
        return count

    def make_watched(
        self,
        losses: Floats,
        loss_below: float | None,
        flow: Flow,
        should_yield: Callable[[], bool] | None = None,
    ) -> int:
        """Make one step, and record what it did to each layer; return 0 where it is not complete yet."""
        before = self._network.copy_parameters()
        made = self.make(1, losses, loss_below, should_yield)
        if made == 0 or self._latest is None:
            return made
        summed = self._config.training.reduction == "sum"
        gradient, scale = self._latest.scaled_gradient()
        rows = self._latest.rows if summed else 1
        flow.add(self.step_count, gradient, scale, before, self._network.parameters, rows)
        return made

    def checkpoint(self) -> Checkpoint:
        """Return a copy of everything from which the next steps follow."""
        return Checkpoint(
            self.step_count,
            self.epoch_number,
            self._row,
            self._order,
            self._network.copy_parameters(),
            self._optimizer.copy_state(),
        )

    def go_back(self, checkpoint: Checkpoint) -> None:
        """Return to a checkpoint of this loop."""
        self.step_count = checkpoint.step
        self.epoch_number = checkpoint.epoch
        self._row = checkpoint.row
        self._order = checkpoint.order
        self._network.restore(checkpoint.parameters)
        self._optimizer.restore_state(checkpoint.optimizer)
        if isinstance(self._latest, NumericalStep):
            self._latest.discard_gradient()

    def apply_live(self, config: ExperimentConfig) -> None:
        """Apply another learning rate, regularisation, batch size or constants of the optimiser."""
        old, new = self._config.training, config.training
        self._config = config
        if new.optimizer != old.optimizer:
            self._optimizer = self.copy_optimizer(self._network.parameters)
        if new.optimizer != old.optimizer or new.batch_size != old.batch_size:
            self._plan()
        for step in self._steps.values():
            step.set_learning_rate(new.learning_rate)
            step.set_regularisation(new.l1, new.l2)

    def set_parameters(self, parameters: NDArray[Any]) -> None:
        """Replace the weights and biases, flat as `Network.parameters`; identical units are determined again."""
        self._network.restore(parameters)
        self._steps.clear()
        self._latest = None

    def next_rows(self) -> Indices:
        """Return the indices of the training rows in the next batch, (rows,)."""
        if self.is_full_batch and self._row == 0:
            return np.arange(self._rows)
        return self._current_order()[self._row : self._row + self._batch]

    def next_inputs(self) -> NDArray[Any]:
        """Return the rows that the next step learns from, scaled, (rows, inputs)."""
        chosen: NDArray[Any] = self._data.x_train[self.next_rows()]
        return chosen

    def copy_optimizer(self, parameters: NDArray[Any]) -> Optimizer:
        """Return the optimiser with all that it remembers from step to step, for parameters that are laid out alike."""
        optimizer = build_optimizer(self._config)
        optimizer.attach(parameters)
        optimizer.restore_state(self._optimizer.copy_state())
        return optimizer

    def _plan(self) -> None:
        training = self._config.training
        self._batch = min(training.batch_size or self._rows, self._rows)
        self._orders = BatchSampler(self._rows, training.sampling, self._batch, self._config.seed)
        self._steps: dict[int, TrainingStep] = {}
        self._latest = None

    def _current_order(self) -> Indices:
        if self._order is None:
            self._order = self._orders.epoch(self.epoch_number)
        return self._order

    def _move(self, steps: int, rows: int) -> None:
        self.step_count += steps
        if self._order is None:
            self.epoch_number += steps
            return
        self._row += steps * rows
        if self._row == len(self._order):
            self.epoch_number += 1
            self._row = 0
            self._order = None

    def _step(self, rows: int) -> TrainingStep:
        if rows not in self._steps:
            self._steps[rows] = self._build_step(rows)
        return self._steps[rows]

    def _build_step(self, rows: int) -> TrainingStep:
        build = build_step if self._config.training.gradient == "backprop" else NumericalStep
        step = build(self._config, self._network, self._optimizer, rows)
        step.take_from(self._data.x_train, self._data.t_train)
        if rows == self._rows and self.is_full_batch:
            step.fill(np.arange(rows))
        return step


def _repeat_until(step: TrainingStep, losses: Floats, loss_below: float) -> int:
    for k in range(len(losses)):
        losses[k] = step.run()
        if losses[k] < loss_below:
            return k + 1
    return len(losses)
