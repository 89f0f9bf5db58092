"""What views ask of a run: outputs on a grid, fitted curves, predictions, weights. All answers are copies."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

from playground.data.preparation import PreparedData
from playground.engine.network import Network
from playground.experiment.probes.snapshot import Probe
from playground.experiment.training.evidence import Evidence
from playground.experiment.training.metrics import Metrics
from playground.experiment.training.weight_history import WeightHistoryView

if TYPE_CHECKING:
    from playground.experiment.training.trainer import Trainer

Single = NDArray[np.float32]
Part = Literal["train", "test"]

LARGEST_GRID = 512
MOST_ROWS = 10_000


@dataclass(frozen=True)
class Parameters(Probe[NDArray[Any]]):
    """All weights and biases, flat, as in ``network.parameters``."""

    def compute(self, trainer: "Trainer") -> NDArray[Any]:
        """Return a read-only copy."""
        return _locked(trainer.network.copy_parameters())


@dataclass(frozen=True)
class OutputGrid(Probe[Single | None]):
    """The outputs over the plane of two features, `resolution` points along each."""

    resolution: int = 100

    def compute(self, trainer: "Trainer") -> Single | None:
        """Return float32 (resolution, resolution, n_out), or None where there are not two features.

        Entry [i, j] lies at the i-th value of the second feature and the j-th of the first, both from low
        to high over ``data.bounds``.
        """
        points = grid_points(trainer.data, self.resolution)
        if points is None:
            return None
        outputs = _single(trainer.network).predict(trainer.data.inputs_of(points))
        side = _side(self.resolution)
        return _locked(outputs.reshape(side, side, -1))


@dataclass(frozen=True)
class UnitGrids(Probe[tuple[Single, ...] | None]):
    """What each unit gives out over the plane of two features: the pictures in a network diagram.

    At most `most` units of a layer are looked at: the first ones, or the first of those named in `units`, one tuple a
    layer, inputs first.
    """

    resolution: int = 32
    most: int = 64
    units: tuple[tuple[int, ...], ...] | None = None

    def compute(self, trainer: "Trainer") -> tuple[Single, ...] | None:
        """Return float32 (units, resolution, resolution) for each layer, or None where there are not two features.

        Place k belongs to ``network.sizes[k]``: the inputs come first, the outputs last. Directions as for
        `OutputGrid`.
        """
        points = grid_points(trainer.data, self.resolution)
        if points is None:
            return None
        side = _side(self.resolution)
        layers = _single(trainer.network).activations_of(trainer.data.inputs_of(points))
        return tuple(
            _locked(np.ascontiguousarray(layer[:, self._units(k, layer.shape[1])].T).reshape(-1, side, side))
            for k, layer in enumerate(layers)
        )

    def _units(self, layer: int, size: int) -> list[int]:
        """Return the units of a layer to look at; a unit that is not there is left out."""
        named = range(size) if self.units is None or layer >= len(self.units) else self.units[layer]
        return [unit for unit in named if unit < size][: self.most]


@dataclass(frozen=True)
class UnitGrid(Probe[Single | None]):
    """What one unit gives out over the plane of two features; layer 0 are the inputs."""

    layer: int
    unit: int
    resolution: int = 100

    def compute(self, trainer: "Trainer") -> Single | None:
        """Return float32 (resolution, resolution), directions as for `OutputGrid`; None where there is no such unit."""
        points = grid_points(trainer.data, self.resolution)
        sizes = trainer.network.sizes
        if points is None or not (0 <= self.layer < len(sizes) and 0 <= self.unit < sizes[self.layer]):
            return None
        layer = _single(trainer.network).activations_of(trainer.data.inputs_of(points))[self.layer]
        side = _side(self.resolution)
        return _locked(np.ascontiguousarray(layer[:, self.unit]).reshape(side, side))


@dataclass(frozen=True)
class Curve(Probe[tuple[NDArray[Any], NDArray[Any]] | None]):
    """The fitted curve over a single feature."""

    points: int = 200

    def compute(self, trainer: "Trainer") -> tuple[NDArray[Any], NDArray[Any]] | None:
        """Return the feature (points,) and the outputs (points, n_out) in the target's unit, or None.

        None is for data that have not exactly one feature.
        """
        data = trainer.data
        if data.raw_train.shape[1] != 1:
            return None
        low, high = data.bounds[0]
        x = np.linspace(low, high, max(2, min(self.points, MOST_ROWS)))
        outputs = trainer.network.predict(data.inputs_of(x[:, None]))
        return _locked(x), _locked(np.array(data.targets_in_units(outputs)))


@dataclass(frozen=True)
class Predictions(Probe[NDArray[Any] | None]):
    """The outputs for a window of rows of one part."""

    part: Part = "train"
    first: int = 0
    count: int = 100

    def compute(self, trainer: "Trainer") -> NDArray[Any] | None:
        """Return the outputs (at most `count`, n_out), or None where there is no such part."""
        x, _ = _part(trainer.data, self.part)
        if x is None:
            return None
        return _locked(trainer.network.predict(_window(x, self.first, self.count)))


@dataclass(frozen=True)
class FittedVsTrue(Probe[tuple[NDArray[Any], NDArray[Any]] | None]):
    """Targets and outputs of at most `count` evenly spaced rows of one part, in the target's unit."""

    count: int = 500
    part: Part = "train"

    def compute(self, trainer: "Trainer") -> tuple[NDArray[Any], NDArray[Any]] | None:
        """Return targets and outputs, both (rows, n_out), or None where there is no such part."""
        x, t = _part(trainer.data, self.part)
        if x is None or t is None:
            return None
        rows = np.linspace(0, len(x) - 1, min(len(x), max(1, self.count), MOST_ROWS)).astype(np.intp)
        outputs = trainer.network.predict(x[rows])
        in_units = trainer.data.targets_in_units
        return _locked(np.array(in_units(t[rows]))), _locked(np.array(in_units(outputs)))


@dataclass(frozen=True)
class Activations(Probe[tuple[NDArray[Any], ...] | None]):
    """What every unit gives out for one row."""

    part: Part = "train"
    row: int = 0

    def compute(self, trainer: "Trainer") -> tuple[NDArray[Any], ...] | None:
        """Return (units,) for each layer, scaled inputs first and outputs last; None where there is no such row."""
        x, _ = _part(trainer.data, self.part)
        if x is None or not 0 <= self.row < len(x):
            return None
        return tuple(_locked(layer[0].copy()) for layer in trainer.network.activations_of(x[self.row : self.row + 1]))


@dataclass(frozen=True)
class MetricsNow(Probe[tuple[Metrics, Metrics | None]]):
    """The metrics of all rows of the training and of the test part, at this very step."""

    def compute(self, trainer: "Trainer") -> tuple[Metrics, Metrics | None]:
        """Return both metrics; the second is None where there is no test part."""
        return trainer.evaluate()


def grid_points(data: PreparedData, resolution: int) -> NDArray[np.float64] | None:
    """Return the (resolution², 2) points of a grid over two features, or None where there are not two."""
    if data.raw_train.shape[1] != 2:
        return None
    side = _side(resolution)
    first, second = (np.linspace(low, high, side) for low, high in data.bounds)
    return np.column_stack([np.tile(first, side), np.repeat(second, side)])


def _side(resolution: int) -> int:
    """Return a resolution that is neither nothing nor huge."""
    return max(2, min(resolution, LARGEST_GRID))


def _single(network: Network) -> Network:
    """Return the network in float32, which is precise enough for a picture and twice as fast."""
    return network if network.dtype == np.float32 else network.copy(np.float32)


def _part(data: PreparedData, part: Part) -> tuple[NDArray[Any] | None, NDArray[Any] | None]:
    """Return inputs and targets of one part, None where it is not there."""
    return (data.x_train, data.t_train) if part == "train" else (data.x_test, data.t_test)


def _window(x: NDArray[Any], first: int, count: int) -> NDArray[Any]:
    first = max(0, first)
    return x[first : first + max(0, min(count, MOST_ROWS))]


def _locked(array: NDArray[Any]) -> NDArray[Any]:
    """Return the array, read-only from now on."""
    array.setflags(write=False)
    return array


@dataclass(frozen=True)
class Look(Probe[Evidence]):
    """Everything there is to see now."""

    def compute(self, trainer: "Trainer") -> Evidence:
        """Look at the network; 1 to 2 ms for 784-50-10."""
        training, rows = trainer.config.training, len(trainer.data.x_train)
        summed = min(training.batch_size or rows, rows) if training.reduction == "sum" else 1
        return replace(
            trainer.observer.look(trainer.step_count, summed, trainer.flow.view()),
            train=trainer.metrics_train,
            test=trainer.metrics_test,
            evaluated_at=trainer.evaluated_at,
            best=trainer.best,
            has_ended=trainer.stopped_by is not None,
        )


@dataclass(frozen=True)
class WeightCurves(Probe[WeightHistoryView | None]):
    """Every weight and bias by step; None for a network of more than `MOST_PARAMETERS` numbers."""

    def compute(self, trainer: "Trainer") -> WeightHistoryView | None:
        """Return a copy."""
        if not trainer.weights.is_kept:
            return None
        return trainer.weights.view(trainer.step_count, trainer.network.parameters)
