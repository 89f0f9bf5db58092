"""The colour of each sample: that of its class, or of its target on a scale."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.data.preparation import PreparedData
from playground.ui.canvas.class_colours import class_table
from playground.ui.canvas.images import indices
from playground.ui.core import theme
from playground.ui.core.labels import Rows


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
