"""Changes of an experiment: a configuration goes in, a valid one comes out. What the window's controls call.

An edit that would make an impossible combination mends the other half of it: cross-entropy on a linear
output makes the output a sigmoid, a linear output under cross-entropy makes the loss squared.
"""

import random
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from playground.engine.losses import CrossEntropy
from playground.experiment.config.schema import (
    DataChoice,
    ExperimentConfig,
    InitialChoice,
    NetworkConfig,
    replace,
)
from playground.experiment.config.traits import Traits, traits_of

T = TypeVar("T")

DRAWN_SEEDS = 10_000
"""Seeds that are drawn are below this: short enough to write down."""

FEW_ROWS = 10
"""Up to so many rows every step takes all of them."""


def change(config: ExperimentConfig, path: str, value: object) -> ExperimentConfig:
    """Return the experiment with another value of one field, as `replace` does, and dependent fields adjusted to it.

    Raises
    ------
    ConfigError
        Where the value cannot be.
    """
    if path in _MENDED:
        return _MENDED[path](config, value)
    changed = replace(config, path, value)
    return set_data(config, changed.data) if path.startswith("data.") else changed


def set_data(config: ExperimentConfig, data: DataChoice | str) -> ExperimentConfig:
    """Return the experiment with other data, and choices that suit them where the present ones do not.

    A bare name keeps the inputs made of the columns, where the new data can have them. As long as the kind
    of task stays the same (two classes, several classes, numbers, images) only the impossible is changed.
    """
    if isinstance(data, str):
        data = _with_kept_features(data, config.data)
    old, new = traits_of(config.data, config.seed), traits_of(data, config.seed)
    changed = replace(config, data=data)
    if new is None:
        return changed
    if old is None or old.kind != new.kind:
        changed = _suited(changed, new)
    changed = _with_possible_output(changed, new)
    if data.name != config.data.name:
        changed = _with_suitable_batch(changed, old, new)
        changed = replace(changed, network=_without_given(changed.network))
    return changed


def set_hidden(config: ExperimentConfig, hidden: tuple[int, ...]) -> ExperimentConfig:
    """Return the experiment with other hidden layers; what is set per layer is cut, or repeated from the last."""
    network = config.network
    activation = network.activation
    if isinstance(activation, tuple):
        activation = _stretched(activation, len(hidden)) if hidden and activation else "sigmoid"
    initial = network.initial
    if isinstance(initial, tuple):
        initial = (*_stretched(initial[:-1] or initial, len(hidden)), initial[-1])
    network = replace(_without_given(network), hidden=hidden, activation=activation, initial="zeros")
    return replace(config, network=_without_given(replace(network, initial=initial)))


def add_layer(config: ExperimentConfig, at: int | None = None) -> ExperimentConfig:
    """Add a hidden layer before position `at` (at the end by default), as wide as its neighbour."""
    hidden = list(config.network.hidden)
    position = len(hidden) if at is None else at
    hidden.insert(position, hidden[max(position - 1, 0)] if hidden else 4)
    return set_hidden(config, tuple(hidden))


def remove_layer(config: ExperimentConfig, layer: int = -1) -> ExperimentConfig:
    """Return the experiment without a hidden layer, the last by default; unchanged if there is none."""
    hidden = list(config.network.hidden)
    if not hidden:
        return config
    del hidden[layer]
    return set_hidden(config, tuple(hidden))


def set_units(config: ExperimentConfig, layer: int, units: int) -> ExperimentConfig:
    """Return the experiment with another number of units in a hidden layer."""
    hidden = list(config.network.hidden)
    hidden[layer] = units
    return set_hidden(config, tuple(hidden))


def set_output(config: ExperimentConfig, name: str) -> ExperimentConfig:
    """Change the output, and the loss where it would be impossible."""
    if config.training.loss == "cross-entropy" and name not in CrossEntropy.fused:
        config = replace(config, "training.loss", "squared")
    return replace(config, "network.output", name)


def set_loss(config: ExperimentConfig, name: str) -> ExperimentConfig:
    """Change the loss, and the output where it would be impossible."""
    if name == "cross-entropy" and config.network.output not in CrossEntropy.fused:
        traits = traits_of(config.data, config.seed)
        is_many = traits is not None and traits.classes > 2
        config = replace(config, "network.output", "softmax" if is_many else "sigmoid")
    return replace(config, "training.loss", name)


def set_initial(config: ExperimentConfig, initial: InitialChoice, layer: int | None) -> ExperimentConfig:
    """Start one layer (the output is the last), or with None all, from other weights."""
    if layer is None:
        return replace(config, "network.initial", initial)
    initials = list(config.network.initials)
    initials[layer] = initial
    return replace(config, "network.initial", initials[0] if len(set(initials)) == 1 else tuple(initials))


def set_gradient(config: ExperimentConfig, gradient: str) -> ExperimentConfig:
    """Find the gradient in another way; a numerical one has no layer-by-layer order."""
    update = config.training.update if gradient == "backprop" else "together"
    return replace(config, training=replace(config.training, gradient=gradient, update=update))


def set_update(config: ExperimentConfig, update: str) -> ExperimentConfig:
    """Update after the backward pass or layer by layer; the latter needs backprop."""
    gradient = config.training.gradient if update == "together" else "backprop"
    return replace(config, training=replace(config.training, gradient=gradient, update=update))


def with_another_seed(config: ExperimentConfig) -> ExperimentConfig:
    """Return the experiment with a seed drawn at random that is not the present one."""
    drawn = random.randrange(DRAWN_SEEDS - 1)
    return replace(config, seed=drawn + (drawn >= config.seed))


_MENDED: Mapping[str, Callable[[ExperimentConfig, Any], ExperimentConfig]] = {
    "data": set_data,
    "data.name": set_data,
    "network.hidden": set_hidden,
    "network.output": set_output,
    "training.loss": set_loss,
    "training.gradient": set_gradient,
    "training.update": set_update,
}
"""Fields that others must be changed with."""


def _stretched(values: tuple[T, ...], length: int) -> tuple[T, ...]:
    return (*values[:length], *(values[-1:] * (length - len(values))))


def _without_given(network: NetworkConfig) -> NetworkConfig:
    """Return the network with drawn weights where given ones cannot fit any more."""
    if not any(choice.name == "given" for choice in network.initials):
        return network
    drawn = tuple(InitialChoice("xavier") if choice.name == "given" else choice for choice in network.initials)
    return replace(network, initial=drawn if isinstance(network.initial, tuple) else drawn[0])


def _with_kept_features(name: str, old: DataChoice) -> DataChoice:
    """Return a data set with the inputs that were made of the columns of another, where it has such columns."""
    new = DataChoice(name)
    if "features" not in new or "features" not in old or old["features"] == old.entry.option("features").default:
        return new
    allowed = new.entry.option("features").choices
    return new.with_options(features=old["features"]) if set(old["features"]) <= set(allowed) else new


def _suited(config: ExperimentConfig, traits: Traits) -> ExperimentConfig:
    if traits.kind == "images":
        hidden = (50,) if traits.rows > 10_000 else (32,)
        config = set_hidden(replace(config, "network.initial", "xavier"), hidden)
        config = replace(config, "training.reduction", "mean")
    elif len(config.network.hidden) == 1 and config.network.hidden[0] > FEW_ROWS:
        config = set_hidden(config, (4,))
    output, loss = {
        "images": ("softmax", "cross-entropy"),
        "many classes": ("softmax", "cross-entropy"),
        "numbers": ("linear", "squared"),
    }.get(traits.kind, ("sigmoid", "cross-entropy"))
    config = set_loss(set_output(config, output), loss)
    return replace(config, "precision", "float32" if traits.kind == "images" else "float64")


def _with_possible_output(config: ExperimentConfig, traits: Traits) -> ExperimentConfig:
    if traits.classes > 0:
        return config
    if config.training.loss == "cross-entropy":
        config = set_loss(config, "squared")
    return set_output(config, "linear") if config.network.output == "softmax" else config


def _with_suitable_batch(config: ExperimentConfig, old: Traits | None, new: Traits) -> ExperimentConfig:
    if new.rows <= FEW_ROWS:
        return replace(config, "training.batch_size", None)
    if old is not None and old.rows > FEW_ROWS and old.kind == new.kind:
        return config
    rows = 100 if new.rows > 10_000 else 10
    return replace(config, training=replace(config.training, batch_size=rows, reduction="mean", sampling="shuffle"))
