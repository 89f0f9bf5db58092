"""The curves over the course of a run: loss, accuracy, races and flow."""

import warnings

import numpy as np
import pytest
from numpy.typing import NDArray
from pytestqt.qtbot import QtBot

from playground.ui.canvas.chart import Chart
from playground.ui.canvas.chart_items import Side
from playground.ui.canvas.run_chart import LINE_POINTS
from playground.ui.comparison.panel import ComparisonPlot
from playground.ui.curves.accuracy_panel import AccuracyPlot
from playground.ui.curves.loss_panel import WINDOW, LossPlot, running_mean

NOTHING = np.empty(0)


def labels(plot: Chart, side: Side) -> list[str]:
    plot.grab()
    return list(plot.axes[side].labels.values())


@pytest.fixture
def plot(qtbot: QtBot) -> LossPlot:
    made = LossPlot()
    qtbot.addWidget(made)
    made.resize(340, 200)
    made.show()
    return made


def show(plot: LossPlot, loss: NDArray[np.floating], test: NDArray[np.floating] | None = None) -> None:
    steps = np.arange(len(loss), dtype=float)
    nothing = np.full(len(loss), np.nan)
    plot.set_history((steps, loss, loss, loss), (steps, loss, nothing if test is None else test))


def test_an_empty_history_shows_axes(plot: LossPlot) -> None:
    plot.set_history((NOTHING,) * 4, (NOTHING,) * 3)
    assert labels(plot, "left")[0] == "0"
    assert len(labels(plot, "bottom")) >= 3
    plot.grab()


def test_a_loss_that_is_no_number_is_left_out(plot: LossPlot) -> None:
    show(plot, np.array([1.0, 0.5, np.nan, np.inf, 0.25]))
    _x, y = plot.data("train")
    assert y.tolist() == [1.0, 0.5, 0.25]
    assert plot.ranges[1][1] < 2
    plot.grab()


def test_a_history_without_any_number_still_has_axes(plot: LossPlot) -> None:
    for logarithmic in (False, True):
        plot.set_logarithmic(logarithmic)
        show(plot, np.full(5, np.nan))
        assert labels(plot, "left")


def test_the_logarithmic_axis_survives_zeros(plot: LossPlot) -> None:
    plot.set_logarithmic(True)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        show(plot, np.array([1.0, 0.1, 0.0, 0.0]))
    low, high = plot.ranges[1]
    assert -10 < low < -1 < 0 <= high
    plot.grab()


def test_switching_the_axis_keeps_the_curve(plot: LossPlot) -> None:
    show(plot, np.array([1.0, 0.1, 0.01]))
    plot.set_logarithmic(True)
    low, high = plot.ranges[1]
    assert low <= -2 < 0 <= high <= 1
    assert plot.data("train")[1].tolist() == [1.0, 0.1, 0.01]
    plot.set_logarithmic(False)
    assert plot.ranges[1] == (0.0, 1.5)
    assert plot.data("train")[1].tolist() == [1.0, 0.1, 0.01]


def test_without_a_test_part_there_is_no_test_curve(plot: LossPlot) -> None:
    show(plot, np.array([1.0, 0.5]))
    assert len(plot.data("test")[0]) == 0
    show(plot, np.array([1.0, 0.5]), np.array([1.1, 0.6]))
    assert plot.data("test")[1].tolist() == [1.1, 0.6]


def test_the_bubble_tells_step_and_values(plot: LossPlot) -> None:
    show(plot, np.array([1.0, 0.5, 0.25]), np.array([2.0, 1.5, 1.25]))
    assert plot.describe(1.2, 0.0).split("\n") == ["step 1", "batch 0.5", "train 0.5", "test 1.5"]


def test_a_new_run_begins_with_a_new_range(plot: LossPlot) -> None:
    show(plot, np.linspace(100, 90, 500))
    assert plot.ranges[0][1] >= 499
    plot.reset()
    assert plot.ranges[0][1] < 100
    assert plot.ranges[1][1] <= 2
    assert len(plot.data("train")[0]) == 0


def test_a_race_can_have_a_logarithmic_axis(qtbot: QtBot) -> None:
    plot = ComparisonPlot("race", "")
    qtbot.addWidget(plot)
    plot.set_curves([(np.array([0.0, 1.0]), np.array([1.0, 0.01])), (np.array([0.0]), np.array([0.1]))])
    plot.set_logarithmic(True)
    assert plot.data("racer_0")[1].tolist() == [1.0, 0.01]
    low, high = plot.ranges[1]
    assert low <= -2 < 0 <= high


def test_accuracy_goes_from_nothing_to_all(qtbot: QtBot) -> None:
    plot = AccuracyPlot()
    qtbot.addWidget(plot)
    plot.resize(300, 200)
    plot.show()
    epochs = np.array([0.0, 1, 2])
    plot.set_history(epochs, np.array([0.1, 0.8, 1.0]), np.full(3, np.nan))
    assert labels(plot, "left")[::4] == ["0", "100 %"]
    assert plot.ranges[1][0] == 0
    assert plot.ranges[1][1] >= 1
    assert plot.describe(1.9, 0).split("\n") == ["epoch 2", "train 100 %"]


def test_many_batches_are_a_running_average_and_few_are_what_they_are(plot: LossPlot) -> None:
    for count in (LINE_POINTS, 4 * LINE_POINTS):
        steps, loss = np.arange(count, dtype=float), np.arange(count) % 4 / 4.0  # a bar code: four rows in turn
        nothing = np.empty(0)
        plot.set_history((steps, loss, loss, loss), (nothing,) * 3)
        _x, drawn = plot.data("batch")
        swing = np.ptp(drawn[WINDOW:-WINDOW])
        assert swing == np.ptp(loss) if count == LINE_POINTS else swing < 0.2 * np.ptp(loss)
        np.testing.assert_array_equal(plot.numbers()["batch"], (steps, loss))  # to take home: all that is known
    plot.reset(is_noisy=False)
    falling = np.exp(-steps / 40)
    plot.set_history((steps, falling, falling, falling), (nothing,) * 3)
    x, drawn = plot.data("batch")
    np.testing.assert_allclose(drawn, np.interp(x, steps, falling), rtol=0.02)  # as it fell, not what came before


def test_a_running_mean_is_centred_and_ends_with_the_values_themselves() -> None:
    line = np.linspace(3.0, 1.0, 40)
    np.testing.assert_allclose(running_mean(line), line)
    for count in (0, 1, 2, 5):
        assert len(running_mean(line[:count])) == count


def test_what_begins_at_the_axis_is_seen_whole(plot: LossPlot) -> None:
    show(plot, np.array([1.0]))
    assert plot.place(0.0, 0.5).x() - plot.place(plot.ranges[0][0], 0.5).x() >= 2
