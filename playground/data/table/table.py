"""A table of the user's own, from a CSV file: what is learnt from it, and what a dialog shows of it before.

Columns are left out with the reason: those that are empty or constant, that number the rows, that
hold dates or many different texts. A column of few texts is one input a text.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.data.dataset import Dataset, Task
from playground.data.errors import DataError
from playground.data.table.choosing import (
    check_input,
    check_target,
    choose_inputs,
    choose_target,
    guess_task,
    notes_on_classes,
    nothing_to_predict_from,
    rows_to_use,
    rows_with_gaps,
)
from playground.data.table.columns import MOST_CLASSES, Column
from playground.data.table.reading import Table, read_table
from playground.language import ngettext

LONGEST_NAME = 80
MOST_LINES = 5


def _inputs_of(column: Column) -> list[tuple[str, NDArray[np.float64], str]]:
    """Return name, (n_rows,) values and unit of the input for a column of numbers or of two texts, else for each text.

    What says “male” or “female” is 1 where it is “male”, the second of the two, and called “sex = male”.
    """
    if column.kind == "number":
        return [(column.name, column.numbers, column.unit)]
    places, texts = column.labels()
    chosen = range(len(texts)) if len(texts) != 2 else (1,)
    return [(f"{column.name} = {texts[k]}", (places == k).astype(np.float64), "") for k in chosen]


@dataclass(frozen=True)
class TablePreview:
    """What would be learnt from a table, for a dialog.

    Attributes
    ----------
    target
        Name of the column to predict.
    inputs
        Names of the columns to predict from.
    task
        What is guessed of the target.
    classes
        How many classes there are to distinguish; 0 where a number is predicted.
    problem
        Why the table cannot be taken like this, as a sentence; empty where it can.
    notes
        Which classes may be meant to be the same, as sentences.
    rows
        How many rows are learnt from.
    gaps
        The lines of the rows that have no value in a column that is used, or that would be if they were left out.
    """

    target: str
    inputs: tuple[str, ...]
    task: Task
    classes: int
    problem: str
    notes: tuple[str, ...]
    rows: int
    gaps: tuple[int, ...]


def table(options: Mapping[str, Any], seed: int) -> Dataset:  # noqa: ARG001 - every loader takes both
    """Return the table at option `path`.

    Raises
    ------
    DataError
        With file, line and column: no such file or column, a value that is missing or no number, a ragged line, one
        class only or very many.
    """
    cut = (options["header"], options["delimiter"], options["decimal"])
    read = read_table(Path(options["path"]), *cut, leaves_out_gaps=options["leave_out_gaps"])
    return learn_from(read, options["target"], options["columns"], options["task"])


def learn_from(
    read: Table, wanted_target: object = None, wanted: Sequence[object] | None = None, asked: str = "auto"
) -> Dataset:
    """Return what is learnt from a table that was read.

    The column to predict and those to predict from are given by name or by number from 1, or None to choose them;
    the task `asked` for is ``"classification"``, ``"regression"``, or ``"auto"``.

    Raises
    ------
    DataError
        As `table` does.
    """
    try:
        return _learn_from(read, wanted_target, wanted, asked)
    except DataError as error:
        if not read.skipped:
            raise
        text = f"{str(error).removesuffix('.')} ({read.notes()[0]})."  # that may be why
        raise DataError(text, error.setting) from error


def _learn_from(read: Table, wanted_target: object, wanted: Sequence[object] | None, asked: str) -> Dataset:
    chosen = choose_target(read, wanted_target)
    columns, left_out = choose_inputs(read, wanted, chosen)
    rows = rows_to_use(read, (chosen, *columns))
    used = read.only(rows, chosen)
    target = used.columns[0]
    task: Task = guess_task(target)
    if asked in ("classification", "regression"):
        task = "classification" if asked == "classification" else "regression"
    check_target(used, target, task, is_guessed=asked == "auto")
    if not columns:
        raise nothing_to_predict_from(read, chosen)
    for column in columns:
        check_input(read, column)
    names, values, units = zip(*(it for column in columns for it in _inputs_of(column)), strict=True)
    y: NDArray[Any] = target.numbers[:, None]
    classes: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    if task == "classification":
        y, classes = target.labels()
        notes = notes_on_classes(target)
    return Dataset(
        "csv",
        np.column_stack(values)[list(rows)],
        y,
        task,
        tuple(map(_short, names)),
        (_short(target.name),),
        tuple(map(_short, classes)),
        feature_units=units if any(units) else (),
        target_unit=target.unit if task == "regression" else "",
        source=str(read.path),
        left_out=tuple((_short(name), reason) for name, reason in left_out),
        notes=(*notes, *read.notes()),
        left_out_lines=tuple(sorted({*read.lines} - {*used.lines})),
    )


def gaps_text(lines: Sequence[int]) -> str:
    """Return how many rows with gaps are left out, and the first of their lines."""
    few = ", ".join(map(str, lines[:MOST_LINES])) + (", …" if len(lines) > MOST_LINES else "")
    words = ngettext("{n} row with a gap (line {lines})", "{n} rows with gaps (lines {lines})", len(lines))
    return words.format(n=f"{len(lines):,}", lines=few)


def _short(name: str) -> str:
    """Return a name that has room on the screen; a cell may hold a hundred thousand letters."""
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"


def inspect(
    read: Table, target: str | None = None, left_out: Collection[str] | None = None, task: Task | None = None
) -> TablePreview:
    """Return what would be learnt from a table, for a dialog; what is wrong with it stands in `problem`.

    The first call reads every cell; later ones are fast.

    Parameters
    ----------
    read, target, task
        As for `learn_from`; where no target or task is given, it is chosen or guessed.
    left_out
        Columns that are not to be learnt from; where nothing is given, those that `reason_to_leave_out` names.

    Raises
    ------
    DataError
        Where there is no such target.
    """
    chosen = choose_target(read, target)
    inputs = _inputs_without(read, left_out, chosen)
    used, predicted, found = read, chosen, guess_task(chosen)
    problem = ""
    try:
        used = read.only(rows_to_use(read, (chosen, *inputs)), chosen)
        predicted = used.columns[0]
        found = guess_task(predicted)
        check_target(used, predicted, task or found, is_guessed=task is None)
        if not inputs:
            raise nothing_to_predict_from(read, chosen)
        for it in inputs:
            check_input(read, it)
    except DataError as error:
        problem = str(error)
    classes = 0
    notes: tuple[str, ...] = ()
    if (task or found) == "classification":
        classes = predicted.distinct
        notes = notes_on_classes(predicted) if classes <= MOST_CLASSES else ()
    tolerant = replace(read, leaves_out_gaps=True)
    gaps = rows_with_gaps((chosen, *_inputs_without(tolerant, left_out, chosen)))
    names = tuple(it.name for it in inputs)
    lines = tuple(read.lines[row] for row in gaps)
    return TablePreview(chosen.name, names, found, classes, problem, notes, len(used.lines), lines)


def _inputs_without(read: Table, left_out: Collection[str] | None, target: Column) -> list[Column]:
    never = {it.name for it in read.columns if not it.can_be_input}
    out = {*read.reasons} if left_out is None else {*left_out, *never}
    return [it for it in read.columns if it is not target and it.name not in out]
