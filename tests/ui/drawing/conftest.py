"""The drawing panel on its bench, with a hand that draws."""

from itertools import pairwise

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest

from playground.ui.drawing.drawing_canvas import DrawingCanvas
from playground.ui.drawing.panel import DrawingPanel
from tests.ui.bench import Bench

SEVEN = ((75, 75), (205, 72), (125, 225))
ACROSS = ((105, 145), (205, 145))
"""The bar through a seven."""
BAR = ((60, 200), (230, 200))


def place_of(canvas: DrawingCanvas, x: float, y: float) -> QPointF:
    """Return where a place of the drawing is in the widget."""
    paper = canvas.paper()
    scale = paper.width() / canvas.drawing.side
    return QPointF(paper.left() + x * scale, paper.top() + y * scale)


class Hand(Bench):
    """A hand that draws."""

    def stroke(self, points=SEVEN, button=Qt.MouseButton.LeftButton):
        canvas = self.panel.canvas
        places = [place_of(canvas, *point).toPoint() for point in points]
        QTest.mousePress(canvas, button, pos=places[0])
        for first, second in pairwise(places):
            for k in range(1, 9):
                QTest.mouseMove(canvas, first + (second - first) * k / 8)
        QTest.mouseRelease(canvas, button, pos=places[-1])


@pytest.fixture
def bench(panel_bench):
    return panel_bench(DrawingPanel, "digits", size=(620, 320), bench=Hand)
