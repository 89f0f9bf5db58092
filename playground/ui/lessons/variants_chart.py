"""The curves of runs that a question compares, each in a colour of its own."""

from collections.abc import Mapping

import numpy as np
from PySide6.QtWidgets import QWidget

from playground.experiment.lessons.comparing import Compared
from playground.experiment.lessons.schema import Variants
from playground.language import _
from playground.ui.canvas.chart_items import Series
from playground.ui.canvas.legend import Legend
from playground.ui.canvas.run_chart import RunChart
from playground.ui.core import layouts
from playground.ui.forms.guess_text import plain
from playground.ui.lessons.text import curve_words

COLOURS = ("racer_0", "racer_1", "racer_2", "racer_3", "train", "test", "third")
FLAT = 30.0
"""Where the largest value is this many times the smallest, the axis is logarithmic."""


class VariantsChart(QWidget):
    """A chart with a line for each variant, and its legend."""

    def __init__(self, variants: Variants, labels: Mapping[str, str]) -> None:
        super().__init__()
        self.setObjectName("lesson_variants")
        self._keys = tuple(variants.edits)
        colours = [COLOURS[k % len(COLOURS)] for k in range(len(self._keys))]
        series = tuple(Series(key, "line", ink, width=1.8) for key, ink in zip(self._keys, colours, strict=True))
        shares = variants.curve.endswith("accuracy")
        self.plot = RunChart("lesson_variants_plot", series, shares=shares)
        self.plot.setAccessibleName(_("The curves of all runs"))
        self.plot.set_titles(_("step"), curve_words(variants.curve))
        self.legend = Legend("lesson_variants_legend", vertical=True)
        names = [plain(labels.get(key, key)) for key in self._keys]
        self.legend.set_entries(tuple(zip(colours, names, strict=True)))
        layouts.column((self.plot, 1), self.legend, parent=self, gap=2)

    def show_compared(self, compared: Compared) -> None:
        """Draw every curve."""
        values = [np.array(curve[1]) for curve in compared.curves.values()]
        positive = [it[np.isfinite(it) & (it > 0)] for it in values]
        spread = [float(it.max() / it.min()) for it in positive if it.size]
        self.plot.set_logarithmic(not self.plot.shares and max(spread, default=1.0) > FLAT)
        for key, (steps, curve) in compared.curves.items():
            self.plot.set_data(key, np.array(steps), np.array(curve))
        last = max((curve[0][-1] for curve in compared.curves.values() if curve[0]), default=1.0)
        self.plot.goal = last
        self.plot.fit_axes(last, *values)
