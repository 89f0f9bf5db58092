"""One column of a table: its cells as numbers or labels, and what is odd about them."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from playground.data.table.numbers import CODES, COMMA, EXACT_DIGITS, POINT, Form, form_of, is_doubtful, is_missing
from playground.language import _

MOST_DISTINCT = 10_000
"""Up to so many different values are given as a number in a sentence."""

MOST_CLASSES = 100
"""More are no classes but texts, or numbers to predict."""

FEW = 0.25
"""A column is one of numbers where no more of its values than these are texts, or a single one: cells to be mended."""

COMMON = 0.1
"""What may stand for no value, such as NA, is a label among texts where at least so many rows have it."""

_CHUNK = 8192
_PLAIN_POINT = re.compile(r"^(?![+-]?[1-9][0-9]{0,2}\.[0-9]{3}$)[^\n]*\.", re.MULTILINE)
_TIME = r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]+)?)?(?: ?[AaPp]\.?[Mm]\.?)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?"
_MONTH = r"(?:Jan|Feb|Mar|Mär|Apr|May|Mai|Jun|Jul|Aug|Sep|Oct|Okt|Nov|Dec|Dez)[a-z]*\.?"
_DATE = re.compile(
    r"(?:[0-9]{4}[-/.][0-9]{1,2}(?:[-/.][0-9]{1,2})?|[0-9]{1,2}([-/.])[0-9]{1,2}\1 ?(?:[0-9]{4}|[0-9]{2})"
    rf"|[0-9]{{1,2}}\.?[ -]{_MONTH}[ -][0-9]{{2,4}}|{_MONTH}[ -](?:[0-9]{{1,2}},? )?[0-9]{{2,4}}"
    rf"|[0-9]{{4}}年[0-9]{{1,2}}月(?:[0-9]{{1,2}}日)?)(?:[T ,]+{_TIME})?|{_TIME}",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"([0-9]+)")
_NEVER_LABELS = frozenset({"", "nan", "#n/a", "<na>"})


@dataclass(frozen=True, eq=False)
class Column:
    """One column of a table.

    Attributes
    ----------
    name
        From the header, made to differ from the others; else ``x1``, ``x2``, …
    title
        As the file has it; empty where it has none.
    cells
        The texts, header left out.
    numbers
        (n_rows,) each cell as a number; NaN where it has no value or is a text.
    unit
        ``"%"`` or a currency that the numbers carry, or an empty text.
    doubtful
        The row of a cell that can be two numbers, and nothing in the table tells which; None where there is none.
    likely
        The row of a cell that can be two numbers and was read as the likelier one; None where there is none.
    is_full
        Whether every row has a value, even where it says NA: those without one were left out.
    """

    name: str
    title: str
    cells: Sequence[str]
    numbers: NDArray[np.float64]
    unit: str = ""
    doubtful: int | None = None
    likely: int | None = None
    is_full: bool = False

    @cached_property
    def _marks(self) -> dict[str, list[int]]:
        """The rows of each text that may stand for no value; empty cells under an empty text."""
        found: dict[str, list[int]] = {}
        for row in () if self.is_full else self._unread:
            cell = self.cells[row]
            if is_missing(cell):
                found.setdefault(cell, []).append(row)
        return found

    @cached_property
    def _unread(self) -> list[int]:
        """The rows that are no number."""
        rows: list[int] = np.flatnonzero(np.isnan(self.numbers)).tolist()
        return rows

    @cached_property
    def missing(self) -> tuple[int, ...]:
        """The rows that have no value, counted from 0."""
        rows = [row for mark, rows in self._marks.items() if mark not in self._labels_of_none for row in rows]
        return tuple(sorted(rows))

    @cached_property
    def _labels_of_none(self) -> frozenset[str]:
        """What usually stands for no value but is a label here: common among texts."""
        marked = sum(map(len, self._marks.values()))
        others = len(self._unread) - marked
        if are_numbers(len(self.cells) - marked, others):
            return frozenset()
        return frozenset(
            mark
            for mark, rows in self._marks.items()
            if mark.lower() not in _NEVER_LABELS and len(rows) >= COMMON * len(self.cells)
        )

    @cached_property
    def texts(self) -> tuple[int, ...]:
        """The rows whose value is not a number."""
        empty = set(self.missing)
        return tuple(row for row in self._unread if row not in empty)

    @cached_property
    def kind(self) -> str:
        """``"number"``, ``"text"``, ``"date"`` or ``"empty"``.

        A few texts among numbers leave it a column of numbers; codes such as 007 among them make it one of texts.
        """
        present = len(self.cells) - len(self.missing)
        if not present:
            return "empty"
        if are_numbers(present, len(self.texts)):
            return "text" if self.has_codes else "number"
        dates = sum(_DATE.fullmatch(self.cells[row]) is not None for row in self.texts[:1000])
        return "date" if dates >= (1 - FEW) * min(len(self.texts), 1000) else "text"

    @cached_property
    def has_codes(self) -> bool:
        """Whether there are whole numbers that are names: with a zero in front, or too long to be distinguished."""
        return CODES.search("\n".join(self.cells)) is not None

    @cached_property
    def counts(self) -> dict[str, int]:
        """How often each value comes."""
        found = Counter(self.cells)
        for mark in self._marks:
            if mark not in self._labels_of_none:
                del found[mark]
        return found

    @property
    def distinct(self) -> int:
        """How many different values there are."""
        return len(self.counts)

    @property
    def distinct_text(self) -> str:
        """That number as a sentence says it; no large one."""
        return (
            f"{self.distinct:,}"
            if self.distinct <= MOST_DISTINCT
            else _("more than {n}").format(n=f"{MOST_DISTINCT:,}")
        )

    @cached_property
    def size_range(self) -> tuple[float, float]:
        """The smallest and the largest number; NaN where there is none."""
        if len(self._unread) == len(self.cells):
            return np.nan, np.nan
        return float(np.nanmin(self.numbers)), float(np.nanmax(self.numbers))

    @cached_property
    def is_constant(self) -> bool:
        """Whether every row that has a value has the same one."""
        low, high = self.size_range
        return low == high if self.kind == "number" and not self.texts else self.distinct == 1

    @cached_property
    def can_be_input(self) -> bool:
        """Whether it can be learnt from at all: numbers, or texts that come twice or more on average."""
        if self.kind != "text":
            return self.kind == "number"
        return self.distinct <= MOST_CLASSES and 2 * self.distinct <= len(self.cells)

    def only(self, rows: Sequence[int]) -> "Column":
        """Return the column with only some of its rows, in order, which all have a value."""
        cells = tuple(self.cells[row] for row in rows)
        doubtful = self.doubtful
        if doubtful is not None:
            doubtful = next((row for row, cell in enumerate(cells) if is_doubtful(cell)), None)
        return Column(self.name, self.title, cells, self.numbers[list(rows)], self.unit, doubtful, is_full=True)

    def labels(self) -> tuple[NDArray[np.int64], tuple[str, ...]]:
        """Return (n_rows,) the place of each cell among the different values, and these in their order.

        A row that has no value has the place -1.
        """
        names = in_order(self.counts)
        place = {name: k for k, name in enumerate(names)}
        places = np.fromiter((place.get(cell, -1) for cell in self.cells), dtype=np.int64, count=len(self.cells))
        return places, tuple(names)


def are_numbers(present: int, texts: int) -> bool:
    """Return whether a column with so many values, of which so many are texts, is one of numbers."""
    return texts <= max(FEW * present, 1) and 2 * texts <= present


def read_columns(
    names: Sequence[str], titles: Sequence[str], columns: Sequence[Sequence[str]], decimal: str, delimiter: str
) -> tuple[Column, ...]:
    """Return the columns of a table with their numbers, in order.

    Parameters
    ----------
    names, titles, columns
        Of each column: its name, what the file calls it, its cells.
    decimal
        ``"point"`` or ``"comma"``, or ``"auto"``: each column by itself where its cells tell, else as the others do.
    delimiter
        In a table that is cut at commas, a comma inside a cell parts thousands unless another cell tells otherwise.
    """
    drafts = [_Draft(cells) for cells in columns]
    told = Counter(it.decimal for it in drafts if it.is_numeric)
    usual = None
    if told[POINT] != told[COMMA]:
        usual = POINT if told[POINT] > told[COMMA] else COMMA
    elif delimiter == "," and not told[COMMA]:
        usual = POINT
    found = []
    for name, title, draft in zip(names, titles, drafts, strict=True):
        sign, is_doubtful = (decimal, False) if decimal != "auto" else draft.decided(usual, delimiter)
        numbers, unit = draft.numbers(sign)
        row = draft.doubtful
        is_likely = decimal == "auto" and usual is None and draft.decimal is None and not is_doubtful
        doubtful, likely = row if is_doubtful else None, row if is_likely else None
        found.append(Column(name, title, draft.cells, numbers, unit, doubtful, likely))
    return tuple(found)


class _Draft:
    """The cells of a column, sorted into forms, before it is known which sign is that of decimals.

    Attributes
    ----------
    kinds, units
        How many cells there are of each `Form.kind`, and of each unit.
    has_long_whole
        Whether there are whole numbers of four digits or more that are not divided.
    doubtful
        The row of the first cell that can be two numbers, None where there is none.
    """

    def __init__(self, cells: Sequence[str]) -> None:
        self.cells = cells
        self.kinds: Counter[str] = Counter()
        self.units: Counter[str] = Counter()
        self.has_long_whole = False
        self.doubtful: int | None = None
        self._values = np.full(len(cells), np.nan)
        self._forms: dict[int, Form] = {}
        self._known: dict[str, Form | None] = {}
        for start in range(0, len(cells), _CHUNK):
            part = cells[start : start + _CHUNK]
            if not self._read_plain(start, part):
                self._read_forms(start, part)

    @property
    def decimal(self) -> str | None:
        """The sign of decimals in most of the cells that have an unmistakable one; None where none has."""
        point, comma = self.kinds["point"], self.kinds["comma"]
        return None if not point and not comma else POINT if point >= comma else COMMA

    @property
    def is_numeric(self) -> bool:
        """Whether some of the cells are numbers with a fraction, and hardly any are texts."""
        numbers = sum(self.kinds.values())
        texts = sum(form is None and not is_missing(cell) for cell, form in self._known.items())
        return numbers > 0 and are_numbers(numbers + texts, texts)

    def _read_plain(self, start: int, part: Sequence[str]) -> bool:
        """Read cells that are all numbers as programs write them, which is quicker; return whether they are."""
        try:
            values = np.array(list(map(float, part)))
        except ValueError:
            return False
        joined = "\n".join(part)
        has_point = "." in joined
        if not np.isfinite(values).all() or "_" in joined or (has_point and not _PLAIN_POINT.search(joined)):
            return False
        self._values[start : start + len(part)] = values
        self.kinds["point" if has_point else "whole"] += len(part)
        self.units[""] += len(part)
        self.has_long_whole = self.has_long_whole or (not has_point and bool((abs(values) >= 1000).any()))
        return True

    def _read_forms(self, start: int, part: Sequence[str]) -> None:
        for row, cell in enumerate(part, start):
            if cell not in self._known:
                self._known[cell] = None if is_missing(cell) else form_of(cell)
            form = self._known[cell]
            if form is None:
                continue
            self._forms[row] = form
            self.kinds[form.kind] += 1
            self.units[form.unit] += 1
            if form.kind == "whole" and len(form.digits) > 3 and cell.strip("+-−").isdigit():
                self.has_long_whole = True
            elif form.kind.endswith("?") and self.doubtful is None:
                self.doubtful = row

    def decided(self, usual: str | None, delimiter: str) -> tuple[str, bool]:
        """Return the sign of decimals, and whether that is in doubt; `usual` is what the rest of the table has.

        1,000 beside 980 and 1,010 is a thousand, and so wherever that brings the numbers closer together; where
        whole numbers of four digits stand undivided, it is not. The rest of the table may contradict: a doubt.
        """
        kinds = self.kinds
        if self.decimal is not None:
            return self.decimal, False
        if not kinds["point?"] and not kinds["comma?"]:
            return usual or POINT, False
        if kinds["point?"] and kinds["comma?"]:
            return usual or POINT, usual is None
        if delimiter == "," and usual == POINT and kinds["comma?"]:
            return POINT, False
        as_groups, as_fractions = (POINT, COMMA) if kinds["comma?"] else (COMMA, POINT)
        if not kinds["whole"]:
            return usual or POINT, usual is None and as_groups == POINT
        closer = self._spread(as_groups) <= self._spread(as_fractions)
        likely = as_groups if closer and not self.has_long_whole else as_fractions
        if self.has_long_whole and closer:
            return likely, True
        return likely, usual is not None and usual != likely

    def _spread(self, decimal: str) -> float:
        """Return how many times the largest number is the smallest one, zeros left aside."""
        values = np.abs(self.numbers(decimal)[0])
        values = values[values > 0]
        return float(values.max() / values.min()) if values.size else 1.0

    def numbers(self, decimal: str) -> tuple[NDArray[np.float64], str]:
        """Return the numbers, and the unit that they carry; a cell with another unit is no number."""
        values = self._values.copy()
        unit = max(self.units, key=lambda one: (self.units[one], one), default="")
        plain_too = unit != "%"
        for row, form in self._forms.items():
            if form.unit == unit or (plain_too and form.unit == "") or (unit == "%" and form.digits == "0"):
                values[row] = form.value(decimal)
        if unit and not plain_too:
            values[~np.isnan(self._values)] = np.nan
        return values, unit


def in_order(labels: Iterable[str]) -> list[str]:
    """Return different labels sorted: numbers by size, texts by letter with the numbers inside them by size.

    Labels that are the same number, such as 7 and 007, stay different ones, the shorter first.
    """
    known = list(labels)
    sizes = {label: _size(label) for label in known}
    if any(value != value for value in sizes.values()):  # not a number
        return sorted(known, key=_natural)
    return sorted(known, key=lambda label: (sizes[label], len(label), label))


def _size(label: str) -> float:
    """Return the number that a label is, NaN where it is none."""
    form = form_of(label)
    return np.nan if form is None else form.value(form.kind if form.kind in ("point", "comma") else POINT)


def alike(labels: Iterable[str]) -> tuple[list[str], list[str]]:
    """Return the labels that differ only in upper and lower case, and those that are the same number."""
    known = in_order(labels)
    sizes = {it: _size(it) for it in known if len(it) <= EXACT_DIGITS}
    letters, numbers = Counter(map(str.lower, known)), Counter(size for size in sizes.values() if size == size)
    return [it for it in known if letters[it.lower()] > 1], [it for it, size in sizes.items() if numbers[size] > 1]


def _natural(label: str) -> tuple[list[object], str]:
    """Return a key by which “grade 2” stands before “grade 10”, capitals left aside."""
    parts = _DIGITS.split(label.casefold())
    return [int(part) if k % 2 else part for k, part in enumerate(parts)], label
