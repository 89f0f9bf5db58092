"""Every figure that the articles publish, as printed: the one table that `replay` compares with."""

from dataclasses import dataclass
from typing import Literal

from playground.language import N_

Kind = Literal["exact", "band"]


@dataclass(frozen=True)
class Figure:
    """One published figure, or several that belong together.

    Attributes
    ----------
    id
        Its name for the command line.
    article
        The letter of the article.
    experiment
        The ready-made experiment that gives it, empty where it takes none.
    what
        What it is; English and marked for translation.
    printed
        The numbers with the digits that are printed. A single one for many values means that all are equal.
    kind
        ``"exact"``: follows from the article's choices alone. ``"band"``: from a random start that the
        article does not give, so it must lie among those of several seeds.
    """

    id: str
    article: str
    experiment: str
    what: str
    printed: tuple[str, ...]
    kind: Kind = "exact"


_ACCURACIES = (
    ("0.12875", "0.1275"),
    ("0.76445", "0.7706"),
    ("0.87615", "0.8808"),
    ("0.89925", "0.9027"),
    ("0.90848", "0.911"),
    ("0.91518", "0.9173"),
    ("0.921", "0.9224"),
    ("0.92542", "0.926"),
    ("0.92875", "0.9286"),
    ("0.93282", "0.9327"),
    ("0.93523", "0.9354"),
    ("0.93763", "0.9364"),
    ("0.94", "0.9394"),
    ("0.94138", "0.9412"),
    ("0.94367", "0.9434"),
    ("0.94582", "0.9442"),
    ("0.94665", "0.9439"),
)
"""Article B: training and test accuracy at steps 0, 600, …, 9600."""

ACCURACY_STEPS = 600

_PLAIN = (
    Figure("softmax", "A", "", N_("softmax of 0.3, 2.9, 4.0"), ("0.01821127", "0.24519181", "0.73659691")),
    Figure("softmax-sum", "A", "", N_("their sum"), ("1.00000000",)),
    Figure("gradient", "A", "", N_("numerical gradient of Σx² at [3, 4]"), ("6.00000000", "8.00000000")),
    Figure("squared-error", "B", "", N_("squared error of the ten-class example"), ("0.0975",)),
    Figure("cross-entropy", "B", "", N_("cross-entropy of the ten-class example"), ("0.510825",)),
    Figure(
        "derivative",
        "B",
        "",
        N_("numerical derivative of 0.01x² + 0.1x at 5 and 10"),
        ("0.200000000", "0.300000000"),
    ),
    Figure(
        "descent",
        "B",
        "",
        N_("gradient descent on x0² + x1² from (−3, 4), after 100 steps"),
        ("-6.1111e-10", "8.1481e-10"),
    ),
)

_ZEROS = ("3.22480024e-04", "2.22335711e-02", "2.22335711e-02", "9.57711099e-01")
_CONSTANT = ("0.00399349", "0.02830098", "0.02830098", "0.96924181")
_TEXTBOOK = ("8.5477e-05", "0.026323", "0.026323", "0.951842")

_AND_GATES = (
    Figure("and-zeros-outputs", "C", "and-gate-zeros", N_("AND gate from zeros: outputs"), _ZEROS),
    Figure("and-zeros-w1", "C", "and-gate-zeros", N_("AND gate from zeros: every w1"), ("-2.49072772",)),
    Figure("and-zeros-w2", "C", "and-gate-zeros", N_("AND gate from zeros: every w2"), ("-3.373125",)),
    Figure("and-constant-outputs", "C", "and-gate-constant", N_("AND gate from ones, then zeros: outputs"), _CONSTANT),
    Figure(
        "and-constant-w1", "C", "and-gate-constant", N_("AND gate from ones, then zeros: every w1"), ("2.48265841",)
    ),
    Figure("and-constant-w2", "C", "and-gate-constant", N_("AND gate from ones, then zeros: every w2"), ("3.231811",)),
    Figure("and-textbook-outputs", "C", "and-gate-textbook", N_("AND gate by the textbook: outputs"), _TEXTBOOK),
    Figure("and-textbook-w1", "C", "and-gate-textbook", N_("AND gate by the textbook: every w1"), ("-2.177112",)),
    Figure("and-textbook-w2", "C", "and-gate-textbook", N_("AND gate by the textbook: every w2"), ("-3.887776",)),
    Figure(
        "and-gaussian-losses",
        "C",
        "and-gate",
        N_("AND gate from a random start: loss every 1,000 steps"),
        (
            "0.10526",
            "0.022937",
            "0.0065759",
            "0.0032208",
            "0.0020106",
            "0.0014221",
            "0.0010834",
            "0.00086673",
            "0.00071765",
            "0.00060951",
        ),
        "band",
    ),
    Figure(
        "and-gaussian-outputs",
        "C",
        "and-gate",
        N_("AND gate from a random start: outputs"),
        ("0.00116", "0.03177", "0.03184", "0.95311"),
        "band",
    ),
)

_WORKED_EXAMPLE = (
    Figure(
        "worked-first-outputs",
        "C",
        "worked-example",
        N_("worked example: first outputs"),
        ("0.75136507", "0.772928465"),
    ),
    Figure("worked-first-error", "C", "worked-example", N_("worked example: first error"), ("0.298371109",)),
    Figure(
        "worked-w5-w8",
        "C",
        "worked-example",
        N_("worked example: w5 to w8 after one step"),
        ("0.35891648", "0.408666186", "0.511301270", "0.561370121"),
    ),
    Figure(
        "worked-w1-w4",
        "C",
        "worked-example",
        N_("worked example: w1 to w4 after one step"),
        ("0.149780716", "0.19956143", "0.24975114", "0.29950229"),
    ),
    Figure(
        "worked-layerwise-error",
        "C",
        "worked-example",
        N_("worked example, updated layer by layer: error after one step"),
        ("0.291027924",),
    ),
    Figure(
        "worked-layerwise-outputs",
        "C",
        "worked-example",
        N_("worked example, updated layer by layer: outputs after 10,000 steps"),
        ("0.015912196", "0.984065734"),
    ),
)

_NEURON = (
    Figure(
        "height-weight-loss",
        "D",
        "height-weight",
        N_("height and weight: mean loss after 100 epochs, lowest and highest"),
        ("0.0008", "0.0017"),
        "band",
    ),
    Figure(
        "height-weight-displayed",
        "D",
        "height-weight",
        N_("height and weight: the loss as displayed, of a column minus a row"),
        ("0.48",),
        "band",
    ),
)

_MNIST = (
    Figure("mnist-loss", "A", "mnist-two-layer", N_("MNIST 784-50-10: training loss at the end"), ("0.18715",), "band"),
    Figure(
        "mnist-accuracies",
        "A",
        "mnist-two-layer",
        N_("MNIST 784-50-10: training and test accuracy at the end"),
        ("0.947", "0.9437"),
        "band",
    ),
    *(
        Figure(
            f"mnist-accuracies-{k * ACCURACY_STEPS}",
            "B",
            "mnist-two-layer",
            N_("MNIST 784-50-10: training and test accuracy on the way"),
            pair,
            "band",
        )
        for k, pair in enumerate(_ACCURACIES)
    ),
    Figure(
        "nielsen-first-epoch",
        "E",
        "mnist-nielsen",
        N_("Nielsen's 784-30-10: test images right after the first epoch"),
        ("9129",),
        "band",
    ),
    Figure(
        "nielsen-best-epoch",
        "E",
        "mnist-nielsen",
        N_("Nielsen's 784-30-10: test accuracy of the best epoch"),
        ("0.95",),
        "band",
    ),
)

FIGURES: tuple[Figure, ...] = (*_PLAIN, *_AND_GATES, *_WORKED_EXAMPLE, *_NEURON, *_MNIST)
