"""The value that every data set is: rows of numbers, what they should become, and what they are called."""

from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from playground.language import _

Task = Literal["classification", "regression"]

LARGEST_NUMBER = 1e30
"""Squares of larger ones, which standardising takes, would soon be beyond what can be held."""


class OwnName(str):
    """A name of the program's own for a column or a class; the names that a user gives are plain texts."""

    __slots__ = ()


def translated(name: str) -> str:
    """Return a name of the program's own in the language in use, and one that a user gave as it is."""
    return _(str(name)) if isinstance(name, OwnName) else name


@dataclass(frozen=True, eq=False)
class Dataset:
    """Samples and targets, as they were made or read: not yet split, scaled or encoded.

    Attributes
    ----------
    name
        Its key in the catalogue.
    x
        (n_samples, n_features); float64, or uint8 for images.
    y
        Classification: int64 (n_samples,), index into `class_names`.
        Regression: float64 (n_samples, n_targets).
    task
        ``"classification"`` or ``"regression"``.
    feature_names, target_names
        One name per column; `target_names` is ``("class",)``-like for classification.
    class_names
        The classes in sorted order; empty for regression.
    image_shape
        (height, width) where a row is an image.
    x_scale
        What the network is given is ``x * x_scale`` (1/255 for pixels); folded into the first product.
    x_test, y_test
        A test part of its own, where the data set has one (MNIST); ``None`` where it is to be split off.
    feature_units
        The unit of each column (``"cm"``), empty strings where there is none.
    target_unit
        The unit of the number to predict, empty where there is none.
    source
        Where it comes from, for the data panel and the list.
    view
        (low, high) that a plot of each column shows at least; empty: what the samples need.
    row_names
        What single samples are called (``"Alice"``), empty where they have no names.
    left_out
        The columns of a table that are not used as input or target, each with the reason.
    left_out_lines
        The lines of a table's file that are not used since they have no value in a column that is.
    notes
        What the user ought to know of these data and of how they were read, as sentences.
    """

    name: str
    x: NDArray[np.generic]
    y: NDArray[np.generic]
    task: Task
    feature_names: tuple[str, ...]
    target_names: tuple[str, ...] = ("y",)
    class_names: tuple[str, ...] = ()
    image_shape: tuple[int, int] | None = None
    x_scale: float = 1.0
    x_test: NDArray[np.generic] | None = None
    y_test: NDArray[np.generic] | None = None
    feature_units: tuple[str, ...] = field(default=())
    target_unit: str = ""
    source: str = ""
    view: tuple[tuple[float, float], ...] = ()
    row_names: tuple[str, ...] = ()
    left_out: tuple[tuple[str, str], ...] = ()
    left_out_lines: tuple[int, ...] = ()
    notes: tuple[str, ...] = ()
