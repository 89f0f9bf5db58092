"""How numbers are spread."""

import numpy as np
from pytestqt.qtbot import QtBot

from playground.ui.canvas.histogram import BINS, Histogram, counts


def test_counting_is_symmetric_about_zero() -> None:
    heights, reach = counts(np.array([-2.0, -2.0, 0.0, 2.0]))
    assert reach == 2.0
    assert (heights[0], heights[BINS // 2], heights[-1]) == (2, 1, 1)
    assert counts(np.zeros(3))[1] == 1.0


def test_every_number_is_counted_however_many(qtbot: QtBot) -> None:
    histogram = Histogram()
    qtbot.addWidget(histogram)
    histogram.show_values(np.linspace(-1.0, 1.0, 50_001))
    assert histogram.heights.sum() == 50_001
