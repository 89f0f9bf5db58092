"""A figure and ours: exact ones digit for digit, those from a random start among many runs."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from playground.experiment.articles.figures import PUBLISHED, Figure, Kind, Source
from playground.experiment.articles.runs import OUR_SEED
from playground.experiment.articles.starts import distance, distances_apart
from playground.language import _

Floats = NDArray[np.float64]

Verdict = Literal["equal", "among", "rare", "shown", "differs", "missing"]

RARE = 0.01
"""A figure that fewer of the starts reach is called rare."""

BAND_DIGITS = 5

MARGIN = 0.25
"""A run of ours may leave the range of the starts by so much of its width.

It is one more start, of which each of some thirty numbers is compared: of 50 measured, each held against the others,
30 stay in every range and 46 with this margin; and on another processor it may part ways with itself. All twins in the
tests fail with twice as much.
"""


@dataclass(frozen=True)
class Number:
    """One number of a figure.

    Attributes
    ----------
    label
        What it is, in the user's language; empty where that is plain.
    expected, ours
        As printed at the source, and ours with as many digits.
    low, high
        Smallest and largest of many starts; None where there is no random start.
    rank, of
        The place of the expected number among those of the starts and itself, from the smallest, and their count.
    """

    label: str
    expected: str
    ours: str
    low: str | None = None
    high: str | None = None
    rank: int | None = None
    of: int | None = None


@dataclass(frozen=True)
class Row:
    """A figure and ours.

    Attributes
    ----------
    id, article, source, experiment, what, step, kind
        As of the `Figure`; `what` in the user's language.
    published, ours
        The numbers as text: None where they are not printed at the source, empty where they cannot be measured here.
    verdict
        ``"equal"``: an exact figure comes out. ``"among"``: the figure and a run of ours lie among those of many
        starts; ``"rare"``: at their very edge. ``"shown"``: not compared. ``"missing"``: the data are not here.
    matches
        True for equal and among, False where it differs, else None.
    numbers, note
        The numbers one by one, and a remark in the user's language; may be empty.
    """

    id: str
    article: str
    source: Source
    experiment: str
    what: str
    step: int | None
    kind: Kind
    published: str | None
    ours: str
    verdict: Verdict
    matches: bool | None
    numbers: tuple[Number, ...]
    note: str


def compare_exact(figure: Figure, values: NDArray[Any]) -> Row:
    """Return the row of a figure without a random start for the values measured, (n,)."""
    printed = figure.printed * len(values) if len(figure.printed) == 1 else figure.printed
    pairs = [(float(value), text) for value, text in zip(values.tolist(), printed, strict=True)]
    if figure.tolerance is None:
        ours = [_as_printed(value, text) for value, text in pairs]
        right = ours == list(printed)
    else:
        ours = [f"{value:.12g}" for value, _text in pairs]
        right = all(abs(value - float(text)) <= figure.tolerance for value, text in pairs)
    shown = list(zip(printed, ours, strict=True))
    if len(figure.printed) == 1:
        shown = list(dict.fromkeys(shown))
    numbers = [Number("", text, own) for text, own in shown]
    return row_of(figure, numbers, "equal" if right else "differs")


def compare_band(figure: Figure, ours: Floats, starts: Floats, note: str = "") -> Row:
    """Return the row of a figure from a random start, with a `note` on the starts.

    Its printed numbers must lie among those of the `starts` (runs, n), and those of a run of ours (n,) too, or nearly
    (`MARGIN`).
    """
    verdict, told = _judged(_printed(figure), ours, starts)
    return row_of(figure, _numbers(figure, ours, starts), verdict, told or note)


def compare_curve(figure: Figure, ours: Floats, starts: Floats, note: str = "") -> Row:
    """Return the row of numbers that are compared together: by how far they are from the mean of the starts.

    Of many numbers, which have no labels, only the distance is told.
    """
    apart = distances_apart(starts)[:, None]
    both = distance(np.stack([_printed(figure), ours]), starts)[:, None]
    verdict, told = _judged(both[0], both[1], np.vstack([apart, np.zeros(1)]))
    label = _("distance") if figure.labels else ""
    numbers = _numbers(figure, ours, starts) if figure.labels else []
    numbers.append(_number(label, f"{both[0, 0]:.{BAND_DIGITS}g}", both[0, 0], both[1, 0], apart[:, 0]))
    return row_of(figure, numbers, verdict, told or note)


def _printed(figure: Figure) -> Floats:
    return np.array([float(text) for text in figure.printed])


def _numbers(figure: Figure, ours: Floats, starts: Floats) -> list[Number]:
    labels = figure.labels or ("",) * len(figure.printed)
    return [
        _number(translated(label), short(text), float(text), own, column)
        for label, text, own, column in zip(labels, figure.printed, ours, starts.T, strict=True)
    ]


def _number(label: str, text: str, expected: float, ours: float, starts: Floats) -> Number:
    """Return one number with its rank among the starts, (runs,)."""
    low, high = (f"{value:.{BAND_DIGITS}g}" for value in (starts.min(), starts.max()))
    rank = 1 + int((starts < expected).sum())
    return Number(label, text, f"{ours:.{BAND_DIGITS}g}", low, high, rank, len(starts) + 1)


def _judged(expected: Floats, ours: Floats, starts: Floats) -> tuple[Verdict, str]:
    """Return verdict and note for numbers (n,) and ours among those of many starts (runs, n)."""
    low, high = starts.min(axis=0), starts.max(axis=0)
    margin = MARGIN * (high - low)
    if not np.all((low <= expected) & (expected <= high)):
        return "differs", _("The figure lies outside the range of the starts.")
    if not np.all((low - margin <= ours) & (ours <= high + margin)):
        sentence = _("Our run, of seed {seed}, lies too far outside the range of the starts.")
        return "differs", sentence.format(seed=OUR_SEED)
    above = expected >= np.median(starts, axis=0)
    reach = np.where(above, starts >= expected, starts <= expected)  # as far out on the same side
    if reach.mean(axis=0).min() >= RARE:
        return "among", ""
    sentence = _("A rare start: {k} of {n} starts get as far.")
    return "rare", sentence.format(k=int(reach.all(axis=1).sum()), n=len(starts))


def row_of(figure: Figure, numbers: Sequence[Number], verdict: Verdict, note: str = "") -> Row:
    """Return the row of a figure."""
    matches = {"equal": True, "among": True, "differs": False}.get(verdict)
    as_told = str if figure.kind == "exact" else short
    published = ", ".join(map(as_told, figure.printed)) if figure.source in PUBLISHED else None
    ours = "" if verdict == "missing" else ", ".join(number.ours for number in numbers)
    return Row(
        figure.id,
        figure.article,
        figure.source,
        figure.experiment,
        _(figure.what),
        figure.step,
        figure.kind,
        published,
        ours,
        verdict,
        matches,
        tuple(numbers),
        note,
    )


def translated(label: str) -> str:
    """Return a label in the user's language; the empty text stands for the catalogue itself there."""
    return _(label) if label else ""


def short(printed: str) -> str:
    """Return a printed number rounded to the digits in which bands are shown."""
    digits = printed.lstrip("-0.").replace(".", "")
    return printed if len(digits) <= BAND_DIGITS else f"{float(printed):.{BAND_DIGITS}g}"


def _as_printed(value: float, printed: str) -> str:
    mantissa, exponent, _power = printed.partition("e")
    decimals = len(mantissa.partition(".")[2])
    return f"{value:.{decimals}e}" if exponent else f"{value:.{decimals}f}"
