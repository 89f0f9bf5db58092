"""The whole experiment as one frozen value: what the window edits, a file holds, the command line runs.

Everything here is checked when it is made: `decode` and `from_builtins` refuse unknown fields, wrong
types, numbers that are not finite and impossible combinations with the path of the field
(``$.network.hidden[1]``) and what was expected. A configuration that exists is valid.
"""

import json
from collections.abc import Mapping
from typing import Any, TypeVar

import msgspec

from playground.engine.activations import ACTIVATIONS, OUTPUTS
from playground.engine.losses import LOSSES, REDUCTIONS, CrossEntropy
from playground.engine.network import BIASES
from playground.engine.training_step import UPDATES
from playground.experiment.config import refusals
from playground.experiment.config.choices import Choice as Choice
from playground.experiment.config.choices import ConfigError as ConfigError
from playground.experiment.config.choices import DataChoice as DataChoice
from playground.experiment.config.choices import InitialChoice as InitialChoice
from playground.experiment.config.choices import OptimizerChoice as OptimizerChoice
from playground.experiment.config.choices import check_option
from playground.language import _
from playground.registry import Option, shown

SAMPLINGS = ("shuffle", "replacement", "in-order")
GRADIENTS = ("backprop", "numerical", "numerical-naive")
PRECISIONS = ("float32", "float64")

LARGEST_LAYER = 10_000
DEEPEST = 16

FIELDS: Mapping[str, Option] = {
    option.name: option
    for option in (
        Option("seed", "int", 42, low=0, high=2**63 - 1),
        Option("precision", "choice", "float64", choices=PRECISIONS),
        Option("network.hidden", "int", 4, low=1, high=LARGEST_LAYER),  # of each layer
        Option("network.activation", "choice", "sigmoid", choices=tuple(ACTIVATIONS)),  # of all layers, or each
        Option("network.output", "choice", "sigmoid", choices=tuple(OUTPUTS)),
        Option("network.bias", "choice", "unit", choices=BIASES),
        Option("training.loss", "choice", "squared", choices=tuple(LOSSES)),
        Option("training.reduction", "choice", "mean", choices=REDUCTIONS),
        Option("training.learning_rate", "float", 0.1, low=0),
        Option("training.batch_size", "int", None, low=1),
        Option("training.sampling", "choice", "shuffle", choices=SAMPLINGS),
        Option("training.l1", "float", 0.0, low=0),
        Option("training.l2", "float", 0.0, low=0),
        Option("training.gradient", "choice", "backprop", choices=GRADIENTS),
        Option("training.update", "choice", "together", choices=UPDATES),
        Option("training.stop.steps", "int", None, low=1),
        Option("training.stop.epochs", "int", None, low=1),
        Option("training.stop.loss_below", "float", None, low=0),
        Option("training.stop.accuracy_above", "float", None, low=0, high=1),
    )
}
"""The valid values of each field by its path; with a default of None it may be None."""


class NetworkConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=False):
    """A multilayer perceptron.

    `hidden` are the sizes of the hidden layers, none for a single layer. `activation` is one name for all
    hidden layers or one per layer; `initial` one choice for all layers or one per layer (output included).
    """

    hidden: tuple[int, ...] = (4,)
    activation: str | tuple[str, ...] = "sigmoid"
    output: str = "sigmoid"
    bias: str = "unit"
    initial: Any = None  # InitialChoice | tuple[InitialChoice, ...]; see `_initial_of`

    def __post_init__(self) -> None:
        msgspec.structs.force_setattr(self, "initial", _initial_of(self.initial))
        if len(self.hidden) > DEEPEST:
            sentence = _("expected at most {most} hidden layers, not {n}.").format(most=DEEPEST, n=len(self.hidden))
            raise ConfigError(".hidden", sentence)
        for k, size in enumerate(self.hidden):
            check_option(FIELDS["network.hidden"], size, f".hidden[{k}]")
        if isinstance(self.activation, tuple):
            for k, name in enumerate(self.activation):
                check_option(FIELDS["network.activation"], name, f".activation[{k}]")
            _one_a_layer(len(self.activation), len(self.hidden), ".activation")
        else:
            check_option(FIELDS["network.activation"], self.activation, ".activation")
        _check_fields(self, "network", "output", "bias")
        if isinstance(self.initial, tuple):
            _one_a_layer(len(self.initial), len(self.hidden) + 1, ".initial")

    @property
    def has_biases(self) -> bool:
        """Whether the units have biases."""
        return self.bias != "none"

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
        _check_fields(self, "training.stop", "steps", "epochs", "loss_below", "accuracy_above")


class TrainingConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=False):
    """How the network learns."""

    loss: str = "squared"
    reduction: str = "mean"
    learning_rate: float = 0.1
    batch_size: int | None = None
    sampling: str = "shuffle"
    optimizer: OptimizerChoice = OptimizerChoice("sgd")
    l1: float = 0.0
    l2: float = 0.0
    gradient: str = "backprop"
    update: str = "together"
    stop: StopConfig = msgspec.field(default_factory=StopConfig)

    def __post_init__(self) -> None:
        names = ("loss", "reduction", "learning_rate", "batch_size", "sampling", "l1", "l2", "gradient", "update")
        _check_fields(self, "training", *names)
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
    precision: str = "float64"

    def __post_init__(self) -> None:
        _check_fields(self, "", "seed", "precision")
        if self.training.loss == "cross-entropy" and self.network.output not in CrossEntropy.fused:
            sentence = _("cross-entropy needs an output of sigmoid or softmax, not {output}.")
            raise ConfigError(".training.loss", sentence.format(output=self.network.output))


Part = TypeVar("Part")


def decode(text: str | bytes) -> ExperimentConfig:
    """Read an experiment from JSON text; bytes are UTF-8 or UTF-16, with a byte-order mark or without.

    Raises
    ------
    ConfigError
        With the path of the field and what was expected.
    """
    try:
        if isinstance(text, bytes):
            text = text.decode(json.detect_encoding(text))
        raw = msgspec.json.decode(text)
        json.loads(text, object_pairs_hook=_refuse_repeated_keys, parse_int=float, strict=False)
    except RecursionError as error:
        raise ConfigError("$", _("lists are nested too deeply.")) from error
    except UnicodeError as error:
        raise ConfigError("$", _("this is not JSON in UTF-8 or UTF-16: save it again as UTF-8.")) from error
    except msgspec.DecodeError as error:
        raise ConfigError("$", _("this is not JSON: {error}.").format(error=error)) from error
    return from_builtins(raw)


def _refuse_repeated_keys(pairs: list[tuple[str, object]]) -> None:
    """Raise `ConfigError` where an object gives the same key twice: msgspec takes the last without a word."""
    keys = [key for key, _value in pairs]
    if len(set(keys)) < len(keys):
        again = next(key for k, key in enumerate(keys) if key in keys[:k])
        sentence = _("“{key}” is given twice in one object: leave one of them out.")
        raise ConfigError("$", sentence.format(key=shown(again)))


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
    built: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(config, enc_hook=Choice.encode))
    return built


def encode(config: ExperimentConfig) -> str:
    """Return the experiment as indented JSON text."""
    return json.dumps(to_builtins(config), indent=2, ensure_ascii=False, allow_nan=False)


def replace(part: Part, path: str = "", value: object = None, /, **changes: object) -> Part:
    """Return a copy of a configuration, or of a part of one, with other values, checked again.

    Parameters
    ----------
    part
        The configuration, a part of it, or a `Choice`.
    path, value
        One field and its value: ``replace(config, "training.learning_rate", 0.1)``. The path may lead to an option of a
        choice (``"training.optimizer.beta1"``). A name alone stands for a choice with its default options.
    **changes
        Or several fields of `part` itself: ``replace(config.network, hidden=(4,), bias="none")``.

    Raises
    ------
    ConfigError
        Where the new values cannot be.
    """
    changed: Part
    if isinstance(part, Choice):
        changed = (
            type(part)(str(value)) if path == part.key else part.with_options(**({path: value} if path else changes))
        )
        return changed
    if path:
        name, _dot, below = path.partition(".")
        present = getattr(part, name)
        if below:
            value = replace(present, below, value)
        elif isinstance(present, Choice) and isinstance(value, str):
            value = type(present).decode(value)
        changes = {name: value}
    changed = msgspec.structs.replace(part, **changes)  # type: ignore[type-var]
    return changed


def value_at(config: Any, path: str) -> Any:
    """Return the value of a field or of an option of a choice by its path: ``"network.initials.0.std"``."""
    for part in path.split("."):
        if isinstance(config, Choice):
            config = config.name if part == config.key else config[part]
        else:
            config = config[int(part)] if part.isdigit() else getattr(config, part)
    return config


def _initial_of(raw: object) -> InitialChoice | tuple[InitialChoice, ...]:
    if raw is None:
        return InitialChoice("gaussian")
    if isinstance(raw, list | tuple):
        return tuple(_initial_at(f".initial[{k}]", item) for k, item in enumerate(raw))
    return _initial_at(".initial", raw)


def _initial_at(path: str, raw: object) -> InitialChoice:
    if isinstance(raw, InitialChoice):
        return raw
    try:
        return InitialChoice.decode(raw)
    except ConfigError as error:
        raise ConfigError(path + error.path, error.sentence) from error


def _one_a_layer(given: int, layers: int, path: str) -> None:
    if given != layers:
        sentence = _("expected one per layer ({layers}), not {given}.").format(layers=layers, given=given)
        raise ConfigError(path, sentence)


def _check_fields(part: object, path: str, *names: str) -> None:
    for name in names:
        check_option(FIELDS[f"{path}.{name}" if path else name], getattr(part, name), f".{name}")


def _decode_choice(kind: type[Choice], raw: object) -> Choice:
    return raw if isinstance(raw, kind) else kind.decode(raw)
