"""A table of the user's own, from a CSV file: which columns there are, which to predict, and from which."""

import math
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.data.csv_text import DELIMITERS, Sheet, read_sheet
from playground.data.dataset import Dataset, Task
from playground.data.errors import DataError
from playground.data.rows import LARGEST_NUMBER, encode_classes
from playground.language import N_, _
from playground.suggestions import did_you_mean

MISSING = frozenset({"", "?", "na", "n/a", "nan", "null"})
"""What stands for no value, in small letters."""

MOST_CLASSES = 100
_CLASS_LIKE = 20
_PREVIEW_ROWS = 8
_NAMED_COLUMNS = 20
_MOSTLY = 0.5
_DECIMAL_COMMA = re.compile(r"[+-]?\d*,\d+(?:[eE][+-]?\d+)?")
_NO_VALUE = N_("there is no value. Fill it in, or leave out the line or the column.")
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")


@dataclass(frozen=True)
class Column:
    """One column: its name, its cells, and what they are.

    Attributes
    ----------
    name
        From the header, else ``x1``, ``x2``, …
    cells
        The texts, header left out.
    decimal_comma
        Whether a comma may stand for the decimal point.
    """

    name: str
    cells: tuple[str, ...]
    decimal_comma: bool

    @cached_property
    def numbers(self) -> NDArray[np.float64]:
        """Each cell as a number; NaN where it has no value or is a text."""
        return np.array([number(cell, self.decimal_comma) for cell in self.cells], dtype=np.float64)

    @cached_property
    def missing(self) -> tuple[int, ...]:
        """The rows that have no value, counted from 0."""
        return tuple(k for k, cell in enumerate(self.cells) if cell.lower() in MISSING)

    @cached_property
    def texts(self) -> tuple[int, ...]:
        """The rows whose value is not a number."""
        empty = set(self.missing)
        return tuple(k for k in np.flatnonzero(np.isnan(self.numbers)).tolist() if k not in empty)

    @property
    def kind(self) -> str:
        """``"number"``, ``"text"``, or ``"empty"``; a few texts among numbers leave it a column of numbers."""
        present = len(self.cells) - len(self.missing)
        if not present:
            return "empty"
        return "number" if present - len(self.texts) >= _MOSTLY * present else "text"

    @cached_property
    def distinct(self) -> int:
        """How many different values there are."""
        return len({cell for cell in self.cells if cell.lower() not in MISSING})


@dataclass(frozen=True)
class Table:
    """The columns of a file and the line of each row."""

    path: Path
    header: bool
    delimiter: str
    columns: tuple[Column, ...]
    lines: tuple[int, ...]

    def refuse(self, column: Column, row: int, what: str) -> DataError:
        """Return the error that names the file, the line and the column of a cell."""
        sentence = _("{path}, line {line}, column “{column}”: {what}")
        return DataError(sentence.format(path=self.path, line=self.lines[row], column=column.name, what=what))


@dataclass(frozen=True)
class ColumnPreview:
    """What a dialog shows of a column; `kind` is ``"number"``, ``"text"`` or ``"empty"``."""

    name: str
    kind: str
    missing: int
    distinct: int


@dataclass(frozen=True)
class TablePreview:
    """What a dialog shows before a table is taken: columns, first rows, and what is guessed of it.

    Attributes
    ----------
    path, header, delimiter
        The file; whether its first line holds names; the key of its delimiter.
    columns
        In the file's order.
    rows
        The cells of the first rows.
    row_count
        How many rows there are in all.
    target
        Name of the column to predict.
    inputs
        Names of the columns to predict from.
    task
        What the target looks like.
    problem
        Why the table cannot be taken like this, as a sentence; empty where it can.
    """

    path: Path
    header: bool
    delimiter: str
    columns: tuple[ColumnPreview, ...]
    rows: tuple[tuple[str, ...], ...]
    row_count: int
    target: str
    inputs: tuple[str, ...]
    task: Task
    problem: str


def table(options: Mapping[str, Any], seed: int) -> Dataset:  # noqa: ARG001 - every loader takes both
    """Return the table at option `path`.

    Raises
    ------
    DataError
        With file, line and column: no such file or column, a value that is missing or no number, a ragged line, one
        class only or very many.
    """
    read = read_table(Path(options["path"]), options["header"], options["delimiter"])
    target = choose_target(read, options["target"])
    inputs = choose_inputs(read, options["columns"], target)
    left_out = [column.name for column in read.columns if column is not target and column.kind == "text"]
    source = str(read.path)
    if left_out and not options["columns"]:
        source = _("{path} (columns of text left out: {columns})").format(path=source, columns=", ".join(left_out))
    task: Task = guess_task(target) if options["task"] == "auto" else options["task"]
    x = np.column_stack([_numbers(read, column) for column in inputs])
    y, classes = _targets(read, target, task)
    names = tuple(column.name for column in inputs)
    return Dataset("csv", x, y, task, names, (target.name,), classes, source=source)


def inspect(
    read: Table, target: str | None = None, left_out: Collection[str] = (), task: Task | None = None
) -> TablePreview:
    """Return what a table looks like, for a dialog; what is wrong with it stands in `problem`.

    Parameters
    ----------
    read
        From `read_table`.
    target
        The column to predict; the last where none is named.
    left_out
        Columns that are not to be learnt from.
    task
        What the target is to be taken for; what it looks like where nothing is given.
    """
    chosen = choose_target(read, target)
    found = guess_task(chosen)
    inputs: tuple[Column, ...] = ()
    problem = ""
    try:
        inputs = tuple(column for column in choose_inputs(read, None, chosen) if column.name not in left_out)
        if not inputs:
            sentence = _("No column is left to predict “{target}” from: tick one or more.")
            raise DataError(sentence.format(target=chosen.name))
        for column in inputs:
            _numbers(read, column)
        _targets(read, chosen, task or found)
    except DataError as error:
        problem = str(error)
    count = len(read.lines)
    return TablePreview(
        path=read.path,
        header=read.header,
        delimiter=next(key for key, sign in DELIMITERS.items() if sign == read.delimiter),
        columns=tuple(ColumnPreview(c.name, c.kind, len(c.missing), c.distinct) for c in read.columns),
        rows=tuple(tuple(c.cells[k] for c in read.columns) for k in range(min(count, _PREVIEW_ROWS))),
        row_count=count,
        target=chosen.name,
        inputs=tuple(column.name for column in inputs),
        task=found,
        problem=problem,
    )


def read_table(path: Path, header: str = "auto", delimiter: str = "auto") -> Table:
    """Read a file into columns; columns without name and values (a delimiter that ends each line) are dropped."""
    sheet = read_sheet(path.expanduser(), delimiter)
    comma = sheet.delimiter != ","
    named = has_header(sheet, comma) if header == "auto" else header == "yes"
    body, lines = (sheet.rows[1:], sheet.lines[1:]) if named else (sheet.rows, sheet.lines)
    if not body:
        raise DataError(_("{path} holds the names of columns and no rows.").format(path=sheet.path))
    names = _names(sheet.rows[0]) if named else [f"x{k + 1}" for k in range(len(body[0]))]
    columns = tuple(
        Column(name, tuple(cells), comma)
        for name, cells, title in zip(names, zip(*body, strict=True), sheet.rows[0], strict=True)
        if title or any(cells)
    )
    if len(columns) < 2:
        sentence = _("{path} has one column only: it takes one to predict, and one or more to predict it from.")
        raise DataError(sentence.format(path=sheet.path))
    return Table(sheet.path, named, sheet.delimiter, columns, tuple(lines))


def number(cell: str, decimal_comma: bool) -> float:
    """Return the number that a cell says, or NaN where it says none that can be held."""
    if decimal_comma and _DECIMAL_COMMA.fullmatch(cell):
        cell = cell.replace(",", ".")
    value = float(cell) if _NUMBER.fullmatch(cell) else math.nan
    return value if math.isfinite(value) else math.nan


def has_header(sheet: Sheet, decimal_comma: bool) -> bool:
    """Return whether the first line holds names: texts, above columns most of whose values are numbers.

    Where no column is one of numbers, names are expected if the first line has no number and nothing twice.
    """
    first, body = sheet.rows[0], sheet.rows[1:51]
    if not body:
        return all(math.isnan(number(cell, decimal_comma)) for cell in first)
    any_numbers = False
    for k, title in enumerate(first):
        numbers = sum(not math.isnan(number(row[k], decimal_comma)) for row in body)
        if numbers >= _MOSTLY * len(body):
            any_numbers = True
            if title.lower() not in MISSING and math.isnan(number(title, decimal_comma)):
                return True
    return (
        not any_numbers and len(set(first)) == len(first) and all(math.isnan(number(c, decimal_comma)) for c in first)
    )


def _names(titles: Sequence[str]) -> list[str]:
    """Return a name for each column: none empty, none twice."""
    names: list[str] = []
    for k, title in enumerate(titles):
        name = title or f"x{k + 1}"
        again = 2
        while name in names:
            name = f"{title or f'x{k + 1}'} ({again})"
            again += 1
        names.append(name)
    return names


def find_column(read: Table, wanted: object, field: str) -> Column:
    """Return the column that a number, counted from 1, or a name stands for; `field` is the option that asks for it.

    Columns may be called by numbers, such as years: a text is a name first, a number is a place first.

    Raises
    ------
    DataError
        Where there is none; the text lists the names.
    """
    named = {column.name: column for column in read.columns}
    text = str(wanted)
    place = int(text) if text.isdecimal() else 0
    placed = read.columns[place - 1] if 1 <= place <= len(read.columns) else None
    found = placed or named.get(text) if isinstance(wanted, int) else named.get(text) or placed
    if found is not None:
        return found
    sentence = _("{path} has no column “{column}”; it has {n}: {known}.")
    known = ", ".join([*list(named)[:_NAMED_COLUMNS], *(["…"] if len(named) > _NAMED_COLUMNS else [])])
    sentence = sentence.format(path=read.path, column=text, n=len(named), known=known)
    raise _refuse_option(field, sentence + did_you_mean(text, named))


def _refuse_option(field: str, sentence: str) -> DataError:
    """Return the error about an option, which is named by its path in an experiment file."""
    return DataError(f"$.data.{field}: {sentence}")


def choose_target(read: Table, wanted: object) -> Column:
    """Return the column to predict: the one asked for, else the last."""
    return read.columns[-1] if wanted in (None, "") else find_column(read, wanted, "target")


def choose_inputs(read: Table, wanted: Sequence[object] | None, target: Column) -> tuple[Column, ...]:
    """Return the columns to predict from: those asked for, else all columns of numbers but the target."""
    if wanted:
        found = [find_column(read, name, f"columns[{k}]") for k, name in enumerate(wanted)]
        if target in found:
            sentence = _("The column “{column}” is the target: it cannot be predicted from itself.")
            raise _refuse_option(f"columns[{found.index(target)}]", sentence.format(column=target.name))
        return tuple({column.name: column for column in found}.values())
    inputs = tuple(column for column in read.columns if column is not target and column.kind == "number")
    if not inputs:
        sentence = _("{path} has no column of numbers to predict “{target}” from.")
        raise DataError(sentence.format(path=read.path, target=target.name))
    return inputs


def guess_task(target: Column) -> Task:
    """Return classification for texts, two whole numbers, or few that each come often; else regression."""
    if target.kind != "number" or target.texts:
        return "classification"
    values = np.unique(target.numbers[~np.isnan(target.numbers)])
    whole = bool(np.all(values == np.round(values)))
    few = len(values) <= 2 or (len(values) <= _CLASS_LIKE and 2 * len(values) <= len(target.cells))
    return "classification" if whole and few else "regression"


def _numbers(read: Table, column: Column) -> NDArray[np.float64]:
    """Return a column's numbers, or raise the sentence about the first cell that is none."""
    if column.texts:
        row = column.texts[0]
        raise read.refuse(column, row, _("“{value}” is not a number.").format(value=column.cells[row][:40]))
    if column.missing:
        raise read.refuse(column, column.missing[0], _(_NO_VALUE))
    large = np.flatnonzero(np.abs(column.numbers) > LARGEST_NUMBER)
    if large.size:
        what = _("{value} is too large; numbers up to {most:g} can be used. Use a larger unit of measure.")
        row = int(large[0])
        raise read.refuse(column, row, what.format(value=column.cells[row][:40], most=LARGEST_NUMBER))
    return column.numbers


def _targets(read: Table, target: Column, task: Task) -> tuple[NDArray[Any], tuple[str, ...]]:
    """Return the targets and, for classification, the classes."""
    if len(read.lines) < 2:
        raise DataError(_("{path} has one row only: it takes two or more to learn from.").format(path=read.path))
    if task == "regression":
        y = _numbers(read, target)[:, None]
        labels: list[str | int | float] = y[:, 0].tolist()
    else:
        if target.missing:
            raise read.refuse(target, target.missing[0], _(_NO_VALUE))
        labels = list(target.cells)
        if not target.texts:
            labels = [int(value) if value.is_integer() else value for value in target.numbers.tolist()]
    kinds = len(set(labels))
    if kinds < 2:
        sentence = _("The column “{column}” has the same value in every row: there is nothing to predict.")
        raise DataError(sentence.format(column=target.name))
    if task == "regression":
        return y, ()
    if kinds > MOST_CLASSES:
        sentence = _("The column “{column}” has {n} different values, too many for classes (at most {most}).")
        raise DataError(sentence.format(column=target.name, n=kinds, most=MOST_CLASSES))
    return encode_classes(labels)
