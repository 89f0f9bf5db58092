"""How far a step is played: which numbers are known after so many events, and what the present ones touch."""

from collections.abc import Iterable

from playground.experiment.explain.formula import number
from playground.experiment.explain.step_trace import StepTrace, TraceEvent

DIGITS = 4
SMALLEST_PLAIN = 1e-2
"""Below this a number in the picture is written with an exponent, so that it keeps its digits in little space."""

OF_A_LAYER = ("activation", "loss", "bias gradient", "bias update")
"""Kinds of event that have nothing to do with single links."""


def short(value: float, digits: int = DIGITS) -> str:
    """Return a number with so many significant digits, in little space: ``0.1234``, ``−5.267e−3``."""
    size = abs(float(value))
    if not 0 < size < SMALLEST_PLAIN:
        return number(float(value), digits)
    mantissa, exponent = f"{float(value):.{digits - 1}e}".split("e")
    return f"{mantissa.rstrip('0').rstrip('.')}e{int(exponent)}".replace("-", "−")


class StepState:
    """A trace after its first `done` events, of which those of `current` happen now, for one of its rows."""

    def __init__(self, trace: StepTrace, done: int = 0, current: Iterable[int] = (), row: int = 0) -> None:
        self.trace, self.row = trace, row
        self.current: tuple[TraceEvent, ...] = tuple(trace.events[k] for k in current)
        self._known: dict[tuple[str, int], int] = {
            (event.kind, event.layer): event.units.stop for event in trace.events[:done]
        }

    def _is_known(self, kinds: tuple[str, ...], layer: int, unit: int) -> bool:
        return any(self._known.get((kind, layer), 0) > unit for kind in kinds)

    def is_current(self, layer: int, unit: int) -> bool:
        """Return whether the present events are about a unit."""
        return any(event.layer == layer and unit in event.units for event in self.current)

    @property
    def is_loss(self) -> bool:
        """Whether outputs and targets are compared now."""
        return any(event.kind == "loss" for event in self.current)

    def touches(self, layer: int, source: int, unit: int) -> bool:
        """Return whether the present events use or change a link."""
        return any(
            (layer == event.layer + 1 and source in event.units)
            if event.kind == "delta"
            else (layer == event.layer and unit in event.units and event.kind not in OF_A_LAYER)
            for event in self.current
        )

    def touches_bias(self, layer: int, unit: int) -> bool:
        """Return whether the present events use or change a unit's bias."""
        learns = {"unit": ("gradient", "update"), "layer": ("bias gradient", "bias update")}
        kinds = ("unit", "sum", *learns.get(self.trace.config.network.bias, ()))
        return any(one.kind in kinds and one.layer == layer and unit in one.units for one in self.current)

    def parameter(self, layer: int, source: int, unit: int) -> tuple[str, str]:
        """Return the text for a weight now, or a bias (the last source), and its colour in the theme."""
        trace, is_bias, mode = self.trace, source == self.trace.sizes[layer], self.trace.config.network.bias
        of = "bias " if is_bias and mode == "layer" else ""
        learns = not (is_bias and mode == "fixed")
        if learns and self._is_known((f"{of}update",), layer, unit):
            return short(trace.new[layer][source, unit]), "accent_text"
        if learns and self._is_known((f"{of}gradient",), layer, unit):
            return "g " + short(trace.gradient[layer][source, unit]), "third"
        return short(trace.old[layer][source, unit]), "text"

    def numbers_of(self, column: int, unit: int, digits: int = DIGITS) -> list[str]:
        """Return what is known of a unit: its sum, its output, its delta; column 0 are the inputs."""
        trace, layer = self.trace, column - 1
        if column == 0:
            return [short(trace.inputs[self.row, unit], digits)]
        stages = (
            (("unit", "sum"), "z ", trace.z),
            (("unit", "activation"), "", trace.a),
            (("delta",), "δ ", trace.deltas),
        )
        return [
            sign + short(values[layer][self.row, unit], digits)
            for kinds, sign, values in stages
            if self._is_known(kinds, layer, unit)
        ]
