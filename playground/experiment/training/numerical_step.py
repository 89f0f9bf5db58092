"""A training step whose gradient is found by trying: what the articles did before backpropagation."""

from collections.abc import Callable
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from playground.engine.gradients import NumericalLossGradient
from playground.engine.network import Network
from playground.engine.optimizers import Optimizer
from playground.engine.program import link
from playground.engine.training_step import TrainingStep
from playground.experiment.config.schema import ExperimentConfig
from playground.experiment.training.metrics import StepProgress

Floats = NDArray[np.float64]


class NumericalStep(TrainingStep):
    """A step of learning by numerical differentiation.

    For a large network a step needs seconds. It can be interrupted, and is continued by the next call, as long
    as `discard_gradient` is not called: the result is the same, bit for bit.
    """

    def __init__(self, config: ExperimentConfig, network: Network, optimizer: Optimizer, rows: int) -> None:
        training = config.training
        self._training = training
        self._under_way: NumericalLossGradient | None = None
        self._seconds = 0.0  # spent on the step under way
        super().__init__(
            network, rows, training.loss, optimizer, training.reduction, learning_rate=training.learning_rate
        )
        self.set_regularisation(training.l1, training.l2)

    def set_regularisation(self, l1: float, l2: float) -> None:
        """Add l1 · sign(w) + l2 · w to the gradient by each weight w from the next step on."""
        self._l1, self._l2 = l1, l2

    @property
    def progress(self) -> StepProgress | None:
        """How far the step is that was begun; None between two steps."""
        work = self._under_way
        return None if work is None else StepProgress(work.done, work.total, self._seconds)

    def discard_gradient(self) -> None:
        """Discard the unfinished gradient, since parameters or rows have changed."""
        self._under_way = None

    def make(
        self,
        batches: NDArray[np.intp] | None,
        losses: Floats,
        loss_below: float | None = None,
        should_yield: Callable[[], bool] | None = None,
    ) -> int:
        """Make a step on each of `batches`, (n, rows) numbers of rows, as `StepLoop.make` does; return how many.

        Without batches, n steps on the rows that are in place; `losses` are (n,).
        """
        for k in range(len(losses)):
            if batches is not None:
                self.fill(batches[k])
            if not self._go_on(should_yield):
                return k
            losses[k] = self._loss
            if loss_below is not None and self._loss < loss_below:
                return k + 1
        return len(losses)

    def _go_on(self, should_yield: Callable[[], bool] | None) -> bool:
        """Begin or continue a step until `should_yield` returns True; return whether it is complete."""
        began, it = perf_counter(), self._training
        if self._under_way is None:
            self._seconds = 0.0
            x, t = np.ascontiguousarray(self.inputs), np.ascontiguousarray(self.targets)
            self._loss = self.network.loss(x, t, it.loss)
            is_naive = it.gradient == "numerical-naive"
            self._under_way = NumericalLossGradient(self.network, x, t, it.loss, is_naive, it.reduction)
        is_complete = self._under_way.go_on(should_yield)
        self._seconds += perf_counter() - began
        if is_complete:
            self._apply(self._under_way.gradient)
            self._under_way = None
        return is_complete

    def _apply(self, found: Floats) -> None:
        gradient = self._backward.gradient
        gradient[...] = found
        for block, weight in zip(self.network.blocks_of(gradient), self.network.weights, strict=True):
            block[:-1] += self._l1 * np.sign(weight) + self._l2 * weight
        if self.optimizer.uses_scaled_gradient:
            gradient *= self._rate
        self._update()

    def _link(self) -> None:
        """Link the update alone, whose gradient comes from elsewhere."""
        self._update = link([*self.optimizer.begin(), *self._update_stage(None, slice(None)).calls])
