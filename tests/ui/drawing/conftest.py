"""The drawing panel on its bench, and a hand that draws."""

from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from playground.ui.drawing.panel import DrawingPanel
from tests.ui.bench import Bench

SEVEN = ((75, 75), (205, 72), (125, 225))
BAR = ((60, 200), (230, 200))


class Hand(Bench):
    """A hand that draws."""

    def stroke(self, points=SEVEN, button=Qt.MouseButton.LeftButton):
        canvas = self.panel.canvas
        places = [canvas.place_of(*point).toPoint() for point in points]
        QTest.mousePress(canvas, button, pos=places[0])
        for first, second in pairwise(places):
            for k in range(1, 9):
                QTest.mouseMove(canvas, first + (second - first) * k / 8)
        QTest.mouseRelease(canvas, button, pos=places[-1])


@pytest.fixture
def bench(panel_bench):
    return panel_bench(DrawingPanel, "digits", size=(620, 320), bench=Hand)
