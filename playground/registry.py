"""Registries: named choices, each with a sentence and its options.

An activation, a loss, an initialiser, an optimiser or a data set is one function and one entry. The
window builds its menus and number fields from the entries, the command line its lists, the
configuration its checks.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

T = TypeVar("T")

Kind = Literal["float", "int", "bool", "choice", "text", "names", "array", "column", "columns"]


class UserError(Exception):
    """Something a user can meet and mend; its text is one sentence, or two, in the user's language."""


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
        The value where none is given; ``None`` where there is no default or it is worked out.
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
    label: str
    sentence: str
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
        for option in self.options:
            if option.name == name:
                return option
        raise KeyError(name)

    def with_defaults(self, given: Mapping[str, object]) -> dict[str, object]:
        """Return every option's value: the one given, else the default."""
        return {option.name: given.get(option.name, option.default) for option in self.options}


class Registry(Mapping[str, Entry[T]]):
    """The entries of one kind, in the order in which they are offered."""

    def __init__(self, kind: str, *entries: Entry[T]) -> None:
        self.kind = kind
        self._entries = {entry.name: entry for entry in entries}
        if len(self._entries) != len(entries):
            raise ValueError(f"two entries of the registry {kind!r} have the same name")

    def __getitem__(self, name: str) -> Entry[T]:
        return self._entries[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)


Factory = Callable[..., object]
