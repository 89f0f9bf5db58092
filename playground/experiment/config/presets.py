"""The ready-made experiments: the articles', with their own choices, and others worth seeing.

Their configurations stand in ``resources/experiments.json``, by id. Those after article C step on the sum over the
rows, share one bias in a layer and update it before they propagate the error. Swish is smooth and does not saturate:
nearly every start gets to the end where tanh stops half-way from some. Adam at a steady rate throws a run back now and
then: runs that end at a training loss do not end in a spike.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import msgspec

from playground import paths
from playground.experiment.config.schema import ExperimentConfig, from_builtins
from playground.language import N_

_CONFIGS = msgspec.json.decode(paths.resource("experiments.json").read_bytes())


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


def _preset(name: str, label: str, sentence: str, article: str = "") -> Preset:
    return Preset(name, label, sentence, article, from_builtins({"name": name, **_CONFIGS[name]}))


_ALL = (
    _preset(
        "and-gate",
        N_("AND gate"),
        N_("Four hidden sigmoid units learn AND from random weights, as in the article."),
        "C",
    ),
    _preset(
        "and-gate-zeros",
        N_("AND gate, all zeros"),
        N_("All weights start at 0, so the units stay equal; AND is learnt nevertheless: it needs only one."),
        "C",
    ),
    _preset(
        "and-gate-constant",
        N_("AND gate, ones then zeros"),
        N_("The first layer starts at 1, the second at 0: the units stay equal again, and AND is learnt again."),
        "C",
    ),
    _preset(
        "and-gate-textbook",
        N_("AND gate, by the textbook"),
        N_("Zeros again, a bias for each unit, the update after the backward pass: AND is learnt, the numbers differ."),
        "C",
    ),
    _preset(
        "or-gate", N_("OR gate"), N_("One sigmoid unit without a hidden layer learns OR: a straight line is enough.")
    ),
    _preset("xor-gate", N_("XOR gate"), N_("No straight line separates XOR; a hidden layer of four units learns it.")),
    _preset(
        "xor-gate-zeros",
        N_("XOR gate, all zeros"),
        N_("All weights start at 0, so the units stay equal, and one unit is not enough for XOR: it is never learnt."),
    ),
    _preset(
        "worked-example",
        N_("Worked example"),
        N_("Two inputs, two units, two outputs, all weights given: every number of a step can be checked by hand."),
        "C",
    ),  # w1, w2 lead into h1 and w3, w4 into h2: rows of `weights` are inputs, columns are units
    _preset(
        "simple-net",
        N_("One layer, one sample"),
        N_("A layer of 2×3 weights and softmax learns one sample of class 2, with the numerical gradient."),
        "B",
    ),
    _preset(
        "height-weight",
        N_("Height and weight"),
        N_("One neuron, shown one person at a time, learns to tell two women from two men by weight and height."),
        "D",
    ),  # seed 116 starts with one of the four right; about half of all starts have nothing left to learn
    _preset(
        "people",
        N_("Hundreds of people"),
        N_("One neuron again, on hundreds of people: the two groups overlap, so about one in seven stays wrong."),
        "D",
    ),
    _preset("circle", N_("Circle"), N_("Four tanh units close a boundary around the disc and part it from the ring.")),
    _preset(
        "moons", N_("Moons"), N_("Two half circles reach into one another: the boundary bends into an S between them.")
    ),
    _preset(
        "spiral",
        N_("Spiral"),
        N_("The hardest of the two-input data sets: the boundary winds in between the two arms."),
    ),
    _preset("hills", N_("Hills"), N_("Regression: the surface rises to three hills and sinks into three hollows.")),
    _preset(
        "sine-curve",
        N_("Sine curve"),
        N_("Regression with one input: the curve bends into a sine, although the points are noisy."),
    ),
    _preset(
        "digits",
        N_("Small digits"),
        N_("Handwritten digits of 8×8 pixels, shipped with the program: about 97 of 100 new ones are read right."),
    ),
    _preset(
        "mnist-two-layer",
        N_("MNIST, two layers"),
        N_(
            "784-50-10 reads handwritten digits: 17 hours by numerical differentiation in "
            "the article, seconds by backpropagation."
        ),
        "A",
    ),
    _preset(
        "mnist-zeros",
        N_("MNIST, all zeros"),
        N_("The same network from all zeros: its fifty hidden units act as one, and most digits stay wrong."),
        "A",
    ),
    _preset(
        "mnist-nielsen",
        N_("MNIST, Nielsen's network"),
        N_("784-30-10 with sigmoid and squared error, as in the book: most digits are right after one epoch."),
        "E",
    ),
    _preset(
        "mnist-nielsen-15",
        N_("MNIST, 784-15-10"),
        N_("The article's own size, with half the book's hidden units: again most digits are right after one epoch."),
        "E",
    ),
    _preset(
        "fashion",
        N_("Fashion"),
        N_("The same kind of network on pictures of clothes, which are harder to tell apart than digits."),
    ),
)

PRESETS: Mapping[str, Preset] = {preset.id: preset for preset in _ALL}
"""The ready-made experiments by id, in the order in which they are offered."""

DEFAULT = "spiral"
"""What opens when nothing else is asked for."""
