"""A training step whose gradient is found by trying: what the articles did before backpropagation."""

from collections.abc import Callable
from time import perf_counter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.engine.batches import BatchGatherer
from playground.engine.gradients import NumericalLossGradient
from playground.engine.network import Network
from playground.engine.optimizers import Optimizer
from playground.engine.program import link
from playground.engine.symmetry import alike_layers, tie_identical_units
from playground.experiment.training.metrics import StepProgress

Floats = NDArray[np.float64]


class NumericalStep:
    """A step of learning by numerical differentiation.

    For a large network a step needs seconds. It can be interrupted, and is continued by the next call, as long
    as `discard_gradient` is not called: the result is the same, bit for bit.

    Parameters
    ----------
    network, rows, loss, optimizer, reduction, learning_rate, l1, l2
        As for a `TrainingStep`.
    naive
        Whether to make two whole forward passes for each parameter.

    Attributes
    ----------
    inputs, targets
        (rows, n_in) and (rows, n_out), to be filled before a step; inputs in raw units.
    """

    def __init__(
        self,
        network: Network,
        rows: int,
        loss: str,
        optimizer: Optimizer,
        reduction: str,
        naive: bool,
        learning_rate: float,
        l1: float,
        l2: float,
    ) -> None:
        self.rows = rows
        self.inputs = np.zeros((rows, network.sizes[0]), network.dtype)
        self.targets = np.zeros((rows, network.sizes[-1]), network.dtype)
        self._network = network
        self._loss_name = loss
        self._optimizer = optimizer
        self._reduction = reduction
        self._naive = naive
        self._gradient = np.zeros_like(network.parameters)
        self._under_way: NumericalLossGradient | None = None
        self._seconds = 0.0  # spent on the step under way
        self._rate = np.array(learning_rate, network.dtype)
        self.set_regularisation(l1, l2)
        calls = tie_identical_units(network.blocks_of(self._gradient), alike_layers(network), None)
        calls += optimizer.begin()
        calls += optimizer.update(network.parameters, self._gradient, self._rate, slice(None))
        self._update = link(calls)

    def set_learning_rate(self, learning_rate: float) -> None:
        """Change the learning rate from the next step on."""
        self._rate[()] = learning_rate

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
        """Make a step on each batch, and note the losses, mean over the rows of a batch before its update.

        Parameters
        ----------
        batches
            (n, rows) numbers of rows; None for n steps on the rows that are in place.
        losses
            (n,), to be filled.
        loss_below
            End after the step whose loss is below this.
        should_yield
            Asked after each part of a step; if it returns True, the next call continues that step.

        Returns
        -------
        int
            Steps made.
        """
        for k in range(len(losses)):
            if batches is not None:
                self._gatherer.fill(batches[k])
            if not self._go_on(should_yield):
                return k
            losses[k] = self._loss
            if loss_below is not None and self._loss < loss_below:
                return k + 1
        return len(losses)

    def _go_on(self, should_yield: Callable[[], bool] | None) -> bool:
        """Begin or continue a step until `should_yield` returns True; return whether it is complete."""
        began, network = perf_counter(), self._network
        if self._under_way is None:
            self._seconds = 0.0
            self._loss = network.loss(self.inputs, self.targets, self._loss_name)
            self._under_way = NumericalLossGradient(
                network, self.inputs, self.targets, self._loss_name, self._naive, self._reduction
            )
        is_complete = self._under_way.go_on(should_yield)
        self._seconds += perf_counter() - began
        if is_complete:
            self._gradient[...] = self._under_way.gradient
            self._under_way = None
            self._apply()
        return is_complete

    def _apply(self) -> None:
        network = self._network
        for gradient, weight in zip(network.blocks_of(self._gradient), network.weights, strict=True):
            gradient[:-1] += self._l1 * np.sign(weight) + self._l2 * weight
        if self._optimizer.uses_scaled_gradient:
            self._gradient *= self._rate
        self._update()

    def gather_with(self, gatherer: BatchGatherer) -> None:
        """Set what fills `inputs` and `targets` when `learn` is called."""
        self._gatherer = gatherer

    def scaled_gradient(self) -> tuple[NDArray[Any], float]:
        """Return the gradient that the last step used, and what it is multiplied by, as a `TrainingStep` does."""
        is_scaled = self._optimizer.uses_scaled_gradient and self._rate
        return self._gradient, self._rate.item() if is_scaled else 1.0
