"""Joins the samples in a plane with what all views look at: the current one is ringed, and a click chooses another."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Slot

from playground.language import _
from playground.runtime.focus import Focus, Sample
from playground.ui.outcomes import Part
from playground.ui.plots.plane_plot import MOST_POINTS, Array, PlanePlot


class PointFocus(QObject):
    """Follows the current sample in a plane, and sets it from there."""

    def __init__(self, plane: PlanePlot, focus: Focus) -> None:
        super().__init__(plane)
        self._plane, self._focus = plane, focus
        self._drawn: tuple[tuple[Part, Array], ...] = ()
        plane.words_at = self._words
        plane.sample_chosen.connect(self._on_sample_chosen)
        focus.sample_changed.connect(self._mark)

    def set_samples(self, drawn: Sequence[tuple[Part, Array]]) -> None:
        """Take these as the samples in the plane: each part that is drawn, and where its rows are, (n, 2)."""
        self._drawn = tuple(drawn)
        self._mark()

    def _sample(self, index: int) -> Sample:
        """Return which row of which part a sample of the plane is."""
        for part, places in self._drawn:
            count = min(len(places), MOST_POINTS)
            if index < count:
                return Sample(part, index)
            index -= count
        return self._focus.sample

    def _words(self, index: int) -> str:
        """Return what the mouse is told at a sample."""
        part, row = sample = self._sample(index)
        words = _("test sample {n}") if part == "test" else _("sample {n}")
        if sample == self._focus.sample:
            return _("{sample}, the current one").format(sample=words.format(n=row + 1))
        return _("{sample}; click: the current one").format(sample=words.format(n=row + 1))

    @Slot()
    def _mark(self) -> None:
        """Ring the current sample if it is in the plane."""
        sample = self._focus.sample
        places = dict(self._drawn).get(sample.part)
        inside = places is not None and sample.row < len(places)
        self._plane.set_current(
            (places[sample.row, 0], places[sample.row, 1]) if places is not None and inside else None
        )

    @Slot(int)
    def _on_sample_chosen(self, index: int) -> None:
        """Make a sample the current one."""
        self._focus.set_sample(self._sample(index))
