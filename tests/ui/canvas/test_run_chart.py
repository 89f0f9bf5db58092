"""The axes of a run's charts, and how many points there are to them."""

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from playground.ui.canvas.run_chart import RunChart, merged, nearest, overlaid, run_end, value_range
from playground.ui.comparison.panel import ComparisonPlot
from playground.ui.core import theme
from playground.ui.curves.accuracy_panel import AccuracyPlot
from playground.ui.curves.loss_panel import LossPlot
from playground.ui.gradient_flow.panel import FlowPlot


def test_the_axis_jumps_rarely() -> None:
    ends = {run_end(float(step), 20, None) for step in range(10_000)}
    assert len(ends) < 20
    assert run_end(9_999, 20, None) >= 9_999


def test_the_axis_ends_where_the_run_will_end() -> None:
    assert run_end(900, 20, 1000) == 1000
    assert run_end(1000, 20, 1000) == 1000
    assert run_end(1001, 20, 1000) > 1001
    assert run_end(900, 20, 950) == 950
    assert 900 < run_end(900, 20, 100_000) < 2_000
    assert run_end(36, 1, 40) == 40


def test_every_plot_of_a_run_follows_it_in_jumps_to_its_planned_end(qtbot: QtBot) -> None:
    loss, race, accuracy, flow = LossPlot(), ComparisonPlot("race", ""), AccuracyPlot(), FlowPlot("flow")
    for plot in (loss, race, accuracy, flow):
        qtbot.addWidget(plot)
    flow.reset(2, 1000)
    for plot in (loss, race, accuracy):
        plot.reset(1000)
    ends: dict[RunChart, set[float]] = {plot: set() for plot in (loss, race, accuracy, flow)}
    for last in range(0, 1001, 25):
        x, y = np.array([0.0, last]), np.array([1.0, 0.5])
        loss.set_history((x, y, y, y), (x, y, y))
        race.set_curves([(x, y), (x[:1], y[:1])])
        accuracy.set_history(x, y, y)
        flow.set_flow(x, np.column_stack([y, y]))
        for plot, found in ends.items():
            assert plot.ranges[0][1] >= last
            found.add(plot.ranges[0][1])
    for found in ends.values():
        assert max(found) == 1000
        assert len(found) < 20


@pytest.mark.parametrize("logarithmic", [False, True])
def test_the_loss_stays_in_sight_and_the_range_calm(logarithmic: bool) -> None:
    seen = set()
    for step in range(500):
        loss = np.array([2.0 / (1 + step)])
        low, high = value_range(np.array([2.0]), loss, logarithmic=logarithmic, deepest=8.0)
        inside = np.log10(loss[0]) if logarithmic else loss[0]
        assert low <= inside <= high
        seen.add((low, high))
    assert len(seen) < 10


def test_merging_keeps_the_extremes_and_the_mean() -> None:
    rng = np.random.default_rng(0)
    steps, loss = np.arange(1000.0), rng.random(1000)
    at, mean, low, high = merged(steps, loss, loss - 1, loss + 1)
    assert len(at) < 400
    assert low.min() == loss.min() - 1
    assert high.max() == loss.max() + 1
    assert mean[0] == pytest.approx(loss[: round(at[1] - at[0])].mean())


@pytest.mark.parametrize(("value", "place"), [(-5, 0), (0.4, 0), (0.6, 1), (2.4, 2), (99, 3)])
def test_the_nearest_step_is_found(value: float, place: int) -> None:
    assert nearest(np.array([0.0, 1, 2, 3]), value) == place


def test_of_curves_that_coincide_all_are_seen(qtbot: QtBot) -> None:
    inks = ("racer_0", "racer_1", "racer_2")
    chart = RunChart("alike", overlaid(tuple(zip("abc", inks, strict=True))))
    qtbot.addWidget(chart)
    chart.resize(400, 200)
    steps, values = np.linspace(0.0, 20.0, 50), np.linspace(0.9, 0.1, 50)
    for key in "abc":
        chart.set_data(key, steps, values)
    chart.fit_axes(20.0, values)
    chart.show()
    qtbot.waitExposed(chart)
    picture = chart.grab().toImage()
    seen = {picture.pixelColor(x, y).name() for x in range(picture.width()) for y in range(picture.height())}
    assert {theme.color(ink).name() for ink in inks} <= seen
