"""From the columns of a table to what a network is given: numbers as they are, texts as 0 and 1."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from playground.data.table.columns import MOST_DISTINCT, Column
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
class Input:
    """One input of a network: its name, (n_rows,) values, and the unit they are in."""

    name: str
    values: NDArray[np.float64]
    unit: str = ""


def inputs_of(column: Column) -> list[Input]:
    """Return one input for a column of numbers or of two texts, else one for each text.

    What says “male” or “female” is 1 where it is “male”, the second of the two, and called “sex = male”.
    """
    if column.kind == "number":
        return [Input(column.name, column.numbers, column.unit)]
    places, texts = column.labels()
    chosen = range(len(texts)) if len(texts) != 2 else (1,)
    return [Input(f"{column.name} = {texts[k]}", (places == k).astype(np.float64)) for k in chosen]


def reason_to_leave_out(columns: Sequence[Column], column: Column, lines: Sequence[int]) -> str:
    """Return why a column is not learnt from unless that is asked for, or an empty text."""
    rows = len(lines)
    missing = len(column.missing)
    if column.kind == "empty":
        return _("it is empty in every row")
    if column.kind == "date":
        return _("it holds dates or times, such as “{value}”").format(value=shown(column.cells[column.texts[0]], 30))
    if missing > MOSTLY_EMPTY * rows:
        sentence = _("{n} of {rows} rows have no value")
        return sentence.format(n=f"{missing:,}", rows=f"{rows:,}")
    if column.is_constant:
        return _("every row has the same value, “{value}”").format(value=shown(column.cells[0], 30))
    if column.kind == "number":
        return _reason_of_numbers(columns, column)
    return _reason_of_texts(column, lines)


def _reason_of_numbers(columns: Sequence[Column], column: Column) -> str:
    """Return why a column of numbers is left out: it only tells the rows apart."""
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
    if column.missing:
        return _("line {line} has no value").format(line=lines[column.missing[0]])
    if distinct <= MOST_TEXTS and 2 * distinct <= len(lines):
        return ""
    example = shown(column.cells[column.texts[0] if column.texts else 0], 30)
    if column.has_codes:
        return _("it holds codes, such as “{value}”").format(value=example)
    if len(column.texts) < len(column.cells):
        sentence = _("“{value}” (line {line}) is not a number")
        return sentence.format(value=example, line=lines[column.texts[0]])
    count = f"{distinct:,}" if distinct <= MOST_DISTINCT else _("more than {n}").format(n=f"{MOST_DISTINCT:,}")
    return ngettext(
        "it holds {n} text, such as “{value}”", "it holds {n} different texts, such as “{value}”", distinct
    ).format(n=count, value=example)
