"""Numbers as people write them in tables: signs of decimals and thousands, minus, percent, currencies.

A cell alone often does not say which sign is which: “1,000” is a thousand in London and one in Berlin. So each cell is
sorted into a form first (`form_of`), and the column, then the table, decides (`playground.data.table.columns`).
"""

import math
import re
from dataclasses import dataclass

MISSING = frozenset({"", "?", "na", "n/a", "nan", "null", "#n/a", "<na>"})
"""What stands for no value, in small letters."""

POINT, COMMA = "point", "comma"
"""The two signs of a decimal fraction."""

EXACT_DIGITS = 15
"""Whole numbers of more digits cannot all be distinguished as numbers: they are names."""

_SPACES = " \u00a0\u2007\u2009\u202f'’"
_NO_SPACES = str.maketrans("", "", _SPACES)
_CURRENCIES = r"[$€£¥₹]|USD|EUR|GBP|CHF|CNY|JPY"
_CELL = re.compile(
    rf"(?P<sign1>[+\-−–]?)[ \u00a0]?(?P<before>(?:{_CURRENCIES})?)[ \u00a0]?(?P<sign2>[+\-−–]?)"
    rf"(?P<core>[0-9.,{_SPACES}]*[0-9.,](?:[eE][+\-−]?[0-9]+)?)"
    rf"[ \u00a0\u202f]?(?P<after>(?:%|{_CURRENCIES})?)"
)
_EXPONENT = r"(?:[eE][+\-−]?[0-9]+)?"
_SPACED = rf"[0-9]{{1,3}}(?:[{_SPACES}][0-9]{{3}})+"
_FORMS = (
    ("whole", re.compile(rf"[0-9]+{_EXPONENT}|{_SPACED}")),
    ("point?", re.compile(r"[1-9][0-9]{0,2}\.[0-9]{3}")),
    ("comma?", re.compile(r"[1-9][0-9]{0,2},[0-9]{3}")),
    ("point", re.compile(rf"(?:[0-9]+\.[0-9]*|\.[0-9]+){_EXPONENT}|{_SPACED}\.[0-9]+")),
    ("comma", re.compile(rf"(?:[0-9]+,[0-9]*|,[0-9]+){_EXPONENT}|{_SPACED},[0-9]+")),
    ("point", re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{2,3})*,[0-9]{3}(?:\.[0-9]*)?")),
    ("comma", re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+(?:,[0-9]*)?")),
)
_CODE = re.compile(rf"[+-]?(?:0[0-9]+|[0-9]{{{EXACT_DIGITS + 1},}})")
CODES = re.compile(rf"^(?:{_CODE.pattern})$", re.MULTILINE)
"""Finds codes among cells that are joined by line ends."""


@dataclass(frozen=True, slots=True)
class Form:
    """What a cell that may be a number looks like.

    Attributes
    ----------
    kind
        ``"whole"``; ``"point"`` or ``"comma"`` where only that sign of decimals makes it a number; with a question
        mark where it could be that, or a group of thousands.
    digits
        The number without unit, spaces and groups by spaces; a minus in front where there is one.
    unit
        ``"%"``, a currency, or an empty text.
    """

    kind: str
    digits: str
    unit: str

    def value(self, decimal: str) -> float:
        """Return the number, with that sign of decimals; NaN where it then is none, or cannot be held."""
        if self.kind in (POINT, COMMA) and self.kind != decimal:
            return math.nan
        thousands, point = (",", ".") if decimal == POINT else (".", ",")
        value = float(self.digits.replace(thousands, "").replace(point, "."))
        return value if math.isfinite(value) else math.nan


def form_of(cell: str) -> Form | None:
    """Return the number that a cell holds, or None for a text."""
    match = _CELL.fullmatch(cell)
    if match is None or (match["sign1"] and match["sign2"]) or (match["before"] and match["after"]):
        return None
    core = match["core"]
    for kind, pattern in _FORMS:
        if pattern.fullmatch(core):
            sign = "-" if (match["sign1"] or match["sign2"]) in ("-", "−", "–") and core else ""
            digits = core.translate(_NO_SPACES).replace("−", "-")
            return Form(kind, sign + digits, match["before"] or match["after"])
    return None


def is_number(cell: str) -> bool:
    """Return whether a cell is a number, with a decimal point or a decimal comma."""
    return form_of(cell) is not None


def is_doubtful(cell: str) -> bool:
    """Return whether a cell can be two numbers: 1,000 is a thousand, or one."""
    form = form_of(cell)
    return form is not None and form.kind.endswith("?")


def is_missing(cell: str) -> bool:
    """Return whether a cell stands for a missing value."""
    return len(cell) < 5 and cell.lower() in MISSING
