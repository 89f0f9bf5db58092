"""The columns of a table of samples: inputs, target, output, and right or wrong (or the error, for numbers)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from numpy.typing import NDArray

from playground.data.preparation import PreparedData
from playground.engine.metrics import confidence
from playground.language import _
from playground.ui.outcomes import Rows, axis_name, class_names, predicted
from playground.ui.plots.sample_table import Column, column_texts
from playground.ui.plots.ticks import value_label

MOST_INPUTS = 12


@dataclass
class Answers:
    """The latest outputs: those of the rows from `first` on; None before there are any."""

    first: int = 0
    outputs: NDArray[Any] | None = None

    def row(self, row: int) -> NDArray[Any] | None:
        """Return the outputs of one row as (1, n_out), or None where they are not known."""
        at = row - self.first
        if self.outputs is None or not 0 <= at < len(self.outputs):
            return None
        found: NDArray[Any] = self.outputs[at : at + 1]
        return found


def sample_columns(data: PreparedData, rows: Rows, output_name: str, answers: Answers) -> tuple[Column, ...]:
    """Return the columns for some rows; what is live is read out of `answers` when it is shown."""
    count = min(rows.raw.shape[1], MOST_INPUTS)
    inputs = tuple(Column(axis_name(data, k), column_texts(rows.raw[:, k])) for k in range(count))
    if rows.labels is None:
        return (*inputs, *_number_columns(data, rows, answers))
    return (*inputs, *_class_columns(data, rows, output_name, answers))


def _class_columns(data: PreparedData, rows: Rows, output_name: str, answers: Answers) -> tuple[Column, ...]:
    """Return target, output and verdict for classes."""
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

    found_text: Callable[[int], str] = output if rows.targets.shape[1] == 1 else best
    return (
        Column(_("target"), target),
        Column(_("output"), found_text, live=True),
        Column("", lambda row: {True: "✓", False: "✗", None: ""}[is_right(row)], live=True, verdict=is_right),
    )


def _number_columns(data: PreparedData, rows: Rows, answers: Answers) -> tuple[Column, ...]:
    """Return target, output and error for numbers, in the units of the data."""
    targets = data.targets_in_units(rows.targets)
    many = targets.shape[1] > 1
    columns: list[Column] = []
    for k, name in enumerate(data.output_names):
        target = _("target {name}").format(name=name) if many else _("target")
        output = _("output {name}").format(name=name) if many else _("output")
        columns.append(Column(target, column_texts(targets[:, k])))
        columns.append(Column(output, _value_of(data, answers, k), live=True))

    def error(row: int) -> str:
        found = answers.row(row)
        return "–" if found is None else short(float(data.targets_in_units(found)[0, 0] - targets[row, 0]))

    return (*columns, *(() if many else (Column(_("error"), error, live=True),)))


def _value_of(data: PreparedData, answers: Answers, k: int) -> Callable[[int], str]:
    """Return how to write output `k` of a row."""

    def text(row: int) -> str:
        found = answers.row(row)
        return "–" if found is None else short(float(data.targets_in_units(found)[0, k]))

    return text


def short(value: float) -> str:
    """Write an output with four decimals, so that a column does not jump; otherwise only what is huge or no number."""
    return f"{value:.4f}".replace("-", "−") if abs(value) < 1000 else value_label(value)
