"""The field page: the article's run, dragging the start, rates, races, integers."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from playground.experiment.landscape.surfaces import EXAMPLES
from playground.ui.core import theme
from playground.ui.gradient_lab.field_chart import LEAST_ARROWS, MOST_ARROWS, OPTIMIZERS
from playground.ui.gradient_lab.field_page import FieldPage, RateSlider
from tests.ui.conftest import settle, text
from tests.ui.gradient_lab.conftest import PageBench


@pytest.fixture
def bench(qtbot: QtBot) -> PageBench:
    return PageBench(qtbot, FieldPage(), (1000, 460))


def test_the_run_of_the_article_is_exact(bench) -> None:
    words = text(bench.card, "lab_descent_text")
    assert "Start [−3, 4]: f = 25, gradient [−6, 8]." in words
    assert "[−6.1111e-10, 8.1481e-10]" in words
    assert text(bench.card, "lab_stable") == "stable below 1"
    chart = bench.page.values
    last = float(chart.data("sgd")[1][-1])
    assert last == pytest.approx(1.04e-18, rel=1e-2)
    assert chart.logarithmic
    assert chart.ranges[1][0] <= np.log10(last) == chart.drawn["sgd"].getData()[1][-1]  # in the frame to its end
    assert bench.page.field.describe(3.0, 4.0) == "(3, 4): 25\ngradient [6, 8]"
    assert chart.describe(0.2, 0.0).startswith("step 0\nGradient descent  25")
    assert chart.isVisible()
    theme.set_scale(1.7)
    assert not chart.isVisible()  # larger type takes its room


def test_integers_give_the_gradient_of_the_article_and_the_reason(bench) -> None:
    bench.type("lab_start_0", "3")
    bench.click("lab_integers")
    words = text(bench.card, "lab_descent_text")
    assert "3.0001 is stored as 3, 2.9999 as 2" in words
    assert "[25000, 35000] instead of [6, 8]" in words
    bench.click("lab_integers")
    assert "gradient [6, 8]" in text(bench.card, "lab_descent_text")


def test_the_start_is_dragged_and_moved_with_the_keys(bench) -> None:
    page, field = bench.page, bench.page.field
    place = field.place(2.0, -1.0).toPoint()
    bench.qtbot.mousePress(field.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert field.data("start")[0][0] == pytest.approx(2.0, abs=0.1)
    path = field.data("path_sgd")
    assert (path[0][0], path[1][0]) == (page.start[0].value(), page.start[1].value())
    bench.qtbot.mouseMove(field.viewport(), place + QPoint(20, 0))
    bench.qtbot.mouseRelease(field.viewport(), Qt.MouseButton.LeftButton, pos=place)
    before = page.start[1].value()
    field.setFocus()
    bench.qtbot.keyClick(field, Qt.Key.Key_Up)
    assert page.start[1].value() > before


def test_arrows_are_one_item_and_point_uphill_or_downhill(bench) -> None:
    field = bench.page.field
    x, y = field.data("gradient")  # at the start
    assert (y[1] - y[0]) / (x[1] - x[0]) == pytest.approx(8 / -6)
    assert x[1] < x[0]
    x, y = (values.reshape(-1, 6) for values in field.data("arrows"))
    assert LEAST_ARROWS <= len(x) <= MOST_ARROWS + 20
    outwards = np.hypot(x[:, 1], y[:, 1]) > np.hypot(x[:, 0], y[:, 0])
    assert outwards.mean() > 0.98  # there is none at the lowest point
    bench.click("lab_downhill")
    x, y = (values.reshape(-1, 6) for values in field.data("arrows"))
    inwards = np.hypot(x[:, 1], y[:, 1]) < np.hypot(x[:, 0], y[:, 0])
    assert inwards.mean() > 0.95  # those in the middle reach across it
    x, _y = field.data("gradient")
    assert x[1] > x[0]


def test_all_optimisers_race_on_every_surface(bench) -> None:
    page = bench.page
    for key in list(OPTIMIZERS)[1:]:
        bench.click(f"lab_optimizer_{key}")
    for key, switch in page.optimizers.items():  # called as in the sentence and in a saved picture
        assert f"{switch.text()} " in text(bench.card, "lab_descent_text"), key
        assert (OPTIMIZERS[key], switch.text()) in page.values.legend
    for example in EXAMPLES:
        bench.choose("lab_surface", example.name)
        assert (page.start[0].value(), page.start[1].value()) == example.start
        for key in OPTIMIZERS:
            assert len(page.field.data(f"path_{key}")[0]) > 1
            assert len(page.values.data(key)[0]) == 101
        assert page.values.logarithmic is (example.name in ("bowl", "valley", "rosenbrock"))


def test_a_rate_above_the_stable_range_flies_off_and_is_still_drawn(bench) -> None:
    page = bench.page
    bench.type("lab_rate", "1.1")
    x, _y = page.field.data("path_sgd")
    assert abs(x[-1]) > abs(x[0])
    bench.type("lab_rate", "1e9")
    assert len(page.field.data("path_sgd")[0]) == 1  # the second point is beyond anything
    page.rate_slider.setValue(page.rate_slider.minimum())
    assert page.rate.value() == pytest.approx(1e-4)


def test_the_paths_are_shown_up_to_a_step_and_played(bench) -> None:
    page = bench.page
    page.moment.setValue(3)
    assert len(page.field.data("path_sgd")[0]) == 4
    assert "After 3 steps" in text(bench.card, "lab_descent_text")
    bench.type("lab_steps", "20")
    bench.click("lab_race")
    bench.qtbot.waitUntil(lambda: page.moment.value() == 20)
    assert len(page.field.data("path_sgd")[0]) == 21


def test_an_own_surface_and_a_mistake_in_it(bench) -> None:
    page = bench.page
    bench.type("lab_surface_formula", "x0 + x1")
    assert text(bench.card, "lab_stable") == "no lowest point here"
    assert "gradient [1, 1]" in text(bench.card, "lab_descent_text")
    bench.type("lab_surface_formula", "x0 + z")
    assert "character 6" in text(bench.card, "lab_surface_problem")
    assert page.example.value() == "own"


def test_the_same_length_is_as_long_on_both_axes(bench, qapp: QApplication) -> None:
    field = bench.page.field
    right, up = field.place(1.0, 0.0) - field.place(0.0, 0.0), field.place(0.0, 1.0) - field.place(0.0, 0.0)
    assert right.x() == pytest.approx(-up.y(), rel=0.03)
    bench.card.resize(700, 600)
    settle(qapp)
    right, up = field.place(1.0, 0.0) - field.place(0.0, 0.0), field.place(0.0, 1.0) - field.place(0.0, 0.0)
    assert right.x() == pytest.approx(-up.y(), rel=0.03)


def test_round_rates_are_kept_and_the_stable_range_is_painted(qtbot: QtBot) -> None:
    slider = RateSlider()
    qtbot.addWidget(slider)
    for rate in (0.0001, 0.001, 0.1, 1.0, 10.0):
        slider.show_rate(rate)
        assert slider.rate() == rate
    slider.resize(150, 20)
    slider.show()
    plain = slider.grab().toImage()
    slider.set_stable(0.5)
    marked = slider.grab().toImage()
    assert marked != plain
    slider.set_stable(5.0)
    assert slider.grab().toImage() != marked
    slider.set_stable(None)
    assert slider.grab().toImage() == plain
