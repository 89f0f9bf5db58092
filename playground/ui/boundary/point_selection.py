"""Joins the samples in a plot with what all views look at: the current one is ringed, and a click chooses another."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Slot

from playground.language import _
from playground.runtime.selection import Sample, Selection
from playground.ui.core.labels import Part

if TYPE_CHECKING:
    from playground.ui.boundary.fit_plot import FitPlot
    from playground.ui.boundary.plane_plot import PlanePlot

Array = NDArray[np.floating]


class PointFocus(QObject):
    """Follows the current sample in a plot, and sets it from there.

    Parameters
    ----------
    plot
        Where the samples are.
    focus
        What all views look at.
    most
        So many samples of a part are drawn at most; None for all.
    """

    def __init__(self, plot: "PlanePlot | FitPlot", focus: Selection, most: int | None = None) -> None:
        super().__init__(plot)
        self._plot, self._focus, self._most = plot, focus, most
        self._drawn: tuple[tuple[Part, Array], ...] = ()
        plot.words_at = self._words
        plot.sample_chosen.connect(self._on_sample_chosen)
        focus.sample_changed.connect(self._mark)

    def set_samples(self, drawn: Sequence[tuple[Part, Array]]) -> None:
        """Take these as the samples in the plot: each part that is drawn, and where its rows are, (n, 2)."""
        self._drawn = tuple(drawn)
        self._mark()

    def _sample(self, index: int) -> Sample:
        """Return which row of which part a sample of the plot is."""
        for part, places in self._drawn:
            count = len(places[: self._most])
            if index < count:
                return Sample(part, index)
            index -= count
        return self._focus.sample

    def _words(self, index: int) -> str:
        """Return what the mouse is told at a sample; nothing where the points are no samples."""
        if not self._drawn:
            return ""
        part, row = sample = self._sample(index)
        words = _("test sample {n}") if part == "test" else _("sample {n}")
        if sample == self._focus.sample:
            return _("{sample}, the current one").format(sample=words.format(n=row + 1))
        return _("{sample}; click: the current one").format(sample=words.format(n=row + 1))

    @Slot()
    def _mark(self) -> None:
        """Ring the current sample if it is in the plot."""
        sample = self._focus.sample
        places = dict(self._drawn).get(sample.part)
        inside = places is not None and sample.row < len(places)
        self._plot.set_current(
            (places[sample.row, 0], places[sample.row, 1]) if places is not None and inside else None
        )

    @Slot(int)
    def _on_sample_chosen(self, index: int) -> None:
        self._focus.set_sample(self._sample(index))
