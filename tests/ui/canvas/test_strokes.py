import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QTransform

from playground.ui.canvas.axes_plot import AxesPlot, Series
from playground.ui.canvas.strokes import Stroke
from playground.ui.core import theme

INK = QColor("red")


@pytest.fixture
def canvas(qapp):
    image = QImage(100, 100, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    return image


def paint(canvas, stroke):
    """Paint with an axis of y that goes up from the bottom, ten pixels a unit."""
    painter = QPainter(canvas)
    stroke.paint(painter, QTransform(10, 0, 0, -10, 0, 100))
    painter.end()


def inked(canvas, x, y):
    return canvas.pixelColor(x, y) == INK


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_lines_go_through_their_points(canvas, dtype):
    stroke = Stroke(QPen(INK, 3))
    stroke.set_data(np.array([1, 5, 5], dtype), np.array([2, 2, 8], dtype))
    paint(canvas, stroke)
    assert all(inked(canvas, x, y) for x, y in ((10, 80), (30, 80), (50, 50), (50, 22)))
    assert not inked(canvas, 30, 50)


def test_where_points_are_not_joined_there_is_a_gap(canvas):
    stroke = Stroke(QPen(INK, 3))
    stroke.set_data(np.array([1.0, 3.0, 6.0, 9.0]), np.full(4, 5.0), np.array([True, False, True, False]))
    paint(canvas, stroke)
    assert [inked(canvas, x, 50) for x in (20, 45, 75)] == [True, False, True]


def test_a_single_point_is_a_dot_and_none_is_nothing(canvas):
    stroke = Stroke(QPen(INK, 3))
    before = canvas.copy()
    paint(canvas, stroke)
    stroke.set_data(np.array([1.0, 2.0]), np.array([1.0, 2.0]), np.zeros(2, bool))
    paint(canvas, stroke)
    assert canvas == before
    stroke.set_data(np.array([4.0]), np.array([6.0]))
    paint(canvas, stroke)
    assert inked(canvas, 40, 40)
    assert not inked(canvas, 45, 40)


def test_a_dot_where_the_axes_begin_is_seen_whole(qtbot):
    plot = AxesPlot("plot", (Series("line", "line", "positive", width=2.0),))
    qtbot.addWidget(plot)
    plot.resize(200, 160)
    plot.set_ranges((0.0, 1.0), (0.0, 1.0), ([], [(0.25, "¼")]))
    plot.show()
    qtbot.waitExposed(plot)
    plot.set_data("line", np.zeros(1), np.full(1, 0.5))
    at = plot.viewport.mapTo(plot, plot.place(0.0, 0.5).toPoint())
    image = plot.grab().toImage()
    assert all(image.pixelColor(at + QPoint(k, 0)) == theme.color("positive") for k in (-1, 0, 1))


def test_lines_lie_over_the_points_before_them_and_under_those_after_them(qtbot):
    middle = np.array([0.5])
    across = (np.array([0.0, 1.0]), np.array([0.5, 0.5]))
    for order, seen in ((("points", "line"), "negative"), (("line", "points"), "positive")):
        plot = AxesPlot("plot", tuple(Series(kind, kind, _ink(kind), size=30, width=4.0) for kind in order))
        qtbot.addWidget(plot)
        plot.resize(200, 160)
        plot.set_ranges((0.0, 1.0), (0.0, 1.0), ([], [(0.5, "½")]))
        plot.set_data("line", *across)
        plot.set_data("points", middle, middle)
        plot.show()
        qtbot.waitExposed(plot)
        at = plot.viewport.mapTo(plot, plot.place(0.5, 0.5).toPoint())
        assert plot.grab().toImage().pixelColor(at) == theme.color(seen)


def test_the_grid_has_a_line_at_each_tick_of_y(qtbot):
    plot = AxesPlot("plot", (Series("line", "line", "positive"),))
    qtbot.addWidget(plot)
    plot.resize(200, 160)
    plot.set_ranges((0.0, 1.0), (0.0, 1.0), ([], [(0.25, "¼")]))
    plot.show()
    qtbot.waitExposed(plot)

    def is_light(y):
        column = plot.viewport.mapTo(plot, plot.place(0.5, y).toPoint())
        near = [plot.grab().toImage().pixelColor(column + QPointF(0, k).toPoint()) for k in (-1, 0, 1)]
        return theme.color("grid") in near

    assert is_light(0.25)
    assert not is_light(0.75)


def _ink(kind):
    return "negative" if kind == "line" else "positive"
