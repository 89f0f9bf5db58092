"""A drawing, and how it becomes an input of the network: prepared the way the images of a data set were made.

Coordinates are pixels of the drawing's bitmap, x to the right and y downwards, (0, 0) at its upper left
corner. Ink goes from 0 (paper) to 1.
"""

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from playground.data.dataset import Dataset

Floats = NDArray[np.float32]
Pixels = NDArray[np.uint8]

SIDE = 280
"""Pixels along each side of a drawing's bitmap: 10 for one of MNIST's, 35 for one of the small digits'."""

FAINTEST = 1 / 255
"""Less ink than this is paper."""


@dataclass(frozen=True)
class Recipe:
    """How a data set prepared its images.

    Attributes
    ----------
    shape
        (height, width) of its images.
    box
        (height, width) of the room, in the middle of the image, that the ink was scaled to fit.
    centre
        ``"mass"``: the centre of mass of the ink was moved to the middle; ``"box"``: the box of the ink was.
    levels
        The value of a pixel that is all ink.
    brush
        How wide its strokes are, as a share of the side of a drawing that a digit nearly fills.
    """

    shape: tuple[int, int]
    box: tuple[int, int]
    centre: Literal["mass", "box"]
    levels: int
    brush: float = 0.085


RECIPES = {
    # LeCun, Cortes, Burges: fitted into 20×20 with antialiasing, centred by mass in 28×28.
    "mnist": Recipe((28, 28), (20, 20), "mass", 255),
    # Xiao, Rasul, Vollgraf 2017: the longer side scaled to 28, centred.
    "fashion-mnist": Recipe((28, 28), (28, 28), "box", 255),
    # Alpaydin, Kaynak 1998: bitmaps of 32×32, ink counted in blocks of 4×4; they are 24 wide at most.
    "digits": Recipe((8, 8), (8, 6), "box", 16, brush=0.14),
}


def recipe_of(dataset: Dataset) -> Recipe | None:
    """Return how a data set's images were made, or None where its rows are not images."""
    if dataset.image_shape is None:
        return None
    levels = round(1 / dataset.x_scale)
    return RECIPES.get(dataset.name) or Recipe(dataset.image_shape, dataset.image_shape, "box", levels)


@dataclass
class Stroke:
    """A line drawn in one go: points (x, y, width), in the order in which they were drawn; or erased."""

    points: list[tuple[float, float, float]]
    erases: bool = False


class Drawing:
    """Strokes on paper, or on an image that was loaded; a bitmap of `side` × `side` pixels.

    Attributes
    ----------
    ink
        (side, side), 0 … 1: what is seen. Do not write into it.
    strokes
        What was drawn since it was cleared or loaded.
    loaded
        Whether there is an image below the strokes. Its pixels then stay where they are.
    """

    def __init__(self, side: int = SIDE) -> None:
        self.side = side
        self.strokes: list[Stroke] = []
        self.loaded = False
        self._ground: Floats = np.zeros((side, side), np.float32)
        self.ink: Floats = self._ground.copy()

    @property
    def is_empty(self) -> bool:
        """Whether there is no ink."""
        return float(self.ink.max()) < FAINTEST

    def begin(self, x: float, y: float, width: float, *, erases: bool = False) -> None:
        """Begin a stroke with a dot at (x, y), `width` pixels wide; it removes ink if it `erases`."""
        self.strokes.append(Stroke([(x, y, width)], erases))
        self._lay(self.strokes[-1], 0)

    def extend(self, x: float, y: float, width: float) -> None:
        """Draw the stroke on to (x, y), where it is `width` pixels wide."""
        self.strokes[-1].points.append((x, y, width))
        self._lay(self.strokes[-1], len(self.strokes[-1].points) - 1)

    def undo(self) -> bool:
        """Remove the last stroke; return whether there was one."""
        if not self.strokes:
            return False
        self.strokes.pop()
        self.ink = self._ground.copy()
        for stroke in self.strokes:
            for k in range(len(stroke.points)):
                self._lay(stroke, k)
        return True

    def clear(self) -> None:
        """Remove all ink."""
        self.loaded = False
        self._put(np.zeros((self.side, self.side), np.float32))

    def load(self, image: NDArray[np.generic], levels: int) -> None:
        """Replace the drawing by an image (h, w), 0 … `levels`, enlarged to fill the paper."""
        self.loaded = True
        rows, columns = (_shares(0, n, n / self.side, self.side) for n in image.shape)
        share = image.astype(np.float32) / np.float32(levels)
        self._put(np.clip(rows @ share @ columns.T, 0, 1, dtype=np.float32))

    def _put(self, ground: Floats) -> None:
        self.strokes = []
        self._ground = ground
        self.ink = ground.copy()

    def _lay(self, stroke: Stroke, k: int) -> None:
        """Lay the ink of a stroke from its point before `k` to point `k`, round at both ends, edges antialiased."""
        x0, y0, width0 = stroke.points[max(0, k - 1)]
        x1, y1, width1 = stroke.points[k]
        reach = max(width0, width1) / 2 + 1
        left, right = (min(max(0, math.floor(x)), self.side) for x in (min(x0, x1) - reach, max(x0, x1) + reach + 1))
        top, bottom = (min(max(0, math.floor(y)), self.side) for y in (min(y0, y1) - reach, max(y0, y1) + reach + 1))
        if left >= right or top >= bottom:
            return
        x = np.arange(left, right, dtype=np.float32) + np.float32(0.5 - x0)
        y = np.arange(top, bottom, dtype=np.float32)[:, None] + np.float32(0.5 - y0)
        dx, dy = x1 - x0, y1 - y0
        along = np.clip((x * dx + y * dy) / max(dx * dx + dy * dy, 1e-9), 0, 1)
        radius = (width0 + (width1 - width0) * along) / 2
        cover = np.clip(radius - np.hypot(x - along * dx, y - along * dy) + 0.5, 0, 1)
        part = self.ink[top:bottom, left:right]
        if stroke.erases:
            np.minimum(part, 1 - cover, out=part)
        else:
            np.maximum(part, cover, out=part)


def prepare(drawing: Drawing, recipe: Recipe) -> Pixels | None:
    """Return a drawing as the network is given it, or None where there is no ink.

    What was drawn on clean paper is cut out, scaled and centred as the data set's own images were. What was
    drawn on one of those stays where it is: that image was prepared already.
    """
    if drawing.is_empty:
        return None
    return reduced(drawing.ink, recipe) if drawing.loaded else fitted(drawing.ink, recipe)


def fitted(ink: NDArray[np.floating], recipe: Recipe) -> Pixels | None:
    """Return a bitmap (h, w), 0 … 1, cut to its ink, scaled, centred and put into levels; None without ink."""
    there = ink >= FAINTEST
    rows, columns = np.flatnonzero(there.any(axis=1)), np.flatnonzero(there.any(axis=0))
    if not len(rows):
        return None
    top, bottom, left, right = rows[0], rows[-1] + 1, columns[0], columns[-1] + 1
    scale = max((bottom - top) / recipe.box[0], (right - left) / recipe.box[1])
    down = _cells(top, bottom, scale, ink.shape[0])
    across = _cells(left, right, scale, ink.shape[1])
    small = down @ ink @ across.T
    height, width = recipe.shape
    if recipe.centre == "mass":
        begin_row = _first_by_mass(small.sum(axis=1), height)
        begin_column = _first_by_mass(small.sum(axis=0), width)
    else:
        begin_row, begin_column = (height - small.shape[0]) // 2, (width - small.shape[1]) // 2
    out = np.zeros(recipe.shape)
    out[begin_row : begin_row + small.shape[0], begin_column : begin_column + small.shape[1]] = small
    return _levelled(out, recipe.levels)


def reduced(ink: NDArray[np.floating], recipe: Recipe) -> Pixels:
    """Return a bitmap (h, w), 0 … 1, as an image of the recipe's shape, each pixel the mean of its part."""
    down, across = (_shares(0, n, n / pixels, pixels) for n, pixels in zip(ink.shape, recipe.shape, strict=True))
    return _levelled(down @ ink @ across.T, recipe.levels)


def _cells(begin: int, end: int, scale: float, length: int) -> Floats:
    """Return the shares of `length` pixels in as many cells, each `scale` long, as cover those from `begin` to `end`.

    Where they do not come out even, as much is left over before as after.
    """
    count = max(1, math.ceil((end - begin) / scale - 1e-9))
    return _shares(begin - (count * scale - (end - begin)) / 2, length, scale, count)


def _shares(begin: float, length: int, scale: float, count: int) -> Floats:
    """Return (count, length): the share that each of `length` pixels has in each of `count` cells `scale` long."""
    edges = begin + scale * np.arange(count + 1)[:, None]
    pixels = np.arange(length)
    overlap = np.minimum(edges[1:], pixels + 1) - np.maximum(edges[:-1], pixels)
    shares: Floats = (np.clip(overlap, 0, None) / scale).astype(np.float32)
    return shares


def _first_by_mass(mass: NDArray[np.floating], room: int) -> int:
    """Return where to begin in a row of `room` pixels so that the centre of mass is nearest to its middle."""
    centre = float(mass @ np.arange(len(mass)) / mass.sum())
    return min(max(0, math.ceil(room / 2 - 0.5 - centre)), room - len(mass))


def _levelled(shares: NDArray[np.floating], levels: int) -> Pixels:
    out: Pixels = np.clip(np.rint(shares * levels), 0, levels).astype(np.uint8)
    return out
