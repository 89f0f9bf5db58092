"""The text of a CSV file as rows of cells: encoding, delimiter, line numbers; nothing is taken for a number yet."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from playground.data.errors import DataError
from playground.language import _

LARGEST_BYTES = 64 * 1024 * 1024
"""The largest file that is read: a few seconds' work."""

DELIMITERS = {"tab": "\t", "semicolon": ";", "comma": ",", "space": " "}
"""By their names in a configuration, in the order in which they are tried: a tab or a semicolon is rarely part of a
value, a comma may be the sign of a decimal fraction."""

_TRIED_LINES = 50
_AGREEING = 0.8


@dataclass(frozen=True)
class Sheet:
    """The rows of a file, blank lines left out.

    Attributes
    ----------
    path
        The file.
    delimiter
        What stood between two cells, a value of `DELIMITERS`.
    rows
        The cells, stripped of white space; every row has as many as the first.
    lines
        The line of the file at which each row starts, from 1.
    """

    path: Path
    delimiter: str
    rows: list[list[str]]
    lines: list[int]


def read_sheet(path: Path, delimiter: str = "auto") -> Sheet:
    """Read a file.

    Parameters
    ----------
    path
        A text in UTF-8, or in UTF-16 with a byte-order mark.
    delimiter
        A key of `DELIMITERS`, or ``"auto"``.

    Raises
    ------
    DataError
        Where there is no such file, or it is too large, not such a text, empty, or ragged.
    """
    text = _text(path)
    start = 1
    declared = re.match(r"sep=(.)\r?\n", text)
    if declared:
        text, start = text[declared.end() :], 2
    if delimiter != "auto":
        sign = DELIMITERS[delimiter]
    elif declared and declared[1] in DELIMITERS.values():
        sign = declared[1]
    else:
        sign = guess_delimiter(text)
    rows, lines = _numbered_rows(path, text, sign, start)
    return Sheet(path, sign, rows, lines)


def _numbered_rows(path: Path, text: str, sign: str, start: int) -> tuple[list[list[str]], list[int]]:
    """Return the cells of each row, and the line at which it starts, in a text that begins at line `start`."""
    rows, lines = [], []
    try:
        for line, cells in _rows(text, sign):
            rows.append(cells)
            lines.append(line + start - 1)
    except csv.Error as error:
        line = (lines[-1] if lines else 0) + 1
        raise DataError(
            _("{path}, from line {line} on, is not CSV: {error}.").format(path=path, line=line, error=_reason(error))
        ) from error
    if not rows:
        raise DataError(_("{path} is empty.").format(path=path))
    for cells, line in zip(rows, lines, strict=True):
        if len(cells) != len(rows[0]):
            sentence = _("{path}, line {line}: {wanted} values are expected, as in line {first}; there are {n}.")
            raise DataError(sentence.format(path=path, line=line, n=len(cells), first=lines[0], wanted=len(rows[0])))
    return rows, lines


def _text(path: Path) -> str:
    """Return a file's text, its byte-order mark removed."""
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise DataError(_("{path} is a folder, not a file.").format(path=path))
        with path.open("rb") as file:  # a pipe or a device does not say how much it will give
            raw = b"" if size > LARGEST_BYTES else file.read(LARGEST_BYTES + 1)
        if max(size, len(raw)) > LARGEST_BYTES:
            sentence = _("{path} is {size} MB large; at most {most} MB can be read: keep a part of its rows.")
            raise DataError(sentence.format(path=path, size=max(size, len(raw)) >> 20, most=LARGEST_BYTES >> 20))
    except (FileNotFoundError, ValueError) as error:  # a path with a zero byte is no path
        raise DataError(_("There is no file {path}.").format(path=path)) from error
    except OSError as error:
        raise DataError(
            _("{path} cannot be read: {error}.").format(path=path, error=error.strerror or error)
        ) from error
    encoding = "utf-16" if raw.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        sentence = _("{path}, line {line}, is not UTF-8 text: save it again as “CSV UTF-8”.")
        raise DataError(sentence.format(path=path, line=line)) from error
    if "\0" in text:
        raise DataError(_("{path} is not a text file: save the table as CSV.").format(path=path))
    return text


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


def guess_delimiter(text: str) -> str:
    """Return the first sign that cuts nearly all of the first lines into equally many cells, two or more."""
    head = "\n".join(text.splitlines()[:_TRIED_LINES])
    for sign in DELIMITERS.values():
        try:
            counts = [len(cells) for _line, cells in _rows(head, sign)]
        except csv.Error:
            continue
        if not counts:
            break
        usual = max(set(counts), key=counts.count)
        if usual > 1 and counts.count(usual) >= _AGREEING * len(counts):
            return sign
    return ","


def _rows(text: str, sign: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the line at which each row starts, from 1, and its cells."""
    if sign == " ":
        for line, content in enumerate(text.splitlines(), start=1):
            if content.strip():
                yield line, content.split()
        return
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign, skipinitialspace=True, strict=True)
    line = 1
    for cells in reader:
        stripped = [cell.strip() for cell in cells]
        if any(stripped):
            yield line, stripped
        line = reader.line_num + 1
