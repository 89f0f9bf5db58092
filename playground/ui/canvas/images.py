"""Arrays as pictures: colour tables, `QImage`, mosaics, colours of classes. Every image here owns its pixels."""

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QImage

from playground.data.preparation import PreparedData
from playground.ui.core import theme
from playground.ui.core.labels import Rows

Array = NDArray[np.floating]
ColourTable = NDArray[np.uint8]

CRISP = 2.5
"""From so many pixels of the screen a number on, a picture is shown in squares; below that it is smoothed."""


def symmetric_limit(values: NDArray[np.floating]) -> float:
    """Return the largest finite |value|, or 1 where there is none: the scale of a diverging picture."""
    largest = float(np.max(np.abs(values))) if values.size else 0.0
    if not math.isfinite(largest):
        finite = values[np.isfinite(values)]
        largest = float(np.max(np.abs(finite))) if finite.size else 0.0
    return largest if largest > 0 else 1.0


def indices(values: NDArray[np.floating], low: float, high: float) -> NDArray[np.uint8]:
    """Return places 0 … 255 in a colour table for `values` between `low` and `high`; NaN gets the middle."""
    with np.errstate(over="ignore", invalid="ignore"):  # a run that diverges is told of elsewhere
        scaled = (np.asarray(values, np.float32) - np.float32(low)) * np.float32(255.0 / max(high - low, 1e-30))
    np.clip(scaled, 0, 255, out=scaled)
    scaled[np.isnan(scaled)] = 127
    places: NDArray[np.uint8] = (scaled + np.float32(0.5)).astype(np.uint8)
    return places


def table_image(places: NDArray[np.uint8], table: ColourTable) -> QImage:
    """Return an image of `places` (h, w) in the colours of `table` (256, 3)."""
    return colour_image(table[places])


def colour_image(pixels: NDArray[np.uint8]) -> QImage:
    """Return an image of `pixels` (h, w, 3)."""
    height, width, _channels = pixels.shape
    image = QImage(np.ascontiguousarray(pixels).data, width, height, 3 * width, QImage.Format.Format_RGB888)
    return image.convertToFormat(QImage.Format.Format_RGB32)


def mosaic(tiles: NDArray[np.floating], columns: int) -> NDArray[np.floating]:
    """Lay `tiles` (k, h, w) out in rows of `columns` as one array; what is left of the last row is NaN."""
    count, height, width = tiles.shape
    rows = max(1, math.ceil(count / columns))
    out = np.full((rows * columns, height, width), np.nan, tiles.dtype)
    out[:count] = tiles
    return out.reshape(rows, columns, height, width).transpose(0, 2, 1, 3).reshape(rows * height, columns * width)


def finer(grid: NDArray[np.floating], times: int) -> NDArray[np.floating]:
    """Return `grid` (h, w, …) with `times` as many rows and columns, linear in between; its corners stay."""
    for axis in (0, 1):
        count = grid.shape[axis]
        at = np.linspace(0, count - 1, times * count)
        below = np.minimum(at.astype(np.intp), max(count - 2, 0))
        share = (at - below).astype(np.float32).reshape([-1 if k == axis else 1 for k in range(grid.ndim)])
        above = np.minimum(below + 1, count - 1)
        grid = grid.take(below, axis) * (1 - share) + grid.take(above, axis) * share
    return grid


def best_columns(count: int, width: float, height: float, tile_width: float, tile_height: float) -> int:
    """Return how many columns make `count` tiles largest in a rectangle of `width` × `height`."""
    count = max(1, count)

    def scale(columns: int) -> float:
        return min(width / (columns * tile_width), height / (math.ceil(count / columns) * tile_height))

    return max(range(1, count + 1), key=lambda columns: round(scale(columns), 9))


def class_blend(
    outputs: NDArray[np.floating], colours: NDArray[np.floating], ground: NDArray[np.floating]
) -> NDArray[np.uint8]:
    """Return pixels (…, 3): the colours (k, 3) of the classes mixed by their share in `outputs` (…, k).

    Shares are what is left above zero, made to sum to 1; where the winner is unsure the colour fades to `ground`.
    """
    shares = np.nan_to_num(np.maximum(np.asarray(outputs, np.float32), 0.0), nan=0.0, posinf=1.0)
    total = shares.sum(axis=-1, keepdims=True)
    count = outputs.shape[-1]
    shares = np.where(total > 0, shares / np.where(total > 0, total, 1.0), np.float32(1.0 / count))
    mixed = shares @ colours.astype(np.float32)
    certainty = (shares.max(axis=-1, keepdims=True) - 1.0 / count) / (1.0 - 1.0 / count) if count > 1 else 1.0
    certainty = 0.15 + 0.7 * np.asarray(certainty, np.float32)
    pixels = mixed * certainty + ground.astype(np.float32) * (1.0 - certainty)
    blended: NDArray[np.uint8] = np.clip(pixels + 0.5, 0, 255).astype(np.uint8)
    return blended


def ink_table() -> ColourTable:
    """Return the colours from background to stroke, (256, 3) bytes, for drawn digits in the present theme."""
    return theme.ramp(theme.current().field, theme.current().text)


MANY = ("#1f77cc", "#e67e22", "#2b9a66", "#c4409a", "#8a63d2", "#b59a1f", "#17a2b8", "#d9534f", "#7a8794", "#8c564b")


def class_colour(index: int, count: int) -> QColor:
    """Return the colour of class `index` out of `count`."""
    if count <= 2:
        return theme.color("high" if index else "low")
    return QColor(MANY[index % len(MANY)])


def class_table(count: int) -> NDArray[np.uint8]:
    """Return the colours of `count` classes, (count, 3)."""
    colours = [class_colour(k, count) for k in range(count)]
    return np.array([[c.red(), c.green(), c.blue()] for c in colours], np.uint8)


def target_range(data: PreparedData) -> tuple[float, float]:
    """Return the smallest and the largest target of a regression, in the units of the data."""
    targets: NDArray[Any] = data.targets_in_units(data.t_train)[:, 0]
    low, high = float(targets.min()), float(targets.max())
    return (low, high) if high > low else (low - 1.0, low + 1.0)


def sample_colours(data: PreparedData, rows: Rows) -> NDArray[np.uint8]:
    """Return the colour of each sample, (n, 3)."""
    if rows.labels is not None:
        colours: NDArray[np.uint8] = class_table(len(data.dataset.class_names))[rows.labels]
        return colours
    return target_colours(data, data.targets_in_units(rows.targets)[:, 0])


def target_colours(data: PreparedData, targets: NDArray[Any]) -> NDArray[np.uint8]:
    """Return the colours (n, 3) of targets (n,), given in the units of the data."""
    colours: NDArray[np.uint8] = theme.outputs()[indices(targets, *target_range(data))]
    return colours
