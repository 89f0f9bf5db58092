"""The small digits that come with the program: 1,797 images of 8×8 pixels."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from playground import paths
from playground.data.dataset import Dataset, OwnName
from playground.language import N_

SOURCE = N_("E. Alpaydin and C. Kaynak (1998), UCI Machine Learning Repository, doi 10.24432/C50P49, CC BY 4.0.")


def digits(options: Mapping[str, Any], seed: int) -> Dataset:  # noqa: ARG001 - every loader takes both
    """Return the digits: `x` (1797, 64) uint8, pixels from 0 (white) to 16 (black); `y` (1797,) the digit."""
    with np.load(paths.resource("datasets", "digits.npz"), allow_pickle=False) as arrays:
        x, y = arrays["x"], arrays["y"]
    samples = options["samples"] or len(x)
    return Dataset(
        name="digits",
        x=x[:samples],
        y=y[:samples].astype(np.int64),
        task="classification",
        feature_names=pixel_names(8, 8),
        target_names=(OwnName(N_("digit")),),
        class_names=tuple("0123456789"),
        image_shape=(8, 8),
        x_scale=1 / 16,
        source=SOURCE,
    )


def pixel_names(height: int, width: int) -> tuple[str, ...]:
    """Return a name for each pixel, row by row: ``"3,5"`` is the fourth row, sixth column."""
    return tuple(f"{row},{column}" for row in range(height) for column in range(width))
