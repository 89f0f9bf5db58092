"""Measures figures and compares them: what ``playground replay`` shows."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache

import numpy as np

from playground.data.errors import DataMissing
from playground.experiment.articles.comparison import (
    Number,
    Row,
    compare_band,
    compare_curve,
    compare_exact,
    row_of,
    short,
    translated,
)
from playground.experiment.articles.figures import FIGURES, Figure
from playground.experiment.articles.measurements import MEASUREMENTS, SECONDS_PER_HOUR, STEPS, numerical_hours
from playground.experiment.articles.runs import CASES, OUR_SEED
from playground.experiment.articles.starts import BANDS, Floats
from playground.experiment.explain.number_text import share_text
from playground.language import _, gap
from playground.registry import UserError
from playground.suggestions import did_you_mean

Progress = Callable[[int, int | None], None]
"""Called with the number of figures done, and of all."""

USUAL_LOSSES = (0.0008, 0.0017)
"""Between these one neuron ends from most starts."""
NOTHING_LEARNT = 0.2
"""A loss of the neuron above this: one of its four people, or more, is still wrong."""


OurRuns = Callable[[str], Floats]
"""Makes the one run of a case, (recorded,), when it is first asked for."""


def replay(ids: Sequence[str] = (), on_progress: Progress | None = None) -> Iterator[Row]:
    """Measure the figures asked for, one after another, by article and source.

    `ids` are those of figures or of experiments, or letters of articles; without any all figures are measured.

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
            near = did_you_mean(asked, known) or gap() + _("There are {known}.").format(known=", ".join(known))
            raise UserError(sentence + near)
    return tuple(figure for figure, own in zip(FIGURES, names, strict=True) if not ids or not set(ids).isdisjoint(own))


def _rows(figures: Sequence[Figure], on_progress: Progress) -> Iterator[Row]:
    """Measure and compare; what one figure's run gave serves the next ones of the same experiment."""
    runs = cache(lambda case: np.array(CASES[case].record(CASES[case].trainer(OUR_SEED))))
    for k, figure in enumerate(figures):
        on_progress(k, len(figures))
        try:
            yield _measured(figure, runs)
        except DataMissing as error:
            texts = () if figure.kind == "curve" and not figure.labels else figure.printed
            labels = figure.labels or ("",) * len(texts)
            numbers = [Number(translated(label), short(text), "–") for label, text in zip(labels, texts, strict=True)]
            yield row_of(figure, numbers, "missing", _("not here: needs {name}").format(name=error.name))
    on_progress(len(figures), len(figures))


def _measured(figure: Figure, runs: OurRuns) -> Row:
    if figure.kind == "shown":
        return SHOWN[figure.id](figure, runs)
    if figure.kind == "exact":
        return compare_exact(figure, MEASUREMENTS[figure.id]())
    band = BANDS[figure.id]
    ours = band.of(runs(band.case))
    if figure.kind == "curve":
        return compare_curve(figure, ours, band.starts(), band.note())
    return compare_band(figure, ours, band.starts(), band.note())


def _hours(figure: Figure, _runs: OurRuns) -> Row:
    hours = numerical_hours()
    note = _("It depends on the machine; here one step would take {seconds:.1f} s.")
    note = note.format(seconds=hours * SECONDS_PER_HOUR / STEPS)
    return row_of(figure, [Number("", figure.printed[0], f"{hours:.1f}")], "shown", note)


def _neurons(figure: Figure, runs: OurRuns) -> Row:
    band = BANDS[figure.id]
    losses, (ours,) = band.starts().ravel(), band.of(runs(band.case))
    low, high = USUAL_LOSSES
    note = _("Of {n:,} starts {usual} end at {low} to {high}, and {nothing} above {limit}: they learn nothing.")
    note = note.format(
        n=len(losses),
        usual=share_text(float(np.mean((low <= losses) & (losses <= high)))),
        low=low,
        high=high,
        nothing=share_text(float(np.mean(losses > NOTHING_LEARNT))),
        limit=NOTHING_LEARNT,
    )
    return row_of(figure, [Number("", figure.printed[0], f"{ours:.4f}")], "shown", note)


def _misprint(figure: Figure, _runs: OurRuns) -> Row:
    """Return the row of an error that contradicts the outputs printed beside it."""
    (error,) = MEASUREMENTS[figure.id]()
    note = _("The outputs that the page prints with it give ours: a misprint there.")
    return row_of(figure, [Number("", figure.printed[0], f"{error:.10f}")], "shown", note)


SHOWN: Mapping[str, Callable[[Figure, OurRuns], Row]] = {
    "numerical-hours": _hours,
    "worked-layerwise-last-error": _misprint,
    "height-weight-starts": _neurons,
}
"""The figures that are shown and not compared."""
