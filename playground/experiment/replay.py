"""Published figures beside ours: each is measured anew and compared at the digits that are printed."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.data.errors import DataMissing
from playground.experiment.measurements import MEASUREMENTS
from playground.experiment.published import FIGURES, Figure, Kind
from playground.language import _
from playground.registry import UserError
from playground.suggestions import did_you_mean

Progress = Callable[[int, int | None], None]
"""Told how many figures are done, and of how many."""

MANY_SEEDS = 20
"""From so many seeds on a band goes from the smallest to the largest value."""

STUDENT_99 = {3: 9.925, 4: 5.841, 5: 4.604}
"""For a few seeds: how many standard deviations hold 99 % of values (Student's t, seeds − 1 degrees of freedom)."""

BAND_DIGITS = 4


@dataclass(frozen=True)
class Row:
    """A published figure and ours.

    Attributes
    ----------
    id, article, experiment, what, kind
        As of the `Figure`; `what` in the user's language.
    published, ours
        As text, at the printed digits; `ours` says why where there is nothing to compare.
    matches
        Whether ours has the same digits, or the band holds the published one; None where it cannot be
        measured here.
    """

    id: str
    article: str
    experiment: str
    what: str
    kind: Kind
    published: str
    ours: str
    matches: bool | None


def replay(ids: Sequence[str] = (), on_progress: Progress | None = None) -> Iterator[Row]:
    """Measure the figures asked for, one after another.

    Parameters
    ----------
    ids
        Ids of figures or of experiments, or letters of articles; all figures where there are none.
    on_progress
        Called before each figure and at the end.

    Raises
    ------
    UserError
        If an id is unknown; at once, before anything is measured.
    """
    return _rows(chosen(ids), on_progress or (lambda _done, _total: None))


def chosen(ids: Sequence[str]) -> tuple[Figure, ...]:
    """Return the figures that ids of figures, experiments or articles stand for, in the table's order."""
    names = [(figure.id, figure.experiment, figure.article) for figure in FIGURES]
    known = dict.fromkeys(name for column in zip(*names, strict=True) for name in column if name)
    for asked in ids:
        if asked not in known:
            sentence = _("There is no figure, experiment or article called {name} to replay.").format(name=asked)
            near = did_you_mean(asked, known) or " " + _("There are {known}.").format(known=", ".join(known))
            raise UserError(sentence + near)
    return tuple(figure for figure, own in zip(FIGURES, names, strict=True) if not ids or not set(ids).isdisjoint(own))


def compare(figure: Figure, values: NDArray[Any]) -> Row:
    """Return the row of a figure for the values measured: (n,) for an exact one, (seeds, n) for a band."""
    if figure.kind == "exact":
        ours = [_as_printed(value, printed) for value, printed in _beside(figure, values)]
        if len(figure.printed) == 1:
            ours = list(dict.fromkeys(ours))
        return _row(figure, ", ".join(ours), ours == list(figure.printed))
    low, high = _band(values)
    inside = [bottom <= float(p) <= top for bottom, top, p in zip(low, high, figure.printed, strict=True)]
    bands = [f"{bottom:.{BAND_DIGITS}g} … {top:.{BAND_DIGITS}g}" for bottom, top in zip(low, high, strict=True)]
    return _row(figure, ", ".join(bands), all(inside))


def _band(values: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return from where to where values of more seeds would lie: the range of many, or 99 % of them from a few."""
    seeds = len(values)
    if seeds >= MANY_SEEDS:
        return values.min(axis=0), values.max(axis=0)
    reach = STUDENT_99[seeds] * np.sqrt(1 + 1 / seeds) * values.std(axis=0, ddof=1)
    return values.mean(axis=0) - reach, values.mean(axis=0) + reach


def _rows(figures: Sequence[Figure], on_progress: Progress) -> Iterator[Row]:
    """Measure and compare; what one figure's run gave serves the next ones of the same experiment."""
    for k, figure in enumerate(figures):
        on_progress(k, len(figures))
        try:
            values = MEASUREMENTS[figure.id]()
        except DataMissing as error:
            yield _row(figure, _("not here: needs {name}").format(name=error.name), None)
        else:
            yield compare(figure, values)
    on_progress(len(figures), len(figures))


def _row(figure: Figure, ours: str, matches: bool | None) -> Row:
    """Return the row of a figure."""
    published = ", ".join(figure.printed)
    return Row(figure.id, figure.article, figure.experiment, _(figure.what), figure.kind, published, ours, matches)


def _beside(figure: Figure, values: NDArray[Any]) -> Iterator[tuple[float, str]]:
    """Yield each value with the printed number it belongs to; a single printed one belongs to all."""
    flat = np.ravel(values).tolist()
    printed = figure.printed * len(flat) if len(figure.printed) == 1 else figure.printed
    return zip(flat, printed, strict=True)


def _as_printed(value: float, printed: str) -> str:
    """Return a number with as many digits as a printed one has."""
    mantissa, exponent, _power = printed.partition("e")
    decimals = len(mantissa.partition(".")[2])
    return f"{value:.{decimals}e}" if exponent else f"{value:.{decimals}f}"
