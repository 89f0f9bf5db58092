"""The logic gates: four rows in the order 00, 01, 10, 11."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from playground.data.dataset import Dataset

TRUTH = {"and": (0, 0, 0, 1), "or": (0, 1, 1, 1), "nand": (1, 1, 1, 0), "xor": (0, 1, 1, 0)}
"""The output of each gate for the rows 00, 01, 10, 11."""

VIEW = ((-0.3, 1.3), (-0.3, 1.3))


def gate(name: str, options: Mapping[str, Any], seed: int) -> Dataset:  # noqa: ARG001 - as every loader
    """Return the rows of one gate, a key of `TRUTH`."""
    return Dataset(
        name=name,
        x=np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=np.float64),
        y=np.array(TRUTH[name], dtype=np.int64),
        task="classification",
        feature_names=("x1", "x2"),
        class_names=("0", "1"),
        view=VIEW,
    )
