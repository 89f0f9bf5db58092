"""The gradient check of the network at hand, on a sample of its weights: backprop beside numerical differentiation."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from playground.engine.gradient_check import GradientCheck, LayerCheck, checked_at_corners, compare
from playground.engine.network import Network
from playground.engine.optimizers import SGD
from playground.engine.training_step import TrainingStep
from playground.experiment.config.schema import TrainingConfig
from playground.experiment.landscape import faults
from playground.experiment.landscape.around import Batch, batch_of
from playground.experiment.probes.snapshot import Probe
from playground.experiment.training.history import read_only
from playground.experiment.training.trainer import Trainer

Array = NDArray[np.float64]

ROWS = 10
"""So many samples are enough: a wrong formula is wrong for each."""

MOST_SIDE = 24
"""Of a layer at most so many inputs and units are checked: those with the largest gradients."""

_PASSES = 2400
_WORK = 1e9
"""Forward passes, and multiplications, that one check may cost; twice as many where the gradients differ."""

_FEWEST = 16

TRAINING = "training"
"""The source of the gradient that training itself uses; the others are the keys of `faults.FAULTS`."""


@dataclass(frozen=True, eq=False)
class SampledCheck(GradientCheck):
    """What the check of a sample found.

    Attributes
    ----------
    fault
        The key of the fault that leads to exactly this gradient; None where none is known, or nothing is wrong.
    rows, whole
        Over how many samples, and how many the batch has.
    reduction
        Whether the gradients are those of the ``"mean"`` or the ``"sum"`` over them.
    """

    fault: str | None = None
    rows: int = 0
    whole: int = 0
    reduction: str = "mean"


@dataclass(frozen=True)
class CheckProbe(Probe[SampledCheck]):
    """Compare a gradient of the present network with the numerical one.

    Attributes
    ----------
    source
        Where the gradient comes from: `TRAINING`, or a fault.
    """

    source: str = TRAINING

    def compute(self, trainer: Trainer) -> SampledCheck:
        """Return the check on a few samples of the next batch."""
        batch, network = batch_of(trainer, ROWS), trainer.network.copy(np.float64)
        return checked_at_corners(network, batch.x, lambda it: self._check(it, batch, trainer.config.training))

    def _check(self, network: Network, batch: Batch, training: TrainingConfig) -> SampledCheck:
        if self.source == TRAINING:
            gradient = training_gradient(network, batch, training)
        else:
            loss, rate = training.loss, training.learning_rate
            gradient = faults.gradient(network, batch.x, batch.t, loss, (self.source,), rate, training.reduction)
        return check_sample(
            network, batch, training.loss, gradient, training.learning_rate, reduction=training.reduction
        )


def training_gradient(network: Network, batch: Batch, training: TrainingConfig) -> Array:
    """Return the gradient (parameters,) that a training step works with; with a layerwise update it is another one."""
    it, rate = training, max(training.learning_rate, 1e-9)
    step = TrainingStep(network.copy(), len(batch.x), it.loss, SGD(), it.reduction, it.update, rate)
    step.inputs[...], step.targets[...] = batch.x, batch.t
    with np.errstate(all="ignore"):
        step.run()
    gradient, scale = step.scaled_gradient()
    return np.asarray(gradient / scale, np.float64)


def check_sample(
    network: Network, batch: Batch, loss: str, gradient: Array, rate: float, reduction: str = "mean"
) -> SampledCheck:
    """Compare `gradient`, flat, with numerical differentiation, on the entries of each layer that are largest."""
    factor = len(batch.x) if reduction == "sum" else 1
    places = [_places(network, block, len(batch.x)) for block in network.blocks_of(gradient)]
    middle, start = network.loss(batch.x, batch.t, loss), network.copy_parameters()

    def moved_loss(layer: int, row: int, unit: int, h: float) -> float:
        block = network.blocks[layer]
        is_shared = network.bias == "layer" and row == len(block) - 1
        block[row, slice(None) if is_shared else unit] += h
        found = network.loss(batch.x, batch.t, loss)
        network.restore(start)
        return found

    def changes(h: float) -> tuple[Array, Array]:
        above, below = (
            np.array([moved_loss(k, i, j, side) for k, (rows, units) in enumerate(places) for i in rows for j in units])
            for side in (h, -h)
        )
        return factor * (above - middle), factor * (below - middle)

    grids = [block[np.ix_(*place)] for block, place in zip(network.blocks_of(gradient), places, strict=True)]
    numerical, error = compare(np.concatenate([one.ravel() for one in grids]), changes)
    layers, at = [], 0
    has_bias = network.bias in ("unit", "layer")
    for (rows, units), grid, block in zip(places, grids, network.blocks, strict=True):
        part = slice(at, at + grid.size)
        numbers, errors = (read_only(one[part].reshape(grid.shape)) for one in (numerical, error))
        inputs = tuple(rows[:-1] if has_bias else rows)
        total = block.size if has_bias else block[:-1].size
        layers.append(LayerCheck(inputs, tuple(units), grid, numbers, errors, has_bias, total))
        at = part.stop
    fault = faults.recognise(network, batch.x, batch.t, loss, gradient, rate, reduction)
    return SampledCheck(tuple(layers), None, fault, len(batch.x), batch.whole, reduction)


def _places(network: Network, gradient: Array, samples: int) -> tuple[list[int], list[int]]:
    """Return which rows and columns of a layer's block to check: the largest ones, and the biases."""
    work = samples * sum(weight.size for weight in network.weights)
    budget = max(_FEWEST, min(_PASSES / 2, _WORK / (2 * work)) / network.layers)
    sizes = np.abs(gradient[:-1])
    columns = _largest(sizes.sum(axis=0), min(MOST_SIDE, max(1, int(np.sqrt(budget)))))
    rows = _largest(sizes.sum(axis=1), min(MOST_SIDE, max(1, int(budget / len(columns)))))
    return [*rows, len(sizes)] if network.bias in ("unit", "layer") else rows, columns


def _largest(sizes: Array, count: int) -> list[int]:
    """Return the places of the `count` largest of `sizes`, (n,), in rising order."""
    found: list[int] = np.sort(np.argsort(-sizes, kind="stable")[:count]).tolist()
    return found
