"""A table of the user's own, from a CSV file."""

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from playground.data.dataset import Dataset
from playground.data.errors import DataError
from playground.data.rows import encode_classes
from playground.language import _


def table(options: Mapping[str, Any], seed: int) -> Dataset:  # noqa: ARG001 - every loader takes both
    """Return the table at `path`: the last column is the target."""
    try:
        with Path(options["path"]).open(encoding="utf-8-sig", newline="") as file:
            lines = [line for line in csv.reader(file) if line]
    except OSError as error:
        raise DataError(
            _("{path} cannot be read: {error}.").format(path=options["path"], error=error.strerror or error)
        ) from error
    names, body = tuple(lines[0]), lines[1:]
    x = np.array([[float(cell) for cell in line[:-1]] for line in body])
    y, classes = encode_classes([line[-1] for line in body])
    return Dataset("csv", x, y, "classification", names[:-1], names[-1:], classes)
