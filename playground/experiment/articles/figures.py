"""Every figure that `replay` compares, with its true source: the one table of them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from playground.language import N_

Kind = Literal["exact", "band", "curve", "shown"]
Source = Literal["article", "code", "mazur", "nielsen", "ours"]

ARTICLES: Mapping[str, str] = {
    "A": N_("a two-layer network on MNIST, by numerical differentiation"),
    "B": N_("learning, step by step"),
    "C": N_("fully connected layers and the AND gate"),
    "D": N_("one neuron, height and weight"),
    "E": N_("a network of any depth, by backpropagation"),
}

SOURCES: Mapping[Source, str] = {
    "article": N_("printed in the article"),
    "code": N_("not printed, but what the article's code gives"),
    "mazur": N_("printed on Matt Mazur's page, which the article links to"),
    "nielsen": N_("printed in Michael Nielsen's book, whose network the article uses"),
    "ours": N_("our own reference, printed nowhere else"),
}

PUBLISHED: frozenset[Source] = frozenset({"article", "mazur", "nielsen"})
"""The sources that print a figure; the others are never called published."""


@dataclass(frozen=True)
class Figure:
    """One figure, or several numbers that belong together.

    Attributes
    ----------
    id
        Its name for the command line.
    article
        The letter of the article.
    source
        Where the numbers stand.
    experiment
        The ready-made experiment that reproduces it, empty if it needs none.
    what
        What it is; English and marked for translation.
    printed
        The numbers as they are printed there. A single one for many values means that all are equal.
    kind
        ``"exact"``: follows from given choices alone. ``"band"``: from a random start that is not given, so it
        must lie among those of many starts, and so must a run of ours. ``"curve"``: the same of
        all its numbers together, by their distance from the mean of the starts. ``"shown"``: beside ours, not
        compared.
    tolerance
        How far an exact figure may be off; None where all printed digits must be the same.
    labels
        What each number is, where there are several and that is not plain; English and marked for translation.
    step
        How many steps were made when it was taken, where it is one of a series.
    """

    id: str
    article: str
    source: Source
    experiment: str
    what: str
    printed: tuple[str, ...]
    kind: Kind = "exact"
    tolerance: float | None = None
    labels: tuple[str, ...] = ()
    step: int | None = None


_SOFTMAX = ("0.01821127", "0.24519181", "0.73659691")

_PLAIN = (
    Figure("softmax", "A", "article", "", N_("softmax of 0.3, 2.9, 4.0"), _SOFTMAX),
    Figure("softmax-sum", "A", "article", "", N_("softmax of a batch: the sum of each row"), ("1.0",), tolerance=1e-12),
    Figure("gradient", "A", "article", "", N_("numerical gradient of Σx² at [3, 4]"), ("6.", "8."), tolerance=5e-9),
    Figure(
        "numerical-hours",
        "A",
        "article",
        "mnist-two-layer",
        N_("hours for 10,000 steps by numerical differentiation; ours projected from part of a step"),
        ("17",),
        "shown",
    ),
    Figure(
        "forward-passes",
        "A",
        "code",
        "mnist-two-layer",
        N_("forward passes for one gradient: two for each of 39,760 parameters"),
        ("79520",),
    ),
    Figure(
        "derivative-square",
        "B",
        "article",
        "",
        N_("numerical derivative of x² at 2; the text has the exact one"),
        ("4",),
        tolerance=1e-9,
    ),
    Figure(
        "derivative",
        "B",
        "article",
        "",
        N_("numerical derivative of 0.01x² + 0.1x at 5 and 10; the text has the exact ones"),
        ("0.2", "0.3"),
        tolerance=1e-9,
    ),
    Figure(
        "squared-error", "B", "code", "", N_("squared error of the ten-class example"), ("0.0975",), tolerance=1e-12
    ),
    Figure("cross-entropy", "B", "code", "", N_("cross-entropy of the ten-class example"), ("0.510825457099",)),
    Figure(
        "descent",
        "B",
        "code",
        "",
        N_("gradient descent on x0² + x1² from (−3, 4), after 100 steps"),
        ("-6.11110793e-10", "8.14814391e-10"),
    ),
)

_ACCURACIES = (
    ("0.12875", "0.1275"),
    ("0.76445", "0.7706"),
    ("0.87615", "0.8808"),
    ("0.89925", "0.9027"),
    ("0.9084833333333333", "0.911"),
    ("0.9151833333333333", "0.9173"),
    ("0.921", "0.9224"),
    ("0.9254166666666667", "0.926"),
    ("0.92875", "0.9286"),
    ("0.9328166666666666", "0.9327"),
    ("0.9352333333333334", "0.9354"),
    ("0.9376333333333333", "0.9364"),
    ("0.94", "0.9394"),
    ("0.9413833333333333", "0.9412"),
    ("0.9436666666666667", "0.9434"),
    ("0.9458166666666666", "0.9442"),
    ("0.94665", "0.9439"),
)
"""Article B: training and test accuracy after iterations 0, 600, …, 9600, each of which ends with an update."""

ACCURACY_STEPS = 600

_PARTS = (N_("training"), N_("test"))

_MNIST = (
    Figure(
        "mnist-loss",
        "A",
        "article",
        "mnist-two-layer",
        N_("MNIST 784-50-10 after step 9,601, its last report: training loss"),
        ("0.1871478162531592",),
        "band",
    ),
    Figure(
        "mnist-accuracies",
        "A",
        "article",
        "mnist-two-layer",
        N_("MNIST 784-50-10 after step 9,601, its last report: accuracy"),
        ("0.947", "0.9437"),
        "band",
        labels=_PARTS,
    ),
    *(
        Figure(
            f"mnist-accuracies-{k * ACCURACY_STEPS}",
            "B",
            "article",
            "mnist-two-layer",
            N_("MNIST 784-50-10: accuracy on the way"),
            pair,
            "band",
            labels=_PARTS,
            step=k * ACCURACY_STEPS + 1,
        )
        for k, pair in enumerate(_ACCURACIES)
    ),
    Figure(
        "mnist-curve",
        "B",
        "ours",
        "mnist-two-layer",
        N_("all accuracies from step 601 on: distance from the mean curve, in standard deviations"),
        tuple(number for pair in _ACCURACIES[1:] for number in pair),
        "curve",
    ),
)

_GATE_LOG = (
    ("0.105256639066", "0.40930536", "0.4617139", "0.36923076", "0.4299025"),
    ("0.0229368486589", "0.04445123", "0.22684496", "0.17747671", "0.68605373"),
    ("0.00657594469044", "0.01057127", "0.11332809", "0.11016211", "0.83411794"),
    ("0.00322081318498", "0.00517544", "0.07831654", "0.07871461", "0.88419737"),
    ("0.00201059297485", "0.00336374", "0.06171018", "0.0624756", "0.90855558"),
    ("0.00142205310651", "0.00249895", "0.05189239", "0.05257126", "0.92309992"),
    ("0.00108341055769", "0.00200067", "0.04532728", "0.04585262", "0.93287134"),
    ("0.000866734887908", "0.00167856", "0.04058314", "0.04096262", "0.9399489"),
    ("0.000717647908313", "0.00145369", "0.03696819", "0.0372232", "0.94534786"),
    ("0.000609513241467", "0.00128784", "0.03410575", "0.03425751", "0.94962473"),
)
"""Article C: loss and outputs at iterations 0, 1000, …, 9000, each before its update."""

_GATE_END = ("0.00116042", "0.03177232", "0.03183889", "0.95311123")

_GATE_STEPS = 1_000
_ROWS = ("0 0", "0 1", "1 0", "1 1")


def _gate_log() -> Iterator[Figure]:
    losses = tuple(row[0] for row in _GATE_LOG)
    labels = tuple(f"{k * _GATE_STEPS:,}" for k in range(len(losses)))  # steps
    what = N_("AND gate from a random start: loss after 0, 1,000, …, 9,000 steps")
    yield Figure("and-gaussian-losses", "C", "article", "and-gate", what, losses, "band", labels=labels)
    what = N_("AND gate from a random start: outputs for 0 0, 0 1, 1 0 and 1 1")
    for k, row in enumerate(_GATE_LOG):
        step = k * _GATE_STEPS
        yield Figure(
            f"and-gaussian-outputs-{step}", "C", "article", "and-gate", what, row[1:], "band", labels=_ROWS, step=step
        )
    last = len(_GATE_LOG) * _GATE_STEPS
    yield Figure("and-gaussian-outputs", "C", "article", "and-gate", what, _GATE_END, "band", labels=_ROWS, step=last)


_ZEROS = ("3.22480024e-04", "2.22335711e-02", "2.22335711e-02", "9.57711099e-01")
_CONSTANT = ("0.00399349", "0.02830098", "0.02830098", "0.96924181")
_TEXTBOOK = ("8.547735e-05", "0.026323380", "0.026323380", "0.951842289")


def _gate_end(
    name: str, source: Source, start: tuple[str, str, str], numbers: tuple[tuple[str, ...], ...]
) -> tuple[Figure, ...]:
    return tuple(
        Figure(f"and-{name}-{part}", "C", source, f"and-gate-{name}", what, printed)
        for part, what, printed in zip(("outputs", "w1", "w2"), start, numbers, strict=True)
    )


_AND_GATES = (
    *_gate_end(
        "zeros",
        "article",
        (N_("AND gate from zeros: outputs"), N_("AND gate from zeros: every w1"), N_("AND gate from zeros: every w2")),
        (_ZEROS, ("-2.49072772",), ("-3.373125",)),
    ),
    *_gate_end(
        "constant",
        "article",
        (
            N_("AND gate from ones, then zeros: outputs"),
            N_("AND gate from ones, then zeros: every w1"),
            N_("AND gate from ones, then zeros: every w2"),
        ),
        (_CONSTANT, ("2.48265841",), ("3.231811",)),
    ),
    *_gate_log(),
    *_gate_end(
        "textbook",
        "ours",
        (
            N_("AND gate by the textbook: outputs"),
            N_("AND gate by the textbook: every w1"),
            N_("AND gate by the textbook: every w2"),
        ),
        (_TEXTBOOK, ("-2.17711194",), ("-3.88777583",)),
    ),
)

_WORKED_EXAMPLE = tuple(
    Figure(f"worked-{name}", "C", "mazur", "worked-example", what, printed)
    for name, what, printed in (
        ("first-outputs", N_("worked example: first outputs"), ("0.75136507", "0.772928465")),
        ("first-error", N_("worked example: first error"), ("0.298371109",)),
        (
            "w5-w8",
            N_("worked example: w5 to w8 after one step"),
            ("0.35891648", "0.408666186", "0.511301270", "0.561370121"),
        ),
        (
            "w1-w4",
            N_("worked example: w1 to w4 after one step"),
            ("0.149780716", "0.19956143", "0.24975114", "0.29950229"),
        ),
        (
            "layerwise-error",
            N_("worked example, updated layer by layer: error after one step"),
            ("0.291027924",),
        ),
        (
            "layerwise-outputs",
            N_("worked example, updated layer by layer: outputs after 10,000 steps"),
            ("0.015912196", "0.984065734"),
        ),
    )
)

_MISPRINT = Figure(
    "worked-layerwise-last-error",
    "C",
    "mazur",
    "worked-example",
    N_("worked example, updated layer by layer: error after 10,000 steps"),
    ("0.0000351085",),
    "shown",
)

_NEURON = (
    Figure(
        "height-weight-loss",
        "D",
        "ours",
        "height-weight",
        N_("height and weight from w = 1, 0.5 and b = 0: mean loss after 100 epochs"),
        ("0.00139474572",),
        tolerance=5e-12,
    ),
    Figure(
        "height-weight-displayed",
        "D",
        "ours",
        "height-weight",
        N_("the same as the article's code would show it: of a column minus a row, 4×4 numbers"),
        ("0.48272137190",),
        tolerance=5e-12,
    ),
    Figure(
        "height-weight-starts",
        "D",
        "ours",
        "height-weight",
        N_("height and weight from random starts: median loss after 100 epochs; ours is one start"),
        ("0.0012",),
        "shown",
    ),
)

_BOOK = (("0", "9129"), ("1", "9295"), ("2", "9348"), ("27", "9528"), ("28", "9542"), ("29", "9534"))
"""Nielsen's book, chapter 1: test images of 10,000 that are right after an epoch; the best of three runs of his."""

BOOK_MEASUREMENTS = tuple(int(epoch) for epoch, _right in _BOOK)

_NIELSEN = (
    Figure(
        "nielsen-first-epoch",
        "E",
        "nielsen",
        "mnist-nielsen",
        N_("784-30-10 on 50,000 images: right of 10,000 after the first epoch"),
        ("9129",),
        "band",
    ),
    Figure(
        "nielsen-epochs",
        "E",
        "nielsen",
        "mnist-nielsen",
        N_("the same after each epoch that the book prints, from 0; judged together"),
        tuple(right for _epoch, right in _BOOK),
        "curve",
        labels=tuple(epoch for epoch, _right in _BOOK),
    ),
    Figure(
        "nielsen-best-epoch",
        "E",
        "nielsen",
        "mnist-nielsen",
        N_("the same at the best epoch"),
        ("9542",),
        "band",
    ),
)

_ALL = (*_PLAIN, *_MNIST, *_AND_GATES, *_WORKED_EXAMPLE, _MISPRINT, *_NEURON, *_NIELSEN)

FIGURES: tuple[Figure, ...] = tuple(
    figure
    for article in ARTICLES
    for source in SOURCES
    for figure in _ALL
    if (figure.article, figure.source) == (article, source)
)
"""All of them, by article and source."""
