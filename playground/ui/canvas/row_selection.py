"""Joins a table of samples with what all views look at: its current row is marked, and another is chosen there."""

from PySide6.QtCore import QObject, Slot

from playground.runtime.selection import Sample, Selection
from playground.ui.canvas.sample_table import SampleTable
from playground.ui.core.labels import Part


class RowFocus(QObject):
    """Follows the current sample in a table, and sets it from there."""

    def __init__(self, table: SampleTable, focus: Selection) -> None:
        super().__init__(table)
        self._table, self._focus = table, focus
        self._part: Part = "train"
        table.row_chosen.connect(self._on_row_chosen)
        focus.sample_changed.connect(self._mark)
        self._mark()

    def set_part(self, part: Part) -> None:
        """Take the rows of the table as those of this part."""
        self._part = part
        self._mark()

    @Slot()
    def _mark(self) -> None:
        """Mark the current sample if it is in the table."""
        sample = self._focus.sample
        self._table.set_current(sample.row if sample.part == self._part else None)

    @Slot(int)
    def _on_row_chosen(self, row: int) -> None:
        self._focus.set_sample(Sample(self._part, row))
