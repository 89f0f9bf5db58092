"""The loss around the network at hand: along one weight, along the next step, and in a plane with the path so far."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.data.preparation import evenly_spaced
from playground.engine.gradients import loss_gradient
from playground.experiment.landscape.differences import Errors, errors
from playground.experiment.probes.snapshot import Probe
from playground.experiment.training.building import build_step
from playground.experiment.training.history import read_only
from playground.experiment.training.trainer import Trainer

Array = NDArray[np.float64]

MOST_ROWS = 500
"""Of a larger batch so many rows are taken, evenly spaced."""

FACTORS = np.unique(np.concatenate([np.linspace(0, 2.5, 21), np.linspace(2.5, 11, 18), [0.5, 1.0, 2.0, 10.0]]))
"""Where the loss along a step is computed, in multiples of the step: closer together near its start."""

_WORK = 5e8
"""Multiplications that a plane may cost; a large network has a coarser one."""

_FEWEST, _MOST = 9, 31
_MARGIN = 0.3
_NARROWEST = 0.35
"""A plane is at least this share as wide in one direction as in the other."""


@dataclass(frozen=True, eq=False)
class Batch:
    """The rows that the next step learns from: inputs (n, n_in), targets (n, n_out), and of how many they are."""

    x: NDArray[Any]
    t: Array
    whole: int


@dataclass(frozen=True, eq=False)
class WeightLine:
    """The loss as a function of one weight, the others as they are; reduced over the samples as training does it.

    Attributes
    ----------
    weight, loss
        Where it is now, and its loss.
    slope
        The derivative there, by backpropagation.
    weights, losses
        (n,) the curve.
    central, one_sided
        The errors of difference quotients at `weight`.
    reduction
        Whether the loss is the ``"mean"`` or the ``"sum"`` over the rows.
    rows, whole
        Rows that were used, and rows of the batch.
    """

    weight: float
    loss: float
    slope: float
    weights: Array
    losses: Array
    central: Errors
    one_sided: Errors
    reduction: str
    rows: int
    whole: int


@dataclass(frozen=True, eq=False)
class StepLine:
    """The loss of a batch along the step that training makes next.

    Attributes
    ----------
    factors, losses
        (n,) multiples of the step, from 0, and the loss there.
    slope
        The derivative of the loss by the factor, at 0.
    rate
        The learning rate, which factor 1 stands for.
    rows, whole
        Rows that were used, and rows of the batch.
    """

    factors: Array
    losses: Array
    slope: float
    rate: float
    rows: int
    whole: int

    def loss_at(self, factor: float) -> float:
        """Return the loss at a multiple of the step that is one of `factors`."""
        return float(self.losses[np.abs(self.factors - factor).argmin()])

    @property
    def best_factor(self) -> float:
        """The multiple with the lowest loss."""
        return float(self.factors[np.argmin(np.where(np.isfinite(self.losses), self.losses, np.inf))])


@dataclass(frozen=True, eq=False)
class LossPlane:
    """The loss in a plane of parameter space through the present network.

    Attributes
    ----------
    losses
        (side, side); row i has the i-th value of the second direction, column j the j-th of the first.
    bounds
        (low, high) of both directions, each of length 1, from the present network at (0, 0).
    path
        (k, 2) the run so far, projected onto the plane; the last point is (0, 0).
    step
        (2,) where the next step leads.
    share
        Of the movement so far, the share that lies in the plane; None where the path is not kept.
    """

    losses: Array
    bounds: tuple[tuple[float, float], tuple[float, float]]
    path: Array
    step: Array
    share: float | None


def batch_of(trainer: Trainer, most: int = MOST_ROWS) -> Batch:
    """Return the rows of the next step, at most `most` of them."""
    rows = trainer.step_loop.next_rows()
    some = rows[evenly_spaced(len(rows), most)]
    return Batch(trainer.data.x_train[some], trainer.data.t_train[some].astype(np.float64), len(rows))


@dataclass(frozen=True)
class WeightLineProbe(Probe[WeightLine | None]):
    """The loss as a function of the weight at `index` of the flat parameters, over `span` to either side."""

    index: int
    span: float = 3.0
    points: int = 61

    def compute(self, trainer: Trainer) -> WeightLine | None:
        """Return the curve, in some 130 forward passes; None where there is no such weight."""
        network, batch = trainer.network.copy(np.float64), batch_of(trainer, 100)
        if not 0 <= self.index < network.parameters.size:
            return None
        training, weight, rows = trainer.config.training, float(network.parameters[self.index]), len(batch.x)
        loss, factor = training.loss, rows if training.reduction == "sum" else 1

        def losses_at(values: Array) -> Array:
            found = np.empty(values.shape)
            for place, value in np.ndenumerate(values):
                network.parameters[self.index] = value
                found[place] = factor * network.loss(batch.x, batch.t, loss)
            return found

        def slope_at(value: float) -> float:
            network.parameters[self.index] = value
            return float(loss_gradient(network, batch.x, batch.t, loss, training.reduction)[self.index])

        weights = np.linspace(weight - self.span, weight + self.span, self.points)
        central, one_sided = (errors(losses_at, slope_at, weight, central=which) for which in (True, False))
        here, curve = float(losses_at(np.array(weight))), losses_at(weights)
        size = training.reduction, rows, batch.whole
        return WeightLine(weight, here, slope_at(weight), weights, curve, central, one_sided, *size)


@dataclass(frozen=True)
class StepLineProbe(Probe[StepLine]):
    """The loss along the next step."""

    def compute(self, trainer: Trainer) -> StepLine:
        """Return it, in some 40 forward passes."""
        network, batch = trainer.network.copy(np.float64), batch_of(trainer)
        loss = trainer.config.training.loss
        step = next_update(trainer, batch)
        slope = float(loss_gradient(network, batch.x, batch.t, loss) @ step)
        start, losses = network.copy_parameters(), np.empty(len(FACTORS))
        for k, factor in enumerate(FACTORS):
            network.restore(start + factor * step)
            losses[k] = network.loss(batch.x, batch.t, loss)
        rate = trainer.config.training.learning_rate
        return StepLine(FACTORS, read_only(losses), slope, rate, len(batch.x), batch.whole)


@dataclass(frozen=True)
class LossPlaneProbe(Probe[LossPlane]):
    """The loss in the plane in which the run has moved most; of a large network, towards its start and the step."""

    def compute(self, trainer: Trainer) -> LossPlane:
        """Return it; the grid is as fine as a limited number of multiplications allows."""
        network, batch = trainer.network.copy(np.float64), batch_of(trainer, 100)
        here, step = network.copy_parameters(), next_update(trainer, batch)
        history = np.stack([trainer.start, here]).astype(np.float64)
        if trainer.weights.is_kept:
            history = trainer.weights.view(trainer.step_count, trainer.network.parameters).values.astype(np.float64)
        moves = history - here
        axes = _directions(moves, step)
        path, ahead = moves @ axes, step @ axes
        total = float(np.square(moves).sum())
        share = float(np.square(path).sum()) / total if trainer.weights.is_kept and total > 0 else None
        bounds = _bounds(np.vstack([path, ahead[None], [[0, 0]]]), float(np.linalg.norm(step)))
        side = int(np.clip(np.sqrt(_WORK / (len(batch.x) * here.size)), _FEWEST, _MOST))
        losses = np.empty((side, side))
        first, second = (np.linspace(*each, side) for each in bounds)
        for i, up in enumerate(second):
            for j, right in enumerate(first):
                network.restore(here + axes @ (right, up))
                losses[i, j] = network.loss(batch.x, batch.t, trainer.config.training.loss)
        return LossPlane(read_only(losses), bounds, read_only(path), read_only(ahead), share)


def next_update(trainer: Trainer, batch: Batch) -> Array:
    """Return the change of the flat parameters that the next step makes, by its own optimiser and settings."""
    network = trainer.network.copy(np.float64)
    optimizer = trainer.step_loop.copy_optimizer(network.parameters)
    step = build_step(trainer.config, network, optimizer, len(batch.x))
    step.inputs[...], step.targets[...] = batch.x, batch.t
    before = network.copy_parameters()
    with np.errstate(all="ignore"):
        step.run()
        change: Array = network.parameters - before
    return change


def _directions(moves: Array, step: Array) -> Array:
    """Return two orthogonal directions (parameters, 2) of length 1: where `moves` (k, parameters) vary most.

    Each leads away from the first of them, or the picture would turn over now and then. Where they vary in fewer, the
    direction of the step, and random ones, stand in.
    """
    widest = np.linalg.svd(moves, full_matrices=False)[2][: np.linalg.matrix_rank(moves)][:2]
    candidates = [*(-one if moves[0] @ one > 0 else one for one in widest), step]
    candidates += list(np.random.default_rng(0).standard_normal((2, len(step))))
    axes: list[Array] = []
    for one in candidates:
        rest = one - sum((axis * (axis @ one) for axis in axes), np.zeros(len(step)))
        if np.linalg.norm(rest) > 1e-6 * np.linalg.norm(one) > 0:
            axes.append(rest / np.linalg.norm(rest))
    while len(axes) < 2:  # a network of a single number
        axes.append(np.zeros(len(step)))
    return np.stack(axes[:2], axis=1)


def _bounds(points: Array, length: float) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return a part of the plane that holds `points` (n, 2), with room around them for a few steps of `length`."""
    low, high = points.min(axis=0), points.max(axis=0)
    widths = np.maximum(high - low, 4 * length)
    widths = np.maximum(widths, _NARROWEST * widths.max()) * (1 + _MARGIN)
    widths[widths == 0] = 1.0
    middle = (low + high) / 2
    (left, right), (bottom, top) = np.stack([middle - widths / 2, middle + widths / 2], axis=1).tolist()
    return (left, right), (bottom, top)
