"""The columns of a table of samples: inputs, target, output, and right or wrong (or the error, for numbers)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.data.preparation import PreparedData
from playground.engine.metrics import confidence
from playground.language import _
from playground.ui.canvas.sample_model import Column, column_texts
from playground.ui.core import number_text
from playground.ui.core.labels import Rows, axis_name, class_names, predicted
from playground.ui.core.ticks import value_label

MOST_INPUTS = 12

RowNumbers = NDArray[np.intp]


@dataclass
class Answers:
    """The latest outputs: those of `rows`, or of the rows from `first` on; None before there are any."""

    first: int = 0
    outputs: NDArray[Any] | None = None
    rows: RowNumbers | None = None

    def place(self, row: int) -> int | None:
        """Return where the outputs of a row stand, None where they are not known."""
        if self.outputs is None:
            return None
        if self.rows is None:
            at = row - self.first
            return at if 0 <= at < len(self.outputs) else None
        at = int(np.searchsorted(self.rows, row))
        return at if at < len(self.rows) and self.rows[at] == row else None

    def of(self, rows: RowNumbers) -> NDArray[Any]:
        """Return the outputs of rows that are known, (n, n_out)."""
        assert self.outputs is not None
        at = rows - self.first if self.rows is None else np.searchsorted(self.rows, rows)
        found: NDArray[Any] = self.outputs[at]
        return found

    def row(self, row: int) -> NDArray[Any] | None:
        """Return the outputs of one row as (1, n_out), or None where they are not known."""
        at = self.place(row)
        return None if at is None or self.outputs is None else self.outputs[at : at + 1]


def sample_columns(data: PreparedData, rows: Rows, output_name: str, answers: Answers) -> tuple[Column, ...]:
    """Return the columns for some rows; what is live is read out of `answers` when it is shown."""
    count = min(rows.raw.shape[1], MOST_INPUTS)
    inputs = tuple(
        Column(axis_name(data, k), column_texts(rows.raw[:, k]), keys=_picker(rows.raw[:, k])) for k in range(count)
    )
    if rows.labels is None:
        return (*inputs, *_number_columns(data, rows, answers))
    return (*inputs, *_class_columns(data, rows, output_name, answers))


def _class_columns(data: PreparedData, rows: Rows, output_name: str, answers: Answers) -> tuple[Column, ...]:
    names, labels = class_names(data), rows.labels
    assert labels is not None

    def target(row: int) -> str:
        return names[int(labels[row])]

    def output(row: int) -> str:
        found = answers.row(row)
        return "–" if found is None else short(float(found[0, 0]))

    def best(row: int) -> str:
        found = answers.row(row)
        if found is None:
            return "–"
        name = names[int(predicted(found, output_name)[0])]
        return f"{name}  {100 * float(confidence(found, output_name)[0]):.1f} %"

    def is_right(row: int) -> bool | None:
        found = answers.row(row)
        return None if found is None else bool(predicted(found, output_name)[0] == labels[row])

    def class_then_surety(rows: RowNumbers) -> NDArray[Any]:
        found = answers.of(rows)
        return np.asarray(predicted(found, output_name) + 0.999 * confidence(found, output_name))

    def rightness(rows: RowNumbers) -> NDArray[Any]:
        return np.asarray(predicted(answers.of(rows), output_name) == labels[rows]).astype(float)

    is_single = rows.targets.shape[1] == 1
    found_text: Callable[[int], str] = output if is_single else best
    by_output = (lambda rows: answers.of(rows)[:, 0]) if is_single else class_then_surety

    def mark(row: int) -> str:
        return {True: "✓", False: "✗", None: ""}[is_right(row)]

    return (
        Column(_("target"), target, keys=_picker(labels)),
        Column(_("output"), found_text, live=True, keys=by_output),
        Column("", mark, live=True, verdict=is_right, keys=rightness),
    )


def _number_columns(data: PreparedData, rows: Rows, answers: Answers) -> tuple[Column, ...]:
    targets = data.targets_in_units(rows.targets)
    many = targets.shape[1] > 1
    columns: list[Column] = []
    for k, name in enumerate(data.output_names):
        target = _("target {name}").format(name=name) if many else _("target")
        output = _("output {name}").format(name=name) if many else _("output")
        columns.append(Column(target, column_texts(targets[:, k]), keys=_picker(targets[:, k])))
        columns.append(Column(output, _value_of(data, answers, k), live=True, keys=_values_of(data, answers, k)))

    def error(row: int) -> str:
        found = answers.row(row)
        return "–" if found is None else short(float(data.targets_in_units(found)[0, 0] - targets[row, 0]))

    def error_size(rows: RowNumbers) -> NDArray[Any]:
        return np.asarray(np.abs(data.targets_in_units(answers.of(rows))[:, 0] - targets[rows, 0]))

    return (*columns, *(() if many else (Column(_("error"), error, live=True, keys=error_size),)))


def _value_of(data: PreparedData, answers: Answers, k: int) -> Callable[[int], str]:
    """Return how to write output `k` of a row."""

    def text(row: int) -> str:
        found = answers.row(row)
        return "–" if found is None else short(float(data.targets_in_units(found)[0, k]))

    return text


def _values_of(data: PreparedData, answers: Answers, k: int) -> Callable[[RowNumbers], NDArray[Any]]:
    """Return how to find output `k` of many rows."""

    def values(rows: RowNumbers) -> NDArray[Any]:
        found: NDArray[Any] = data.targets_in_units(answers.of(rows))[:, k]
        return found

    return values


def _picker(values: NDArray[Any]) -> Callable[[RowNumbers], NDArray[Any]]:
    """Return how to find the values of many rows that do not change."""

    def pick(rows: RowNumbers) -> NDArray[Any]:
        found: NDArray[Any] = values[rows]
        return found

    return pick


def ordered(rows: RowNumbers, column: Column, descending: bool) -> RowNumbers:
    """Return rows by what stands in a column; equal ones stay as they are."""
    if column.keys is None:
        return rows
    keys = np.asarray(column.keys(rows), float)
    return rows[np.argsort(-keys if descending else keys, kind="stable")]


def short(value: float) -> str:
    """Write an output with four decimals, so that a column does not jump; otherwise only what is huge or no number."""
    if 0 < abs(value) < 1e-3:
        return number_text.scientific(value, 3)
    return f"{value:.4f}".replace("-", "−") if abs(value) < 1000 else value_label(value)
