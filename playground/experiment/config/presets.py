"""The ready-made experiments: the articles', with their own choices, and others worth seeing."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from playground.experiment.config.schema import ExperimentConfig, from_builtins
from playground.language import N_


@dataclass(frozen=True)
class Preset:
    """A ready-made experiment.

    `label` and `sentence` are English and marked for translation; `sentence` says what the run shows, and a test
    holds it on many seeds. `article` is the letter of the article it follows, empty where it follows none.
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
    seed: int = 42,
    precision: str = "float64",
) -> Preset:
    """Make a preset of the builtin form, so that it reads as its file would."""
    raw = {
        "name": name,
        "data": data,
        "network": network,
        "training": training,
        "seed": seed,
        "precision": precision,
    }
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

_TANH = {"activation": "tanh", "initial": "xavier"}
_SWISH = {"activation": "swish", "initial": "xavier"}
"""Smooth, and it does not saturate: nearly every start gets to the end where tanh stops half-way from some."""

_ADAM = {"learning_rate": 0.01, "batch_size": 10, "optimizer": "adam"}
"""Adam at a steady rate throws a run back now and then; one that ends at a training loss does not end in a spike."""


def _classes_until(loss: float, *, epochs: int, **changes: object) -> Mapping[str, Any]:
    """Return a training on classes that ends at a training loss, at the latest after so many epochs."""
    return {**_ADAM, "loss": "cross-entropy", "stop": {"epochs": epochs, "loss_below": loss}, **changes}


def _curve_until(loss: float, *, epochs: int) -> Mapping[str, Any]:
    """Return a training on numbers that ends at a training loss, at the latest after so many epochs."""
    return {**_ADAM, "loss": "squared", "stop": {"epochs": epochs, "loss_below": loss}}


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

_NIELSEN_NETWORK = {
    "hidden": [30],
    "activation": "sigmoid",
    "output": "sigmoid",
    "initial": {**_GAUSSIAN, "bias": "same"},
}
_NIELSEN_TRAINING = {"loss": "squared", "learning_rate": 3.0, "batch_size": 10, "stop": {"epochs": 30}}

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
        N_("Four hidden sigmoid units learn AND from random weights, as in the article."),
        "C",
        data="and",
        network={**_GATE_NETWORK, "initial": _GAUSSIAN},
        training=_GATE_TRAINING,
    ),
    _preset(
        "and-gate-zeros",
        N_("AND gate, all zeros"),
        N_("All weights start at 0, so the units stay equal; AND is learnt all the same: it needs only one."),
        "C",
        data="and",
        network={**_GATE_NETWORK, "initial": "zeros"},
        training=_GATE_TRAINING,
    ),
    _preset(
        "and-gate-constant",
        N_("AND gate, ones then zeros"),
        N_("The first layer starts at 1, the second at 0: the units stay equal again, and AND is learnt again."),
        "C",
        data="and",
        network={**_GATE_NETWORK, "initial": [{"scheme": "constant", "value": 1.0}, "zeros"]},
        training=_GATE_TRAINING,
    ),
    _preset(
        "and-gate-textbook",
        N_("AND gate, by the textbook"),
        N_("Zeros again, a bias for each unit, the update after the backward pass: AND is learnt, the numbers differ."),
        "C",
        data="and",
        network={**_GATE_NETWORK, "bias": "unit", "initial": "zeros"},
        training=_TEXTBOOK_TRAINING,
    ),
    _preset(
        "or-gate",
        N_("OR gate"),
        N_("One sigmoid unit without a hidden layer learns OR: a straight line is enough."),
        data="or",
        network={"hidden": [], "output": "sigmoid", "initial": _GAUSSIAN},
        training=_TEXTBOOK_TRAINING,
    ),
    _preset(
        "xor-gate",
        N_("XOR gate"),
        N_("No straight line separates XOR; a hidden layer of four units learns it."),
        data="xor",
        network={"hidden": [4], "activation": "tanh", "output": "sigmoid", "initial": "xavier"},
        training={**_TEXTBOOK_TRAINING, "loss": "cross-entropy", "stop": {"steps": 5_000}},
    ),
    _preset(
        "xor-gate-zeros",
        N_("XOR gate, all zeros"),
        N_("All weights start at 0, so the units stay equal, and one unit is not enough for XOR: it is never learnt."),
        data="xor",
        network={**_GATE_NETWORK, "bias": "unit", "initial": "zeros"},
        training=_TEXTBOOK_TRAINING,
    ),
    _preset(
        "worked-example",
        N_("Worked example"),
        N_("Two inputs, two units, two outputs, all weights given: every number of a step can be checked by hand."),
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
        N_("A layer of 2×3 weights and softmax learns one sample of class 2, with the numerical gradient."),
        "B",
        data={"name": "rows", "x": [[0.6, 0.9]], "y": [2], "task": "classification", "classes": [0, 1, 2]},
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
        N_("One neuron, shown one person at a time, learns to tell two women from two men by weight and height."),
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
        seed=116,  # starts with one of the four right; about half of all starts have nothing left to learn
    ),
    _preset(
        "people",
        N_("Hundreds of people"),
        N_("One neuron again, on hundreds of people: the two groups overlap, so about one in seven stays wrong."),
        "D",
        data="people",
        network={"hidden": [], "output": "sigmoid", "initial": "zeros"},
        training={"loss": "cross-entropy", "learning_rate": 0.03, "batch_size": 10, "stop": {"epochs": 100}},
    ),
    _preset(
        "circle",
        N_("Circle"),
        N_("Four tanh units close a boundary around the disc and part it from the ring."),
        data="circle",
        network={**_TANH, "hidden": [4], "output": "sigmoid"},
        training=_classes_until(0.02, epochs=300),
    ),
    _preset(
        "moons",
        N_("Moons"),
        N_("Two half circles reach into one another: the boundary bends into an S between them."),
        data={"name": "moons", "noise": 0.15},
        network={**_SWISH, "hidden": [6], "output": "sigmoid"},
        training=_classes_until(0.01, epochs=200),
    ),
    _preset(
        "spiral",
        N_("Spiral"),
        N_("The hardest of the two-input data sets: the boundary winds in between the two arms."),
        data="spiral",
        network={**_SWISH, "hidden": [8, 8], "output": "sigmoid"},
        training=_classes_until(0.02, epochs=500, learning_rate=0.007),
    ),
    _preset(
        "hills",
        N_("Hills"),
        N_("Regression: the surface rises to three hills and sinks into three hollows."),
        data="multi-gauss",
        network={**_SWISH, "hidden": [8, 8], "output": "linear"},
        training=_curve_until(0.003, epochs=1000),
    ),
    _preset(
        "sine-curve",
        N_("Sine curve"),
        N_("Regression with one input: the curve bends into a sine, although the points are noisy."),
        data="sine",
        network={**_TANH, "hidden": [8, 8], "output": "linear"},
        training=_curve_until(0.006, epochs=1000),
    ),
    _preset(
        "digits",
        N_("Small digits"),
        N_("Handwritten digits of 8×8 pixels, shipped with the program: about 97 of 100 new ones are read right."),
        data="digits",
        network={"hidden": [32], "activation": "relu", "output": "softmax", "initial": "he"},
        training=_classes_until(0.02, epochs=40, learning_rate=0.005, batch_size=32),
        precision="float32",
    ),
    _preset(
        "mnist-two-layer",
        N_("MNIST, two layers"),
        N_(
            "784-50-10 reads handwritten digits: 17 hours by numerical differentiation in "
            "the article, seconds by backpropagation."
        ),
        "A",
        data="mnist",
        network=_MNIST_NETWORK,
        training=_MNIST_TRAINING,
        precision="float32",
    ),
    _preset(
        "mnist-zeros",
        N_("MNIST, all zeros"),
        N_("The same network from all zeros: its fifty hidden units act as one, and most digits stay wrong."),
        "A",
        data="mnist",
        network={**_MNIST_NETWORK, "initial": "zeros"},
        training=_MNIST_TRAINING,
        precision="float32",
    ),
    _preset(
        "mnist-nielsen",
        N_("MNIST, Nielsen's network"),
        N_("784-30-10 with sigmoid and squared error, as in the book: most digits are right after one epoch."),
        "E",
        data="mnist",
        network=_NIELSEN_NETWORK,
        training=_NIELSEN_TRAINING,
        precision="float32",
    ),
    _preset(
        "mnist-nielsen-15",
        N_("MNIST, 784-15-10"),
        N_("The article's own size, with half the book's hidden units: again most digits are right after one epoch."),
        "E",
        data="mnist",
        network={**_NIELSEN_NETWORK, "hidden": [15]},
        training=_NIELSEN_TRAINING,
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
