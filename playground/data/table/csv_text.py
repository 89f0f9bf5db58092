"""The text of a table as rows of cells: delimiter, line numbers, odd lines; cells are still texts."""

import csv
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from playground.data.errors import DataError, Stopped
from playground.data.table.delimiters import (
    DELIMITERS,
    TRIED_ROWS,
    DamagedRecord,
    guess_delimiter,
    guess_quote,
    records,
    usual_width,
)
from playground.data.table.header import has_header
from playground.data.table.numbers import is_number
from playground.data.table.text_file import read_text
from playground.language import N_, _, gap, ngettext
from playground.registry import shown

Cells = tuple[str, ...]  # no lists: Python's collector would look at each again and again
Rows = list[tuple[int, Cells]]
"""The line of the file at which each row starts, from 1, and its cells."""

HEAD = 60
"""Rows that are read to detect a header."""

_DECLARED = re.compile(r'"?sep=(.)"?[ \t]*(?:\r\n|\r|\n)', re.IGNORECASE)
_ROWS_BETWEEN_STOPS = 4096
_SIGN_NAMES = {
    ",": N_("commas"),
    ";": N_("semicolons"),
    "\t": N_("tabs"),
    "|": N_("vertical bars"),
    " ": N_("spaces"),
}

MOST_NAMED = 10
"""Lines that do not fit are named up to so many."""


@dataclass(frozen=True)
class Sheet:
    """The cells of a file, blank lines and comments left out.

    Attributes
    ----------
    path
        The file.
    delimiter
        What stood between two cells.
    encoding
        What the file was written in, such as ``"utf-8"``.
    rows
        The cells of each row, as many in each, stripped of white space; the line of the names included.
    lines
        The line of the file at which each row starts, from 1.
    skipped
        Lines above the table that are no part of it, and what stands in them.
    """

    path: Path
    delimiter: str
    encoding: str
    rows: list[Cells]
    lines: list[int]
    skipped: tuple[tuple[int, str], ...] = ()


def read_sheet(path: Path, delimiter: str = "auto", should_stop: Callable[[], bool] = lambda: False) -> Sheet:
    """Return the cells of a CSV file, its titles skipped.

    A first line ``sep=;`` (in any case, quoted or not) names the delimiter. Lines that begin with ``#`` and have
    another number of cells than the table are comments. Titles above the table, a line of one cell each, are skipped
    and listed in `skipped`. Empty cells at the end of single lines are cut off. `delimiter` is a key of `DELIMITERS`,
    or ``"auto"``; `should_stop` is asked every few thousand rows.

    Raises
    ------
    DataError
        Where the file cannot be read, is empty, or lines have different numbers of cells; `Stopped` where
        `should_stop` returns True.
    """
    text, encoding = read_text(path)
    start = 1
    declared = _DECLARED.match(text)
    if declared:
        text, start = text[declared.end() :], 2
    quote = guess_quote(text)
    if delimiter != "auto":
        sign = DELIMITERS[delimiter]
    elif declared:
        sign = declared[1]
    else:
        sign = guess_delimiter(text, quote)
    if text[:200].lstrip().startswith("{") and '"' in text[:200]:
        sentence = _("{path} holds JSON, such as an experiment, not a table: open it as an experiment.")
        raise DataError(sentence.format(path=shown(path, 200)))
    try:
        found = _cut(text, sign, quote, start, should_stop)
    except DamagedRecord as error:
        line = error.line + start - 1
        sentence = _("{path}, from line {line} on, is not CSV: {error}.")
        refusal = DataError(sentence.format(path=shown(path, 200), line=line, error=_reason(error)))
        if '\\"' not in text:
            raise refusal from error
        try:
            found = _cut(text, sign, quote, start, should_stop, escaped=True)
        except DamagedRecord:
            raise refusal from error
    if not found:
        raise DataError(_("{path} is empty.").format(path=shown(path, 200)))
    rows, odd = _of_one_width(found)
    skipped = _titles(rows, odd)
    _mend_header(rows, odd)
    if odd:
        raise _refusal(path, rows, odd, sign)
    _drop_titles(rows, skipped)
    _read_comment(rows, skipped, sign)
    return Sheet(
        path, sign, encoding, [cells for _line, cells in rows], [line for line, _cells in rows], tuple(skipped)
    )


def sign_name(sign: str) -> str:
    """Return the plural name of a delimiter: ``"commas"``; an unusual one in quotes."""
    return _(_SIGN_NAMES[sign]) if sign in _SIGN_NAMES else f"“{sign}”"


def _cut(
    text: str, sign: str, quote: str, start: int, should_stop: Callable[[], bool], *, escaped: bool = False
) -> Rows:
    """Return all rows that are not blank; the first line of the text has the number `start`."""
    rows: Rows = []
    has_spaces = any(space in text for space in " \u00a0\t")
    for count, (line, record) in enumerate(records(text, sign, quote, escaped=escaped)):
        if count % _ROWS_BETWEEN_STOPS == 0 and should_stop():
            raise Stopped
        cells = tuple([cell.strip() for cell in record] if has_spaces else record)
        if any(cells):
            rows.append((line + start - 1, cells))
    return rows


def _of_one_width(found: Rows) -> tuple[Rows, Rows]:
    """Return the rows of the usual width, empty cells cut off their end, and the others, comments left out."""
    width = usual_width([len(cells) for _line, cells in found[:TRIED_ROWS]])
    rows: Rows = []
    odd: Rows = []
    for line, cells in found:
        if len(cells) > width and not any(cells[width:]):
            cells = cells[:width]
        elif len(cells) == width + 1 and cells[0] == "#" and not rows:
            cells = ("#" + cells[1], *cells[2:])  # names, as NumPy writes them between blanks
        if len(cells) == width:
            rows.append((line, cells))
        elif not cells[0].startswith("#"):
            odd.append((line, cells))
    return rows, odd


def _titles(rows: Rows, odd: Rows) -> list[tuple[int, str]]:
    """Remove the odd lines of one cell above the table from `odd`, and return them."""
    titles: list[tuple[int, str]] = []
    first, cells = rows[0]
    while odd and len(cells) > 1 and odd[0][0] < first and sum(map(bool, odd[0][1])) == 1:
        line, title = odd.pop(0)
        titles.append((line, shown(next(filter(None, title)))))
    return titles


def _mend_header(rows: Rows, odd: Rows) -> None:
    """Add a first line that is shorter than the others to `rows`, if the others end in empty cells or begin with names.

    The latter is how R writes a table: no name above the names of the rows.
    """
    if len(odd) != 1 or odd[0][0] > rows[0][0]:
        return
    first, cells = odd[0]
    surplus = len(rows[0][1]) - len(cells)
    if surplus > 0 and not any(any(row[len(cells) :]) for _line, row in rows):
        rows[:] = [(line, row[: len(cells)]) for line, row in rows]
    elif surplus == 1 and not any(map(is_number, cells)) and _names_rows([row[0] for _line, row in rows]):
        cells = ("", *cells)
    else:
        return
    rows.insert(0, (first, cells))
    odd.clear()


def _drop_titles(rows: Rows, skipped: list[tuple[int, str]]) -> None:
    """Skip first lines of one cell and empty ones beside it, where names stand below them."""
    while len(rows) > 2 and len(rows[0][1]) > 1:
        (line, first), below = rows[0], [cells for _line, cells in rows[1:HEAD]]
        if sum(map(bool, first)) > 1 or (len(first) == 2 and not first[0]) or not has_header(below):
            return
        if len(first) == 2 and has_header([first, *below[1:]]):
            return
        skipped.append((line, shown(next(filter(None, first), ""))))
        del rows[0]


def _read_comment(rows: Rows, skipped: list[tuple[int, str]], sign: str) -> None:
    """Read a first line such as ``# a,b,c`` as names, as NumPy writes them, or skip it as a remark."""
    (line, first), below = rows[0], [cells for _line, cells in rows[1:HEAD]]
    if len(rows) < 3 or not first[0].startswith("#") or any(cells[0].startswith("#") for cells in below):
        return
    if first[0] != "#" and has_header(below):
        skipped.append((line, shown(sign.join(first))))
        del rows[0]
    else:
        rows[0] = (line, (first[0].lstrip("#").strip() or first[0], *first[1:]))


def _refusal(path: Path, rows: Rows, odd: Rows, sign: str) -> DataError:
    line, cells = odd[0]
    has = ngettext("line {line} has {n} value", "line {line} has {n} values", len(cells))
    has = has.format(line=line, n=len(cells))
    others = ngettext("{n} line has {width}", "{n} lines have {width}", len(rows))
    others = others.format(n=f"{len(rows):,}", width=len(rows[0][1]))
    more = ""
    if len(odd) > 1:
        more = ngettext("{n} more line does not fit: {lines}.", "{n} more lines do not fit: {lines}.", len(odd) - 1)
        numbers = ", ".join([str(it) for it, _cells in odd[1 : MOST_NAMED + 1]] + ["…"] * (len(odd) > MOST_NAMED + 1))
        more = gap() + more.format(n=f"{len(odd) - 1:,}", lines=numbers)
    sentence = _(
        "{path}: {has}, {others}.{more} Mend or remove it; if the lines, cut at {sign}, should be cut at another "
        "sign, choose the delimiter."
    )
    text = sentence.format(path=shown(path, 200), has=has, others=others, more=more, sign=sign_name(sign))
    return DataError(text, "data.delimiter")


def _names_rows(column: Sequence[str]) -> bool:
    """Return whether the cells of a first column are all different texts, or count, as the names of rows do."""
    if column[0] in ("0", "1"):
        return list(column) == [str(k + int(column[0])) for k in range(len(column))]
    return len(set(column)) == len(column) and not any(map(is_number, column))


def _reason(error: csv.Error) -> str:
    text = str(error)
    if text == "unexpected end of data":
        return _("a quotation mark is opened and never closed")
    if "expected after" in text:
        return _("something follows a closing quotation mark")
    if "field limit" in text:
        return _("a value is longer than {n} letters").format(n=csv.field_size_limit())
    return text
