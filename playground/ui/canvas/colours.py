"""Colours of classes, orange and blue for two as the outputs, and of samples: by class, or by target on a scale."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor

from playground.data.preparation import PreparedData
from playground.ui.canvas.images import indices
from playground.ui.core import theme
from playground.ui.core.labels import Rows

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
