"""Choices out of the registries with their options, frozen and checked: ``{"name": "spiral", "noise": 0.1}``."""

import math
import operator
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, Self

from playground.data.catalog import CATALOG
from playground.engine.initializers import INITIALIZERS
from playground.engine.optimizers import OPTIMIZERS
from playground.language import _
from playground.registry import Entry, Option, Registry, UserError, quoted, shown
from playground.suggestions import did_you_mean

MOST_COLUMNS = 1 << 31
"""No table has more; a number with thousands of digits could not even be written out."""


class ConfigError(UserError, ValueError):
    """A configuration that cannot be.

    The message is the path of the field and the sentence: ``$.seed: expected a whole number, not “x”.``; of the
    whole (path ``$``) only the sentence.
    """

    def __init__(self, path: str, sentence: str) -> None:
        super().__init__(sentence[:1].upper() + sentence[1:] if path == "$" else f"{path}: {sentence}")
        self.path = path
        self.sentence = sentence


class Choice(Mapping[str, Any]):
    """A name out of a registry with its options; frozen.

    ``choice.name`` is the name, ``choice["noise"]`` an option's value, which is the registry's default
    where none was given. Options that equal their default are left out of what is written, so two
    choices that mean the same are equal. JSON form: ``{"name": "spiral", "noise": 0.1}``.
    """

    registry: ClassVar[Registry[Any]]
    key: ClassVar[str] = "name"

    __slots__ = ("_given", "name")

    def __init__(self, name: str, /, **options: object) -> None:
        if name not in self.registry:
            sentence = _("{name} is unknown; known are {known}.")
            sentence = sentence.format(name=quoted(name), known=", ".join(self.registry))
            raise ConfigError(f".{self.key}", sentence + did_you_mean(name, self.registry))
        self.name = name
        known = {option.name: option for option in self.entry.options}
        given: dict[str, Any] = {}
        for key, value in options.items():
            if key not in known:
                sentence = _("{name} has no option of this name; it has: {known}.")
                sentence = sentence.format(name=name, known=", ".join(known) or _("none"))
                raise ConfigError(f".{shown(key)}", sentence + did_you_mean(key, known))
            checked = check_option(known[key], value, f".{key}")
            if checked != known[key].default:
                given[key] = checked
        for option in self.entry.options:
            if option.required and given.get(option.name) in (None, ""):
                raise ConfigError(f".{option.name}", _("{name} needs a value here.").format(name=name))
        self._given = given

    @classmethod
    def decode(cls, raw: object) -> Self:
        """Return a choice from its JSON form; a bare name is a choice without options."""
        if isinstance(raw, str):
            raw = {cls.key: raw}
        if not isinstance(raw, dict) or not isinstance(raw.get(cls.key), str):
            sentence = _("expected a name, or an object with “{key}”, not {value}.")
            raise ConfigError("", sentence.format(key=cls.key, value=quoted(raw)))
        return cls(raw[cls.key], **{str(key): value for key, value in raw.items() if key != cls.key})

    def encode(self) -> dict[str, Any]:
        """Return the name and options as a dict that JSON can write."""
        return {self.key: self.name, **self._given}

    @property
    def entry(self) -> Entry[Any]:
        """The registry's entry for this choice."""
        return self.registry[self.name]

    def with_options(self, **options: object) -> Self:
        """Return the same choice with some options changed."""
        return type(self)(self.name, **{**self._given, **options})

    @property
    def given(self) -> Mapping[str, Any]:
        """The options that differ from their default."""
        return self._given

    def options(self) -> dict[str, Any]:
        """Return every option of this choice with its value."""
        return self.entry.with_defaults(self._given)

    def __getitem__(self, option: str) -> Any:
        return self._given[option] if option in self._given else self.entry.option(option).default

    def __iter__(self) -> Iterator[str]:
        return (option.name for option in self.entry.options)

    def __len__(self) -> int:
        return len(self.entry.options)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Choice) or type(self) is not type(other):
            return False
        return self.name == other.name and self._given == other.given

    def __hash__(self) -> int:
        return hash((self.name, *sorted(self._given)))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.encode()!r})"


class DataChoice(Choice):
    """A data set with its options."""

    registry = CATALOG
    __slots__ = ()


class InitialChoice(Choice):
    """How the weights (and, if asked, the biases) of a layer start."""

    registry = INITIALIZERS
    key = "scheme"
    __slots__ = ()


class OptimizerChoice(Choice):
    """The rule that computes steps from gradients, with its constants."""

    registry = OPTIMIZERS
    __slots__ = ()


def check_option(option: Option, value: object, path: str) -> Any:
    """Return `value` in the type of the option: lists as tuples, numbers of the option's type.

    Raises
    ------
    ConfigError
        With `path` and what was expected.
    """
    if value is None and option.default is None:
        return None
    if option.kind in ("int", "float"):
        return _check_number(option, value, path)
    if option.kind not in ("names", "columns", "array"):
        return _check_item(option, value, path)
    if option.kind == "columns" and isinstance(value, str | int):
        value = (value,)
    if not isinstance(value, list | tuple):
        raise ConfigError(path, _("expected a list, not {value}.").format(value=quoted(value)))
    return _check_items(option, value, path)


def _check_items(option: Option, values: list[object] | tuple[object, ...], path: str) -> tuple[object, ...]:
    """Return the values of a list as a tuple; what is one already is shared, not copied."""
    checked = tuple(_check_item(option, item, f"{path}[{k}]") for k, item in enumerate(values))
    is_same = isinstance(values, tuple) and all(map(operator.is_, checked, values))
    return values if isinstance(values, tuple) and is_same else checked


def _check_item(option: Option, value: object, path: str) -> object:
    if option.kind == "array" and isinstance(value, list | tuple):
        return _check_items(option, value, path)
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if option.kind == "bool":
        fits, expected = isinstance(value, bool), _("true or false")
    elif option.kind == "text":
        fits, expected = isinstance(value, str), _("a text")
    elif option.kind == "array":
        fits = isinstance(value, str) or (is_number and is_finite(value))  # type: ignore[arg-type]
        expected = _("a finite number") if is_number else _("a number")
    elif option.kind in ("column", "columns"):
        is_place = is_number and isinstance(value, int) and 1 <= value < MOST_COLUMNS
        fits, expected = isinstance(value, str) or is_place, _("the name of a column or its number from 1")
    else:
        fits, expected = value in option.choices, ", ".join(option.choices)
    if fits:
        return value
    sentence = _("expected {expected}, not {value}.").format(expected=expected, value=quoted(value))
    raise ConfigError(path, sentence + (did_you_mean(value, option.choices) if isinstance(value, str) else ""))


def _check_number(option: Option, value: object, path: str) -> int | float:
    whole, low, high = option.kind == "int", option.low, option.high
    if is_not_finite(value):
        raise ConfigError(path, _("“{text}” is not a finite number.").format(text=shown(value)))
    if isinstance(value, bool) or not isinstance(value, int if whole else int | float) or not is_finite(value):
        expected = _("a whole number") if whole else _("a number")
        raise ConfigError(path, _("expected {expected}, not {value}.").format(expected=expected, value=quoted(value)))
    if (low is not None and value < low) or (high is not None and value > high):
        if high is None:
            sentence = _("expected at least {low:g}, not {value}.").format(low=low, value=shown(value))
        else:
            least = "−∞" if low is None else f"{low:g}"
            most = high if isinstance(high, int) else f"{high:g}"
            sentence = _("expected {low} to {high}, not {value}.").format(low=least, high=most, value=quoted(value))
        raise ConfigError(path, sentence)
    return value if whole else float(value) + 0.0  # −0 becomes 0: NumPy's generators look at the sign


def is_not_finite(value: object) -> bool:
    """Return whether a value is a number, or a text that means one, that is infinite or none: 1e999, NaN."""
    try:
        return isinstance(value, str | float) and not math.isfinite(float(value))
    except ValueError:
        return False


def is_finite(value: float) -> bool:
    """Return whether a number is one that a float can hold: a whole one may have any number of digits."""
    try:
        return math.isfinite(value)
    except OverflowError:
        return False
