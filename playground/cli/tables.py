"""Text for the terminal: aligned tables, numbers as people read them, JSON."""

import json
import math
import re
import sys
import unicodedata
from collections.abc import Sequence
from typing import Any

from playground.registry import one_line

_CONTROLS = re.compile("[\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")
"""What a terminal may interpret; JSON's own escapes see to those below a space."""
_NUMBERS = re.compile(r"\[\n\s+([^\[\]{}\"]+?)\n\s+\]")
"""A list without lists, objects or texts in it. (A line break is never inside a JSON text.)"""


def table(rows: Sequence[Sequence[str]], numbers: Sequence[int] = (), indent: str = "") -> str:
    """Return rows of cells as aligned lines; the columns whose index is in `numbers` stand to the right."""
    rows = [[one_line(cell) for cell in row] for row in rows]
    columns = range(max(map(len, rows), default=0))
    widths = [max((width(row[k]) for row in rows if k < len(row)), default=0) for k in columns]
    lines = []
    for row in rows:
        cells = [padded(cell, widths[k], k in numbers) for k, cell in enumerate(row)]
        lines.append((indent + "  ".join(cells)).rstrip())
    return "\n".join(lines)


def number(value: float | None, digits: int = 6) -> str:
    """Return a number as people read it: significant digits, thousands apart, a dash where there is none."""
    if value is None or not math.isfinite(value):
        return "–" if value is None else str(value)
    if (float(value).is_integer() or abs(value) >= 10**digits) and abs(value) < 1e15:
        return f"{value:,.0f}"
    return f"{value:,.{digits}g}"


def percent(share: float | None) -> str:
    """Return a share from 0 to 1 as a percentage."""
    return "–" if share is None else f"{100 * share:.2f} %"


def to_json(value: object) -> str:
    """Return a value as indented JSON; numbers that are not finite become null, as JSON has none.

    A list of numbers stands on one line.

    Letters that stdout may not have, as in a Windows console, are written as JSON's escapes.
    """
    ascii_only = (sys.stdout.encoding or "").lower().replace("-", "") != "utf8"
    text = json.dumps(_finite(value), indent=2, ensure_ascii=ascii_only, allow_nan=False)
    text = _CONTROLS.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
    return _NUMBERS.sub(lambda found: "[" + " ".join(found[1].split()) + "]", text)


def _finite(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _finite(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(item) for item in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def width(text: str) -> int:
    """Return the width of a text in columns of a terminal: a Chinese character has two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def padded(text: str, columns: int, right: bool = False) -> str:
    """Return the text filled up with spaces."""
    space = " " * (columns - width(text))
    return space + text if right else text + space
