"""The ready-made experiments: the articles', with their own choices, and others worth seeing."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from playground.experiment.config import ExperimentConfig, from_builtins
from playground.language import N_


@dataclass(frozen=True)
class Preset:
    """A ready-made experiment.

    `label` and `sentence` are English and marked for translation; `article` is the letter of the article
    it follows, empty where it follows none.
    """

    id: str
    label: str
    sentence: str
    article: str
    config: ExperimentConfig


def _preset(
    name: str,
    label: str,
    sentence: str,
    article: str = "",
    *,
    data: object,
    network: Mapping[str, Any],
    training: Mapping[str, Any],
    precision: str = "float64",
) -> Preset:
    """Make a preset of the builtin form, so that it reads as its file would."""
    raw = {"name": name, "data": data, "network": network, "training": training, "precision": precision}
    return Preset(name, label, sentence, article, from_builtins(raw))


_GATE_NETWORK = {"hidden": [4], "activation": "sigmoid", "output": "sigmoid", "bias": "layer"}
_GATE_TRAINING = {
    "loss": "squared",
    "reduction": "sum",
    "learning_rate": 0.1,
    "sampling": "in-order",
    "update": "layerwise",
    "stop": {"steps": 10_000},
}
"""Article C: steps on the sum over the rows; a layer has one bias and is updated before it hands the error on."""

_TEXTBOOK_TRAINING = {**_GATE_TRAINING, "update": "together"}

_GAUSSIAN = {"scheme": "gaussian", "std": 1.0}

_PLANAR_TRAINING = {
    "loss": "cross-entropy",
    "learning_rate": 0.01,
    "batch_size": 10,
    "optimizer": "adam",
    "stop": {"epochs": 500},
}

_CURVE_TRAINING = {**_PLANAR_TRAINING, "loss": "squared", "stop": {"epochs": 1000}}

_MNIST_NETWORK = {
    "hidden": [50],
    "activation": "sigmoid",
    "output": "softmax",
    "initial": {"scheme": "gaussian", "std": 0.01},
}
_MNIST_TRAINING = {
    "loss": "cross-entropy",
    "learning_rate": 0.1,
    "batch_size": 100,
    "sampling": "replacement",
    "stop": {"steps": 10_000},
}

_WORKED_EXAMPLE = {
    "scheme": "given",
    "weights": [[[0.15, 0.25], [0.20, 0.30]], [[0.40, 0.50], [0.45, 0.55]]],
    "biases": [[0.35, 0.35], [0.60, 0.60]],
}
"""w1, w2 lead into h1 and w3, w4 into h2: rows of `weights` are inputs, columns are units."""

_ALL = (
    _preset(
        "and-gate",
        N_("AND gate"),
        N_("Four sigmoid units learn AND from a random start, exactly as in the article."),
        "C",
        data="and",
        network={**_GATE_NETWORK, "initial": _GAUSSIAN},
        training=_GATE_TRAINING,
    ),
    _preset(
        "and-gate-zeros",
        N_("AND gate, all zeros"),
        N_("Every weight starts at 0, all units stay alike, and AND is learnt all the same: it needs one unit."),
        "C",
        data="and",
        network={**_GATE_NETWORK, "initial": "zeros"},
        training=_GATE_TRAINING,
    ),
    _preset(
        "and-gate-constant",
        N_("AND gate, ones then zeros"),
        N_("The first layer starts at 1 and the second at 0: alike again, and again it learns."),
        "C",
        data="and",
        network={**_GATE_NETWORK, "initial": [{"scheme": "constant", "value": 1.0}, "zeros"]},
        training=_GATE_TRAINING,
    ),
    _preset(
        "and-gate-textbook",
        N_("AND gate, by the textbook"),
        N_("The same zero start with a bias for each unit and one update after the backward pass: other figures."),
        "C",
        data="and",
        network={**_GATE_NETWORK, "bias": "unit", "initial": "zeros"},
        training=_TEXTBOOK_TRAINING,
    ),
    _preset(
        "or-gate",
        N_("OR gate"),
        N_("A single sigmoid unit without a hidden layer is enough for OR."),
        data="or",
        network={"hidden": [], "output": "sigmoid", "initial": _GAUSSIAN},
        training=_TEXTBOOK_TRAINING,
    ),
    _preset(
        "xor-gate",
        N_("XOR gate"),
        N_("No straight line separates XOR, so it takes a hidden layer."),
        data="xor",
        network={"hidden": [4], "activation": "tanh", "output": "sigmoid", "initial": "xavier"},
        training={**_TEXTBOOK_TRAINING, "loss": "cross-entropy", "stop": {"steps": 5_000}},
    ),
    _preset(
        "xor-gate-zeros",
        N_("XOR gate, all zeros"),
        N_("Units that start alike stay alike, and one unit is not enough for XOR: the outputs stay at one half."),
        data="xor",
        network={**_GATE_NETWORK, "bias": "unit", "initial": "zeros"},
        training=_TEXTBOOK_TRAINING,
    ),
    _preset(
        "worked-example",
        N_("Worked example"),
        N_("Two inputs, two units, two outputs with given weights: every number can be checked by hand."),
        "C",
        data={"name": "rows", "x": [[0.05, 0.10]], "y": [[0.01, 0.99]]},
        network={
            "hidden": [2],
            "activation": "sigmoid",
            "output": "sigmoid",
            "bias": "fixed",
            "initial": _WORKED_EXAMPLE,
        },
        training={"loss": "squared", "learning_rate": 0.5, "sampling": "in-order", "stop": {"steps": 10_000}},
    ),
    _preset(
        "simple-net",
        N_("One layer, one sample"),
        N_("A single layer of 2×3 weights learns one sample of class 2 by numerical differentiation."),
        "B",
        data={"name": "rows", "x": [[0.6, 0.9]], "y": [[0, 0, 1]], "task": "regression"},
        network={"hidden": [], "output": "softmax", "bias": "none", "initial": _GAUSSIAN},
        training={
            "loss": "cross-entropy",
            "learning_rate": 0.1,
            "sampling": "in-order",
            "gradient": "numerical-naive",
            "stop": {"steps": 100},
        },
    ),
    _preset(
        "height-weight",
        N_("Height and weight"),
        N_("One neuron tells two women from two men by their weight and height."),
        "D",
        data="people-4",
        network={"hidden": [], "output": "sigmoid", "initial": {**_GAUSSIAN, "bias": "same"}},
        training={
            "loss": "mse",
            "learning_rate": 0.1,
            "batch_size": 1,
            "sampling": "in-order",
            "stop": {"epochs": 100},
        },
    ),
    _preset(
        "people",
        N_("Hundreds of people"),
        N_("One neuron again, with hundreds of people who overlap: some mistakes cannot be avoided."),
        "D",
        data="people",
        network={"hidden": [], "output": "sigmoid", "initial": _GAUSSIAN},
        training={"loss": "cross-entropy", "learning_rate": 0.1, "batch_size": 10, "stop": {"epochs": 100}},
    ),
    _preset(
        "circle",
        N_("Circle"),
        N_("Four tanh units bend the plane until the disc comes apart from the ring."),
        data="circle",
        network={"hidden": [4], "activation": "tanh", "output": "sigmoid", "initial": "xavier"},
        training=_PLANAR_TRAINING,
    ),
    _preset(
        "moons",
        N_("Moons"),
        N_("Two half circles reach into one another."),
        data={"name": "moons", "noise": 0.15},
        network={"hidden": [6], "activation": "tanh", "output": "sigmoid", "initial": "xavier"},
        training=_PLANAR_TRAINING,
    ),
    _preset(
        "spiral",
        N_("Spiral"),
        N_("Two arms wound around one another: the hardest of the plane, learnt in seconds."),
        data="spiral",
        network={"hidden": [8, 8], "activation": "tanh", "output": "sigmoid", "initial": "xavier"},
        training={**_PLANAR_TRAINING, "stop": {"epochs": 2000}},
    ),
    _preset(
        "hills",
        N_("Hills"),
        N_("Regression: three hills and three hollows over the plane."),
        data="multi-gauss",
        network={"hidden": [8, 8], "activation": "tanh", "output": "linear", "initial": "xavier"},
        training=_CURVE_TRAINING,
    ),
    _preset(
        "sine-curve",
        N_("Sine curve"),
        N_("Regression in one input: the network bends its line into a sine curve."),
        data="sine",
        network={"hidden": [8, 8], "activation": "tanh", "output": "linear", "initial": "xavier"},
        training=_CURVE_TRAINING,
    ),
    _preset(
        "digits",
        N_("Small digits"),
        N_("Handwritten digits of 8×8 pixels; they come with the program."),
        data="digits",
        network={"hidden": [32], "activation": "relu", "output": "softmax", "initial": "he"},
        training={
            "loss": "cross-entropy",
            "learning_rate": 0.005,
            "batch_size": 32,
            "optimizer": "adam",
            "stop": {"epochs": 40},
        },
        precision="float32",
    ),
    _preset(
        "mnist-two-layer",
        N_("MNIST, two layers"),
        N_("784-50-10 with softmax on handwritten digits: 17 hours in the article, seconds here."),
        "A",
        data="mnist",
        network=_MNIST_NETWORK,
        training=_MNIST_TRAINING,
        precision="float32",
    ),
    _preset(
        "mnist-zeros",
        N_("MNIST, all zeros"),
        N_("The same network from zero: fifty hidden units that are one unit."),
        "A",
        data="mnist",
        network={**_MNIST_NETWORK, "initial": "zeros"},
        training=_MNIST_TRAINING,
        precision="float32",
    ),
    _preset(
        "mnist-nielsen",
        N_("MNIST, Nielsen's network"),
        N_("784-30-10, all sigmoid, squared error, batches of 10: the network of the book."),
        "E",
        data="mnist",
        network={
            "hidden": [30],
            "activation": "sigmoid",
            "output": "sigmoid",
            "initial": {**_GAUSSIAN, "bias": "same"},
        },
        training={"loss": "squared", "learning_rate": 3.0, "batch_size": 10, "stop": {"epochs": 30}},
        precision="float32",
    ),
    _preset(
        "fashion",
        N_("Fashion"),
        N_("The same kind of network on pictures of clothes, which are harder to tell apart than digits."),
        data="fashion-mnist",
        network={"hidden": [64], "activation": "relu", "output": "softmax", "initial": "he"},
        training={
            "loss": "cross-entropy",
            "learning_rate": 0.001,
            "batch_size": 100,
            "optimizer": "adam",
            "stop": {"epochs": 10},
        },
        precision="float32",
    ),
)

PRESETS: Mapping[str, Preset] = {preset.id: preset for preset in _ALL}
"""The ready-made experiments by id, in the order in which they are offered."""

DEFAULT = "spiral"
"""What opens when nothing else is asked for."""
