"""The catalogue: every data set by its name, with a sentence and its options."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from playground.data.dataset import Dataset
from playground.data.sets.digits import digits
from playground.data.sets.gates import gate
from playground.data.sets.image_sets import FASHION, MNIST
from playground.data.sets.mnist import load
from playground.data.sets.people import four_people, people
from playground.data.sets.planar import Draw, circle, gauss, moons, multi_gauss, planar, plane, sine, spiral
from playground.data.sets.rows import rows
from playground.data.table.table import table
from playground.language import N_
from playground.registry import Entry, Option, Registry

Loader = Callable[[Mapping[str, Any], int], Dataset]

MAX_SAMPLES = 100_000

PLANE_FEATURES = ("x1", "x2", "x1^2", "x2^2", "x1*x2", "sin(x1)", "sin(x2)")
LINE_FEATURES = ("x1", "x1^2", "sin(x1)")


def _samples(default: int | None, low: int = 2, high: int = MAX_SAMPLES) -> Option:
    if default is None:
        sentence = N_("How many samples are used, from the first on; all if left empty.")
    else:
        sentence = N_("How many samples are generated.")
    return Option("samples", "int", default, N_("Samples"), sentence, low=low, high=high, step=None)


def _noise(sentence: str, default: float = 0.0) -> Option:
    return Option("noise", "float", default, N_("Noise"), sentence, low=0.0, high=0.5, step=0.05)


def _train_share(default: float) -> Option:
    sentence = N_(
        "The share of the samples used for training; the others are used for testing. 1 leaves none for testing."
    )
    return Option("train_share", "float", default, N_("Training share"), sentence, low=0.01, high=1.0, step=0.05)


def _standardise(default: bool) -> Option:
    sentence = N_(
        "Whether each input is shifted and scaled to mean 0 and standard deviation 1 over the training samples."
    )
    return Option("standardise", "bool", default, N_("Standardise"), sentence)


def _features(choices: tuple[str, ...], default: tuple[str, ...]) -> Option:
    sentence = N_("The inputs made from the columns, such as x² or xy.")
    return Option("features", "names", default, N_("Inputs"), sentence, choices=choices)


_PLANE = _features(PLANE_FEATURES, ("x1", "x2"))


def _detected(name: str, label: str, sentence: str, *choices: str) -> Option:
    """Return what is found out of the data unless one of `choices` is given."""
    return Option(name, "choice", "auto", label, sentence, choices=("auto", *choices))


_TASK = _detected(
    "task",
    N_("Task"),
    N_("Whether the target is a class or a number; automatic decides by its values."),
    "classification",
    "regression",
)


def _array(name: str, label: str, sentence: str, required: bool = False) -> Option:
    return Option(name, "array", None, label, sentence, required=required)


def _scale_target(default: bool) -> Option:
    sentence = N_(
        "Whether a number to predict is shifted and scaled to mean 0 and standard deviation 1, like the inputs."
    )
    return Option("scale_target", "bool", default, N_("Scale the target"), sentence)


_MOVES = N_("How far the points are moved at random.")
_MISREADS = N_("Each point is moved this far before its label or target is decided; it is shown where it was.")


def _gate(name: str, label: str, sentence: str) -> Entry[Loader]:
    return Entry(name, label, sentence, partial(gate, name), (_PLANE, _train_share(1.0), _standardise(False)))


def _planar(name: str, label: str, sentence: str, draw: Draw, noise: str) -> Entry[Loader]:
    options = (_samples(500), _noise(noise), _train_share(0.5), _PLANE, _standardise(False))
    return Entry(name, label, sentence, partial(planar, name, draw), options)


CATALOG: Registry[Loader] = Registry(
    "data set",
    _gate("and", N_("AND"), N_("Four samples: 1 only where both inputs are 1.")),
    _gate("or", N_("OR"), N_("Four samples: 1 where at least one input is 1.")),
    _gate("nand", N_("NAND"), N_("Four samples: 0 only where both inputs are 1.")),
    _gate("xor", N_("XOR"), N_("Four samples: 1 where the inputs differ; no single line separates them.")),
    Entry(
        "people-4",
        N_("Four people"),
        N_("Weight and height of four people, less 135 lb and 66 in: woman or man?"),
        four_people,
        (_train_share(1.0), _standardise(False), _PLANE),
    ),
    Entry(
        "people",
        N_("People"),
        N_("Weight and height of hundreds of people, drawn from published statistics: woman or man?"),
        people,
        (
            _samples(400),
            _noise(N_("Measurement error, as a share of the standard deviation of each measure."), 0.1),
            _train_share(0.8),
            _PLANE,
            _standardise(True),
        ),
    ),
    _planar("circle", N_("Circle"), N_("A disc inside a ring."), circle, _MISREADS),
    _planar("gauss", N_("Gauss"), N_("Two round clouds."), gauss, N_("How wide the clouds are.")),
    _planar("moons", N_("Moons"), N_("Two interleaved half circles."), moons, _MOVES),
    _planar("spiral", N_("Spiral"), N_("Two spiral arms, one around the other."), spiral, _MOVES),
    _planar("plane", N_("Plane"), N_("Regression: a slanted plane."), plane, _MISREADS),
    _planar(
        "multi-gauss",
        N_("Hills"),
        N_("Regression: three hills and three hollows."),
        multi_gauss,
        _MISREADS,
    ),
    Entry(
        "sine",
        N_("Sine"),
        N_("Regression in one input: a sine curve."),
        partial(planar, "sine", sine),
        (
            _samples(200),
            _noise(N_("The standard deviation of the noise added to the target."), 0.1),
            _train_share(0.5),
            _features(LINE_FEATURES, ("x1",)),
            _standardise(False),
        ),
    ),
    Entry(
        "digits",
        N_("Digits"),
        N_("1,797 handwritten digits of 8×8 pixels; they come with the program."),
        digits,
        (_samples(None, low=10, high=1797), _train_share(0.8), _standardise(False)),
    ),
    Entry(
        "mnist",
        N_("MNIST"),
        N_("70,000 handwritten digits of 28×28 pixels; 11 MB to download once."),
        partial(load, MNIST),
        (_samples(None, low=10, high=60_000),),
    ),
    Entry(
        "fashion-mnist",
        N_("Fashion"),
        N_("Fashion-MNIST: 70,000 pictures of clothes, 28×28 pixels; 30 MB to download once."),
        partial(load, FASHION),
        (_samples(None, low=10, high=60_000),),
    ),
    Entry(
        "csv",
        N_("CSV…"),
        N_("A table of your own: a text file with one row per line."),
        table,
        (
            Option("path", "text", None, N_("File"), N_("The file of the table."), required=True),
            _detected(
                "header", N_("Header"), N_("Whether the first line holds the names of the columns."), "yes", "no"
            ),
            Option(
                "target",
                "column",
                None,
                N_("Target"),
                N_(
                    "The column to predict, by its name or its number from 1; the last that has values where nothing "
                    "is given."
                ),
            ),
            Option(
                "columns",
                "columns",
                None,
                N_("Input columns"),
                N_(
                    "The columns to predict from, by name or number from 1; where none is given all others, but for "
                    "those that are empty or constant, number the rows, hold dates or many different texts."
                ),
            ),
            _TASK,
            _detected(
                "delimiter",
                N_("Delimiter"),
                N_("The character between two values in a line."),
                "comma",
                "semicolon",
                "tab",
                "pipe",
                "space",
            ),
            _detected(
                "decimal",
                N_("Decimal sign"),
                N_("What stands before the decimals of a number: 1.5 or 1,5."),
                "point",
                "comma",
            ),
            Option(
                "leave_out_gaps",
                "bool",
                False,
                N_("Leave out rows with gaps"),
                N_(
                    "Whether rows without a value in the target or in an input column are left out; otherwise a table "
                    "with such rows is refused."
                ),
            ),
            _train_share(0.8),
            _standardise(True),
            _scale_target(True),
        ),
    ),
    Entry(
        "rows",
        N_("Points"),
        N_("Samples kept in the experiment itself: points you click or numbers you type."),
        rows,
        (
            _array("x", N_("Inputs"), N_("One list of numbers per sample."), required=True),
            _array("y", N_("Targets"), N_("One class or one list of numbers per sample."), required=True),
            _TASK,
            _array("classes", N_("Classes"), N_("The classes in order; if left empty, those of the targets, sorted.")),
            _array("columns", N_("Names"), N_("The name of each input.")),
            _array("units", N_("Units of measure"), N_("The unit of measure of each input.")),
            Option("target", "text", None, N_("Target"), N_("The name of the target.")),
            _array("view", N_("Plot range"), N_("The smallest and the largest value of each input in plots.")),
            _features(PLANE_FEATURES, ()),
            _train_share(1.0),
            _standardise(False),
            _scale_target(False),
        ),
    ),
)
