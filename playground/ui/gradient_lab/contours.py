"""Contours of a grid of values."""

import numpy as np
import pyqtgraph as pg
from numpy.typing import ArrayLike, NDArray

from playground.experiment.landscape.surfaces import Bounds

Array = NDArray[np.float64]


def contours(grid: Array, bounds: Bounds, levels: ArrayLike) -> tuple[Array, Array]:
    """Return line segments, x and y of their ends in pairs, where `grid` (rows, columns) passes through each level."""
    with np.errstate(all="ignore"):
        segments = [one for level in np.asarray(levels).tolist() for one in pg.isocurve(grid, level)]
    row, column = np.array(segments, np.float64).reshape(-1, 2).T - 0.5  # it counts from the edge of the first cell
    (left, right), (bottom, top) = bounds
    rows, columns = grid.shape
    return left + column * (right - left) / (columns - 1), bottom + row * (top - bottom) / (rows - 1)
