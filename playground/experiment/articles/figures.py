"""Every figure that `replay` compares, with its true source: the table in ``resources/article_figures.json``."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import msgspec

from playground import paths
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
        What it is; English, to be translated.
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
        What each number is, where there are several and that is not plain; English, to be translated.
    step
        How many steps were made when it was taken, where it is one of a series.
    """

    id: str
    article: str
    source: Source
    what: str
    printed: tuple[str, ...]
    experiment: str = ""
    kind: Kind = "exact"
    tolerance: float | None = None
    labels: tuple[str, ...] = ()
    step: int | None = None


_GROUPS = msgspec.json.decode(paths.resource("article_figures.json").read_bytes())

FIGURES = msgspec.convert([{**group, **figure} for group in _GROUPS for figure in group["figures"]], tuple[Figure, ...])
"""All of them, by article and source; what a group in the file says holds for each of its figures."""

ACCURACY_STEPS, ACCURACY_COUNT = 600, 17
"""Article B measures accuracies after iterations 0, 600, …, 9600, each of which ends with an update."""

GATE_STEPS, GATE_COUNT = 1_000, 10
"""Article C prints loss and outputs at iterations 0, 1000, …, 9000, each before its update."""

BOOK_MEASUREMENTS = (0, 1, 2, 27, 28, 29)
"""After these epochs Nielsen's book prints how many test images are right (chapter 1, the best of three runs)."""
