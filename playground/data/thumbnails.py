"""A small picture of every data set for the gallery: points or an image, without loading anything."""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from playground.data.catalog import CATALOG
from playground.data.drawing import Drawing
from playground.data.sets.gates import TRUTH
from playground.registry import UserError

Floats = NDArray[np.float64]

_POINTS = 90
_SEED = 3

# Sample 10 of the digits that come with the program: a zero.
_DIGIT = (
    (0, 0, 1, 9, 15, 11, 0, 0),
    (0, 0, 11, 16, 8, 14, 6, 0),
    (0, 2, 16, 10, 0, 9, 9, 0),
    (0, 1, 16, 4, 0, 8, 8, 0),
    (0, 4, 16, 4, 0, 8, 8, 0),
    (0, 1, 16, 5, 1, 11, 3, 0),
    (0, 0, 12, 12, 10, 10, 0, 0),
    (0, 0, 1, 10, 13, 3, 0, 0),
)
_SEVEN = ((6.7, 7.8), (21.3, 7.3), (12.3, 23.0))
_PEN = 3.2
_SHIRT = (
    (0.34, 0.12),
    (0.66, 0.12),
    (0.94, 0.32),
    (0.84, 0.48),
    (0.72, 0.40),
    (0.72, 0.88),
    (0.28, 0.88),
    (0.28, 0.40),
    (0.16, 0.48),
    (0.06, 0.32),
)


@dataclass(frozen=True, eq=False)
class Thumbnail:
    """Points in the unit square, or an image; the other is None.

    Attributes
    ----------
    points
        (n, 2), x to the right and y upwards, both 0 … 1.
    values
        (n,): the class of each point, or its target, from the lowest at −1 to the highest at +1.
    classes
        How many classes there are; 0 where the targets are numbers.
    image
        (height, width), 0 for the ground … 1 for ink, first row on top.
    """

    points: Floats | None = None
    values: Floats | None = None
    classes: int = 0
    image: Floats | None = None


@cache
def thumbnail(name: str) -> Thumbnail:
    """Return the picture of the data set called `name`, a key of the catalogue; a table for one that is not to be had.

    Of more than two inputs it shows the first two.
    """
    if name in _IMAGES:
        return Thumbnail(image=_IMAGES[name]())
    if name == "rows":
        points = np.array([[0.2, 0.7], [0.45, 0.85], [0.3, 0.35], [0.7, 0.25], [0.8, 0.6]])
        return Thumbnail(points, np.array([1.0, 1.0, 0.0, 0.0, 0.0]), 2)
    if name in TRUTH:
        points = np.array([[0.25, 0.25], [0.25, 0.75], [0.75, 0.25], [0.75, 0.75]])
        return Thumbnail(points, np.array(TRUTH[name], np.float64), 2)
    entry = CATALOG[name]
    few = {"samples": _POINTS, "noise": 0.05}
    try:
        data = entry.make(entry.with_defaults({key: few[key] for key in few if entry.has(key)}), _SEED)
    except UserError:
        return Thumbnail(image=_table())
    x, y = np.asarray(data.x, np.float64), np.asarray(data.y, np.float64).reshape(len(data.y), -1)[:, 0]
    if data.image_shape is not None:
        return Thumbnail(image=_between_0_and_1(x[0]).reshape(data.image_shape))
    points = 0.08 + 0.84 * _between_0_and_1(x[:, :2] if x.shape[1] > 1 else np.column_stack([x, y]))
    if data.task == "classification":
        return Thumbnail(points, y, len(data.class_names))
    return Thumbnail(points, 2 * _between_0_and_1(y) - 1)


def _between_0_and_1(numbers: Floats) -> Floats:
    """Return numbers of which each column, (n, …), reaches from 0 to 1."""
    low, high = numbers.min(axis=0), numbers.max(axis=0)
    scaled: Floats = (numbers - low) / np.where(high > low, high - low, 1.0)
    return scaled


def _stroke() -> Floats:
    """Return a seven, 28×28, drawn along two lines; no sample of anybody's."""
    drawing = Drawing(28)
    drawing.begin(*_SEVEN[0], _PEN)
    for x, y in _SEVEN[1:]:
        drawing.extend(x, y, _PEN)
    return drawing.ink.astype(np.float64)


def _shirt() -> Floats:
    centres = (np.arange(56) + 0.5) / 56
    grid = np.stack(np.meshgrid(centres, centres), axis=-1).reshape(-1, 2)
    inside = np.zeros(len(grid), dtype=bool)
    for (x0, y0), (x1, y1) in zip(_SHIRT, _SHIRT[1:] + _SHIRT[:1], strict=True):
        if y0 != y1:
            crosses = (grid[:, 1] < y0) != (grid[:, 1] < y1)
            inside ^= crosses & (grid[:, 0] < x0 + (grid[:, 1] - y0) * (x1 - x0) / (y1 - y0))
    image: Floats = inside.reshape(28, 2, 28, 2).mean(axis=(1, 3)) * 0.8
    return image


def _table() -> Floats:
    image = np.zeros((25, 25))
    image[4:21:4, 2:23] = 0.5
    image[4:21, 2:23:5] = 0.5
    image[4:8, 2:23] = np.maximum(image[4:8, 2:23], 0.3)
    return image


_IMAGES = {"digits": lambda: np.array(_DIGIT) / 16.0, "mnist": _stroke, "fashion-mnist": _shirt, "csv": _table}
