"""The selection, shared by all views: the current sample, and the unit under the mouse."""

from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from playground.experiment.probes.probe import Part


class Sample(NamedTuple):
    """A row of one part of the data, counted from 0."""

    part: Part = "train"
    row: int = 0


class Unit(NamedTuple):
    """A unit of the network: its layer (0 is the inputs) and its number in it, from 0."""

    layer: int
    unit: int


class Selection(QObject):
    """Holds what the views point at together, so that none has to know of another.

    It may be out of range for a moment after the network or the data have changed: whoever reads it makes sure.

    Signals
    -------
    sample_changed()
        Another sample is the current one, or a drawing is selected in its place.
    unit_changed()
        Another unit is selected, or none.
    """

    sample_changed = Signal()
    unit_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sample = Sample()
        self._drawing: bytes | None = None
        self._unit: Unit | None = None

    @property
    def sample(self) -> Sample:
        """The current sample."""
        return self._sample

    @property
    def unit(self) -> Unit | None:
        """The selected unit, None for the network as a whole."""
        return self._unit

    def set_sample(self, sample: Sample) -> None:
        """Make another sample the current one."""
        if sample != self._sample or self._drawing is not None:
            self._sample, self._drawing = sample, None
            self.sample_changed.emit()

    @property
    def drawing(self) -> bytes | None:
        """The pixels of an image drawn by the user, seen instead of the current sample; None where there is none."""
        return self._drawing

    def set_drawing(self, pixels: bytes | None) -> None:
        """Select a drawn image, its bytes row by row in the units of the data, or the current sample again."""
        if pixels != self._drawing:
            self._drawing = pixels
            self.sample_changed.emit()

    def set_unit(self, unit: Unit | None) -> None:
        """Select a unit, or none."""
        if unit != self._unit:
            self._unit = unit
            self.unit_changed.emit()
