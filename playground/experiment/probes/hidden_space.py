"""How a layer bends the input plane: grid and samples as its units see them, laid into two dimensions."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.data.preparation import PreparedData, evenly_spaced
from playground.engine.network import Network
from playground.experiment.probes.probe import plane_points, single
from playground.experiment.probes.snapshot import Probe
from playground.experiment.training.history import read_only
from playground.experiment.training.trainer import Trainer

Single = NDArray[np.float32]
Lay = Callable[[list[Any], NDArray[Any]], Single]

LINES, BETWEEN = 21, 2
"""Lines of the grid each way, and how many straight pieces a line has from one crossing to the next."""

SIDE = (LINES - 1) * BETWEEN + 1
CURVE_POINTS = 201
MOST_POINTS = 1000
MOST_NUMBERS = 400_000
"""Samples times inputs: of large images fewer samples are shown."""

EXACT_WIDTH = 128
"""Up to so many units the principal components are exact; beyond they are found by iteration."""

_ITERATIONS, _BLOCK = 5, 6


@dataclass(frozen=True, eq=False)
class Components:
    """The two directions (units, 2) in which samples spread most, their mean, and their share of all spread."""

    mean: Single
    axes: Single
    share: float

    def project(self, values: Single) -> Single:
        """Return `values` (n, units) along the two directions, (n, 2)."""
        return np.asarray((values - self.mean) @ self.axes, np.float32)


@dataclass(frozen=True, eq=False)
class Bend:
    """A layer's view of the inputs, in two dimensions.

    Attributes
    ----------
    points
        (n, 2), one for each of `shown_rows`.
    grid
        (rows, columns, 2): the input plane's points row by row, `BETWEEN` pieces a crossing; with one feature a
        single row; None with more than two.
    outputs
        What the network outputs at each point of the grid, (rows, columns, n_out), or None.
    share
        Which share of the samples' spread the two directions hold; None where units are shown as they are.
    cut
        Where on the first axis the network's decision lies between two classes; None where it is no straight cut.
    """

    points: Single
    grid: Single | None
    outputs: Single | None
    share: float | None
    cut: float | None = None

    @property
    def is_finite(self) -> bool:
        """Whether there is something to draw."""
        return bool(np.isfinite(self.points).all() and (self.grid is None or np.isfinite(self.grid).all()))


@dataclass(frozen=True)
class HiddenSpace(Probe[Bend]):
    """What layer `layer` (0 are the inputs) makes of the input grid and of samples.

    Two `units` are shown as they are. Where none are given, a layer of two units is shown as it is, one unit
    over the first feature (or the first principal component of the inputs), and more units by their first two
    principal components. With `readout` the last hidden layer is seen as the output sees it: to the right what
    the output weighs, upwards what spreads most beside it; of several outputs the two directions they weigh most.
    """

    layer: int
    units: tuple[int, int] | None = None
    readout: bool = False

    def compute(self, trainer: Trainer) -> Bend:
        """Return the layer in two dimensions at this step: at most `MOST_POINTS` samples."""
        data, layer = trainer.data, min(self.layer, trainer.network.layers)
        network = single(trainer.network)
        rows = shown_rows(data)
        with np.errstate(all="ignore"):
            samples = network.activations_of(data.x_train[rows])
            raw_grid = _grid(data)
            grid = None if raw_grid is None else network.activations_of(data.inputs_of(raw_grid))
            lay, share, cut = self._layout(data, network, samples, layer)
            points = lay(samples, data.raw_train[rows])
            bent = None if grid is None or raw_grid is None else lay(grid, raw_grid)
        if bent is None or grid is None:
            return Bend(_locked(points), None, None, share, cut)
        shape = (1, CURVE_POINTS) if data.raw_train.shape[1] == 1 else (SIDE, SIDE)
        outputs = grid[-1].reshape(*shape, -1)
        return Bend(_locked(points), _locked(bent.reshape(*shape, 2)), _locked(outputs), share, cut)

    def _layout(
        self, data: PreparedData, network: Network, samples: list[Any], layer: int
    ) -> tuple[Lay, float | None, float | None]:
        """Return the projection of activations to two dimensions, the share of variance it explains, and the cut."""
        width = network.sizes[layer]
        if width == 1:
            return lambda given, raw: _over_first(given, raw, layer), None, None
        if self.readout and layer == network.layers - 1:
            found, cut = _as_read(network, samples[layer])
            cut = cut if data.dataset.task == "classification" else None
            return lambda given, _raw: found.project(given[layer]), found.share, cut
        if width == 2 or self.units is not None:
            first, second = (min(unit, width - 1) for unit in self.units or (0, 1))
            return lambda given, _raw: np.stack([given[layer][:, first], given[layer][:, second]], axis=1), None, None
        found = components(samples[layer])
        return lambda given, _raw: found.project(given[layer]), found.share, None


def shown_rows(data: PreparedData) -> NDArray[np.intp]:
    """Return which training rows are shown: all, or so many, evenly spaced."""
    count, width = data.x_train.shape
    return evenly_spaced(count, min(MOST_POINTS, max(100, MOST_NUMBERS // width)))


def components(values: Single) -> Components:
    """Return the first two principal components of `values` (n, units), at least two units.

    Their signs follow the values alone: the largest weight of each is positive.
    """
    width = values.shape[1]
    mean = values.mean(axis=0)
    centred = values - mean
    total = float(np.square(centred, dtype=np.float64).sum())
    if not np.isfinite(total):
        return Components(mean, np.full((width, 2), np.nan, np.float32), 0.0)
    if width <= EXACT_WIDTH:
        base = np.eye(width, dtype=np.float32)
    else:
        base = np.random.default_rng(0).standard_normal((width, _BLOCK)).astype(np.float32)
        for _iteration in range(_ITERATIONS):
            base = np.linalg.qr(centred.T @ (centred @ base))[0]
    seen = centred if width <= EXACT_WIDTH else centred @ base
    spread, turned = np.linalg.eigh((seen.T @ seen).astype(np.float64))
    axes = base @ turned[:, :-3:-1].astype(np.float32)
    axes *= np.where(axes[np.abs(axes).argmax(axis=0), [0, 1]] < 0, -1, 1).astype(np.float32)
    share = float(spread[-2:].sum()) / total if total > 0 else 1.0
    return Components(mean, axes, min(share, 1.0))


def _as_read(network: Network, values: Single) -> tuple[Components, float | None]:
    """Return the directions of the last hidden layer that the output weighs, and where its decision cuts them."""
    weight, bias = network.weights[-1], network.biases[-1]
    mean = values.mean(axis=0)
    centred = values - mean
    total = float(np.square(centred, dtype=np.float64).sum())
    if weight.shape[1] > 2 or not np.isfinite(total):
        axes = np.linalg.svd(np.nan_to_num(weight - weight.mean(axis=1, keepdims=True)))[0][:, :2]
        cut = None
    else:
        read, offset = weight[:, -1], float(bias[-1])
        if weight.shape[1] == 2:
            read, offset = read - weight[:, 0], offset - float(bias[0])
        length = float(np.linalg.norm(read))
        first = read / length if length > 0 else np.zeros_like(read)
        rest = centred - np.outer(centred @ first, first)
        axes = np.column_stack([first, components(rest).axes[:, 0]])
        middle = 0.5 if network.output == "linear" else 0.0
        cut = (middle - offset) / length - float(mean @ first) if length > 0 else None
    held = float(np.square(centred @ axes, dtype=np.float64).sum())
    return Components(mean, axes.astype(np.float32), min(held / total, 1.0) if total > 0 else 1.0), cut


def aligning_rotation(points: Single, reference: Single) -> NDArray[np.float64]:
    """Return the rotation or reflection (2, 2) that aligns `points` (n, 2) with `reference` (n, 2).

    Principal components may turn and change sign from one frame to the next; so turned, nothing jumps
    (orthogonal Procrustes problem; Schönemann, 1966).
    """
    moved, fixed = points - points.mean(axis=0), reference - reference.mean(axis=0)
    product = moved.T.astype(np.float64) @ fixed.astype(np.float64)
    if not np.isfinite(product).all() or np.abs(product).max(initial=0.0) < 1e-12:
        return np.eye(2)
    left, _sizes, right = np.linalg.svd(product)
    turn: NDArray[np.float64] = left @ right
    return turn


def _grid(data: PreparedData) -> NDArray[np.float64] | None:
    """Return the points of the input grid in the units of the data, row by row, or None above two features."""
    features = data.raw_train.shape[1]
    if features > 2:
        return None
    if features == 1:
        return np.linspace(*data.bounds[0], CURVE_POINTS)[:, None]
    return plane_points(data, SIDE)


def _over_first(given: list[Single], raw: NDArray[Any], layer: int) -> Single:
    """Return a layer of one unit over the first feature, or over the first component of many inputs."""
    few = raw.shape[1] <= 2
    across = np.asarray(raw[:, 0], np.float32) if few else components(given[0]).project(given[0])[:, 0]
    up = np.zeros_like(across) if layer == 0 else given[layer][:, 0]
    return np.stack([across, up], axis=1)


def _locked(array: NDArray[Any]) -> Single:
    return read_only(np.ascontiguousarray(array, np.float32))
