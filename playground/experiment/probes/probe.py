"""The probes of a run: outputs on a grid, fitted curves, predictions, weights. All answers are read-only copies."""

from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from playground.data.preparation import PreparedData, evenly_spaced
from playground.engine.network import Network
from playground.experiment.probes.snapshot import Probe
from playground.experiment.training.history import read_only
from playground.experiment.training.layer_statistics import NetworkStats
from playground.experiment.training.trainer import Trainer
from playground.experiment.training.weight_history import WeightHistoryView

Array = NDArray[Any]
Single = NDArray[np.float32]
Part = Literal["train", "test"]

MOST_ROWS = 10_000


@dataclass(frozen=True)
class Parameters(Probe[Array]):
    """All weights and biases, flat, as in ``network.parameters``."""

    def compute(self, trainer: Trainer) -> Array:
        """Return (parameters,)."""
        return read_only(trainer.network.copy_parameters())


@dataclass(frozen=True)
class OutputGrid(Probe[Single | None]):
    """The outputs over the plane of two features, `resolution` points along each."""

    resolution: int = 100

    def compute(self, trainer: Trainer) -> Single | None:
        """Return float32 (resolution, resolution, n_out), or None where there are not two features.

        Entry [i, j] lies at the i-th value of the second feature and the j-th of the first, both from low
        to high over ``data.bounds``.
        """
        layers = _grid_layers(trainer, self.resolution)
        return None if layers is None else read_only(np.ascontiguousarray(np.moveaxis(layers[-1], 0, -1)))


@dataclass(frozen=True)
class UnitGrids(Probe[tuple[Single, ...] | None]):
    """The output of each unit over the plane of two features: the pictures in a network diagram.

    Of each layer at most `most` units: the first ones, or the first of those named in `units`, one tuple a layer,
    inputs first; a unit that is not there is left out.
    """

    resolution: int = 32
    most: int = 64
    units: tuple[tuple[int, ...], ...] | None = None

    def compute(self, trainer: Trainer) -> tuple[Single, ...] | None:
        """Return float32 (units, resolution, resolution) for each layer, inputs first; None without two features.

        Directions as for `OutputGrid`.
        """
        layers = _grid_layers(trainer, self.resolution)
        if layers is None:
            return None
        return tuple(read_only(layer[self._units(k, len(layer))]) for k, layer in enumerate(layers))

    def _units(self, layer: int, size: int) -> list[int]:
        named = range(size) if self.units is None or layer >= len(self.units) else self.units[layer]
        return [unit for unit in named if unit < size][: self.most]


@dataclass(frozen=True)
class UnitGrid(Probe[Single | None]):
    """The output of one unit over the plane of two features; layer 0 are the inputs."""

    layer: int
    unit: int
    resolution: int = 100

    def compute(self, trainer: Trainer) -> Single | None:
        """Return the unit's activations over the plane, (resolution, resolution) float32; None without such a unit."""
        sizes = trainer.network.sizes
        if not (0 <= self.layer < len(sizes) and 0 <= self.unit < sizes[self.layer]):
            return None
        layers = _grid_layers(trainer, self.resolution)
        return None if layers is None else read_only(layers[self.layer][self.unit].copy())


@dataclass(frozen=True)
class Curve(Probe[tuple[Array, Array] | None]):
    """The fitted curve over a single feature."""

    points: int = 200

    def compute(self, trainer: Trainer) -> tuple[Array, Array] | None:
        """Return the feature (points,) and the outputs (points, n_out) in the target's unit.

        None is for data that have not exactly one feature.
        """
        data = trainer.data
        if data.raw_train.shape[1] != 1:
            return None
        low, high = data.bounds[0]
        x = np.linspace(low, high, self.points)
        outputs = trainer.network.predict(data.inputs_of(x[:, None]))
        return read_only(x), read_only(np.array(data.targets_in_units(outputs)))


@dataclass(frozen=True)
class Predictions(Probe[Array | None]):
    """The outputs for a window of rows of one part."""

    part: Part = "train"
    first: int = 0
    count: int = 100

    def compute(self, trainer: Trainer) -> Array | None:
        """Return the outputs (rows, n_out) for at most `count` rows, or None if there is no such part."""
        x, _ = _part(trainer.data, self.part)
        if x is None:
            return None
        return read_only(trainer.network.predict(x[self.first : self.first + self.count]))


@dataclass(frozen=True)
class FittedVsTrue(Probe[tuple[Array, Array] | None]):
    """Targets and outputs of at most `count` evenly spaced rows of one part, in the target's unit."""

    count: int = 500
    part: Part = "train"

    def compute(self, trainer: Trainer) -> tuple[Array, Array] | None:
        """Return targets and outputs, both (rows, n_out), or None where there is no such part."""
        x, t = _part(trainer.data, self.part)
        if x is None or t is None:
            return None
        rows = evenly_spaced(len(x), self.count)
        outputs = trainer.network.predict(x[rows])
        in_units = trainer.data.targets_in_units
        return read_only(np.array(in_units(t[rows]))), read_only(np.array(in_units(outputs)))


@dataclass(frozen=True)
class Activations(Probe[tuple[Array, ...] | None]):
    """The output of every unit for one row, or for the image in `drawing`: its bytes in the units of the data."""

    part: Part = "train"
    row: int = 0
    drawing: bytes | None = None

    def compute(self, trainer: Trainer) -> tuple[Array, ...] | None:
        """Return (units,) for each layer, scaled inputs first and outputs last.

        None where there is no such row, or the drawing has another number of pixels than the data.
        """
        if self.drawing is None:
            x, _ = _part(trainer.data, self.part)
            inputs = None if x is None or not 0 <= self.row < len(x) else x[self.row : self.row + 1]
        else:
            inputs = inputs_of_drawing(trainer.data, self.drawing)
        if inputs is None:
            return None
        return tuple(read_only(layer[0].copy()) for layer in trainer.network.activations_of(inputs))


@dataclass(frozen=True)
class RunEvidence(Probe[NetworkStats]):
    """What diagnosis and the view of gradients need to know of the network and the run."""

    def compute(self, trainer: Trainer) -> NetworkStats:
        """Return the statistics at this step; 1 to 2 ms for 784-50-10."""
        training, rows = trainer.config.training, len(trainer.data.x_train)
        summed = min(training.batch_size or rows, rows) if training.reduction == "sum" else 1
        return replace(
            trainer.observer.compute(trainer.step_count, summed, trainer.flow.view()),
            train=trainer.metrics_train,
            test=trainer.metrics_test,
            evaluated_at=trainer.evaluated_at,
            best=trainer.best,
            changed_at=trainer.changed_at,
            has_ended=trainer.stopped_by is not None,
        )


@dataclass(frozen=True)
class WeightCurves(Probe[WeightHistoryView | None]):
    """Every weight and bias by step; None for a network of more than `MOST_PARAMETERS` numbers."""

    def compute(self, trainer: Trainer) -> WeightHistoryView | None:
        """Return a copy of the history, with the parameters at this step as its last entry."""
        if not trainer.weights.is_kept:
            return None
        return trainer.weights.view(trainer.step_count, trainer.network.parameters)


def inputs_of_drawing(data: PreparedData, pixels: bytes) -> Array | None:
    """Return an image as inputs (1, n_in), or None where the data have another number of columns."""
    raw = np.frombuffer(pixels, np.uint8)[None]
    return data.inputs_of(raw) if raw.shape[1] == data.raw_train.shape[1] and not data.features else None


def single(network: Network) -> Network:
    """Return the network in float32, which is precise enough for a picture and twice as fast."""
    return network if network.dtype == np.float32 else network.copy(np.float32)


def plane_points(data: PreparedData, side: int) -> Array:
    """Return points (side², 2) over the plane of two features, row by row, both from low to high over the bounds."""
    first, second = (np.linspace(low, high, side) for low, high in data.bounds)
    return np.column_stack([np.tile(first, side), np.repeat(second, side)])


def _grid_layers(trainer: Trainer, resolution: int) -> list[Single] | None:
    """Return float32 (units, resolution, resolution) of each layer over the plane; None without two features."""
    data = trainer.data
    if data.raw_train.shape[1] != 2:
        return None
    layers = single(trainer.network).activations_of(data.inputs_of(plane_points(data, resolution)))
    return [np.ascontiguousarray(layer.T).reshape(-1, resolution, resolution) for layer in layers]


def _part(data: PreparedData, part: Part) -> tuple[Array | None, Array | None]:
    return (data.x_train, data.t_train) if part == "train" else (data.x_test, data.t_test)
