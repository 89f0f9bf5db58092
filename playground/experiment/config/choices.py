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
        check_known(self.registry, name, f".{self.key}")
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
        """Make a choice of the builtin form that JSON gives; a bare name stands for the name without options."""
        if isinstance(raw, str):
            raw = {cls.key: raw}
        if not isinstance(raw, dict) or not isinstance(raw.get(cls.key), str):
            sentence = _("expected a name, or an object with “{key}”, not {value}.")
            raise ConfigError("", sentence.format(key=cls.key, value=quoted(raw)))
        return cls(raw[cls.key], **{str(key): value for key, value in raw.items() if key != cls.key})

    def encode(self) -> dict[str, Any]:
        """Return the builtin form that JSON writes."""
        return {self.key: self.name, **{key: _thaw(value) for key, value in self._given.items()}}

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
    """The rule that turns gradients into steps, with its constants."""

    registry = OPTIMIZERS
    __slots__ = ()


def check_known(registry: Registry[Any], name: str, path: str) -> None:
    """Raise `ConfigError` unless the registry has an entry of this name."""
    if name not in registry:
        sentence = _("{name} is unknown; known are {known}.").format(name=quoted(name), known=", ".join(registry))
        raise ConfigError(path, sentence + did_you_mean(name, registry))


def check_option(option: Option, value: object, path: str) -> Any:
    """Return `value` as the option keeps it (lists frozen to tuples), or raise `ConfigError`."""
    if value is None and option.default is None:
        return None
    if option.kind == "bool":
        if not isinstance(value, bool):
            raise ConfigError(path, _("expected true or false, not {value}.").format(value=quoted(value)))
        return value
    if option.kind in ("int", "float"):
        return _check_number(option, value, path)
    if option.kind in ("text", "choice"):
        if not isinstance(value, str) or (option.kind == "choice" and value not in option.choices):
            expected = ", ".join(option.choices) or _("a text")
            sentence = _("expected {expected}, not {value}.").format(expected=expected, value=quoted(value))
            raise ConfigError(path, sentence + (did_you_mean(value, option.choices) if isinstance(value, str) else ""))
        return value
    if option.kind == "column":
        return _check_column(value, path)
    if option.kind == "columns" and isinstance(value, str | int):
        value = [value]
    if not isinstance(value, list | tuple):
        raise ConfigError(path, _("expected a list, not {value}.").format(value=quoted(value)))
    if option.kind == "names":
        for k, name in enumerate(value):
            if name not in option.choices:
                sentence = _("expected one of {expected}, not {value}.")
                raise ConfigError(
                    f"{path}[{k}]", sentence.format(expected=", ".join(option.choices), value=quoted(name))
                )
    elif option.kind == "columns":
        for k, column in enumerate(value):
            _check_column(column, f"{path}[{k}]")
    else:
        _refuse_non_numbers(value, path)
    return _freeze(value)


def _check_column(value: object, path: str) -> str | int:
    """Return what names a column, or raise `ConfigError`; whether the table has it is for the table to say."""
    if isinstance(value, str) or (isinstance(value, int) and not isinstance(value, bool) and 1 <= value < MOST_COLUMNS):
        return value
    sentence = _("expected the name of a column or its number from 1, not {value}.")
    raise ConfigError(path, sentence.format(value=quoted(value)))


def _check_number(option: Option, value: object, path: str) -> int | float:
    """Return a number within the option's bounds, or raise `ConfigError`."""
    whole = option.kind == "int"
    if isinstance(value, bool) or not isinstance(value, int if whole else int | float) or not is_finite(value):
        expected = _("a whole number") if whole else _("a number")
        raise ConfigError(path, _("expected {expected}, not {value}.").format(expected=expected, value=quoted(value)))
    low, high = option.low, option.high
    if (low is not None and value < low) or (high is not None and value > high):
        if high is None:
            sentence = _("expected at least {low:g}, not {value}.").format(low=low, value=shown(value))
        else:
            least = "−∞" if low is None else f"{low:g}"
            sentence = _("expected {low} to {high}, not {value}.")
            sentence = sentence.format(
                low=least, high=high if isinstance(high, int) else f"{high:g}", value=quoted(value)
            )
        raise ConfigError(path, sentence)
    return value if whole else float(value) + 0.0  # −0 becomes 0: NumPy's generators look at the sign


def is_finite(value: float) -> bool:
    """Return whether a number is one that a float can hold: a whole one may have any number of digits."""
    try:
        return math.isfinite(value)
    except OverflowError:
        return False


def _refuse_non_numbers(value: object, path: str) -> None:
    """Raise `ConfigError` unless `value` is nested lists of finite numbers and class names."""
    if isinstance(value, list | tuple):
        for k, item in enumerate(value):
            _refuse_non_numbers(item, f"{path}[{k}]")
    elif isinstance(value, bool) or not isinstance(value, int | float | str):
        raise ConfigError(path, _("expected a number, not {value}.").format(value=quoted(value)))
    elif isinstance(value, int | float) and not is_finite(value):
        raise ConfigError(path, _("expected a finite number, not {value}.").format(value=quoted(value)))


def _freeze(value: object) -> Any:
    """Return nested lists as nested tuples; what is frozen already is shared, not copied."""
    if not isinstance(value, list | tuple):
        return value
    frozen = tuple(_freeze(item) for item in value)
    same = isinstance(value, tuple) and all(map(operator.is_, frozen, value))
    return value if same else frozen


def _thaw(value: object) -> Any:
    return [_thaw(item) for item in value] if isinstance(value, tuple) else value
