"""Points added to a plot and removed by hand: the data set becomes the user's own rows."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from playground.data.preparation import PreparedData, evenly_spaced
from playground.experiment.config.choices import DataChoice
from playground.experiment.config.schema import ExperimentConfig, replace

MOST_COPIED = 2000
"""Of a larger data set so many rows, evenly spaced, become the user's own."""

MOST_ROWS = 3000
"""Nothing is added beyond so many."""

Target = int | float


def can_edit(data: PreparedData) -> bool:
    """Return whether a point in a plot is a complete row: two inputs, or one input and a number to predict."""
    columns = int(data.raw_train.shape[1])
    if data.dataset.task == "classification":
        return columns == 2
    return columns in (1, 2) and data.n_outputs == 1


def is_own(choice: DataChoice) -> bool:
    """Return whether a data set is rows with all that is known of them, so that rows can be added and removed."""
    return choice.name == "rows" and bool(choice["view"]) and bool(choice["task"] == "regression" or choice["classes"])


def own_rows(choice: DataChoice, data: PreparedData) -> DataChoice:
    """Return a data set as rows that the experiment carries itself.

    All samples become training rows, in their order, at most `MOST_COPIED` of them. Names, units, the order of
    the classes, the range that plots show, the inputs made of the columns and their scaling stay.
    """
    if is_own(choice):
        return choice
    dataset = data.dataset
    rows = evenly_spaced(len(dataset.x), MOST_COPIED)
    options: dict[str, Any] = {
        "x": np.asarray(dataset.x[rows], np.float64).tolist(),
        "task": dataset.task,
        "columns": list(map(str, dataset.feature_names)),
        "units": list(dataset.feature_units) or None,
        "target": str(dataset.target_names[0]),
        "view": [list(bounds) for bounds in data.bounds],
        "features": list(data.features),
        "train_share": choice["train_share"] if choice.name == "rows" else 1.0,
        "standardise": bool(choice.get("standardise", False)),
        "scale_target": bool(choice.get("scale_target", False)),
    }
    if dataset.task == "classification":
        classes = [_label(name) for name in dataset.class_names]
        options["classes"] = classes
        options["y"] = [classes[k] for k in dataset.y[rows].tolist()]
    else:
        options["y"] = np.asarray(dataset.y[rows], np.float64)[:, 0].tolist()
    return DataChoice("rows", **options)


def add_point(config: ExperimentConfig, data: PreparedData, x: Sequence[float], target: Target) -> ExperimentConfig:
    """Return the experiment with one more row; `data` are its rows as long as they are not its own.

    The inputs `x`, in their own units, are rounded to a ten-thousandth of the range that plots show; `target` is the
    index of the class, or the number to predict.
    """
    choice = own_rows(config.data, data)
    if len(choice["x"]) >= MOST_ROWS:
        return config
    point = tuple(_rounded(value, low, high) for value, (low, high) in zip(x, data.bounds, strict=True))
    label = choice["classes"][int(target)] if data.dataset.task == "classification" else float(target)
    return _with_rows(config, choice, (*choice["x"], point), (*choice["y"], label))


def move_point(
    config: ExperimentConfig, data: PreparedData, row: int, x: Sequence[float], target: float | None = None
) -> ExperimentConfig:
    """Return the experiment with row `row` of ``data.dataset`` elsewhere; its place among the rows stays.

    Where rows have changed since `data` were made, it is found by its values. Without a `target` the class or the
    number stays as it is.
    """
    choice = own_rows(config.data, data)
    found = _found(choice, data, row)
    if found is None:
        return config
    rows, targets = [*choice["x"]], [*choice["y"]]
    rows[found] = tuple(_rounded(value, low, high) for value, (low, high) in zip(x, data.bounds, strict=True))
    if target is not None:
        targets[found] = float(target)
    return _with_rows(config, choice, tuple(rows), tuple(targets))


def remove_point(config: ExperimentConfig, data: PreparedData, row: int) -> ExperimentConfig:
    """Return the experiment without row `row` of ``data.dataset``; the last row of all stays.

    Where rows have changed since `data` were made, the row is found by its values.
    """
    choice = own_rows(config.data, data)
    x, y = choice["x"], choice["y"]
    found = _found(choice, data, row)
    if found is None or len(x) == 1:
        return config
    return _with_rows(config, choice, (*x[:found], *x[found + 1 :]), (*y[:found], *y[found + 1 :]))


def _found(choice: DataChoice, data: PreparedData, row: int) -> int | None:
    """Return the place among one's own rows that has the values of row `row` of the data set, None where none has."""
    x = choice["x"]
    wanted = tuple(np.asarray(data.dataset.x[row], np.float64).tolist())
    return next((k for k in (row, *range(len(x))) if k < len(x) and tuple(x[k]) == wanted), None)


def _with_rows(config: ExperimentConfig, choice: DataChoice, x: object, y: object) -> ExperimentConfig:
    return replace(config, data=choice.with_options(x=x, y=y))


def _label(name: str) -> str | int | float:
    """Return a class as a row holds it: a number where its name is one."""
    for kind in (int, float):
        try:
            number = kind(name)
        except ValueError:
            continue
        if f"{number:g}" == name:
            return number
    return str(name)


def _rounded(value: float, low: float, high: float) -> float:
    """Return a value rounded to the precision of a mouse click."""
    digits = 4 - int(np.floor(np.log10(high - low)))
    return round(float(value), max(digits, 0)) if digits < 12 else float(value)
