"""How the weights of each layer are spread: a histogram a layer, with the start as an outline."""

import math

import numpy as np
from PySide6.QtCore import QSize, Qt

from playground.language import _
from playground.ui.canvas.chart_items import Array
from playground.ui.canvas.histogram import counts, thinned
from playground.ui.canvas.histogram_grid import Bars, HistogramGrid
from playground.ui.core.ticks import round_up, value_label

BINS_BY_SIZE = ((40, 11), (200, 21), (math.inf, 41))
"""Fewer numbers are counted in fewer bins; odd, so that zero stands in the middle of one."""


class WeightHistograms(HistogramGrid):
    """Small multiples; one of them is chosen, by a click or with the arrow keys."""

    def __init__(self) -> None:
        super().__init__("weights_histograms", (_("value of a weight"), _("weights")), explain)
        self.setMinimumSize(160, 120)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.selected = 0

    def sizeHint(self) -> QSize:
        return QSize(560, 260)


def explain(bars: Bars, k: int) -> str:
    """Return how many numbers are in a bin, now and at the start."""
    assert bars.outline is not None
    low, high = (value_label(float(f"{edge:.3g}")) for edge in bars.edges()[k : k + 2].tolist())
    now, start = (100 * count[k] / max(1, count.sum()) for count in (bars.counts, bars.outline))
    return _("{low} to {high}: {now:.1f} % of the weights, {start:.1f} % at the start").format(
        low=low, high=high, now=now, start=start
    )


def spread(title: str, now: Array, start: Array) -> Bars:
    """Count the numbers of a layer (1-D), and those of its start, over a range that holds both and is round."""
    now, start = thinned(now), thinned(start)
    bins = next(count for size, count in BINS_BY_SIZE if now.size <= size)
    sizes = np.abs(np.concatenate([now, start]))
    finite = sizes[np.isfinite(sizes)]
    reach = round_up(float(finite.max())) if finite.size else 1.0
    end = reach * bins / (bins - 1)  # the outermost bins are centred on -reach and +reach
    return Bars(title, counts(now, bins, reach)[0], -end, end, outline=counts(start, bins, reach)[0])
