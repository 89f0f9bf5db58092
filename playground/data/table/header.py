"""Whether the first line of a table holds the names of its columns.

No single sign tells. A text above numbers is a name, but not where it looks like a damaged number; a number above
numbers is a value, but not where the numbers of the line count (0, 1, 2, …, as pandas writes them) or are years; a
text above texts is a name where those come again and again and it never does. In doubt the line is a row: a name too
many shows as a cell that is no number, a row too few does not show at all.
"""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from playground.data.table.numbers import form_of, is_missing

_MOSTLY = 0.5
_DAMAGED = re.compile(
    r"[+\-−<>~=]*[0-9][0-9.,]*[^0-9]{0,2}[0-9.,]*[^\s0-9]?|-+|[<>].*|n\.? ?[ad]\.?|missing|none|unknown|inf",
    re.IGNORECASE,
)
_YEARS = range(1800, 2101)
_MOST_COLUMNS = 400


@dataclass(frozen=True)
class _Below:
    """What stands below a title: the numbers or the texts, values that are missing left out."""

    numbers: list[float]
    texts: list[str]
    whole: bool

    @property
    def is_numeric(self) -> bool:
        """Whether most values are numbers."""
        return bool(self.numbers) and len(self.numbers) >= _MOSTLY * (len(self.numbers) + len(self.texts))

    @property
    def repeats(self) -> bool:
        """Whether the texts come twice or more often on average."""
        return bool(self.texts) and 2 * len(set(self.texts)) <= len(self.texts)


def has_header(rows: Sequence[Sequence[str]]) -> bool:
    """Return whether the first of these rows, all of one length, holds names."""
    if len(rows[0]) > _MOST_COLUMNS:  # a gene table: its first and last columns tell
        rows = [[*row[: _MOST_COLUMNS // 2], *row[-_MOST_COLUMNS // 2 :]] for row in rows]
    first = rows[0]
    body = [row for row in rows[1:] if row != first]
    if not body:
        return all(form_of(cell) is None for cell in first)
    below = [_below([row[k] for row in body]) for k in range(len(first))]
    numeric = [k for k, it in enumerate(below) if it.is_numeric]
    names = [k for k in numeric if first[k] and not is_missing(first[k]) and form_of(first[k]) is None]
    counts = [k for k in numeric if form_of(first[k]) is not None]
    texts = [k for k, it in enumerate(below) if it.texts and not it.is_numeric and first[k]]
    comes_again = any(first[k] in below[k].texts for k in texts)
    if names and not counts:
        return not all(_is_damaged(first[k]) for k in names) or (bool(texts) and not comes_again)
    if not numeric:
        all_texts = all(form_of(cell) is None for cell in first)
        return all_texts and not comes_again and len({*filter(None, first)}) == sum(map(bool, first))
    if not counts:
        return not comes_again and any(below[k].repeats for k in texts) and any(first)
    if comes_again:
        return False
    values = [int(first[k]) if re.fullmatch(r"[0-9]{1,9}", first[k]) else None for k in counts]
    if None in values or len(set(values)) < len(values):
        return False
    if names:
        return not any(_is_damaged(first[k]) for k in names) and (len(names) > 1 or _count_up(values))
    stand_out = sum(_stands_out(value, below[k]) for k, value in zip(counts, values, strict=True))
    if 2 * stand_out < len(counts):
        return False
    if any(below[k].repeats for k in texts):
        return True
    return _count_up(values) and len(body) > 2 and (len(values) > 2 or (bool(texts) and values[0] != 1))


def _below(cells: Sequence[str]) -> _Below:
    numbers: list[float] = []
    texts: list[str] = []
    whole = True
    for cell in cells:
        if is_missing(cell):
            continue
        form = form_of(cell)
        if form is None:
            texts.append(cell)
        else:
            whole = whole and form.kind == "whole"
            value = form.value("comma" if form.kind == "comma" else "point")
            numbers.append(value)
    return _Below(numbers, texts, whole)


def _count_up(values: Sequence[int | None]) -> bool:
    """Return whether numbers go up by one and the same step from 0 or 1, or are years that do."""
    steps = {b - a for a, b in itertools.pairwise(values) if a is not None and b is not None}
    first = values[0]
    if len(steps) > 1 or any(step < 1 for step in steps) or first is None:
        return False
    return (first in (0, 1) and steps <= {1}) or all(value in _YEARS for value in values)


def _stands_out(value: int | None, below: _Below) -> bool:
    """Return whether a whole number is no value like those below it."""
    if value is None:
        return False
    return not below.whole or not min(below.numbers) <= value <= max(below.numbers)


def _is_damaged(cell: str) -> bool:
    """Return whether a text looks like a number that something has happened to, or like a sign for no value."""
    return _DAMAGED.fullmatch(cell) is not None
