"""The picture of the hidden space alone."""

import numpy as np
import pytest
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from playground.ui.hidden_space.space_view import SpaceView

INKS = (QColor("red"), QColor("blue"))


@pytest.fixture
def plot(qtbot: QtBot) -> SpaceView:
    made = SpaceView(str)
    qtbot.addWidget(made)
    made.resize(300, 200)
    made.set_frame(("a", "b"), INKS, np.array([0, 1]), 1, same_scale=False)
    return made


def test_axes_grow_at_once_and_shrink_slowly(plot: SpaceView) -> None:
    plot.set_shape(np.array([[0.0, 0.0], [1.0, 1.0]]), None, None, cut=None, slides=False)
    plot.set_shape(np.array([[0.0, 0.0], [10.0, 1.0]]), None, None, cut=None, slides=False)
    assert plot.ranges[0][1] > 10
    plot.set_shape(np.array([[0.0, 0.0], [1.0, 1.0]]), None, None, cut=None, slides=False)
    assert 5 < plot.ranges[0][1] < 10


def test_lines_of_the_run_before_do_not_outlive_its_colours(plot: SpaceView) -> None:
    grid = np.stack(np.meshgrid([0.0, 1.0], [0.0, 1.0]), axis=2)
    plot.set_shape(np.zeros((2, 2)), grid, np.full((2, 2), 1), cut=None, slides=False)
    blue = plot.grab().toImage()
    plot.set_frame(("a", "b"), INKS[:1], np.array([0, 0]), 1, same_scale=False)
    assert plot.grab().toImage() != blue, "the old grid is gone"
