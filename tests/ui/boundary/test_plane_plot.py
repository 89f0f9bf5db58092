"""The heat map over two inputs, and the fitted curve."""

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from playground.runtime.selection import Selection
from playground.ui.boundary.plane_plot import PlanePlot
from playground.ui.boundary.sample_chart import FitPlot, Samples
from playground.ui.canvas.images import class_table
from playground.ui.core import theme

BOUNDS = ((0.0, 10.0), (-1.0, 1.0))


@pytest.fixture
def plane(qtbot: QtBot) -> PlanePlot:
    made = PlanePlot(Selection())
    qtbot.addWidget(made)
    made.resize(420, 300)
    made.set_axes(BOUNDS, ("height (cm)", "weight (kg)"), square=False)
    made.show()
    return made


@pytest.fixture
def fit(qtbot: QtBot) -> FitPlot:
    made = FitPlot(Selection())
    qtbot.addWidget(made)
    made.resize(420, 300)
    return made


def colour(plane: PlanePlot, x: float, y: float) -> str:
    return str(plane.grab().toImage().pixelColor(plane.place(x, y).toPoint()).name())


def test_the_first_row_is_at_the_bottom_and_the_first_column_at_the_left(plane: PlanePlot, qapp: QApplication) -> None:
    grid = np.zeros((10, 10))
    grid[0, 0], grid[-1, -1] = 1, -1
    plane.set_values(np.kron(grid, np.ones((10, 10))), -1, 1)
    assert colour(plane, 0.4, -0.95) == theme.current().high
    assert colour(plane, 9.6, 0.95) == theme.current().low
    plane.set_values(np.ones((10, 10)), -1, 1)
    theme.apply(qapp, "dark")  # while paused, too
    assert colour(plane, 5, 0) == theme.current().high


def test_hovering_tells_the_inputs_and_the_output_there(plane: PlanePlot) -> None:
    grid = np.zeros((100, 100))
    grid[75, 25] = 0.625
    plane.set_values(grid, 0, 1)
    words = plane.describe(2.55, 0.51).split("\n")
    assert words == ["height (cm) = 2.55", "weight (kg) = 0.51", "→ 0.625"]


def test_hovering_between_classes_tells_the_likeliest(plane: PlanePlot) -> None:
    plane.set_classes(np.tile(np.array([0.1, 0.7, 0.2]), (10, 10, 1)), ("a", "b", "c"))
    assert plane.describe(5, 0).split("\n")[2:] == ["b: 0.7", "c: 0.2", "a: 0.1"]


def test_samples_lie_on_top_in_their_colours_and_those_of_the_test_part_are_outlined(plane: PlanePlot) -> None:
    plane.set_values(np.full((10, 10), 0.5), 0, 1)
    plane.show_samples(Samples("train", np.array([[2.0, 0.5], [8.0, -0.5]]), class_table(2)))
    assert colour(plane, 2.0, 0.5) == theme.current().low
    assert colour(plane, 8.0, -0.5) == theme.current().high
    plane.show_samples(Samples("test", np.array([[5.0, 0.0]]), class_table(2)[[1]]))
    assert colour(plane, 5.0, 0.0) == "#ffffff"


def test_a_plane_of_one_unit_is_square(plane: PlanePlot) -> None:
    plane.set_axes(((0, 1), (0, 1)), ("x1", "x2"), square=True)
    assert plane.frame().width() == plane.frame().height()


def test_outputs_that_are_no_numbers_do_not_stop_the_picture(plane: PlanePlot) -> None:
    plane.set_values(np.full((10, 10), np.nan), 0, 1)
    plane.grab()
    assert plane.describe(5, 0).endswith("NaN")


def test_the_fitted_curve_goes_over_the_samples(fit: FitPlot) -> None:
    x = np.linspace(0, 10, 20)
    train, test = np.column_stack([x, np.sin(x)]), np.column_stack([x[:5], np.cos(x[:5])])
    fit.show_curve(("time (s)", "y"), np.concatenate([train, test]), Samples("train", train))
    fit.set_data("curve", x, np.sin(x) + 0.1)
    assert fit.data("curve")[1].tolist() == pytest.approx((np.sin(x) + 0.1).tolist())
    (low, high), (bottom, top) = fit.ranges
    assert low < 0 < 10 < high
    assert bottom < -1 < 1 < top
    fit.grab()


def test_predictions_stand_beside_the_diagonal(fit: FitPlot) -> None:
    fit.show_scatter(10.0, 20.0)
    fit.set_scatter("train", np.array([10.0, 15.0, 20.0]), np.array([11.0, 15.0, 1e9]))
    x, y = fit.data("diagonal")
    assert np.array_equal(x, y)
    top = fit.ranges[1][1]
    assert fit.data("train")[1].tolist() == [11.0, 15.0, top]
    fit.set_scatter("test", np.zeros(3), np.ones(3))
    fit.show_curve(("x", "y"), np.tile([0.0, 5.0], (3, 1)))  # a new run takes them away
    assert not any(len(fit.data(key)[0]) for key in ("train", "test", "diagonal"))
    assert fit.ranges[0][0] < 0 < fit.ranges[0][1]
    assert fit.ranges[1][0] < 5 < fit.ranges[1][1]  # targets that are all the same still have a range
