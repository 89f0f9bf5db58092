"""Statistics of a network between two steps: what its units output, which of them are copies, what it answers."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.data.preparation import PreparedData, evenly_spaced
from playground.engine.losses import LOSSES
from playground.engine.metrics import predicted_classes
from playground.engine.network import Network
from playground.experiment.training.gradient_flow import FlowView
from playground.experiment.training.history import read_only
from playground.experiment.training.metrics import Best, Metrics

MOST_ROWS = 1_000
FEWEST_ROWS = 32
MOST_PRODUCTS = 40_000_000
"""So many multiplications a look: 1,000 rows of 784-50-10, about a millisecond; wider networks see fewer rows."""

BINS = 40

FINEST = 1e-14
"""Of their own size: numbers that lie closer together than that are shown as one."""

SMALLEST, LARGEST = 1e-300, float(np.finfo(np.float64).max)

ALIKE = 1e-4
"""Units whose weights lie closer together than this share of the longest are the same; float32 drifts a little."""

HANDFUL = 10
MOST_NEAR_ROWS, MOST_NEAR_INPUTS = 500, 64
NEAREST = 5
"""Most rows and inputs for the nearest-neighbour prediction, see `explained`."""

ENDS = {"sigmoid": (0.01, 0.99), "tanh": (-0.98, 0.98)}
"""Outside of these a unit hardly changes any more; both are σ below 0.01 or above 0.99, tanh being 2σ(2z) − 1."""

RANGES = {"sigmoid": (0.0, 1.0), "softmax": (0.0, 1.0), "tanh": (-1.0, 1.0)}
"""What an activation can output, where that has two ends."""

RECTIFIERS = ("relu",)
"""Activations that are flat at 0, so that a unit which gives 0 for every row cannot learn any more."""


@dataclass(frozen=True, eq=False)
class LayerStats:
    """One layer, the output layer included.

    Attributes
    ----------
    units, distinct
        How many units it has, and how many of them differ in their weights and bias.
    is_zero
        Whether each of its weights is 0.
    activation
        The name of its activation.
    saturated
        The share of its outputs that lie at the ends of their range; None where the range has no ends.
    dead
        How many units output 0 for every examined row; None where that does not stop learning.
    counts, low, high
        How often its outputs fall into equal bins from `low` to `high`.
    """

    units: int
    distinct: int
    is_zero: bool
    activation: str
    saturated: float | None
    dead: int | None
    counts: NDArray[np.intp]
    low: float
    high: float


@dataclass(frozen=True)
class InputStats:
    """The inputs as the network gets them, over the examined rows.

    Attributes
    ----------
    largest, smallest
        The root mean square of the input that has the largest, and the smallest that is not always 0.
    name
        Of the input that has the largest.
    """

    largest: float
    smallest: float
    name: str


@dataclass(frozen=True)
class ClassStats:
    """One class: how many of the rows belong to it, and for how many it is predicted."""

    name: str
    rows: int
    predicted: int


@dataclass(frozen=True)
class TargetStats:
    """The targets of a regression, compared with the range of the output activation.

    Attributes
    ----------
    low, high
        The smallest and the largest target, as the network gets them.
    least, most
        The range of the output activation; None where it is unbounded, or for classes.
    outside, lost
        The share of the targets that lie outside of these ends, and of the squared deviations from the mean that no
        output between them can explain.
    """

    low: float
    high: float
    least: float | None
    most: float | None
    outside: float
    lost: float


@dataclass(frozen=True, eq=False)
class NetworkStats:
    """The state between two steps, in numbers.

    Attributes
    ----------
    step
        Steps made.
    rows
        How many rows were examined, evenly spaced training rows.
    summed_rows
        The rows whose gradients a step adds up: those of a batch, or 1 where it takes their mean.
    n_inputs, is_image
        How many inputs there are, and whether they are the pixels of an image.
    layers
        Each layer, the first hidden one first and the outputs last.
    flow
        Gradients and updates of the watched steps so far.
    inputs
        The size of the inputs.
    baseline
        The loss of the best answer that is the same for every row.
    targets
        The range of the targets, and how it suits the output.
    classes
        Each class; empty for regression.
    neighbours
        How well a row's nearest other rows tell its target: the share of classes they get right, or of the squared
        deviations that they explain. 1 where a handful of rows do not contradict one another; None for images and where
        there are many inputs.
    train, test, evaluated_at
        The latest evaluation of all rows of each part, which is what the counters show, and the step it belongs to.
    best
        The network at the lowest test loss so far; None without a test part.
    changed_at
        The step of the last change of settings or weights.
    has_ended
        Whether a stop condition has ended the run.
    """

    step: int
    rows: int
    summed_rows: int
    n_inputs: int
    is_image: bool
    layers: tuple[LayerStats, ...]
    flow: FlowView
    inputs: InputStats
    baseline: float
    targets: TargetStats
    classes: tuple[ClassStats, ...]
    neighbours: float | None
    train: Metrics | None = None
    test: Metrics | None = None
    evaluated_at: int = 0
    best: Best | None = None
    changed_at: int = 0
    has_ended: bool = False


class Observer:
    """Computes the statistics of one network on some of its training rows, always the same ones."""

    def __init__(self, data: PreparedData, network: Network, loss: str) -> None:
        self._data = data
        self._network = network
        self._loss = loss

    def compute(self, step: int, summed_rows: int, flow: FlowView) -> NetworkStats:
        """Return the statistics after `step` steps; `summed_rows` and `flow` are put in as they are."""
        with np.errstate(all="ignore"):
            given = self._network.activations_of(self._x)[1:]
            layers = tuple(self._layer(k, values) for k, values in enumerate(given))
        return NetworkStats(
            step=step,
            rows=len(self._rows),
            summed_rows=summed_rows,
            n_inputs=self._network.sizes[0],
            is_image=self._data.dataset.image_shape is not None,
            layers=layers,
            flow=flow,
            inputs=self._inputs,
            baseline=self._baseline,
            targets=self._targets,
            classes=self._classes(given[-1]),
            neighbours=self._neighbours,
        )

    @cached_property
    def _rows(self) -> NDArray[np.intp]:
        most = max(FEWEST_ROWS, min(MOST_ROWS, MOST_PRODUCTS // max(self._network.parameters.size, 1)))
        return evenly_spaced(len(self._data.x_train), most)

    @cached_property
    def _x(self) -> NDArray[Any]:
        x: NDArray[Any] = self._data.x_train[self._rows]
        return x

    @cached_property
    def _inputs(self) -> InputStats:
        x = self._x * self._network.input_scale
        sizes = np.sqrt(np.mean(np.square(x, dtype=np.float64), axis=0))
        k = int(sizes.argmax())
        there = sizes[sizes > 0]
        return InputStats(float(sizes[k]), float(there.min()) if there.size else 0.0, self._data.input_names[k])

    @cached_property
    def _baseline(self) -> float:
        """The loss of the best answer that is the same for every row."""
        t = np.asarray(self._data.t_train[self._rows], np.float64)
        y = np.broadcast_to(t.mean(axis=0), t.shape)
        formula = LOSSES[self._loss].make.formula
        if self._loss == "cross-entropy" and self._network.output == "sigmoid":
            return sum(float(np.mean(formula(y[:, k : k + 1], t[:, k : k + 1]))) for k in range(t.shape[1]))
        return float(np.mean(formula(y, t)))

    @cached_property
    def _targets(self) -> TargetStats:
        """Return the targets compared with the range of the output activation; for regression only."""
        t = self._data.t_train
        low, high = float(t.min()), float(t.max())
        ends = RANGES.get(self._network.output) if self._data.labels_train is None else None
        if ends is None:
            return TargetStats(low, high, None, None, 0.0, 0.0)
        beyond = np.square(np.asarray(t - t.clip(*ends), np.float64))
        spread = float(np.square(np.asarray(t - t.mean(axis=0), np.float64)).sum())
        lost = float(beyond.sum()) / spread if spread > 0 else 0.0
        return TargetStats(low, high, *ends, float(np.mean(beyond > 0)), lost)

    @cached_property
    def _neighbours(self) -> float | None:
        """Return how well near rows predict one another; None if that is slow or uninformative."""
        if self._data.dataset.image_shape is not None:
            return None
        rows, labels = self._rows, self._data.labels_train
        targets = self._data.t_train[rows] if labels is None else labels[rows]
        return explained(self._x, targets)

    def _classes(self, outputs: NDArray[Any]) -> tuple[ClassStats, ...]:
        labels, names = self._data.labels_train, self._data.dataset.class_names
        if labels is None:
            return ()
        predicted = predicted_classes(outputs, self._network.output)
        rows = np.bincount(labels[self._rows], minlength=len(names)).tolist()
        answers = np.bincount(predicted, minlength=len(names)).tolist()
        return tuple(ClassStats(*one) for one in zip(names, rows, answers, strict=True))

    def _layer(self, k: int, values: NDArray[Any]) -> LayerStats:
        network = self._network
        name = network.activations[k] if k < network.layers - 1 else network.output
        saturated = dead = None
        if name in ENDS:
            low, high = ENDS[name]
            saturated = float(np.count_nonzero(values < low) + np.count_nonzero(values > high)) / values.size
        if name in RECTIFIERS and k < network.layers - 1:
            dead = int(np.count_nonzero(~(values > 0).any(axis=0)))
        counts, low, high = histogram(values, RANGES.get(name))
        distinct = distinct_units(network.weights[k], network.biases[k])
        is_zero = not network.weights[k].any()
        return LayerStats(values.shape[1], distinct, is_zero, name, saturated, dead, counts, low, high)


def histogram(values: NDArray[Any], ends: tuple[float, float] | None) -> tuple[NDArray[np.intp], float, float]:
    """Count numbers in `BINS` equal bins, over `ends` or else over their own range; what is not finite is left out."""
    flat = values[np.isfinite(values)].astype(np.float64)
    low, high = ends or ((float(flat.min()), float(flat.max())) if flat.size else (0.0, 1.0))
    if high / 2 - low / 2 <= max(FINEST * max(abs(low), abs(high)), SMALLEST):
        margin = 0.5 * max(1.0, abs(low) * 1e-6)
        low, high = max(low - margin, -LARGEST), min(high + margin, LARGEST)
    halves = flat.clip(low, high) / 2  # whose range does not overflow
    counts, _edges = np.histogram(halves, BINS, (low / 2, high / 2))
    return read_only(counts), low, high


def distinct_units(weights: NDArray[Any], biases: NDArray[Any]) -> int:
    """Return how many different units a layer has: columns of weights (n_in, n_out) and biases (n_out,) that differ.

    Alike columns lie side by side once they are sorted by their products with one random vector, so only
    neighbours need to be compared: what is computed grows with the layer, not with its square.
    """
    columns = np.vstack([weights, biases])
    longest = float(np.sqrt(np.square(columns, dtype=np.float64).sum(axis=0).max()))
    if not np.isfinite(longest):
        return int(columns.shape[1])
    direction = np.random.default_rng(0).standard_normal(len(columns)).astype(columns.dtype)
    shadows = direction @ columns
    order = np.argsort(shadows, kind="stable")
    within = 4 * ALIKE * longest  # a difference d has a shadow of |d| · N(0, 1)
    near = np.flatnonzero(np.diff(shadows[order]) <= within)
    gaps = columns[:, order[near + 1]] - columns[:, order[near]]
    alike = np.square(gaps, dtype=np.float64).sum(axis=0) <= (ALIKE * longest) ** 2
    return int(columns.shape[1] - np.count_nonzero(alike))


def explained(x: NDArray[Any], targets: NDArray[Any]) -> float | None:
    """Return the share of rows (classes) or of the variance (numbers) that a nearest-neighbour prediction explains.

    Parameters
    ----------
    x
        (n, n_inputs), as the network gets them.
    targets
        (n,) class of each row, or (n, n_outputs) numbers.

    Returns
    -------
    float or None
        Up to 1; for a handful of rows, which have no near ones, 1 where equal inputs have equal targets. None where
        there are too many inputs for nearness to mean much, or nothing to distinguish.
    """
    n, n_inputs = x.shape
    if n < 2 or n_inputs > MOST_NEAR_INPUTS:
        return None
    chosen = evenly_spaced(n, MOST_NEAR_ROWS)
    x, targets = x[chosen], targets[chosen]
    x = np.asarray(x, np.float64)
    spread = x.std(axis=0)
    x = (x - x.mean(axis=0)) / np.where(spread > 0, spread, 1.0)
    if not np.isfinite(x).all():
        return None
    squares = np.square(x).sum(axis=1)
    distances = squares[:, None] + squares - 2 * (x @ x.T)
    np.fill_diagonal(distances, np.inf)
    if n <= HANDFUL:
        twins = distances < 1e-9
        contradicts = (targets[:, None] != targets[None, :]).reshape(n, n, -1).any(axis=2)
        return float(1 - (twins & contradicts).any(axis=1).mean())
    near = np.argpartition(distances, NEAREST, axis=1)[:, :NEAREST]
    if targets.ndim == 1:
        votes = np.apply_along_axis(np.bincount, 1, targets[near], minlength=int(targets.max()) + 1)
        return float(np.mean(votes.argmax(axis=1) == targets))
    scale = float(np.square(targets - targets.mean(axis=0)).sum())
    if not scale > 0:
        return None
    return float(1 - np.square(targets - targets[near].mean(axis=1)).sum() / scale)
