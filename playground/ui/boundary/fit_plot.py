"""Regression: the fitted curve over one input, or what was predicted against what is true."""

import numpy as np

from playground.language import _
from playground.runtime.selection import Selection
from playground.ui.boundary.sample_chart import SampleChart, Samples
from playground.ui.canvas.chart import NOTHING
from playground.ui.canvas.chart_items import Array, Series

SERIES = (
    Series("diagonal", "line", "strong_border"),
    Series("test", "rings", "test", size=7),
    Series("train", "points", "train", size=7),
    Series("curve", "line", "high", width=2.0),
    Series("halo", "marks", "panel", size=16, width=4.0),
    Series("current", "marks", "text", size=16, width=2.0),
)


class FitPlot(SampleChart):
    """A curve among points: samples over one input with the fitted curve, or predictions beside the diagonal."""

    def __init__(self, selection: Selection) -> None:
        super().__init__("fit_plot", SERIES, selection)

    def show_curve(self, names: tuple[str, str], everything: Array, *drawn: Samples) -> None:
        """Show the samples `drawn` of a new run over one input; the axes hold `everything` (n, 2); no curve yet."""
        self.set_titles(*names)
        self.set_data("diagonal", NOTHING, NOTHING)
        if not self.is_editing:
            self.set_data("curve", NOTHING, NOTHING)
        self.show_samples(*drawn)
        low, high = everything.min(axis=0).tolist(), everything.max(axis=0).tolist()
        held = all(now[0] <= a and b <= now[1] for now, a, b in zip(self.ranges, low, high, strict=True))
        if not (self.is_editing and held):  # what is clicked must not move under the hand
            self.set_ranges(_padded(low[0], high[0]), _padded(low[1], high[1]))

    def set_curve(self, x: Array, y: Array) -> None:
        self.set_data("curve", x, y)

    def show_scatter(self, low: float, high: float) -> None:
        """Show predicted against true values from `low` to `high`, for a new run; the points are set later."""
        self.set_titles(_("true value"), _("predicted value"))
        self.show_samples()
        self.set_data("curve", NOTHING, NOTHING)
        span = _padded(low, high)
        self.set_ranges(span, span)
        self.set_data("diagonal", np.array(span), np.array(span))

    def set_scatter(self, key: str, true: Array, found: Array) -> None:
        """Show the predictions of one part, ``"train"`` or ``"test"``; those out of range lie on the edge."""
        self.set_data(key, true, np.clip(found, *self.ranges[1]))


def _padded(low: float, high: float) -> tuple[float, float]:
    margin = 0.1 * (high - low) or max(1.0, abs(low)) * 0.5
    return low - margin, high + margin
