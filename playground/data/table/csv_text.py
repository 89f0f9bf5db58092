"""The text of a table as columns of cells: delimiter, line numbers, odd lines; nothing is taken for a number yet."""

import csv
import re
from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
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
from playground.language import N_, _, ngettext
from playground.registry import shown

_DECLARED = re.compile(r'"?sep=(.)"?[ \t]*(?:\r\n|\r|\n)', re.IGNORECASE)
_CHUNK = 4096
_HEAD = 60
_SIGN_NAMES = {
    ",": N_("commas"),
    ";": N_("semicolons"),
    "\t": N_("tabs"),
    "|": N_("vertical bars"),
    " ": N_("spaces"),
}


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
    columns
        The cells of each column, stripped of white space, the line of the names included.
    lines
        The line of the file at which each row starts, from 1.
    head
        The first rows once more, row by row.
    skipped
        Lines above the table that are no part of it, and what stands in them.
    """

    path: Path
    delimiter: str
    encoding: str
    columns: list[list[str]]
    lines: Sequence[int]
    head: list[list[str]]
    skipped: tuple[tuple[int, str], ...] = ()


def read_sheet(path: Path, delimiter: str = "auto", should_stop: Callable[[], bool] = lambda: False) -> Sheet:
    """Read a file.

    A first line ``sep=;`` (in any case, quoted or not) names the delimiter. Lines that begin with ``#`` and have
    another number of cells than the table are comments. Titles above the table, a line of one cell each, are passed
    over and told in `skipped`. Empty cells at the end of single lines are cut off.

    Parameters
    ----------
    path
        A text, see `read_text`.
    delimiter
        A key of `DELIMITERS`, or ``"auto"``.
    should_stop
        Asked every few thousand rows.

    Raises
    ------
    DataError
        Where the file cannot be read, is empty, or lines have different numbers of cells.
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
    looks_like_json = text[:200].lstrip().startswith("{") and '"' in text[:200]
    if looks_like_json:
        sentence = _("{path} holds JSON, such as an experiment, not a table: open it as an experiment.")
        raise DataError(sentence.format(path=shown(path, 200)))
    try:
        cutter = _Cutter(path, text, sign, quote, start, should_stop)
        cutter.read()
    except DamagedRecord as error:
        if '\\"' not in text:
            raise cutter.damaged(error) from error
        cutter = _Cutter(path, text, sign, quote, start, should_stop, escaped=True)
        try:
            cutter.read()
        except DamagedRecord:
            raise cutter.damaged(error) from error
    return cutter.sheet(encoding)


def sign_name(sign: str) -> str:
    """Return what a delimiter is called, several of them."""
    return _(_SIGN_NAMES[sign]) if sign in _SIGN_NAMES else f"“{sign}”"


@dataclass
class _Cutter:
    """Cuts a text into columns, in pieces, so that the window's thread has its turn in between."""

    path: Path
    text: str
    sign: str
    quote: str
    start: int
    should_stop: Callable[[], bool]
    escaped: bool = False
    width: int = 0
    columns: list[list[str]] = field(default_factory=list)
    lines: "array[int]" = field(default_factory=lambda: array("q"))
    odd: list[tuple[int, list[str]]] = field(default_factory=list)
    odd_count: int = 0
    comments: list[tuple[int, list[str]]] = field(default_factory=list)

    def read(self) -> None:
        """Read all records; those of another width than the usual are put aside."""
        strips = any(space in self.text for space in (" ", "\u00a0", "\t")) or self.sign == "\t"
        widths: list[int] = []
        for _line, cells in records(self.text, self.sign, self.quote, escaped=self.escaped):
            if any(cell.strip() for cell in cells):
                widths.append(len(cells))
            if len(widths) >= TRIED_ROWS:
                break
        if not widths:
            raise DataError(_("{path} is empty.").format(path=shown(self.path, 200)))
        self.width = usual_width(widths)
        self.columns = [[] for _column in range(self.width)]
        chunk: list[list[str]] = []
        for line, cells in records(self.text, self.sign, self.quote, escaped=self.escaped):
            if strips:
                cells = [cell.strip() for cell in cells]
            if not any(cells):
                continue
            if len(cells) != self.width and not self._mended(line, cells):
                continue
            chunk.append(cells)
            self.lines.append(line + self.start - 1)
            if len(chunk) == _CHUNK:
                self._flush(chunk)
        self._flush(chunk)

    def damaged(self, error: DamagedRecord) -> DataError:
        """Return the sentence about a record that has no end."""
        line = error.line + self.start - 1
        sentence = _("{path}, from line {line} on, is not CSV: {error}.")
        return DataError(sentence.format(path=shown(self.path, 200), line=line, error=_reason(error)))

    def _flush(self, chunk: list[list[str]]) -> None:
        for column, cells in zip(self.columns, zip(*chunk, strict=True), strict=False):
            column.extend(cells)
        chunk.clear()
        if self.should_stop():
            raise Stopped

    def _mended(self, line: int, cells: list[str]) -> bool:
        """Cut empty cells off the end of a row that is too long; put aside one that has another width."""
        if len(cells) > self.width and not any(cells[self.width :]):
            del cells[self.width :]
            return True
        line += self.start - 1
        if cells[0].startswith("#"):
            self.comments.append((line, cells))
            return False
        self.odd_count += 1
        if len(self.odd) < _HEAD:
            self.odd.append((line, cells))
        return False

    def sheet(self, encoding: str) -> Sheet:
        """Return the sheet, or say which line is odd."""
        skipped: list[tuple[int, str]] = []
        first = self.lines[0]
        while self.odd and self.width > 1 and self.odd[0][0] < first and sum(map(bool, self.odd[0][1])) == 1:
            line, cells = self.odd.pop(0)
            self.odd_count -= 1
            skipped.append((line, shown(next(filter(None, cells)))))
        if self.odd_count == 1 and self.odd[0][0] < first:
            self._mend_header()
        if self.odd_count:
            raise self._refusal()
        self._drop_titles(skipped)
        self._read_comment(skipped)
        head = [[column[row] for column in self.columns] for row in range(min(len(self.lines), _HEAD))]
        return Sheet(self.path, self.sign, encoding, self.columns, self.lines, head, tuple(skipped))

    def _mend_header(self) -> None:
        """Take a first line that is shorter than the others, if the others end in empty cells or begin with names.

        The latter is how R writes a table: no name above the names of the rows.
        """
        line, cells = self.odd[0]
        surplus = self.width - len(cells)
        if surplus > 0 and not any(any(column) for column in self.columns[len(cells) :]):
            del self.columns[len(cells) :]
            self.width = len(cells)
        elif surplus == 1 and not any(map(is_number, cells)) and _names_rows(self.columns[0]):
            cells = ["", *cells]
        else:
            return
        for column, cell in zip(self.columns, cells, strict=True):
            column.insert(0, cell)
        self.lines.insert(0, line)
        self.odd_count = 0

    def _read_comment(self, skipped: list[tuple[int, str]]) -> None:
        """Take a first line such as ``# a,b,c`` for the names, as NumPy writes them, or pass over a remark."""
        names = self.columns[0]
        if len(names) < 3 or not names[0].startswith("#") or any(cell.startswith("#") for cell in names[1:_HEAD]):
            return
        below = [[column[row] for column in self.columns] for row in range(1, min(len(self.lines), _HEAD))]
        if names[0] != "#" and has_header(below):
            skipped.append((self.lines[0], shown(self.sign.join(column[0] for column in self.columns))))
            self._drop_first()
        else:
            names[0] = names[0].lstrip("#").strip() or names[0]

    def _drop_titles(self, skipped: list[tuple[int, str]]) -> None:
        """Pass over first lines of one cell and empty ones beside it, where names stand below them."""
        while len(self.lines) > 2 and self.width > 1:
            first = [column[0] for column in self.columns]
            below = [[column[row] for column in self.columns] for row in range(1, min(len(self.lines), _HEAD))]
            if sum(map(bool, first)) > 1 or (self.width == 2 and not first[0]) or not has_header(below):
                return
            if self.width == 2 and has_header([first, *below[1:]]):
                return
            skipped.append((self.lines[0], shown(next(filter(None, first), ""))))
            self._drop_first()

    def _drop_first(self) -> None:
        """Take the first row away."""
        for column in self.columns:
            del column[0]
        del self.lines[0]

    def _refusal(self) -> DataError:
        """Return the sentence about the first odd line."""
        line, cells = self.odd[0]
        regular = len(self.lines)
        has = ngettext("line {line} has {n} value", "line {line} has {n} values", len(cells))
        has = has.format(line=line, n=len(cells))
        others = ngettext("{n} line has {width}", "{n} lines have {width}", regular)
        others = others.format(n=f"{regular:,}", width=self.width)
        more = ""
        if self.odd_count > 1:
            more = " " + ngettext(
                "{n} more line does not fit.", "{n} more lines do not fit.", self.odd_count - 1
            ).format(n=f"{self.odd_count - 1:,}")
        sentence = _(
            "{path}: {has}, {others}.{more} Mend or remove it; if the lines, cut at {sign}, should be cut at another "
            "sign, choose the delimiter (data.delimiter)."
        )
        return DataError(
            sentence.format(path=shown(self.path, 200), has=has, others=others, more=more, sign=sign_name(self.sign))
        )


def _names_rows(column: list[str]) -> bool:
    """Return whether the cells of a first column are all different texts, or count, as the names of rows do."""
    if column[0] in ("0", "1"):
        return column == [str(k + int(column[0])) for k in range(len(column))]
    return len(set(column)) == len(column) and not any(map(is_number, column))


def _reason(error: csv.Error) -> str:
    """Return what the module `csv` found wrong, in the user's language where it is one of the usual things."""
    text = str(error)
    if text == "unexpected end of data":
        return _("a quotation mark is opened and never closed")
    if "expected after" in text:
        return _("something follows a closing quotation mark")
    if "field limit" in text:
        return _("a value is longer than {n} letters").format(n=csv.field_size_limit())
    return text
