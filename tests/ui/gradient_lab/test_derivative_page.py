"""The derivative page: the article's figures, dragging, own formulas, the loss of one weight."""

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from playground import language
from playground.experiment.config import edits
from playground.experiment.landscape.differences import EXAMPLES, STEPS
from playground.ui.gradient_lab.derivative_page import DerivativePage
from playground.ui.gradient_lab.panel import GradientLabPanel
from tests.ui.conftest import PanelBench, text
from tests.ui.gradient_lab.conftest import PageBench


@pytest.fixture
def bench(qtbot: QtBot) -> PageBench:
    return PageBench(qtbot, DerivativePage(), (900, 420))


@pytest.fixture
def lab(panel_bench: PanelBench) -> Any:
    return panel_bench(GradientLabPanel, "and-gate", size=(900, 420))


def slope(page) -> float:
    x, y = page.curve.data("tangent")
    return float((y[1] - y[0]) / (x[1] - x[0]))


def test_the_derivatives_of_the_article_are_shown(bench) -> None:
    page = bench.page
    assert text(bench.card, "lab_derivative_text").startswith("f′(5) = 0.2. With h = 1e-4")
    assert "no truncation error" in text(bench.card, "lab_derivative_text")
    assert slope(page) == pytest.approx(0.2)
    assert [name for _colour, name in page.curve.legend] == ["curve", "tangent", "secant"]
    assert page.errors.legend == page.legends[1].entries
    steps, measured = page.errors.numbers()["measured"]
    assert steps.min() == pytest.approx(1e-16)
    assert (measured < 1).all()
    assert "h = " in page.errors.describe(-4.0, -12.0)
    assert "x = 5" in page.curve.describe(5.0, 0.75)
    bench.type("lab_x", "10")
    assert text(bench.card, "lab_derivative_text").startswith("f′(10) = 0.3.")
    bench.qtbot.mouseClick(
        page.curve.viewport(), Qt.MouseButton.LeftButton, pos=page.curve.place(-5.0, -0.25).toPoint()
    )
    assert slope(page) == pytest.approx(0.0, abs=0.01)


def test_the_axis_follows_a_point_that_is_typed_and_what_is_no_number_is_refused(bench) -> None:
    curve = bench.page.curve
    before = curve.ranges[0]
    bench.type("lab_x", "12")
    assert curve.ranges[0] == before
    bench.type("lab_x", "-50")
    low, high = curve.ranges[0]
    assert (low + high) / 2 == -50
    assert curve.frame().contains(curve.place(-50.0, 20.0))
    bench.type("lab_x", "abc")
    assert "not a number" in text(bench.card, "lab_derivative_problem")
    assert bench.find(QLabel, "lab_derivative_problem").isVisible()
    bench.type("lab_x", "2")
    assert bench.find(QLabel, "lab_derivative_problem").isHidden()


def test_the_point_is_dragged_and_moved_with_the_keys(bench) -> None:
    page, curve = bench.page, bench.page.curve
    place = curve.place(10.0, 2.0).toPoint()
    bench.qtbot.mousePress(curve.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert page.place.value() == pytest.approx(10.0, abs=0.2)
    assert curve.data("point")[0][0] == page.place.value()
    bench.qtbot.mouseMove(curve.viewport(), place + QPoint(-40, 0))
    bench.qtbot.mouseRelease(curve.viewport(), Qt.MouseButton.LeftButton, pos=place)
    before = page.place.value()
    curve.setFocus()
    bench.qtbot.keyClick(curve, Qt.Key.Key_Right)
    assert page.place.value() == pytest.approx(before + 0.8, abs=0.01)  # a fiftieth of the axis
    bench.qtbot.keyClick(curve, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert page.place.value() == pytest.approx(before + 0.72, abs=0.01)


def test_h_is_chosen_with_the_slider_in_the_chart_and_with_keys(bench) -> None:
    page = bench.page
    page.h.setValue(0)
    assert text(bench.card, "lab_h_value") == "1e-16"
    assert page.errors.data("here")[0][0] == -16.0
    bench.qtbot.mouseClick(page.errors.viewport(), Qt.MouseButton.LeftButton, pos=page.errors.place(-8.0, -8).toPoint())
    assert STEPS[page.h.value()] == pytest.approx(1e-8)
    page.errors.setFocus()
    bench.qtbot.keyClick(page.errors, Qt.Key.Key_Right)
    assert STEPS[page.h.value()] == pytest.approx(10**-7.5)


def test_the_secant_goes_through_the_two_points_of_the_difference(bench) -> None:
    page = bench.page
    bench.click("lab_difference_one-sided")
    page.h.setValue(len(STEPS) - 1)  # h = 1
    ends, values = page.curve.data("ends")
    assert ends.tolist() == [5.0, 6.0]
    x, y = page.curve.data("secant")
    assert np.interp(ends, x, y).tolist() == pytest.approx(values.tolist())
    assert "0.21" in text(bench.card, "lab_derivative_text")


def test_every_example_is_drawn(bench) -> None:
    page = bench.page
    for place, example in enumerate(EXAMPLES):
        bench.choose("lab_function", str(place))
        assert page.formula.text() == example.text
        assert page.curve.data("point")[0].tolist() == [example.x]
        assert len(page.curve.data("curve")[0]) > 100
        assert len(page.errors.data("measured")[0]) == len(STEPS)


def test_an_own_formula_is_drawn_as_it_is_typed_and_a_mistake_is_named(bench) -> None:
    page = bench.page
    bench.type("lab_formula", "x^3 - x")
    assert page.example.value() == "own"
    assert slope(page) == pytest.approx(3 * 25 - 1)
    field = bench.type("lab_formula", "x^3 + y")
    assert "character 7" in text(bench.card, "lab_formula_problem")
    assert slope(page) == pytest.approx(3 * 25)  # of x^3, the last one that could be read
    bench.qtbot.keyClick(field, Qt.Key.Key_Backspace)
    bench.qtbot.keyClicks(field, "x")
    assert bench.find(QLineEdit, "lab_formula").property("problem") is False
    assert slope(page) == pytest.approx(3 * 25 + 1)


def test_the_loss_of_one_weight_has_the_slope_of_backprop(lab) -> None:
    page = lab.panel.page
    lab.click("lab_of_weight")
    assert page.layer.value() == "2"
    assert len(page.curve.data("curve")[0]) > 50
    shown = text(lab.card, "lab_derivative_text").split(" = ")[1].split(". ")[0]
    assert slope(page) == pytest.approx(float(shown.replace("−", "-")), rel=1e-6)
    before = page.curve.data("point")[0][0]
    lab.step(50)
    assert page.curve.data("point")[0][0] != before
    assert "by backprop" in text(lab.card, "lab_derivative_text")


def test_of_an_own_formula_what_is_near_the_point_is_seen(bench) -> None:
    curve = bench.page.curve
    assert curve.ranges[0] == (-20, 20)
    bench.type("lab_formula", "exp(-x)*sin(3x)")
    bench.type("lab_x", "0.7")
    (left, right), (low, high) = curve.ranges
    assert (left, right) == pytest.approx((-2.3, 3.7))
    assert low < -1.5 < 0.4286 < 1.5 < high
    assert high - low < 12
    bench.type("lab_formula", "x^2")
    assert curve.ranges[1][1] > 3.7**2  # all of what grows slowly
    bench.type("lab_formula", "1/x")
    bench.type("lab_x", "0")  # no value to be seen around
    bench.choose("lab_function", "6")
    assert curve.ranges[0] == (-3, 3)
    assert curve.ranges[1][1] > np.exp(3)


def test_the_slope_is_that_of_training(lab) -> None:
    page = lab.panel.page
    lab.click("lab_of_weight")
    whole = slope(page)
    assert page.curve.titles == ("value of the weight", "sum of losses")
    assert text(lab.card, "lab_derivative_text").endswith("Batch gradient: sum over 4 samples.")
    lab.store.apply(edits.change(lab.config, "training.reduction", "mean"))
    lab.settle()
    assert whole == pytest.approx(4 * slope(page), rel=1e-9)
    assert page.curve.titles == ("value of the weight", "loss")
    assert text(lab.card, "lab_derivative_text").endswith("Batch gradient: mean over 4 samples.")


def test_in_chinese_a_weight_of_the_network_is_no_weight_of_a_body(panel_bench: PanelBench) -> None:
    language.use("zh_CN")  # the next test finds English again: see `own_folders`
    lab = panel_bench(GradientLabPanel, "and-gate", size=(900, 420))
    lab.click("lab_of_weight")
    assert lab.panel.page.curve.titles[0] == "权重的值"
    assert language._("weight") == "体重"
    assert (language._("article"), language._("source article")) == ("服饰", "文章")


def test_a_weight_is_chosen_within_its_layer(lab) -> None:
    page = lab.panel.page
    lab.click("lab_of_weight")
    lab.type("lab_weight_from", "4")
    first = page.probes()
    lab.choose("lab_weight_layer", "1")
    assert page.source.value() == 2  # there are two inputs
    lab.type("lab_weight_to", "9")
    assert "maximum is 4" in page.unit.problem()
    assert page.probes() != first


def test_where_there_is_no_derivative_a_sentence_says_so(bench) -> None:
    page = bench.page
    for formula in ("1/x", "log(x)", "sqrt(x)"):
        bench.type("lab_formula", formula)
        bench.type("lab_x", "0")
        assert text(bench.card, "lab_derivative_text").startswith("The function has no value or no slope at x = 0")
        assert not page.curve.data("tangent")[0].size
        assert not page.errors.data("measured")[0].size
        bench.type("lab_x", "1")
        assert page.curve.data("tangent")[0].size
        assert np.isfinite(page.errors.data("measured")[1]).all()
