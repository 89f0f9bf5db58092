"""The two charts of a derivative: the curve with tangent and secant, and the error of the difference quotient by h."""

import numpy as np

from playground.experiment.landscape.differences import Errors
from playground.language import _
from playground.ui.canvas.chart_items import Array, Series
from playground.ui.core.ticks import value_label
from playground.ui.gradient_lab.drag_chart import DragChart

USUAL_STEP = 1e-4
"""The step of the articles, and of the engine."""

SMALLEST_ERROR = 1e-17
"""What the logarithmic axis shows instead of no error at all."""

ERROR_RANGES = ((-16.5, 0.5), (-17.5, 1.5))

TANGENT, SECANT, CURVE = "accent", "test", "train"


class CurveChart(DragChart):
    """A function of one variable, with the tangent at a point and the secant of a difference quotient."""

    def __init__(self) -> None:
        series = (
            Series("secant", "lines", SECANT, width=1.6),
            Series("tangent", "lines", TANGENT, width=1.6),
            Series("curve", "lines", CURVE, width=1.8),
            Series("ends", "rings", SECANT, size=8),
            Series("point", "points", TANGENT, size=10),
        )
        super().__init__("lab_curve", series)

    def set_curve(self, x: Array, y: Array, low: float, high: float) -> None:
        """Draw a curve through the points (n,); the axis shows `low` to `high`."""
        self.set_data("curve", x, y)
        shown = y[(x >= low) & (x <= high) & np.isfinite(y)]
        bottom, top = (float(shown.min()), float(shown.max())) if len(shown) else (-1.0, 1.0)
        room = 0.12 * (top - bottom) or 1.0
        self.set_ranges((low, high), (bottom - room, top + room))

    def set_tangent(self, at: tuple[float, float], slope: float, ends: Array, values: Array) -> None:
        """Draw the point `at` with its tangent, and the secant through the two `ends` (2,) with their `values`."""
        x, y = self.point = at
        self.set_data("point", np.array([x]), np.array([y]))
        low, high = self.ranges[0]
        wide = np.array([low - (high - low), high + (high - low)])
        self.set_data("tangent", wide, y + slope * (wide - x))
        self.set_data("ends", ends, values)
        width = float(ends[1] - ends[0])
        quotient = float(values[1] - values[0]) / width if width else np.nan
        self.set_data("secant", wide, float(values[0]) + quotient * (wide - float(ends[0])))

    def describe(self, x: float, y: float) -> str:
        return f"{self.titles[0]} = {value_label(x)}\n{self.titles[1]} = {value_label(y)}"


class ErrorChart(DragChart):
    """The error of the difference quotient over its step h, both logarithmic; drag to choose h."""

    def __init__(self) -> None:
        series = (
            Series("usual", "lines", "faint"),
            Series("now", "lines", SECANT, width=1.4),
            Series("truncation", "lines", "racer_1", width=1.4),
            Series("rounding", "lines", "racer_0", width=1.4),
            Series("measured", "points", CURVE, size=6),
            Series("here", "rings", SECANT, size=10),
        )
        super().__init__("lab_errors", series)
        self.axes["left"].setLogMode(False, True)
        self.axes["bottom"].setLogMode(True, False)
        self.set_ranges(*ERROR_RANGES)
        high = np.array(ERROR_RANGES[1])
        self.set_data("usual", np.full(2, np.log10(USUAL_STEP)), high)

    def set_errors(self, errors: Errors, chosen: int) -> None:
        """Show the errors by step, and mark the step that is `chosen`, by its index."""
        h = np.log10(errors.h)
        self.set_data("measured", h, exponents(errors.measured))
        for key, values in (("truncation", errors.truncation), ("rounding", errors.rounding)):
            self.set_data(key, h, np.where(values > SMALLEST_ERROR, exponents(values), np.nan))
        here = h[chosen : chosen + 1]
        self.point = (float(here[0]), float(exponents(errors.measured[chosen])))
        self.set_data("here", here, exponents(errors.measured[chosen : chosen + 1]))
        self.set_data("now", np.repeat(here, 2), np.array(ERROR_RANGES[1]))

    def numbers(self) -> dict[str, tuple[Array, Array]]:
        keys = ("measured", "truncation", "rounding")
        return {key: (10.0 ** self.data(key)[0], 10.0 ** self.data(key)[1]) for key in keys}

    def describe(self, x: float, y: float) -> str:
        return _("h = {h}\nerror {error}").format(h=value_label(10**x), error=value_label(10**y))


def exponents(values: Array) -> Array:
    """Return log10 of `values`; those below `SMALLEST_ERROR` count as that."""
    return np.log10(np.maximum(values, SMALLEST_ERROR))
