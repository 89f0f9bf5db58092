"""A small picture of every data set for the gallery: points or an image, without loading anything."""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from playground.data.catalog import CATALOG
from playground.data.drawing import Drawing
from playground.data.sets.gates import TRUTH

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
        (n,): −1 is drawn in the negative colour, +1 in the positive one, what lies between mixed.
    image
        (height, width), 0 for the ground … 1 for ink, first row on top.
    """

    points: Floats | None = None
    values: Floats | None = None
    image: Floats | None = None


@cache
def thumbnail(name: str) -> Thumbnail:
    """Return the picture of the data set called `name`, a key of the catalogue."""
    if name in _IMAGES:
        return Thumbnail(image=_IMAGES[name]())
    if name == "rows":
        return Thumbnail(
            np.array([[0.2, 0.7], [0.45, 0.85], [0.3, 0.35], [0.7, 0.25], [0.8, 0.6]]), _signs([1, 1, 0, 0, 0])
        )
    if name in TRUTH:
        return Thumbnail(np.array([[0.25, 0.25], [0.25, 0.75], [0.75, 0.25], [0.75, 0.75]]), _signs(TRUTH[name]))
    entry = CATALOG[name]
    data = entry.make(entry.with_defaults({"samples": _POINTS, "noise": 0.05}), _SEED)
    classes = data.task == "classification"
    values = _signs(data.y) if classes else np.clip(data.y[:, 0], -1.0, 1.0)
    points = data.x if data.x.shape[1] == 2 else np.column_stack([data.x, data.y])
    low, high = points.min(axis=0), points.max(axis=0)
    return Thumbnail(0.08 + 0.84 * (points - low) / (high - low), values)


def _signs(labels: object) -> Floats:
    return np.asarray(labels, dtype=np.float64) * 2.0 - 1.0


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
