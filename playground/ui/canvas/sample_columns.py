"""The columns of a table of samples: inputs, target, output, and right or wrong (or the error, for numbers)."""

import math
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.data.preparation import PreparedData
from playground.engine.metrics import confidence, predicted_classes
from playground.language import _
from playground.ui.canvas.sample_table import Column, RowNumbers
from playground.ui.core import number_text
from playground.ui.core.labels import Rows, axis_name, class_names, probability_of
from playground.ui.core.ticks import value_label

MOST_INPUTS, INPUTS_FIRST = 12, 4
UNKNOWN = "–"


class Answers:
    """The latest outputs of some of `rows` samples; `outputs` (rows, n_out) is NaN where they are not known."""

    def __init__(self, rows: int, n_out: int) -> None:
        self.outputs = np.full((rows, n_out), np.nan)
        self._is_known = np.zeros(rows, bool)

    def put(self, rows: slice | RowNumbers, outputs: NDArray[Any]) -> None:
        """Store the outputs (n, n_out) of these rows; those of all others are discarded."""
        self.outputs[:], self._is_known[:] = np.nan, False
        self.outputs[rows], self._is_known[rows] = outputs, True

    def row(self, row: int) -> NDArray[Any] | None:
        """Return the outputs of one row as (1, n_out), or None where they are not known."""
        return self.outputs[row : row + 1] if self._is_known[row] else None


def sample_columns(data: PreparedData, rows: Rows, output_name: str, answers: Answers) -> tuple[Column, ...]:
    """Return the columns for some rows; outputs are read from `answers` when a cell is shown.

    Many inputs stand last, or the outputs and errors would be beyond the edge.
    """
    inputs = [_known(axis_name(data, k), rows.raw[:, k]) for k in range(min(rows.raw.shape[1], MOST_INPUTS))]
    if rows.labels is None:
        found = _number_columns(data, rows, answers)
    else:
        found = _class_columns(data, rows.labels, output_name, answers)
    return (*inputs, *found) if len(inputs) <= INPUTS_FIRST else (*found, *inputs)


def _known(heading: str, values: NDArray[Any]) -> Column:
    text = column_texts(values)
    ends = (int(values.argmin()), int(values.argmax())) if len(values) else ()
    return Column(heading, text, values.take, widest=tuple(map(text, ends)))


def _class_columns(
    data: PreparedData, labels: NDArray[np.int64], output_name: str, answers: Answers
) -> tuple[Column, ...]:
    names, is_single = class_names(data), answers.outputs.shape[1] == 1

    def output(row: int) -> str:
        found = answers.row(row)
        if found is None:
            return UNKNOWN
        if is_single:
            return short(float(found[0, 0]))
        name = names[int(predicted_classes(found, output_name)[0])]
        return f"{name}  {number_text.share(float(confidence(found, output_name)[0]))}"

    def by_output(rows: RowNumbers) -> NDArray[Any]:
        found = answers.outputs[rows]
        if is_single:
            return np.asarray(found[:, 0])
        return np.asarray(predicted_classes(found, output_name) + 0.999 * confidence(found, output_name))

    def is_right(row: int) -> bool | None:
        found = answers.row(row)
        return None if found is None else bool(predicted_classes(found, output_name)[0] == labels[row])

    def by_rightness(rows: RowNumbers) -> NDArray[Any]:
        return np.asarray(predicted_classes(answers.outputs[rows], output_name) == labels[rows])

    of = probability_of(data, output_name)
    heading = _("output P({class_name})").format(class_name=of) if of else _("output")
    widest = (short(-0.0),) if is_single else tuple(f"{name}  {number_text.share(0.999)}" for name in names)
    return (
        Column(_("target"), lambda row: names[int(labels[row])], labels.take, widest=names),
        Column(heading, output, by_output, widest=widest),
        Column("", lambda row: {True: "✓", False: "✗", None: ""}[is_right(row)], by_rightness, is_right, ("✗",)),
    )


def _number_columns(data: PreparedData, rows: Rows, answers: Answers) -> tuple[Column, ...]:
    targets, count = data.targets_in_units(rows.targets), len(data.output_names)

    def outputs(k: int, rows: RowNumbers) -> NDArray[Any]:
        return np.asarray(data.targets_in_units(answers.outputs[rows])[:, k])

    def errors(rows: RowNumbers) -> NDArray[Any]:
        return np.asarray(outputs(0, rows) - targets[rows, 0])

    def column(heading: str, numbers: Callable[[RowNumbers], NDArray[Any]], like: NDArray[Any]) -> Column:
        written = output_texts(like)

        def text(row: int) -> str:
            return UNKNOWN if answers.row(row) is None else written(float(numbers(np.array([row]))[0]))

        return Column(heading, text, numbers, widest=(written(-_largest(like)),))

    columns: list[Column] = []
    for k, name in enumerate(data.output_names):
        target = _("target {name}").format(name=name) if count > 1 else _("target")
        output = _("output {name}").format(name=name) if count > 1 else _("output")
        columns.append(_known(target, targets[:, k]))
        columns.append(column(output, partial(outputs, k), targets[:, k]))
    if count == 1:
        error = column(_("error"), errors, targets[:, 0])
        columns.append(replace(error, keys=lambda rows: np.abs(errors(rows))))
    return tuple(columns)


def column_texts(values: NDArray[np.generic]) -> Callable[[int], str]:
    """Return how to write the numbers of one column: whole ones without a point, others with points in line."""
    sizes, largest = _sizes(values), _largest(values)
    if not 1e-4 < largest < 1e6:
        style = ".0f" if largest == 0 else ".4g"
    elif np.all(sizes == np.round(sizes)):
        style = ".0f"
    else:
        most = 3 - math.floor(math.log10(largest))  # four digits for the largest
        needed = next((k for k in range(max(most, 1)) if np.allclose(sizes, np.round(sizes, k), 0, 1e-9)), most)
        style = f".{max(needed, 0)}f"
    return lambda row: format(float(values[row]), style).replace("-", "−")


def short(value: float) -> str:
    """Write an output with four decimals, so that a column does not jump; otherwise only what is huge or no number."""
    if 0 < abs(value) < 1e-3:
        return number_text.scientific(value, 3)
    return f"{value:.4f}".replace("-", "−") if abs(value) < 1000 else value_label(value)


def output_texts(targets: NDArray[np.generic]) -> Callable[[float], str]:
    """Return how to write the outputs beside these targets: all with the same decimals, but for what is huge."""
    largest = _largest(targets)
    if not 1e-4 < largest < 1e6:
        return value_label
    style = f".{min(max(0, 4 - math.floor(math.log10(largest))), 6)}f"
    return lambda value: format(value, style).replace("-", "−") if abs(value) < 1e6 else value_label(value)


def _sizes(values: NDArray[np.generic]) -> NDArray[np.float64]:
    numbers = np.asarray(values, np.float64)
    return np.abs(numbers[np.isfinite(numbers)])


def _largest(values: NDArray[np.generic]) -> float:
    return float(_sizes(values).max(initial=0.0))
