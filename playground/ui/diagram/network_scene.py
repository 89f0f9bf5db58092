"""What the network diagram shows at a moment: arrays and names, no painting."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from playground.language import _
from playground.ui.canvas.images import Array, symmetric_limit

LONGEST_BAR = 8


@dataclass(frozen=True, eq=False)
class Tiles:
    """The pictures of some units of one layer, on one scale.

    Attributes
    ----------
    pixels
        (units, h, w), the first row at the top.
    low, high
        The two values that get the full negative and the full positive colour.
    units
        Which units they are of; None for the first ones.
    """

    pixels: Array
    low: float
    high: float
    units: tuple[int, ...] | None = None

    def index(self, unit: int) -> int | None:
        """Return which of the pictures is that of a unit, None where it has none."""
        if self.units is None:
            return unit if unit < len(self.pixels) else None
        return self.units.index(unit) if unit in self.units else None


@dataclass
class Scene:
    """The network at a moment.

    Attributes
    ----------
    sizes
        Units of each layer, inputs first.
    input_names, output_names
        One a unit; empty for an image.
    functions
        Names of the activation functions, one per layer after the inputs; the last is the output's.
    image_shape
        (height, width) where the inputs are one picture.
    has_biases
        Whether the units have biases at all.
    weights, biases
        (n_in, n_out) and (n_out,) of each layer; empty before the first are known.
    tiles
        Pictures of units by layer; 0 are the inputs.
    values
        (units,) of each layer for the current sample, scaled inputs first; None where there is no sample.
    image
        (h, w) the current sample as a picture, 0 to 1, where the inputs are one.
    """

    sizes: tuple[int, ...]
    input_names: tuple[str, ...]
    output_names: tuple[str, ...]
    functions: tuple[str, ...]
    image_shape: tuple[int, int] | None = None
    has_biases: bool = True
    weights: Sequence[Array] = ()
    biases: Sequence[Array] = ()
    tiles: Mapping[int, Tiles] = field(default_factory=dict)
    values: Sequence[Array] | None = None
    image: Array | None = None

    @property
    def last(self) -> int:
        """The output layer."""
        return len(self.sizes) - 1

    def unit_name(self, layer: int, unit: int) -> str:
        """Return the name of an input or an output, or a hidden unit's number in its layer."""
        if layer == 0:
            names = self.input_names
            return names[unit] if unit < len(names) else _("input {n}").format(n=unit + 1)
        if layer == self.last:
            names = self.output_names
            return _("output {name}").format(name=names[unit] if unit < len(names) else unit + 1)
        return _("layer {layer}, unit {unit}").format(layer=layer, unit=unit + 1)


def receptive_fields(weight: Array, shape: tuple[int, int], units: tuple[int, ...] | None = None) -> Tiles:
    """Return the weights into each of some units (all by default) as pictures; the scale is that of all, ±max."""
    limit = symmetric_limit(weight)
    chosen = weight if units is None else weight[:, list(units)]
    return Tiles(chosen.T.reshape(-1, *shape), -limit, limit, units)


def weight_tiles(weight: Array, units: tuple[int, ...]) -> Tiles:
    """Return the weights into some units as small pictures: a bar with the first at the top, or a square of many."""
    limit, count = symmetric_limit(weight), len(weight)
    columns = 1 if count <= LONGEST_BAR else math.ceil(math.sqrt(count))
    rows = math.ceil(count / columns)
    pixels = np.zeros((len(units), rows * columns), weight.dtype)
    pixels[:, :count] = weight[:, list(units)].T
    return Tiles(pixels.reshape(-1, rows, columns), -limit, limit, units)
