"""Which sign stands between the cells of a table: each is tried on the first lines, and the best table wins.

The score is that of CleverCSV (van den Burg et al., 2019) in small: how alike the lines are in their number of cells,
times how many cells look like a value of their own. DuckDB's sniffer rests on the first alone, and so cuts a column of
sentences at its spaces.
"""

import csv
import re
from collections import Counter
from collections.abc import Iterator

from playground.data.table.numbers import is_missing, is_number

DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t", "pipe": "|", "space": " "}
"""By their names in a configuration; of two that do equally well the first is taken."""

TRIED_ROWS = 200

HEAD = 1_000_000
"""Letters of a text that are examined."""

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_SIGNS = re.compile(r"[,;\t|]")
_FOREIGN = 0.1  # what a text with a sign in it is worth that may well be another delimiter
_PROSE = 0.7  # one where that sign is followed by a space, as in a sentence
_SPACE = 0.95  # a space is part of a value more often than the other signs
_CLEAN = 0.95
_SINGLE_QUOTED = re.compile(r"(?:^|[,;\t| ])[ ]*'[^'\r\n]*'[ ]*(?=[,;\t| ]|$)", re.MULTILINE)


class DamagedRecord(csv.Error):
    """A record that has no end; `line` is the one at which it starts, from 1."""

    def __init__(self, error: csv.Error, line: int) -> None:
        super().__init__(str(error))
        self.line = line


def guess_delimiter(text: str, quote: str = '"') -> str:
    """Return the sign that makes the best table of the first records; a comma where none makes one of two columns."""
    text = text[:HEAD]
    best, taken, clean = 0.0, ",", False
    for sign in DELIMITERS.values():
        alike, typed, columns = _quality(text, sign, quote)
        if columns < 2 or (sign == " " and clean):
            continue
        score = alike * typed * (1 - 1 / columns) * (_SPACE if sign == " " else 1.0)
        clean = clean or (alike >= _CLEAN and typed >= _CLEAN)
        if score > best + 1e-9:
            best, taken = score, sign
    return taken


def guess_quote(text: str) -> str:
    """Return the sign that cells are put between: the double quotation mark, unless the single one is used for it."""
    head = text[:20_000]
    if '"' in head or "'" not in head:
        return '"'
    lines = head.count("\n") + 1
    return "'" if len(_SINGLE_QUOTED.findall(head)) >= lines / 2 else '"'


def usual_width(widths: list[int]) -> int:
    """Return how many cells most rows have; the larger number of two that are equally common."""
    counts = Counter(widths)
    return max(counts, key=lambda width: (counts[width], width))


def records(text: str, sign: str, quote: str = '"', *, escaped: bool = False) -> Iterator[tuple[int, list[str]]]:
    """Yield the line at which each record starts, from 1, and its cells as they are; empty lines are left out.

    A record may go over several lines where a cell is quoted. Between cells cut at spaces there may be several.

    Raises
    ------
    DamagedRecord
        Where a quotation mark is not closed, or something follows one.
    """
    source = (match[0] for match in _LINE.finditer(text))  # StringIO would copy the text, and hold all threads
    if sign == " " and quote not in text:
        for line, content in enumerate(source, start=1):
            if content.strip():
                yield line, content.split()
        return
    lines = (content.strip(" \t") for content in source) if sign == " " else source
    reader = csv.reader(
        lines,
        delimiter=sign,
        quotechar=quote,
        skipinitialspace=True,
        strict=True,
        doublequote=not escaped,
        escapechar="\\" if escaped else None,
    )
    line = 1
    try:
        for cells in reader:
            if cells:
                yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        raise DamagedRecord(error, line) from error


def _quality(text: str, sign: str, quote: str) -> tuple[float, float, int]:
    """Return the share of records of the usual width, what a cell of those is worth on average, and that width."""
    if sign not in text:
        return 0.0, 0.0, 0
    rows = _first_rows(text, sign, quote, escaped=False)
    if rows is None and '\\"' in text:
        rows = _first_rows(text, sign, quote, escaped=True)
    if rows is None:
        return 0.0, 0.0, 0
    rows = [[cell.strip() for cell in cells] for cells in rows if any(cells)]
    if not rows:
        return 0.0, 0.0, 0
    width = usual_width([len(cells) for cells in rows])
    whole = [cells for cells in rows if len(cells) == width]
    values = [_worth(cell, sign) for cells in whole[:50] for cell in cells[:200]]
    rows_that_count = [cells for cells in rows if len(cells) == width or not cells[0].startswith("#")]
    return len(whole) / len(rows_that_count), sum(values) / len(values), width


def _first_rows(text: str, sign: str, quote: str, *, escaped: bool) -> list[list[str]] | None:
    """Return the first records, None where one of them is damaged; one that the head of a text cuts does not count."""
    rows: list[list[str]] = []
    try:
        for _line, cells in records(text, sign, quote, escaped=escaped):
            rows.append(cells)
            if len(rows) == TRIED_ROWS:
                return rows
    except DamagedRecord:
        return rows if len(text) == HEAD and rows else None
    return rows[:-1] if len(text) == HEAD and len(rows) > 1 else rows


def _worth(cell: str, sign: str) -> float:
    """Return how likely a cell is one value, from 0 to 1."""
    if is_missing(cell) or is_number(cell):
        return 1.0
    if '"' in cell:
        return 0.0
    found = [match for match in _SIGNS.finditer(cell) if match[0] != sign]
    if not found:
        return 1.0
    prose = all(match.end() < len(cell) and cell[match.end()] == " " for match in found)
    return _PROSE if prose else _FOREIGN
