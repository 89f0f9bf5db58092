"""The whole experiment as one frozen value: what the window edits, a file holds, the command line runs.

Everything here is checked when it is made: `decode` and `from_builtins` refuse unknown fields, wrong
types, numbers that are not finite and impossible combinations with the path of the field
(``$.network.hidden[1]``) and what was expected. A configuration that exists is valid.
"""

import codecs
import json
import re
from typing import Any, Literal, TypeVar, get_args

import msgspec

from playground.engine.activations import ACTIVATIONS, OUTPUTS
from playground.engine.losses import LOSSES
from playground.experiment.config import refusals
from playground.experiment.config.choices import (
    Choice,
    ConfigError,
    DataChoice,
    InitialChoice,
    OptimizerChoice,
    check_known,
    is_finite,
)
from playground.language import _
from playground.registry import shown

__all__ = [
    "BIASES",
    "GRADIENTS",
    "PRECISIONS",
    "REDUCTIONS",
    "SAMPLINGS",
    "UPDATES",
    "Choice",
    "ConfigError",
    "DataChoice",
    "ExperimentConfig",
    "InitialChoice",
    "NetworkConfig",
    "OptimizerChoice",
    "StopConfig",
    "TrainingConfig",
    "decode",
    "encode",
    "from_builtins",
    "replace",
    "to_builtins",
]

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
                sentence = _("expected 1 to {most} units, not {n}.").format(most=LARGEST_LAYER, n=shown(size))
                raise ConfigError(f".hidden[{k}]", sentence)
        if isinstance(self.activation, tuple):
            for k, name in enumerate(self.activation):
                check_known(ACTIVATIONS, name, f".activation[{k}]")
            _one_a_layer(len(self.activation), len(self.hidden), ".activation")
        else:
            check_known(ACTIVATIONS, self.activation, ".activation")
        check_known(OUTPUTS, self.output, ".output")
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
            sentence = _("expected a share from 0 to 1, not {value}.").format(value=shown(self.accuracy_above))
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
    stop: StopConfig = msgspec.field(default_factory=StopConfig)

    def __post_init__(self) -> None:
        check_known(LOSSES, self.loss, ".loss")
        _at_least(self.batch_size, 1, ".batch_size")
        for name in ("learning_rate", "l1", "l2"):
            _at_least(getattr(self, name), 0.0, f".{name}")
        if self.update == "layerwise" and self.gradient != "backprop":
            sentence = _(
                "a numerical gradient cannot be combined with updates layer by layer; use "
                "backprop, or update after the backward pass."
            )
            raise ConfigError(".update", sentence)


class ExperimentConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=False):
    """Data, network and training: one whole experiment."""

    name: str = "untitled"
    data: DataChoice = DataChoice("and")
    network: NetworkConfig = msgspec.field(default_factory=NetworkConfig)
    training: TrainingConfig = msgspec.field(default_factory=TrainingConfig)
    seed: int = 42
    precision: Precision = "float64"

    def __post_init__(self) -> None:
        if not 0 <= self.seed < 2**63:
            raise ConfigError(".seed", _("expected a whole number from 0, not {value}.").format(value=shown(self.seed)))
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
    if isinstance(text, bytes):
        text = text.removeprefix(codecs.BOM_UTF8)
    try:
        raw = msgspec.json.decode(text)
    except RecursionError as error:
        raise ConfigError("$", _("lists are nested too deeply.")) from error
    except (msgspec.DecodeError, UnicodeError) as error:
        raise ConfigError("$", _("this is not JSON: {error}.").format(error=error)) from error
    _refuse_repeated_keys(text if isinstance(text, str) else text.decode(), raw)
    return from_builtins(raw)


def _refuse_repeated_keys(text: str, raw: object) -> None:
    """Raise `ConfigError` where an object says the same key twice: msgspec takes the last without a word.

    Reading it again, key by key, takes long for a million rows: it is done where there seem to be more keys than were
    read.
    """
    if len(re.findall(r'"\s*:', text)) <= _keys(raw):
        return

    def once(pairs: list[tuple[str, object]]) -> dict[str, object]:
        found = dict(pairs)
        if len(found) < len(pairs):
            keys = [key for key, _value in pairs]
            again = next(key for k, key in enumerate(keys) if key in keys[:k])
            raise ConfigError(
                "$", _("“{key}” is given twice in one object: leave one of them out.").format(key=shown(again))
            )
        return found

    try:
        json.loads(text, object_pairs_hook=once, parse_int=float, strict=False)
    except RecursionError as error:
        raise ConfigError("$", _("lists are nested too deeply.")) from error


def _keys(raw: object) -> int:
    """Return how many keys the objects hold; long lists, which are rows of numbers, are not looked through."""
    if isinstance(raw, dict):
        return len(raw) + sum(map(_keys, raw.values()))
    return sum(map(_keys, raw)) if isinstance(raw, list) and len(raw) <= 100 else 0


def from_builtins(raw: object) -> ExperimentConfig:
    """Make an experiment of dicts, lists and numbers, as JSON gives them.

    Raises
    ------
    ConfigError
        With the path of the field and what was expected.
    """
    try:
        refusals.refuse_non_finite(raw, "$")
        return msgspec.convert(raw, ExperimentConfig, dec_hook=_decode_choice)
    except msgspec.ValidationError as error:
        raise refusals.from_msgspec(error, ExperimentConfig, raw) from error
    except RecursionError as error:
        raise ConfigError("$", _("lists are nested too deeply.")) from error


def to_builtins(config: ExperimentConfig) -> dict[str, Any]:
    """Return the experiment as dicts, lists and numbers, ready for JSON."""
    built: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(config, enc_hook=_encode_choice))
    return built


def encode(config: ExperimentConfig) -> str:
    """Return the experiment as indented JSON text."""
    return json.dumps(to_builtins(config), indent=2, ensure_ascii=False, allow_nan=False)


def replace(part: Part, **changes: object) -> Part:
    """Return a copy of a configuration, or of a part of one, with some fields changed (and checked again)."""
    changed: Part = msgspec.structs.replace(part, **changes)  # type: ignore[type-var]
    return changed


def _initial_of(raw: object) -> InitialChoice | tuple[InitialChoice, ...]:
    """Return the initial weights of a layer, or of each layer, from either form."""
    if raw is None:
        return InitialChoice("gaussian")
    if isinstance(raw, list | tuple):
        return tuple(_initial_at(f".initial[{k}]", item) for k, item in enumerate(raw))
    return _initial_at(".initial", raw)


def _initial_at(path: str, raw: object) -> InitialChoice:
    """Return one choice of initial weights; a refusal names `path`."""
    if isinstance(raw, InitialChoice):
        return raw
    try:
        return InitialChoice.decode(raw)
    except ConfigError as error:
        raise ConfigError(path + error.path, error.sentence) from error


def _one_a_layer(given: int, layers: int, path: str) -> None:
    """Raise `ConfigError` unless there is one value a layer."""
    if given != layers:
        sentence = _("expected one per layer ({layers}), not {given}.").format(layers=layers, given=given)
        raise ConfigError(path, sentence)


def _at_least(value: float | None, low: float, path: str) -> None:
    """Raise `ConfigError` where a number is given and is below `low` or not finite."""
    if value is not None and (not is_finite(value) or value < low):
        sentence = _("expected at least {low:g}, not {value}.").format(low=low, value=shown(value))
        raise ConfigError(path, sentence)


def _decode_choice(kind: type, raw: object) -> object:
    if issubclass(kind, Choice):
        return raw if isinstance(raw, kind) else kind.decode(raw)
    raise NotImplementedError(kind)


def _encode_choice(value: object) -> object:
    if isinstance(value, Choice):
        return value.encode()
    raise NotImplementedError(type(value))
