"""How far a step is played: which numbers are known after so many moments, and what the present ones touch."""

from collections.abc import Iterable

from playground.experiment.explain.formula import number
from playground.experiment.explain.step_trace import StepTrace, TraceEvent

DIGITS = 4
SMALLEST_PLAIN = 1e-2
"""Below this a number in the picture is written with an exponent, so that it keeps its digits in little room."""

OF_A_LAYER = ("activation", "loss", "bias gradient", "bias update")
"""Kinds of moment that have nothing to do with single links."""


def short(value: float, digits: int = DIGITS) -> str:
    """Return a number with so many significant digits, in little room: ``0.1234``, ``−5.267e−3``."""
    size = abs(float(value))
    if not 0 < size < SMALLEST_PLAIN:
        return number(float(value), digits)
    mantissa, exponent = f"{float(value):.{digits - 1}e}".split("e")
    return f"{mantissa.rstrip('0').rstrip('.')}e{int(exponent)}".replace("-", "−")


class StepState:
    """A recording after its first `done` moments, of which those of `current` happen now, for the row at `place`."""

    def __init__(self, recording: StepTrace, done: int, current: Iterable[int], place: int) -> None:
        self.recording, self.place = recording, place
        self.current: tuple[TraceEvent, ...] = tuple(recording.moments[k] for k in current)
        self._reached: dict[tuple[str, int], int] = {}
        for moment in recording.moments[:done]:
            self._reached[moment.kind, moment.layer] = moment.units.stop

    def known(self, kinds: tuple[str, ...], layer: int) -> int:
        """Return how many units of a layer one of these kinds of moment has been at."""
        return max(self._reached.get((kind, layer), 0) for kind in kinds)

    def is_current(self, layer: int, unit: int) -> bool:
        """Return whether the present moment is about a unit."""
        return any(moment.layer == layer and unit in moment.units for moment in self.current)

    @property
    def is_loss(self) -> bool:
        """Whether outputs and targets are compared now."""
        return any(moment.kind == "loss" for moment in self.current)

    def touches(self, layer: int, source: int, unit: int) -> bool:
        """Return whether the present moment uses or changes a link."""
        for moment in self.current:
            if moment.kind in OF_A_LAYER:
                continue
            if moment.kind == "delta":
                if layer == moment.layer + 1 and source in moment.units:
                    return True
            elif layer == moment.layer and unit in moment.units:
                return True
        return False

    def parameter(self, layer: int, source: int, unit: int) -> tuple[str, str]:
        """Return what to show of a weight or bias now, and in which colour of the theme."""
        recording = self.recording
        shared = source == recording.sizes[layer] and recording.config.network.bias == "layer"
        fixed = source == recording.sizes[layer] and recording.config.network.bias == "fixed"
        if not fixed and self.known(("bias update" if shared else "update",), layer) > unit:
            return short(recording.new[layer][source, unit]), "accent_text"
        if not fixed and self.known(("bias gradient" if shared else "gradient",), layer) > unit:
            return "g " + short(recording.gradient[layer][source, unit]), "third"
        return short(recording.old[layer][source, unit]), "text"

    def numbers_of(self, column: int, unit: int, digits: int = DIGITS) -> list[str]:
        """Return what is known of a unit: its sum, its output, its delta."""
        recording, layer, place = self.recording, column - 1, self.place
        if column == 0:
            return [short(recording.inputs[place, unit], digits)]
        known = []
        if self.known(("unit", "sum"), layer) > unit:
            known.append("z " + short(recording.z[layer][place, unit], digits))
        if self.known(("unit", "activation"), layer) > unit:
            known.append(short(recording.a[layer][place, unit], digits))
        if self.known(("delta",), layer) > unit:
            known.append("δ " + short(recording.deltas[layer][place, unit], digits))
        return known

    def touches_bias(self, layer: int, unit: int) -> bool:
        """Return whether the present moment uses or changes a unit's bias."""
        learns = {"unit": ("gradient", "update"), "layer": ("bias gradient", "bias update")}
        kinds = ("unit", "sum", *learns.get(self.recording.config.network.bias, ()))
        return any(one.kind in kinds and one.layer == layer and unit in one.units for one in self.current)
