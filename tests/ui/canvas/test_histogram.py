import numpy as np

from playground.ui.canvas.histogram import BINS, counts


def test_counting_is_symmetric_about_zero() -> None:
    heights, reach = counts(np.array([-2.0, -2.0, 0.0, 2.0]))
    assert reach == 2.0
    assert (heights[0], heights[BINS // 2], heights[-1]) == (2, 1, 1)
    assert counts(np.zeros(3))[1] == 1.0
