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

    Attributes
    ----------
    sample
        The current sample.
    drawing
        The pixels of an image drawn by the user, seen instead of the current sample; None where there is none.
    unit
        The selected unit, None for the network as a whole.

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
        self.sample = Sample()
        self.drawing: bytes | None = None
        self.unit: Unit | None = None

    def set_sample(self, sample: Sample) -> None:
        """Make another sample the current one."""
        if sample != self.sample or self.drawing is not None:
            self.sample, self.drawing = sample, None
            self.sample_changed.emit()

    def set_drawing(self, pixels: bytes | None) -> None:
        """Select a drawn image, its bytes row by row in the units of the data, or the current sample again."""
        if pixels != self.drawing:
            self.drawing = pixels
            self.sample_changed.emit()

    def set_unit(self, unit: Unit | None) -> None:
        """Select a unit, or none."""
        if unit != self.unit:
            self.unit = unit
            self.unit_changed.emit()
