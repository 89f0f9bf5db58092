"""Names of classes: told apart by what is written, and put in the order that people expect."""

import re
from collections.abc import Iterable

from playground.data.table.numbers import POINT, form_of

MOST_CLASSES = 100
"""More are no classes but texts, or numbers to predict."""

_DIGITS = re.compile(r"([0-9]+)")


def in_order(labels: Iterable[str]) -> list[str]:
    """Return different labels sorted: numbers by size, texts by letter with the numbers inside them by size.

    Labels that are the same number, such as 7 and 007, stay different ones, the shorter first.
    """
    known = list(labels)
    sizes: dict[str, float] = {}
    for label in known:
        form = form_of(label)
        value = None if form is None else form.value(form.kind if form.kind in ("point", "comma") else POINT)
        if value is None or value != value:  # not a number
            return sorted(known, key=_natural)
        sizes[label] = value
    return sorted(known, key=lambda label: (sizes[label], len(label), label))


def _natural(label: str) -> tuple[list[object], str]:
    """Return a key by which “grade 2” stands before “grade 10”, capitals left aside."""
    parts = _DIGITS.split(label.casefold())
    return [int(part) if k % 2 else part for k, part in enumerate(parts)], label
