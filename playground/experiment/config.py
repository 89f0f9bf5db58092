"""The whole experiment as one frozen value: what the window edits, a file holds, the command line runs and undo steps through.

Everything here is checked when it is made: `decode` and `from_builtins` refuse unknown fields, wrong
types, numbers that are not finite and impossible combinations with the path of the field
(``$.network.hidden[1]``) and what was expected. A configuration that exists is valid.
"""

import json
import math
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, Literal, TypeVar, get_args

import msgspec

from playground.data.catalog import CATALOG
from playground.engine.activations import ACTIVATIONS, OUTPUTS
from playground.engine.initializers import INITIALIZERS
from playground.engine.losses import LOSSES
from playground.engine.optimizers import OPTIMIZERS
from playground.language import _
from playground.registry import Entry, Option, Registry, UserError

Bias = Literal["unit", "layer", "none", "fixed"]
Reduction = Literal["mean", "sum"]
Sampling = Literal["shuffle", "replacement", "in-order"]
Gradient = Literal["backprop", "numerical", "numerical-naive"]
Update = Literal["together", "layerwise"]
Precision = Literal["float32", "float64"]

BIASES: tuple[str, ...] = get_args(Bias)
REDUCTIONS: tuple[str, ...] = get_args(Reduction)
SAMPLINGS: tuple[str, ...] = get_args(Sampling)
GRADIENTS: tuple[str, ...] = get_args(Gradient)
UPDATES: tuple[str, ...] = get_args(Update)
PRECISIONS: tuple[str, ...] = get_args(Precision)

LARGEST_LAYER = 10_000
DEEPEST = 16


class ConfigError(UserError, ValueError):
    """A configuration that cannot be; the sentence holds the path of the field and what was expected."""

    def __init__(self, path: str, sentence: str) -> None:
        super().__init__(f"{path}: {sentence}")
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
            known = ", ".join(self.registry)
            raise ConfigError(
                f".{self.key}", _("{name!r} is unknown; known are {known}.").format(name=name, known=known)
            )
        self.name = name
        entry = self.entry
        known_options = {option.name: option for option in entry.options}
        given: dict[str, Any] = {}
        for key, value in options.items():
            if key not in known_options:
                known = ", ".join(known_options) or _("none")
                sentence = _("{name} has no option of this name; it has: {known}.").format(name=name, known=known)
                raise ConfigError(f".{key}", sentence)
            checked = check_option(known_options[key], value, f".{key}")
            if checked != known_options[key].default:
                given[key] = checked
        for option in entry.options:
            if option.required and option.name not in given:
                raise ConfigError(f".{option.name}", _("{name} needs a value here.").format(name=name))
        self._given = given

    @classmethod
    def decode(cls, raw: object) -> "Choice":
        """Make a choice of the builtin form that JSON gives."""
        if isinstance(raw, str):
            raw = {cls.key: raw}
        if not isinstance(raw, dict) or not isinstance(raw.get(cls.key), str):
            raise ConfigError("", _('expected an object with "{key}".').format(key=cls.key))
        return cls(raw[cls.key], **{str(key): value for key, value in raw.items() if key != cls.key})

    def encode(self) -> dict[str, Any]:
        """Return the builtin form that JSON writes."""
        return {self.key: self.name, **{key: _thaw(value) for key, value in self._given.items()}}

    @property
    def entry(self) -> Entry[Any]:
        """The registry's entry for this choice."""
        return self.registry[self.name]

    def with_options(self, **options: object) -> "Choice":
        """Return the same choice with some options changed."""
        return type(self)(self.name, **{**self._given, **options})

    def options(self) -> dict[str, Any]:
        """Return every option of this choice with its value."""
        return self.entry.with_defaults(self._given)

    def __getitem__(self, option: str) -> Any:
        return self._given.get(option, self.entry.option(option).default)

    def __iter__(self) -> Iterator[str]:
        return (option.name for option in self.entry.options)

    def __len__(self) -> int:
        return len(self.entry.options)

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self.encode() == other.encode()  # type: ignore[attr-defined]

    def __hash__(self) -> int:
        return hash((self.name, repr(sorted(self._given.items()))))

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


class NetworkConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=False):
    """A multilayer perceptron.

    `hidden` are the sizes of the hidden layers, none for a single layer. `activation` is one name for all
    hidden layers or one a layer; `initial` one choice for all layers or one a layer (output included).
    """

    hidden: tuple[int, ...] = (4,)
    activation: str | tuple[str, ...] = "sigmoid"
    output: str = "sigmoid"
    bias: Bias = "unit"
    initial: Any = None  # InitialChoice | tuple[InitialChoice, ...]; see `_initial_of`

    def __post_init__(self) -> None:
        msgspec.structs.force_setattr(self, "initial", _initial_of(self.initial))
        if len(self.hidden) > DEEPEST:
            sentence = _("expected at most {most} hidden layers, not {n}.").format(most=DEEPEST, n=len(self.hidden))
            raise ConfigError(".hidden", sentence)
        for k, size in enumerate(self.hidden):
            if not 1 <= size <= LARGEST_LAYER:
                sentence = _("expected 1 to {most} units, not {n}.").format(most=LARGEST_LAYER, n=size)
                raise ConfigError(f".hidden[{k}]", sentence)
        per_layer = isinstance(self.activation, tuple)
        for k, name in enumerate(self.activation if per_layer else (self.activation,)):
            _known(ACTIVATIONS, name, f".activation[{k}]" if per_layer else ".activation")
        if per_layer:
            _one_a_layer(len(self.activation), len(self.hidden), ".activation")
        _known(OUTPUTS, self.output, ".output")
        if isinstance(self.initial, tuple):
            _one_a_layer(len(self.initial), len(self.hidden) + 1, ".initial")

    @property
    def activations(self) -> tuple[str, ...]:
        """The activation of each hidden layer."""
        if isinstance(self.activation, tuple):
            return self.activation
        return (self.activation,) * len(self.hidden)

    @property
    def initials(self) -> tuple[InitialChoice, ...]:
        """The initial weights of each layer, the output layer included."""
        if isinstance(self.initial, tuple):
            return self.initial
        return (self.initial,) * (len(self.hidden) + 1)


class StopConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """When training ends: at the first of these that holds; never where none is given."""

    steps: int | None = None
    epochs: int | None = None
    loss_below: float | None = None
    accuracy_above: float | None = None

    def __post_init__(self) -> None:
        _at_least(self.steps, 1, ".steps")
        _at_least(self.epochs, 1, ".epochs")
        _at_least(self.loss_below, 0.0, ".loss_below")
        _at_least(self.accuracy_above, 0.0, ".accuracy_above")
        if self.accuracy_above is not None and self.accuracy_above > 1:
            sentence = _("expected a share from 0 to 1, not {value}.").format(value=self.accuracy_above)
            raise ConfigError(".accuracy_above", sentence)


class TrainingConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=False):
    """How the network learns."""

    loss: str = "squared"
    reduction: Reduction = "mean"
    learning_rate: float = 0.1
    batch_size: int | None = None
    sampling: Sampling = "shuffle"
    optimizer: OptimizerChoice = OptimizerChoice("sgd")
    l1: float = 0.0
    l2: float = 0.0
    gradient: Gradient = "backprop"
    update: Update = "together"
    stop: StopConfig = StopConfig()

    def __post_init__(self) -> None:
        _known(LOSSES, self.loss, ".loss")
        _at_least(self.batch_size, 1, ".batch_size")
        for name in ("learning_rate", "l1", "l2"):
            _at_least(getattr(self, name), 0.0, f".{name}")
        if self.update == "layerwise" and self.gradient != "backprop":
            sentence = _("a numerical gradient has no layer-by-layer order; use backprop, or update together.")
            raise ConfigError(".update", sentence)


class ExperimentConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=False):
    """Data, network and training: one whole experiment."""

    name: str = "untitled"
    data: DataChoice = DataChoice("and")
    network: NetworkConfig = NetworkConfig()
    training: TrainingConfig = TrainingConfig()
    seed: int = 42
    precision: Precision = "float64"

    def __post_init__(self) -> None:
        if not 0 <= self.seed < 2**63:
            raise ConfigError(".seed", _("expected a whole number from 0, not {value}.").format(value=self.seed))
        if self.training.loss == "cross-entropy" and self.network.output not in ("sigmoid", "softmax"):
            sentence = _("cross-entropy needs an output of sigmoid or softmax, not {output}.")
            raise ConfigError(".training.loss", sentence.format(output=self.network.output))


Part = TypeVar("Part")


def decode(text: str | bytes) -> ExperimentConfig:
    """Read an experiment from JSON text.

    Raises
    ------
    ConfigError
        With the path of the field and what was expected.
    """
    try:
        raw = msgspec.json.decode(text)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ConfigError("$", _("this is not JSON: {error}.").format(error=error)) from error
    return from_builtins(raw)


def from_builtins(raw: object) -> ExperimentConfig:
    """Make an experiment of dicts, lists and numbers, as JSON gives them.

    Raises
    ------
    ConfigError
        With the path of the field and what was expected.
    """
    _refuse_non_finite(raw, "$")
    try:
        return msgspec.convert(raw, ExperimentConfig, dec_hook=_decode_choice)
    except msgspec.ValidationError as error:
        raise _config_error(error) from error


def to_builtins(config: ExperimentConfig) -> dict[str, Any]:
    """Return the experiment as dicts, lists and numbers, ready for JSON."""
    built: dict[str, Any] = msgspec.to_builtins(config, enc_hook=_encode_choice)
    return built


def encode(config: ExperimentConfig) -> str:
    """Return the experiment as indented JSON text."""
    return json.dumps(to_builtins(config), indent=2, ensure_ascii=False, allow_nan=False)


def replace(part: Part, **changes: object) -> Part:
    """Return a copy of a configuration, or of a part of one, with some fields changed (and checked again)."""
    changed: Part = msgspec.structs.replace(part, **changes)  # type: ignore[type-var]
    return changed


def check_option(option: Option, value: object, path: str) -> Any:
    """Return `value` as the option keeps it (lists frozen to tuples), or raise `ConfigError`."""
    if value is None and option.default is None:
        return None
    if option.kind == "bool":
        if not isinstance(value, bool):
            raise ConfigError(path, _("expected true or false, not {value!r}.").format(value=value))
        return value
    if option.kind in ("int", "float"):
        return _check_number(option, value, path)
    if option.kind in ("text", "choice"):
        if not isinstance(value, str) or (option.kind == "choice" and value not in option.choices):
            expected = ", ".join(option.choices) or _("a text")
            raise ConfigError(path, _("expected {expected}, not {value!r}.").format(expected=expected, value=value))
        return value
    if not isinstance(value, list | tuple):
        raise ConfigError(path, _("expected a list, not {value!r}.").format(value=value))
    if option.kind == "names":
        for k, name in enumerate(value):
            if name not in option.choices:
                expected = ", ".join(option.choices)
                sentence = _("expected one of {expected}, not {value!r}.").format(expected=expected, value=name)
                raise ConfigError(f"{path}[{k}]", sentence)
    else:
        _refuse_non_numbers(value, path)
    return _freeze(value)


def _check_number(option: Option, value: object, path: str) -> int | float:
    """Return a number within the option's bounds, or raise `ConfigError`."""
    whole = option.kind == "int"
    if isinstance(value, bool) or not isinstance(value, int if whole else int | float) or not math.isfinite(value):
        expected = _("a whole number") if whole else _("a number")
        raise ConfigError(path, _("expected {expected}, not {value!r}.").format(expected=expected, value=value))
    if (option.low is not None and value < option.low) or (option.high is not None and value > option.high):
        low = "−∞" if option.low is None else f"{option.low:g}"
        high = "∞" if option.high is None else f"{option.high:g}"
        sentence = _("expected {low} to {high}, not {value}.").format(low=low, high=high, value=value)
        raise ConfigError(path, sentence)
    return value if whole else float(value)


def _refuse_non_numbers(value: object, path: str) -> None:
    """Raise `ConfigError` unless `value` is nested lists of numbers and class names."""
    if isinstance(value, list | tuple):
        for k, item in enumerate(value):
            _refuse_non_numbers(item, f"{path}[{k}]")
    elif isinstance(value, bool) or not isinstance(value, int | float | str):
        raise ConfigError(path, _("expected a number, not {value!r}.").format(value=value))


def _refuse_non_finite(value: object, path: str) -> None:
    """Raise `ConfigError` where a number is NaN or infinite, which JSON cannot say but Python can."""
    if isinstance(value, float) and not math.isfinite(value):
        raise ConfigError(path, _("expected a finite number, not {value}.").format(value=value))
    if isinstance(value, dict):
        for key, item in value.items():
            _refuse_non_finite(item, f"{path}.{key}")
    elif isinstance(value, list | tuple):
        for k, item in enumerate(value):
            _refuse_non_finite(item, f"{path}[{k}]")


def _freeze(value: object) -> Any:
    """Return nested lists as nested tuples."""
    return tuple(_freeze(item) for item in value) if isinstance(value, list | tuple) else value


def _thaw(value: object) -> Any:
    """Return nested tuples as nested lists."""
    return [_thaw(item) for item in value] if isinstance(value, tuple) else value


def _initial_of(raw: object) -> InitialChoice | tuple[InitialChoice, ...]:
    """Return the initial weights of a layer, or of each layer, from either form."""
    if raw is None:
        return InitialChoice("gaussian")
    if isinstance(raw, InitialChoice):
        return raw
    if isinstance(raw, list | tuple):
        choices = []
        for k, item in enumerate(raw):
            try:
                choices.append(item if isinstance(item, InitialChoice) else InitialChoice.decode(item))
            except ConfigError as error:
                raise ConfigError(f".initial[{k}]{error.path}", error.sentence) from error
        return tuple(choices)  # type: ignore[arg-type]
    try:
        return InitialChoice.decode(raw)  # type: ignore[return-value]
    except ConfigError as error:
        raise ConfigError(f".initial{error.path}", error.sentence) from error


def _known(registry: Registry[Any], name: str, path: str) -> None:
    """Raise `ConfigError` unless the registry has an entry of this name."""
    if name not in registry:
        known = ", ".join(registry)
        raise ConfigError(path, _("{name!r} is unknown; known are {known}.").format(name=name, known=known))


def _one_a_layer(given: int, layers: int, path: str) -> None:
    """Raise `ConfigError` unless there is one value a layer."""
    if given != layers:
        sentence = _("expected one a layer ({layers}), not {given}.").format(layers=layers, given=given)
        raise ConfigError(path, sentence)


def _at_least(value: float | None, low: float, path: str) -> None:
    """Raise `ConfigError` where a number is given and is below `low` or not finite."""
    if value is not None and (not math.isfinite(value) or value < low):
        sentence = _("expected at least {low:g}, not {value}.").format(low=low, value=value)
        raise ConfigError(path, sentence)


def _decode_choice(kind: type, raw: object) -> object:
    """Let msgspec make our choices."""
    if issubclass(kind, Choice):
        return raw if isinstance(raw, kind) else kind.decode(raw)
    raise NotImplementedError(kind)


def _encode_choice(value: object) -> object:
    """Let msgspec write our choices."""
    if isinstance(value, Choice):
        return value.encode()
    raise NotImplementedError(type(value))


def _config_error(error: msgspec.ValidationError) -> ConfigError:
    """Turn msgspec's refusal, or one of ours that it wrapped, into a sentence with the whole path.

    msgspec writes ``sentence - at `$.path```; a `ConfigError` raised on the way holds the rest of the path.
    """
    sentence, found, path = str(error).rpartition(" - at `")
    outer = path.rstrip("`") if found else "$"
    if isinstance(error.__cause__, ConfigError):
        return ConfigError(outer + error.__cause__.path, error.__cause__.sentence)
    return ConfigError(outer, (sentence if found else str(error)).rstrip(".") + ".")
