"""What is wrong with a network, seen from its numbers: each rule with its evidence and a sentence."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from playground.engine.network import Network
from playground.experiment.config import ExperimentConfig
from playground.experiment.snapshot import Divergence
from playground.language import N_, _

if TYPE_CHECKING:
    from playground.experiment.trainer import Trainer

ROWS = 1_000
"""Rules on activations look at so many rows, evenly spaced."""

ALIKE = 1e-4
"""Units whose weights lie closer together than this share of the longest are the same; float32 drifts a little."""

MOST_UNITS = 1_000
"""At most so many units of a layer are compared."""

SATURATED_SHARE = 0.5
DEAD_SHARE = 0.25

SATURATED_OUTSIDE = {"sigmoid": (0.01, 0.99), "tanh": (-0.98, 0.98)}
"""Outside of these a unit hardly changes any more; both are σ below 0.01 or above 0.99, tanh being 2σ(2z) − 1."""

RECTIFIERS = ("relu",)

WHATS = {
    "weights": N_("the weights"),
    "activations": N_("the sums that go into the activation"),
    "loss": N_("the loss"),
}


@dataclass(frozen=True)
class Diagnosis:
    """One finding.

    Attributes
    ----------
    rule
        Its key: ``"identical-units"``, ``"saturated"``, ``"dead-units"`` or ``"diverged"``.
    layer
        Which layer, counted from 1.
    sentence
        What was found, and what to try, in the user's language.
    evidence
        The numbers behind it.
    """

    rule: str
    layer: int
    sentence: str
    evidence: Mapping[str, float]


def diagnose(trainer: "Trainer") -> tuple[Diagnosis, ...]:
    """Return what the rules find in the present state of a run; where it diverged, that alone."""
    if trainer.divergence is not None:
        return (explain_divergence(trainer.divergence, trainer.config),)
    x = trainer.data.x_train
    if len(x) > ROWS:
        x = x[np.linspace(0, len(x) - 1, ROWS).astype(np.intp)]
    with np.errstate(all="ignore"):
        layers = trainer.network.activations_of(x)[1:-1]
    return (
        *_identical_units(trainer.network),
        *_saturated_units(trainer.network, layers),
        *_dead_units(trainer.network, layers),
    )


def explain_divergence(divergence: Divergence, config: ExperimentConfig) -> Diagnosis:
    """Return where a run diverged and what to try."""
    rate = config.training.learning_rate
    sentence = _(
        "In step {step} {what} of layer {layer} grew without bounds; the network is back at its last good weights. "
        "Try a learning rate below {rate:g}, such as {smaller:g}."
    )
    return Diagnosis(
        "diverged",
        divergence.layer,
        sentence.format(
            step=divergence.step, what=_(WHATS[divergence.what]), layer=divergence.layer, rate=rate, smaller=rate / 10
        ),
        {"step": divergence.step, "last_loss": divergence.last_loss, "learning_rate": rate},
    )


def distinct_units(weights: NDArray[Any], biases: NDArray[Any]) -> int:
    """Return how many different units a layer has: columns of weights and biases that differ."""
    columns = np.vstack([weights, biases]).astype(np.float64)
    squares = np.sum(columns**2, axis=0)
    distances = squares[:, None] + squares - 2 * columns.T @ columns
    alike = distances <= ALIKE**2 * squares.max()
    return int(np.sum(~np.tril(alike, -1).any(axis=1)))


def _identical_units(network: Network) -> Iterator[Diagnosis]:
    """Find hidden layers in which units are copies of one another."""
    sentence = _(
        "Layer {layer} has {units} units, but only {distinct} of them differ: units that start alike get equal "
        "updates and stay alike. Start from random weights."
    )
    for k, size in enumerate(network.sizes[1:-1]):
        units = min(size, MOST_UNITS)
        distinct = distinct_units(network.weights[k][:, :units], network.biases[k][:units])
        if distinct < units:
            text = sentence.format(layer=k + 1, units=units, distinct=distinct)
            yield Diagnosis("identical-units", k + 1, text, {"units": units, "distinct": distinct})


def _saturated_units(network: Network, layers: list[NDArray[Any]]) -> Iterator[Diagnosis]:
    """Find hidden layers whose outputs mostly lie at the ends of their range."""
    sentence = _(
        "{share:.0%} of the outputs of layer {layer} lie at the ends of their range, where the gradient is almost "
        "zero. Start from smaller weights, such as Xavier's, or scale the inputs."
    )
    for k, (name, outputs) in enumerate(zip(network.activations, layers, strict=True)):
        if name not in SATURATED_OUTSIDE:
            continue
        low, high = SATURATED_OUTSIDE[name]
        share = float(np.mean((outputs < low) | (outputs > high)))
        if share >= SATURATED_SHARE:
            text = sentence.format(share=share, layer=k + 1)
            yield Diagnosis("saturated", k + 1, text, {"share": share})


def _dead_units(network: Network, layers: list[NDArray[Any]]) -> Iterator[Diagnosis]:
    """Find hidden layers with units that are zero for every row, and so cannot learn any more."""
    sentence = _(
        "{dead} of {units} units of layer {layer} give 0 for every row and cannot learn any more. "
        "Try a smaller learning rate, other first weights, or leaky ReLU."
    )
    for k, (name, outputs) in enumerate(zip(network.activations, layers, strict=True)):
        if name not in RECTIFIERS:
            continue
        dead, units = int(np.sum(~(outputs > 0).any(axis=0))), outputs.shape[1]
        if dead >= DEAD_SHARE * units:
            text = sentence.format(dead=dead, units=units, layer=k + 1)
            yield Diagnosis("dead-units", k + 1, text, {"dead": dead, "units": units})
