"""Reads a file into a table: columns with names, and the line of each row."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import numpy as np

from playground.data.errors import DataError
from playground.data.table.columns import Column, read_columns
from playground.data.table.csv_text import HEAD, read_sheet, sign_name
from playground.data.table.header import has_header
from playground.language import _, ngettext
from playground.registry import shown

MOST_TEXTS = 20
"""A column of more different texts is only learnt from where that is asked for."""

MOSTLY_EMPTY = 0.5

_ROW_NAMES = frozenset(
    {"", "#", "no", "no.", "nr", "nr.", "n", "row", "rownum", "row_number", "rownames", "index", "idx"}
)
_CAMEL_ID = re.compile(r".*[a-z0-9]I[dD]")
_SMALL_ID = re.compile(r"(?:.*[\W_])?(?:id|uuid|guid)|unnamed: ?0(?:\.\d+)?", re.IGNORECASE)


@dataclass(frozen=True, eq=False)
class Table:
    """The columns of a file.

    Attributes
    ----------
    path
        The file.
    header
        Whether its first line holds the names of the columns.
    delimiter, encoding, skipped
        As in `playground.data.table.csv_text.Sheet`.
    columns
        In the file's order.
    lines
        The line of the file at which each row starts.
    leaves_out_gaps
        Whether rows without a value in a column that is used are left out; else such a table is refused.
    """

    path: Path
    header: bool
    delimiter: str
    encoding: str
    columns: tuple[Column, ...]
    lines: Sequence[int]
    skipped: tuple[tuple[int, str], ...] = ()
    leaves_out_gaps: bool = False

    @cached_property
    def reasons(self) -> dict[str, str]:
        """Why columns are left out unless the user chooses them, by their names; every cell is read once."""
        found = {it.name: reason_to_leave_out(self, it) for it in self.columns}
        return {name: reason for name, reason in found.items() if reason}

    def only(self, rows: Sequence[int], column: Column) -> "Table":
        """Return this table with one column, and of it these rows only, in their order; each has a value in it."""
        if len(rows) == len(self.lines):
            return replace(self, columns=(column,))
        return replace(self, columns=(column.only(rows),), lines=[self.lines[row] for row in rows])

    def refuse(self, column: Column, row: int, what: str, setting: str = "") -> DataError:
        """Return the error that names the file, the line and the column of a cell, and the setting that mends it."""
        sentence = _("{path}, line {line}, column “{column}”: {what}")
        place = {"path": shown(self.path, 200), "line": self.lines[row], "column": shown(column.name)}
        return DataError(sentence.format(**place, what=what), setting)

    def notes(self) -> tuple[str, ...]:
        """Return notes on how the file was read, as sentences."""
        sentence = _("line {line} is no part of the table: “{text}”")
        notes = [sentence.format(line=line, text=text) for line, text in self.skipped]
        for column in self.columns:
            if column.likely is not None and column.kind == "number":
                cell, value = column.cells[column.likely], column.numbers[column.likely]
                sentence = _("“{cell}” (line {line}) is read as {value:g}; if it is not, choose the decimal sign")
                notes.append(sentence.format(cell=shown(cell), line=self.lines[column.likely], value=value))
                break
        if not self.header:
            notes.append(_("no names of columns: line {line} is a row").format(line=self.lines[0]))
        if self.encoding in ("cp1252", "gb18030"):
            name = {"cp1252": "Windows-1252", "gb18030": "GB 18030"}[self.encoding]
            notes.append(_("read as {encoding} text").format(encoding=name))
        return tuple(notes)


def read_table(
    path: Path,
    header: str = "auto",
    delimiter: str = "auto",
    decimal: str = "auto",
    should_stop: Callable[[], bool] = lambda: False,
    *,
    leaves_out_gaps: bool = False,
) -> Table:
    """Read a file into columns; columns without name and values (a delimiter that ends each line) are dropped.

    Parameters
    ----------
    path, delimiter, should_stop
        As for `read_sheet`.
    header
        ``"yes"``, ``"no"``, or ``"auto"``: whether the first line holds names.
    decimal
        ``"point"``, ``"comma"``, or ``"auto"``.
    leaves_out_gaps
        As in `Table`.

    Raises
    ------
    DataError
        Where the file cannot be read as a table of two columns or more; `Stopped` if `should_stop` returns True.
    """
    sheet = read_sheet(path, delimiter, should_stop)
    named = has_header(sheet.rows[:HEAD]) if header == "auto" else header == "yes"
    rows, lines = (sheet.rows[1:], sheet.lines[1:]) if named else (sheet.rows, sheet.lines)
    if not rows:
        raise DataError(_("{path} holds the names of columns and no rows.").format(path=shown(sheet.path, 200)))
    titles = sheet.rows[0] if named else ("",) * len(rows[0])
    names = _names(titles)
    cells = list(zip(*rows, strict=True))
    kept = [k for k, title in enumerate(titles) if title or any(cells[k])]
    if len(kept) < 2:
        sentence = _(
            "{path} has one column only: it takes one to predict, and one or more to predict it from. Lines were cut "
            "at {sign}; if another sign stands between values, choose the delimiter."
        )
        text = sentence.format(path=shown(sheet.path, 200), sign=sign_name(sheet.delimiter))
        raise DataError(text, "data.delimiter")
    columns = read_columns(
        [names[k] for k in kept], [titles[k] for k in kept], [cells[k] for k in kept], decimal, sheet.delimiter
    )
    return Table(sheet.path, named, sheet.delimiter, sheet.encoding, columns, lines, sheet.skipped, leaves_out_gaps)


def _names(titles: Sequence[str]) -> list[str]:
    """Return a name for each column: none empty, none twice."""
    wanted = [title or f"x{k + 1}" for k, title in enumerate(titles)]
    taken: set[str] = set()
    next_number: dict[str, int] = {}
    names: list[str] = []
    for title in wanted:
        name, number = title, next_number.get(title, 2)
        while name in taken:
            name = f"{title} ({number})"
            number += 1
        next_number[title] = number
        taken.add(name)
        names.append(name)
    return names


def reason_to_leave_out(read: Table, column: Column) -> str:
    """Return why a column is not used as input or target unless that is asked for, or an empty text."""
    rows = len(read.lines)
    missing = len(column.missing)
    if column.kind == "empty":
        return _("it is empty in every row")
    if column.kind == "date":
        return _("it holds dates or times, such as “{value}”").format(value=shown(column.cells[column.texts[0]], 30))
    if missing > MOSTLY_EMPTY * rows:
        sentence = _("{n} of {rows} rows have no value")
        return sentence.format(n=f"{missing:,}", rows=f"{rows:,}")
    if column.is_constant and (not missing or read.leaves_out_gaps):
        return _("every row has the same value, “{value}”").format(value=shown(next(iter(column.counts)), 30))
    if column.kind == "number":
        return _reason_of_numbers(read.columns, column)
    return _reason_of_texts(column, read.lines)


def _reason_of_numbers(columns: Sequence[Column], column: Column) -> str:
    """Return why a column of numbers is left out: it only distinguishes the rows."""
    if column.texts or column.missing:
        return ""
    title = column.title.strip()
    is_id = _SMALL_ID.fullmatch(title) is not None or _CAMEL_ID.fullmatch(title) is not None
    unnamed = not title and column is columns[0] and len(columns) > 2
    if not is_id and title.lower() not in _ROW_NAMES - {""} and not unnamed:
        return ""
    numbers = column.numbers
    first = float(numbers[0])
    counts = first in (0, 1) and bool(np.array_equal(numbers, np.arange(first, first + len(numbers))))
    if counts:
        return _("it numbers the rows")
    whole = bool((numbers == np.round(numbers)).all())
    if is_id and whole and len(np.unique(numbers)) == len(numbers):
        return _("it names the rows: each has another number")
    return ""


def _reason_of_texts(column: Column, lines: Sequence[int]) -> str:
    distinct = column.distinct
    if distinct <= MOST_TEXTS and 2 * distinct <= len(lines):
        return ""
    example = shown(column.cells[column.texts[0] if column.texts else 0], 30)
    if column.has_codes:
        return _("it holds codes, such as “{value}”").format(value=example)
    if len(column.texts) + len(column.missing) < len(column.cells):
        sentence = _("“{value}” (line {line}) is not a number")
        return sentence.format(value=example, line=lines[column.texts[0]])
    return ngettext(
        "it holds {n} text, such as “{value}”", "it holds {n} different texts, such as “{value}”", distinct
    ).format(n=column.distinct_text, value=example)
