"""The current sample in the plane: ringed wherever it was chosen, and chosen by a click."""

import numpy as np
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox

from playground.runtime.selection import Sample
from playground.ui.boundary.panel import BoundaryPanel
from playground.ui.boundary.plane_plot import PlanePlot
from tests.ui.bench import Bench
from tests.ui.conftest import PanelBench

LEFT = Qt.MouseButton.LeftButton


def plane_of(bench: Bench) -> PlanePlot:
    plane: PlanePlot = bench.panel.plane
    return plane


def place_of(plane: PlanePlot, index: int) -> QPoint:
    x, y = plane.samples()[index].tolist()
    return plane.place(x, y).toPoint()


def test_the_current_sample_is_ringed(panel_bench: PanelBench) -> None:
    bench = panel_bench(BoundaryPanel, "and-gate")
    plane = plane_of(bench)
    assert plane.current == (0.0, 0.0)
    before = plane.grab().toImage()
    bench.session.selection.set_sample(Sample("train", 3))
    assert plane.current == (1.0, 1.0)
    after = plane.grab().toImage()
    assert before != after
    middle = plane.place(1.0, 1.0).toPoint()
    darkest = [min(image.pixelColor(middle + QPoint(k, 0)).lightness() for k in range(20)) for image in (before, after)]
    assert darkest[1] < darkest[0]
    bench.session.selection.set_sample(Sample("train", 99))
    assert plane.current is None


def test_a_click_on_a_sample_makes_it_the_current_one(panel_bench: PanelBench) -> None:
    bench = panel_bench(BoundaryPanel, "and-gate")
    plane = plane_of(bench)
    QTest.mouseClick(plane.viewport(), LEFT, pos=place_of(plane, 2))
    assert bench.session.selection.sample == Sample("train", 2)
    assert plane.current == tuple(plane.samples()[2].tolist())
    QTest.mouseClick(plane.viewport(), LEFT, pos=plane.frame().center().toPoint())  # between the four
    QTest.mouseClick(plane.viewport(), Qt.MouseButton.RightButton, pos=place_of(plane, 1))
    assert bench.session.selection.sample == Sample("train", 2)


def test_the_mouse_is_told_what_a_click_does(panel_bench: PanelBench) -> None:
    bench = panel_bench(BoundaryPanel, "and-gate")
    plane = plane_of(bench)
    assert plane.describe(*plane.samples()[1]).startswith("sample 2; click: the current one\nx1 = ")
    assert plane.describe(*plane.samples()[0]).startswith("sample 1, the current one\nx1 = ")
    assert plane.describe(0.5, 0.5).startswith("x1 = ")


def test_test_samples_can_be_chosen_where_they_are_drawn(panel_bench: PanelBench) -> None:
    bench = panel_bench(BoundaryPanel, "spiral")
    plane = plane_of(bench)
    trained = len(plane.samples())
    bench.session.selection.set_sample(Sample("test", 5))
    assert plane.current is None
    switch = bench.find(QCheckBox, "show_test_points")
    switch.click()
    info = bench.session.info
    assert plane.current == tuple(info.data.raw_test[5].tolist())
    tested = len(plane.samples()) - trained
    assert tested == len(info.data.raw_test)
    alone = lonely(plane.samples(), tested)
    QTest.mouseClick(plane.viewport(), LEFT, pos=place_of(plane, alone))
    assert bench.session.selection.sample == Sample("test", alone)
    alone = tested + lonely(np.roll(plane.samples(), -tested, axis=0), trained)
    QTest.mouseClick(plane.viewport(), LEFT, pos=place_of(plane, alone))
    assert bench.session.selection.sample == Sample("train", alone - tested)


def lonely(samples: np.ndarray, among: int) -> int:
    """Return which of the first samples is farthest from all others: a click there can mean no other."""
    apart = np.hypot(*(samples[:among, None] - samples[None]).transpose(2, 0, 1))
    apart[np.arange(among), np.arange(among)] = np.inf
    return int(apart.min(axis=1).argmax())


def test_while_points_are_edited_a_click_chooses_none(panel_bench: PanelBench) -> None:
    bench = panel_bench(BoundaryPanel, "and-gate")
    plane = plane_of(bench)
    plane.set_editing(True)
    QTest.mouseClick(plane.viewport(), Qt.MouseButton.MiddleButton, pos=place_of(plane, 3))
    QTest.mouseClick(plane.viewport(), LEFT, pos=place_of(plane, 3))
    assert bench.session.selection.sample == Sample("train", 0)
