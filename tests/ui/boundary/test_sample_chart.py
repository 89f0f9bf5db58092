"""The current sample in the plane: ringed wherever it was chosen, and chosen by a click."""

import numpy as np
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox
from pytestqt.qtbot import QtBot

from playground.experiment.config import edits
from playground.experiment.config.schema import DataChoice
from playground.runtime.selection import Sample
from playground.ui.boundary.panel import BoundaryPanel
from playground.ui.boundary.plane_plot import PlanePlot
from playground.ui.boundary.sample_chart import SampleChart
from tests.ui.bench import Bench
from tests.ui.conftest import PanelBench

LEFT = Qt.MouseButton.LeftButton


def plane_of(bench: Bench) -> PlanePlot:
    plane: PlanePlot = bench.panel.plane
    return plane


def current_of(chart: SampleChart) -> tuple[float, float] | None:
    """Return where the current sample is, None where it is not in the chart."""
    x, y = chart.data("current")
    return (float(x[0]), float(y[0])) if len(x) else None


def place_of(plane: PlanePlot, index: int) -> QPoint:
    x, y = plane.samples()[index].tolist()
    return plane.place(x, y).toPoint()


def test_the_current_sample_is_ringed(panel_bench: PanelBench) -> None:
    bench = panel_bench(BoundaryPanel, "and-gate")
    plane = plane_of(bench)
    assert current_of(plane) == (0.0, 0.0)
    before = plane.grab().toImage()
    bench.session.selection.set_sample(Sample("train", 3))
    assert current_of(plane) == (1.0, 1.0)
    after = plane.grab().toImage()
    middle = plane.place(1.0, 1.0).toPoint()
    darkest = [min(image.pixelColor(middle + QPoint(k, 0)).lightness() for k in range(20)) for image in (before, after)]
    assert darkest[1] < darkest[0]
    bench.session.selection.set_sample(Sample("train", 99))
    assert current_of(plane) is None


def test_a_click_on_a_sample_makes_it_the_current_one_and_the_mouse_is_told_so(panel_bench: PanelBench) -> None:
    bench = panel_bench(BoundaryPanel, "and-gate")
    plane, selection = plane_of(bench), bench.session.selection
    assert plane.describe(*plane.samples()[2]).startswith("sample 3; click: the current one\nx1 = ")
    QTest.mouseClick(plane.viewport(), LEFT, pos=place_of(plane, 2))
    assert selection.sample == Sample("train", 2)
    assert current_of(plane) == tuple(plane.samples()[2].tolist())
    assert plane.describe(*plane.samples()[2]).startswith("sample 3, the current one\nx1 = ")
    assert plane.describe(0.5, 0.5).startswith("x1 = ")
    QTest.mouseClick(plane.viewport(), LEFT, pos=plane.frame().center().toPoint())  # between the four
    QTest.mouseClick(plane.viewport(), Qt.MouseButton.RightButton, pos=place_of(plane, 1))
    assert selection.sample == Sample("train", 2)
    plane.set_editing(True)  # now a click means points
    QTest.mouseClick(plane.viewport(), Qt.MouseButton.MiddleButton, pos=place_of(plane, 3))
    QTest.mouseClick(plane.viewport(), LEFT, pos=place_of(plane, 3))
    assert selection.sample == Sample("train", 2)


def test_test_samples_can_be_chosen_where_they_are_drawn(panel_bench: PanelBench, qtbot: QtBot) -> None:
    bench = panel_bench(BoundaryPanel, "spiral")
    plane = plane_of(bench)
    trained = len(plane.samples())
    bench.session.selection.set_sample(Sample("test", 5))
    assert current_of(plane) is None
    switch = bench.find(QCheckBox, "show_test_points")
    switch.click()
    info = bench.session.info
    assert info is not None
    assert info.data.raw_test is not None
    assert current_of(plane) == tuple(info.data.raw_test[5].tolist())
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


def test_the_current_sample_is_ringed_among_those_of_one_input(panel_bench: PanelBench) -> None:
    bench = panel_bench(BoundaryPanel, "sine-curve")
    panel = bench.panel
    fit, selection = panel.fit, bench.session.selection
    assert current_of(fit) == tuple(fit.samples()[0].tolist())
    before = fit.grab().toImage()
    selection.set_sample(Sample("train", 7))
    assert current_of(fit) == tuple(fit.samples()[7].tolist())
    assert fit.grab().toImage() != before
    places = [fit.place(*xy) for xy in fit.samples().tolist()]
    alone = lonely(np.array([[at.x(), at.y()] for at in places]), 20)
    at = fit.place(*fit.samples()[alone].tolist())
    values = fit.values_at(at)
    assert values is not None
    assert fit.describe(*values).startswith(f"sample {alone + 1}; click: the current one\nx1 = ")
    QTest.mouseClick(fit.viewport(), LEFT, pos=at.toPoint())
    assert selection.sample == Sample("train", alone)
    assert fit.describe(*values).startswith(f"sample {alone + 1}, the current one\nx1 = ")
    selection.set_sample(Sample("train", 10**6))
    assert current_of(fit) is None


def test_among_predictions_of_many_inputs_there_is_nothing_to_choose(panel_bench: PanelBench, qtbot: QtBot) -> None:
    bench = panel_bench(BoundaryPanel, "sine-curve")
    panel = bench.panel
    inputs = np.random.default_rng(1).random((20, 3))
    rows = DataChoice("rows", x=inputs.tolist(), y=inputs.sum(axis=1, keepdims=True).tolist(), task="regression")
    bench.store.apply(edits.set_data(bench.store.config, rows))
    of_both_parts = len(inputs)  # and not those of the sine, which stay until the panel's turn comes

    def count() -> int:
        return sum(len(panel.fit.data(part)[0]) for part in ("train", "test"))

    qtbot.waitUntil(lambda: panel.mode == "scatter" and count() == of_both_parts)
    assert current_of(panel.fit) is None
    first = [float(values[0]) for values in panel.fit.data("train")]
    assert not panel.fit.describe(*first).startswith("sample")
    QTest.mouseClick(panel.fit.viewport(), LEFT, pos=panel.fit.place(*first).toPoint())
    assert bench.session.selection.sample == Sample("train", 0)
