"""Registries: named choices, each with a sentence and its options.

An activation, a loss, an initialiser, an optimiser or a data set is one function and one entry. The
window builds its menus and number fields from the entries, the command line its lists, the
configuration its checks.
"""

import math
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

T = TypeVar("T")

Kind = Literal["float", "int", "bool", "choice", "text", "names", "array", "column", "columns"]


LONGEST_SENTENCE = 1_000
LONGEST_VALUE = 60
MOST_VALUES = 5

_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""Control characters, which a terminal executes; marks that change the direction of a text; halves of letters."""


def printable(text: str) -> str:
    r"""Return a text with its control characters written out (``\x1b``); ends of lines stay."""
    return _UNSEEN.sub(lambda found: found[0] if found[0] == "\n" else ascii(found[0])[1:-1], text)


def one_line(text: str, most: int = LONGEST_SENTENCE) -> str:
    """Return a text in one line, its control characters written out, cut after `most` letters."""
    start = " ".join(text[: 4 * most].split())  # not the whole of a text of megabytes
    whole = printable(start)
    return whole if len(whole) <= most and len(text) <= 4 * most else f"{whole[:most]}…"


def shown(value: object, most: int = LONGEST_VALUE) -> str:
    """Return a value out of a file or a command line as a sentence shows it: in one line, and not too long."""
    if isinstance(value, int) and value.bit_length() > 3 * most:  # Python writes no more than 4,300 digits
        return f"{'-' if value < 0 else ''}≈10^{int(value.bit_length() * 0.30103)}"
    return one_line(str(value), most)


def quoted(value: object, most: int = LONGEST_VALUE) -> str:
    """Return a value as a sentence quotes it: “text”, true, null; lists and objects by their beginning."""
    if isinstance(value, str):
        return f"“{shown(value, most)}”"
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, list | tuple) and value:
        first = ("[…]" if isinstance(it, list | tuple) else quoted(it, most) for it in value[:MOST_VALUES])
        inside = [*first, *(["…"] if len(value) > MOST_VALUES else [])]
        return one_line(f"[{', '.join(inside)}]", most)
    if isinstance(value, dict) and value:
        return "{…}"
    return shown(value, most)


def listed(names: Iterable[object], most: int = LONGEST_VALUE) -> str:
    """Return names in one line; each in quotation marks where one of them has a comma itself."""
    known = list(map(str, names))
    write = quoted if any("," in name for name in known) else shown
    return ", ".join(write(name, most) for name in known)


class UserError(Exception):
    """Something a user can meet and mend; its text is one sentence, or two, in the user's language.

    Whatever was put into it, it is one line of text that a terminal and a window can show.
    """

    def __init__(self, sentence: str = "") -> None:
        super().__init__(one_line(sentence))


def check_known(kind: str, value: object, known: Collection[str]) -> None:
    """Raise `ValueError` where a value of some kind is none of the known ones."""
    if value not in known:
        raise _unknown(kind, value, known)


def _unknown(kind: str, value: object, known: Collection[str]) -> ValueError:
    return ValueError(f"unknown {kind} {value!r}; known are {', '.join(known) or 'none'}")


@dataclass(frozen=True)
class Option:
    """One setting of a choice.

    Attributes
    ----------
    name
        Its key in the configuration, such as ``"std"``.
    kind
        What a value is: ``"names"`` is a list out of `choices`, ``"array"`` nested lists of numbers, ``"column"`` the
        name of a table's column or its number from 1, ``"columns"`` a list of those.
    default
        The value where none is given; ``None`` where there is no default or it is computed.
    label, sentence
        A short label and an explanation, both marked for translation.
    low, high
        Smallest and largest allowed number (both included).
    choices
        The values allowed for ``"choice"`` and ``"names"``.
    step
        A sensible step for a number field; ``None`` for one that grows with the value.
    required
        Whether a value must be given.
    """

    name: str
    kind: Kind
    default: object
    label: str = ""
    sentence: str = ""
    low: float | None = None
    high: float | None = None
    choices: tuple[str, ...] = ()
    step: float | None = None
    required: bool = False


@dataclass(frozen=True)
class Entry(Generic[T]):
    """One choice: its name in the configuration, what it is, and how to make it.

    `label` and `sentence` are English and marked for translation.
    """

    name: str
    label: str
    sentence: str
    make: T
    options: tuple[Option, ...] = ()

    def option(self, name: str) -> Option:
        """Return the option called `name`, or raise `KeyError`."""
        return {option.name: option for option in self.options}[name]

    def has(self, name: str) -> bool:
        """Return whether there is an option called `name`."""
        return any(option.name == name for option in self.options)

    def with_defaults(self, given: Mapping[str, object]) -> dict[str, object]:
        """Return the value of every option: the one given, else the default.

        Raises
        ------
        ValueError
            Where there is no option of a name, or it does not allow the number or the choice.
        """
        for name, value in given.items():
            check_known(f"option of {self.name}", name, [option.name for option in self.options])
            option = self.option(name)
            low = -math.inf if option.low is None else option.low
            high = math.inf if option.high is None else option.high
            if option.kind == "choice":
                check_known(name, value, option.choices)
            elif isinstance(value, int | float) and not low <= value <= high:
                raise ValueError(f"{name} must be between {low:g} and {high:g}, not {value}")
        return {option.name: given.get(option.name, option.default) for option in self.options}


class Registry(dict[str, Entry[T]]):
    """The entries of one kind, by their names, in the order in which they are offered.

    Raises
    ------
    ValueError
        Where there is no entry of the name asked for.
    """

    def __init__(self, kind: str, *entries: Entry[T]) -> None:
        self.kind = kind
        super().__init__({entry.name: entry for entry in entries})
        if len(self) != len(entries):
            raise ValueError(f"two entries of the registry {kind!r} have the same name")

    def __missing__(self, name: str) -> Entry[T]:
        raise _unknown(self.kind, name, self)
