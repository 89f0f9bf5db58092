"""The activations of a drawing, layer by layer."""

from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from playground.experiment.config import edits
from playground.ui.drawing.panel import DrawingPanel
from tests.ui.bench import Bench

SEVEN = ((75, 75), (205, 72), (125, 225))


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


@pytest.mark.parametrize("hidden", [(50,), (7, 5), (64, 32, 16), (3,) * 6])
def test_every_unit_of_every_layer_can_be_pointed_at(bench, hidden):
    bench.store.apply(edits.set_hidden(bench.store.config, hidden))
    bench.settle()
    bench.stroke()
    bench.settle()
    strips = bench.panel.strips
    before = -1.0
    for k, units in enumerate(hidden):
        grid = strips.grid(k)
        assert grid.width >= 3
        assert grid.area.top() > before
        assert grid.area.bottom() <= strips.height()
        before = grid.area.bottom()
        for unit in (0, units - 1):
            value = float(strips.layers[k][unit])
            assert strips.describe(grid.box(unit).center()) == f"layer {k + 1}, unit {unit + 1}: {value:.4g}"
