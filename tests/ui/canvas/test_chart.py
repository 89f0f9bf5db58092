"""Charts: what is drawn, the axes, zooming, and what is said at the mouse."""

from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from playground.ui.canvas.chart import Chart
from playground.ui.canvas.chart_items import SIDES, Series, Side
from playground.ui.core import layouts, theme

ACROSS = (np.array([0.0, 1.0]), np.array([0.5, 0.5]))


class Said(Chart):
    """A chart that says something everywhere."""

    def describe(self, x: float, y: float) -> str:
        return f"{x:.2f}, {y:.2f}"


def shown(qtbot: QtBot, *series: Series, kind: type[Chart] = Chart) -> Chart:
    chart = kind("chart", series)
    qtbot.addWidget(chart)
    chart.resize(240, 180)
    chart.show()
    qtbot.waitExposed(chart)
    return chart


def labels(chart: Chart, side: Side) -> list[str]:
    chart.grab()
    return list(chart.axes[side].labels.values())


def pixel(chart: Chart, x: float, y: float, right: int = 0) -> QColor:
    return chart.grab().toImage().pixelColor(chart.place(x, y).toPoint() + QPoint(right, 0))


def wheel(chart: Chart, place: QPointF) -> None:
    nothing = Qt.KeyboardModifier.NoModifier
    event = QWheelEvent(
        place,
        chart.mapToGlobal(place),
        QPoint(),
        QPoint(0, 240),
        Qt.MouseButton.NoButton,
        nothing,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(chart.viewport(), event)


@pytest.mark.parametrize(("order", "seen"), [(("points", "line"), "negative"), (("line", "points"), "positive")])
def test_a_series_lies_over_those_before_it(qtbot: QtBot, order: tuple[str, str], seen: str) -> None:
    colours = {"line": "negative", "points": "positive"}
    chart = shown(qtbot, *(Series(kind, kind, colours[kind], size=30, width=4.0) for kind in order))  # type: ignore[arg-type]
    chart.set_data("line", *ACROSS)
    chart.set_data("points", np.array([0.5]), np.array([0.5]))
    assert pixel(chart, 0.5, 0.5) == theme.color(seen)


def test_of_several_lines_none_leads_to_the_next(qtbot: QtBot) -> None:
    chart = shown(qtbot, Series("lines", "lines", "positive", width=3.0))
    chart.set_lines("lines", np.array([0.0, 1.0]), np.array([[0.2, 0.8], [0.2, 0.8]]))
    assert pixel(chart, 0.5, 0.2) == pixel(chart, 0.5, 0.8) == theme.color("positive")
    assert pixel(chart, 0.5, 0.5) != theme.color("positive")
    values = np.array([0.5, 0.5, np.nan, 0.5, 0.5])  # nor over a gap, as of a function without values there
    chart.set_data("lines", np.linspace(0.0, 1.0, 5), values)
    assert pixel(chart, 0.1, 0.5) == pixel(chart, 0.9, 0.5) == theme.color("positive")
    assert pixel(chart, 0.5, 0.5) != theme.color("positive")
    assert len(list(chart.table()[1])) == 4


def test_a_line_of_one_point_is_a_dot_seen_whole_at_the_edge(qtbot: QtBot) -> None:
    chart = shown(qtbot, Series("line", "line", "positive", width=2.0))
    chart.set_ranges((-0.02, 1.0), (0.0, 1.0))
    chart.set_data("line", np.zeros(1), np.full(1, 0.5))
    assert all(pixel(chart, 0.0, 0.5, k) == theme.color("positive") for k in (-1, 0, 1))
    chart.set_data("line", np.empty(0), np.empty(0))
    assert pixel(chart, 0.0, 0.5) != theme.color("positive")


def test_the_chart_has_the_colours_of_the_theme_in_use(qtbot: QtBot, qapp: QApplication) -> None:
    chart = shown(qtbot, Series("line", "line", "train", width=3.0))
    chart.set_data("line", *ACROSS)
    for name in ("light", "dark"):
        theme.apply(qapp, name)
        assert pixel(chart, 0.5, 0.5).name() == theme.current().train
        assert chart.grab().toImage().pixelColor(1, 90).name() == theme.current().panel


def test_there_are_light_lines_at_the_numbers_of_the_left(qtbot: QtBot) -> None:
    chart = shown(qtbot)
    assert labels(chart, "left") == ["0", "0.2", "0.4", "0.6", "0.8", "1"]
    near = [chart.grab().toImage().pixelColor(chart.place(0.5, 0.4).toPoint() + QPoint(0, k)) for k in (-1, 0, 1)]
    assert theme.color("grid") in near
    assert pixel(chart, 0.5, 0.5) != theme.color("grid")


def test_numbers_on_the_axes_can_be_told_apart_however_close(qtbot: QtBot) -> None:
    chart = shown(qtbot)
    chart.set_ranges((123_400.0, 123_440.0), (0.0, 1.0))
    found = labels(chart, "bottom")
    assert len(set(found)) == len(found) > 1


@pytest.mark.parametrize("width", [70, 90, 120, 240])
@pytest.mark.parametrize("ranges", [(0.0, 1.0), (-16.5, 0.5), (0.0, 2.4), (-1_250.0, 1_250.0)])
def test_numbers_below_a_narrow_chart_do_not_touch(qtbot: QtBot, width: int, ranges: tuple[float, float]) -> None:
    chart = shown(qtbot)
    chart.axes["bottom"].setLogMode(ranges[0] == -16.5)
    chart.resize(width, 100)
    chart.set_ranges(ranges, (0.0, 1.0))
    chart.grab()
    written = chart.axes["bottom"].labels
    wide = QFontMetrics(theme.font(10)).horizontalAdvance
    assert written
    for (before, left), (after, right) in pairwise(written.items()):
        apart = chart.place(after, 0.0).x() - chart.place(before, 0.0).x()
        assert apart > (wide(left) + wide(right)) / 2


def test_a_logarithmic_axis_has_powers_of_ten_and_keeps_the_data(qtbot: QtBot) -> None:
    chart = shown(qtbot, Series("line", "line", "train", width=3.0))
    chart.set_data("line", np.array([0.0, 1.0]), np.array([0.01, 0.01]))
    chart.set_logarithmic(True)
    chart.set_ranges((0.0, 1.0), (-4.0, 0.0))
    assert labels(chart, "left") == ["1e-4", "0.001", "0.01", "0.1", "1"]
    assert pixel(chart, 0.5, -2.0).name() == theme.current().train
    assert chart.data("line")[1].tolist() == [0.01, 0.01]


def test_the_wheel_zooms_and_the_part_stays_until_the_whole_is_asked_for(qtbot: QtBot) -> None:
    chart = shown(qtbot)
    for whole in ("click", "key", "other axes"):
        wheel(chart, chart.place(0.5, 0.5))
        left, right = chart.place(0.0, 0.5).x(), chart.place(1.0, 0.5).x()
        assert right - left > chart.frame().width() * 1.05
        chart.set_ranges((0.0, 1.0), (0.0, 1.0))  # as each frame does
        assert chart.place(0.0, 0.5).x() == pytest.approx(left)
        if whole == "click":
            QTest.mouseDClick(chart.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(120, 90))
        elif whole == "key":
            QTest.keyClick(chart, Qt.Key.Key_A)
        else:
            chart.set_titles("height (cm)", "weight (kg)")
        assert chart.place(0.0, 0.5).x() == pytest.approx(chart.frame().left(), abs=0.5)


def test_a_drag_moves_what_is_seen(qtbot: QtBot) -> None:
    chart = shown(qtbot)
    start = QPoint(150, 90)
    before = chart.place(0.5, 0.5).x()
    QTest.mousePress(chart.viewport(), Qt.MouseButton.LeftButton, pos=start)
    for k in (10, 20, 30):
        QTest.mouseMove(chart.viewport(), start + QPoint(k, 0))
    QTest.mouseRelease(chart.viewport(), Qt.MouseButton.LeftButton, pos=start + QPoint(30, 0))
    assert chart.place(0.5, 0.5).x() > before + 5


def test_in_a_part_that_is_scrolled_the_wheel_zooms_only_after_a_click_or_with_ctrl(qtbot: QtBot) -> None:
    chart = Chart("chart")
    chart.setFixedSize(240, 180)
    area = layouts.scroll_area(layouts.box(layouts.column(400, chart, 400)))
    qtbot.addWidget(area)
    area.resize(300, 300)
    area.show()
    area.activateWindow()
    qtbot.waitUntil(lambda: area.isActiveWindow() and area.verticalScrollBar().maximum() > 400)

    def turn(keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> tuple[bool, bool]:
        """Turn the wheel over the chart; return whether that has zoomed it, and whether it was scrolled."""
        area.verticalScrollBar().setValue(350)
        place = QPointF(chart.mapTo(area, QPoint(120, 60)))
        QTest.wheelEvent(area.windowHandle(), place, QPoint(0, 60), QPoint(), keys)
        QApplication.processEvents()
        is_zoomed, is_scrolled = chart.is_zoomed, area.verticalScrollBar().value() != 350
        chart.show_whole()
        return is_zoomed, is_scrolled

    assert turn() == (False, True)
    assert turn(Qt.KeyboardModifier.ControlModifier) == (True, False)
    QTest.mouseClick(chart.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(120, 60))
    assert turn() == (True, False)
    chart.field.setMouseEnabled(x=False, y=False)  # it cannot be zoomed
    assert turn() == (False, True)


def test_the_axes_say_what_they_are_where_there_is_room(qtbot: QtBot) -> None:
    chart = shown(qtbot)
    chart.set_titles("step", "loss")
    narrow = chart.frame().width()
    chart.resize(240, 90)
    assert chart.frame().width() > narrow
    chart.resize(240, 180)
    assert chart.frame().width() == narrow


def title_place(chart: Chart, side: Side) -> tuple[float, float]:
    """Return where the title of an axis begins and ends along it, in pixels of the chart."""
    label = chart.axes[side].label
    place = chart.viewportTransform().mapRect(label.mapRectToScene(label.boundingRect()))
    return (place.left(), place.right()) if side == "bottom" else (place.top(), place.bottom())


@pytest.mark.parametrize("side", SIDES)
def test_a_title_longer_than_its_axis_ends_in_dots_until_there_is_room(qtbot: QtBot, side: Side) -> None:
    chart, long = shown(qtbot), "the name of a column that goes on and on and on & on"
    chart.set_titles(long, long)
    label = chart.axes[side].label
    assert label.toPlainText().strip().endswith("…")
    assert long.startswith(label.toPlainText().strip(" …"))
    begin, end = title_place(chart, side)
    assert begin >= 0
    assert end <= (chart.width() if side == "bottom" else chart.height())
    chart.resize(600, 600)
    assert label.toPlainText().strip() == long
    chart.set_titles("x", "y")  # a shorter one stays in the middle
    middle = chart.frame().center().x() if side == "bottom" else chart.frame().center().y()
    assert sum(title_place(chart, side)) / 2 == pytest.approx(middle, abs=2)


def test_the_mouse_brings_a_cross_and_a_bubble_and_leaving_takes_them_away(qtbot: QtBot) -> None:
    chart = shown(qtbot, kind=Said)
    before = chart.grab().toImage()
    QTest.mouseMove(chart.viewport(), chart.place(0.5, 0.5).toPoint())
    qtbot.waitUntil(lambda: chart.grab().toImage() != before)
    assert chart.values_at(chart.place(0.25, 0.75)) == pytest.approx((0.25, 0.75))
    assert chart.values_at(QPointF(1, 1)) is None
    QApplication.sendEvent(chart, QEvent(QEvent.Type.Leave))
    assert chart.grab().toImage() == before


def test_the_numbers_are_a_row_for_each_point_that_is_finite(qtbot: QtBot) -> None:
    chart = shown(qtbot, Series("train", "line", "train"), Series("test", "line", "test"))
    chart.set_titles("step", "loss")
    chart.set_data("train", np.arange(1000.0), np.arange(1000.0))
    assert len(chart.drawn["train"].getData()[0]) == 1000  # none is left out of the line either
    chart.set_data("train", np.array([0.0, 0.5, 1.0]), np.array([0.5, np.nan, 0.25]))
    chart.set_data("test", np.array([1.0]), np.array([0.75]))
    names, rows = chart.table()
    assert tuple(names) == ("series", "step", "loss")
    chart.set_titles("step", "")  # the heading above the chart says it
    chart.setAccessibleName("Loss by step")
    assert tuple(chart.table()[0]) == ("series", "step", "Loss by step")
    assert list(rows) == [("train", 0.0, 0.5), ("train", 1.0, 0.25), ("test", 1.0, 0.75)]
