"""Curves of many numbers by step."""

import numpy as np
from PySide6.QtCore import QPoint
from pytestqt.qtbot import QtBot

from playground.ui.canvas.images import MANY
from playground.ui.weights.weight_curves import WeightCurves, thinned


def test_curves_of_a_group_have_its_colour(qtbot: QtBot) -> None:
    plot = WeightCurves()
    qtbot.addWidget(plot)
    plot.resize(500, 240)
    plot.show()
    plot.reset(np.array([0, 1]), np.array([False, False]), "layer 1", ("x1 → 1", "x2 → 1"))
    plot.set_curves(np.array([0.0, 20.0]), np.array([[1.0, -1.0], [1.0, -1.0]]))
    image = plot.grab().toImage()
    for value, colour in ((1.0, MANY[0]), (-1.0, MANY[1])):
        place = plot.place(11, value).toPoint()
        column = [image.pixelColor(QPoint(place.x(), place.y() + d)).name() for d in range(-2, 3)]
        assert colour in column


def test_flat_and_broken_curves_can_be_shown(qtbot: QtBot) -> None:
    plot = WeightCurves()
    qtbot.addWidget(plot)
    plot.reset(np.array([0]), np.array([True]), "layer 1", ("bias → 1",))
    plot.set_curves(np.array([0.0, 5.0]), np.zeros((2, 1)))
    low, high = plot.ranges[1]
    assert low < 0 < high
    plot.set_curves(np.array([0.0, 5.0]), np.array([[0.0], [np.nan]]))
    plot.grab()


def test_few_points_are_drawn_of_many_but_both_ends_of_each_jump() -> None:
    steps = np.sort(np.concatenate([np.arange(0.0, 500.0), [123.0]]))
    shown = thinned(steps, 50)
    assert len(shown) <= 85
    assert (shown[0], shown[-1]) == (0, 500)
    assert {123, 124} <= set(shown.tolist())
    assert thinned(np.arange(10.0), 50).tolist() == list(range(10))
