"""What the network diagram shows at a moment: arrays and names, no painting."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from playground.language import _
from playground.ui.canvas.images import Array, symmetric_limit
from playground.ui.core.labels import name_of_unit

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
    are_weights
        Whether they show the weights into the units, not their outputs over the plane.
    """

    pixels: Array
    low: float
    high: float
    units: tuple[int, ...] | None = None
    are_weights: bool = False

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
    in_units
        Returns outputs (1, n_out) in the units of the data, where the targets are scaled.
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
    in_units: Callable[[Array], Array] | None = None

    @property
    def last(self) -> int:
        """The output layer."""
        return len(self.sizes) - 1

    def unit_name(self, layer: int, unit: int) -> str:
        """Return the name of an input or an output, or a hidden unit's number in its layer."""
        return name_of_unit(layer, unit, self.input_names, self.output_names if layer == self.last else None)


def receptive_fields(weight: Array, shape: tuple[int, int], units: tuple[int, ...]) -> Tiles:
    """Return the weights into each of some units as pictures; the scale is that of all, ±max."""
    limit = symmetric_limit(weight)
    return Tiles(weight[:, list(units)].T.reshape(-1, *shape), -limit, limit, units, are_weights=True)


def weight_tiles(weight: Array, units: tuple[int, ...]) -> Tiles:
    """Return the weights into some units as small pictures: a bar with the first at the top, or a square of many."""
    limit, count = symmetric_limit(weight), len(weight)
    columns = 1 if count <= LONGEST_BAR else math.ceil(math.sqrt(count))
    rows = math.ceil(count / columns)
    pixels = np.zeros((len(units), rows * columns), weight.dtype)
    pixels[:, :count] = weight[:, list(units)].T
    return Tiles(pixels.reshape(-1, rows, columns), -limit, limit, units, are_weights=True)


MOST_CHOSEN = 9
CANDIDATES = 500
DIMENSIONS = 200
"""So many units of a layer, and so many of their weights, are compared at the most."""

CLEARLY_BETTER = 1.5
"""Another choice takes the place of the present one only where the units not shown are so many times nearer to it."""


LARGEST = 1e6
"""Larger numbers count as this, so that their squares are still numbers."""


class UnitChoice:
    """The units shown, which stay the same until others differ much more, so that pictures do not jump."""

    def __init__(self) -> None:
        self._orders: dict[int, tuple[int, ...]] = {}
        self._pages: dict[int, int] = {}

    def update(self, weights: Sequence[Array], biases: Sequence[Array], widest: int) -> bool:
        """Choose units of the layers with more than `widest` by what they make of their inputs.

        Given are weights (n_in, n_out) and biases (n_out,) of each layer; returned is whether others are shown now.
        """
        changed = False
        for layer, (weight, bias) in enumerate(zip(weights, biases, strict=True), start=1):
            if weight.shape[1] > widest and not self._pages.get(layer):
                changed |= self._choose(layer, _compared(weight, bias))
        return changed

    def _choose(self, layer: int, vectors: Array) -> bool:
        """Choose units of one layer by their vectors (units, n); return whether they are others."""
        found, old = farthest_first(vectors, MOST_CHOSEN), self._orders.get(layer, ())
        if old and reach(vectors, old) <= CLEARLY_BETTER * reach(vectors, found):
            return False
        self._orders[layer] = found
        return found != old

    def units(self, layer: int, size: int, count: int) -> tuple[int, ...]:
        """Return the numbers of at most `count` units of a layer of `size` to be shown now, in their order."""
        if size <= count:
            return tuple(range(size))
        first = tuple(dict.fromkeys((*self._orders.get(layer, ()), *range(count))))[:count]
        page = self._page(layer, size, count)
        if page == 0:
            return tuple(sorted(first))
        taken = set(first)
        others = [unit for unit in range(size) if unit not in taken]
        return tuple(others[(page - 1) * count : page * count])

    def turn(self, layer: int, size: int, count: int) -> None:
        """Show the next units of a layer; after the last ones, the most different ones again."""
        self._pages[layer] = (self._page(layer, size, count) + 1) % _pages(size, count)

    def _page(self, layer: int, size: int, count: int) -> int:
        """Return which page of a layer is shown: the last, where a larger window has made them fewer."""
        return min(self._pages.get(layer, 0), _pages(size, count) - 1)

    def note(self, layer: int, size: int, count: int) -> str:
        """Return the caption below the units shown: how many more there are, or which page this is."""
        page = self._page(layer, size, count)
        if page == 0:
            return _("+{n} more").format(n=size - count)
        return _("page {page} of {pages}").format(page=page + 1, pages=_pages(size, count))


def _pages(size: int, count: int) -> int:
    return -(-size // max(1, count))


def _compared(weight: Array, bias: Array) -> Array:
    """Return the vectors (units, n) that stand for the units: their weights, of many every so manieth, and bias."""
    rows = weight[:: -(-len(weight) // DIMENSIONS), :CANDIDATES]
    vectors = np.vstack([rows, bias[None, :CANDIDATES]]).T.astype(np.float64)
    return np.nan_to_num(vectors).clip(-LARGEST, LARGEST)


def farthest_first(vectors: Array, count: int) -> tuple[int, ...]:
    """Return `count` places of `vectors` (n, d), each as far from those before it as can be.

    It begins with the vector farthest from the mean; the first of equals is taken.
    """
    count = min(count, len(vectors))
    chosen = [int(np.argmax(_distances(vectors, vectors.mean(axis=0))))]
    nearest = _distances(vectors, vectors[chosen[0]])
    while len(chosen) < count:
        nearest[chosen] = -1.0
        chosen.append(int(np.argmax(nearest)))
        np.minimum(nearest, _distances(vectors, vectors[chosen[-1]]), out=nearest)
    return tuple(chosen)


def reach(vectors: Array, chosen: Sequence[int]) -> float:
    """Return how far the vector least like any of the chosen ones is from the nearest of them."""
    return float(np.min([_distances(vectors, vectors[k]) for k in chosen], axis=0).max())


def _distances(vectors: Array, point: Array) -> Array:
    """Return how far each vector is from a point."""
    return np.asarray(np.sqrt(((vectors - point) ** 2).sum(axis=1)))
