"""Points added to the plots and taken out of them with real clicks and keys."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from playground.experiment.config import edits
from playground.experiment.config.presets import PRESETS
from playground.experiment.config.schema import ExperimentConfig, StopConfig
from playground.ui.boundary.panel import BoundaryPanel
from playground.ui.boundary.plane_plot import PlanePlot
from playground.ui.boundary.sample_chart import FitPlot, SampleChart
from playground.ui.core import theme
from tests.ui.bench import Bench
from tests.ui.conftest import PanelBench

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton


def experiment(data: str) -> ExperimentConfig:
    return edits.set_data(PRESETS["spiral"].config, data)


class Hand(Bench):
    """What a user does on the card."""

    def edit(self) -> None:
        QTest.mouseClick(self.part("edit_points"), LEFT)

    def part(self, name: str) -> Any:
        return self.find(QWidget, name)

    def click_at(self, plot: SampleChart, place: QPoint, button: Qt.MouseButton = LEFT) -> None:
        QTest.mouseMove(plot.viewport(), place)
        QTest.mouseClick(plot.viewport(), button, pos=place)
        self.settle()

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: self.session.is_current and self.loop.is_idle)

    @property
    def data(self) -> Any:
        return self.store.config.data


@pytest.fixture
def hand(panel_bench: PanelBench) -> Any:
    return lambda config: panel_bench(BoundaryPanel, config, bench=Hand)


def test_a_click_adds_a_point_of_the_chosen_class_exactly_there_and_is_one_step_of_undo(hand: Any) -> None:
    user = hand(experiment("circle"))
    before = user.store.config
    user.edit()
    plot: PlanePlot = user.part("plane_plot")
    places = [plot.frame().topLeft().toPoint() + QPoint(23 + 20 * k, 41) for k in range(3)]
    QTest.mouseClick(user.part("point_class_1"), LEFT)
    for k, place in enumerate(places, 1):
        meant = plot.values_at(place.toPointF())
        user.click_at(plot, place)
        assert user.data.name == "rows"
        assert len(user.data["x"]) == 500 + k
        assert user.data["x"][-1] == pytest.approx(meant, abs=0.002)  # the plane is 12 wide: 0.06 a pixel
        assert user.data["y"][-1] == 0
        assert user.session.info.data.dataset.name == "rows"
        assert plot.place(*plot.samples()[-1]).toPoint() == place
    user.store.undo()
    assert len(user.data["x"]) == 502
    user.store.undo()
    user.store.undo()
    assert user.store.config == before


def test_a_right_click_and_delete_remove_the_point_under_the_pointer(hand: Any) -> None:
    user = hand("and-gate")
    user.edit()
    plot: PlanePlot = user.part("plane_plot")
    user.click_at(plot, plot.place(0.0, 1.0).toPoint() + QPoint(3, -2), RIGHT)
    assert user.data["x"] == ((0, 0), (1, 0), (1, 1))
    QTest.mouseMove(plot.viewport(), plot.place(1.0, 1.0).toPoint())
    QTest.keyClick(plot, Qt.Key.Key_Delete)
    user.settle()
    assert user.data["x"] == ((0, 0), (1, 0))
    user.click_at(plot, plot.frame().center().toPoint(), RIGHT)  # nothing there
    assert len(user.data["x"]) == 2


def test_points_of_the_test_part_can_be_removed_when_they_are_shown(hand: Any) -> None:
    user = hand(experiment("gauss"))
    QTest.mouseClick(user.part("show_test_points"), LEFT)
    user.edit()
    plot: PlanePlot = user.part("plane_plot")
    data = user.session.info.data
    x = plot.samples()
    assert np.array_equal(x, np.concatenate([data.raw_test, data.raw_train]))
    gone = tuple(x[plot.sample_near(plot.place(*x[3]))])
    user.click_at(plot, plot.place(*x[3]).toPoint(), RIGHT)
    assert len(user.data["x"]) == 499
    assert gone not in user.data["x"] or np.hypot(*(np.array(gone) - x[3])) < 0.1


def test_the_keys_choose_move_add_and_remove(hand: Any) -> None:
    user = hand("and-gate")
    edit = user.part("edit_points")
    edit.setFocus()
    QTest.keyClick(edit, Qt.Key.Key_Space)
    plot: PlanePlot = user.part("plane_plot")
    assert plot.hasFocus()
    QTest.keyClick(plot, Qt.Key.Key_1)
    assert user.part("point_class_1").isChecked()
    QTest.keyClick(plot, Qt.Key.Key_Left)
    QTest.keyClick(plot, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(plot, Qt.Key.Key_Return)
    user.settle()
    middle = plot.rect().center()
    meant = plot.values_at((middle + QPoint(-12, -1)).toPointF())
    assert user.data["x"][-1] == pytest.approx(meant, abs=0.001)
    assert user.data["y"][-1] == 0
    QTest.keyClick(plot, Qt.Key.Key_Delete)
    user.settle()
    assert len(user.data["x"]) == 4


def test_a_sine_gets_points_with_the_height_of_the_click_and_they_are_dragged_to_another(hand: Any) -> None:
    user = hand("sine-curve")
    user.edit()
    plot: FitPlot = user.part("fit_plot")
    place = plot.place(1.0, -0.5).toPoint()
    meant = plot.values_at(place.toPointF())
    user.click_at(plot, place)
    assert (*user.data["x"][-1], user.data["y"][-1]) == pytest.approx(meant, abs=0.002)
    targets = np.array(user.data["y"])
    drag(plot, place, place + QPoint(0, -20))
    user.settle()
    assert np.flatnonzero(~np.isclose(user.data["y"], targets)).tolist() == [len(targets) - 1]
    user.click_at(plot, place + QPoint(0, -20), RIGHT)
    assert len(user.data["x"]) == len(targets) - 1


def test_numbers_over_a_plane_are_chosen_like_classes(hand: Any) -> None:
    user = hand(experiment("plane"))
    user.edit()
    plot: PlanePlot = user.part("plane_plot")
    QTest.keyClick(plot, Qt.Key.Key_2)
    low, high = plot.levels
    user.click_at(plot, plot.frame().center().toPoint())
    assert user.data["y"][-1] == pytest.approx((low + high) / 2, abs=0.001)


def test_weights_go_on_and_play_goes_on(hand: Any, qtbot: QtBot) -> None:
    user = hand(
        edits.change(experiment("circle"), "training.stop", StopConfig())
    )  # a run that learns quickly would end meanwhile
    session = user.session
    session.play()
    qtbot.waitUntil(lambda: session.step_count > 200)
    user.edit()
    plot: PlanePlot = user.part("plane_plot")
    with qtbot.waitSignal(session.run_started):
        QTest.mouseClick(
            plot.viewport(), LEFT, pos=plot.frame().topLeft().toPoint() + QPoint(9, 9)
        )  # no sample is there
    assert session.is_running
    session.pause()


TWICE_AS_DENSE = """
import sys
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
import numpy as np
from playground.ui.core import theme
from playground.runtime.selection import Selection
from playground.ui.boundary.plane_plot import PlanePlot
from playground.ui.boundary.sample_chart import Samples
app = QApplication(sys.argv)
theme.apply(app, "light")
plot = PlanePlot(Selection())
plot.resize(400, 300)
plot.set_axes(((0.0, 10.0), (-1.0, 1.0)), ("a", "b"), False)
plot.show()
assert plot.devicePixelRatioF() == 2.0
got = []
plot.added.connect(lambda x, y: got.append((x, y)))
plot.set_editing(True)
place = plot.frame().topLeft().toPoint() + QPoint(31, 57)
QTest.mouseMove(plot.viewport(), place)
QTest.mouseClick(plot.viewport(), Qt.MouseButton.LeftButton, pos=place)
plot.set_editing(False)
plot.show_samples(Samples("train", np.array(got), np.array([[1, 2, 3]], np.uint8)))
image = plot.grab().toImage()
near = [(2 * place.x() + x, 2 * place.y() + y) for x in range(-60, 60) for y in range(-60, 60)]
dark = [at for at in near if image.pixelColor(*at).name() == "#010203"]
middle = np.mean(dark, axis=0) + 0.5
assert np.abs(middle - 2 * np.array([place.x(), place.y()])).max() <= 0.5, (middle, place)
"""


def test_on_a_screen_twice_as_dense_a_point_lies_where_it_was_clicked() -> None:
    environment = {**os.environ, "QT_SCALE_FACTOR": "2", "QT_QPA_PLATFORM": "offscreen"}
    root = Path(theme.__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", TWICE_AS_DENSE], cwd=root, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def drag(plot: SampleChart, start: QPoint, end: QPoint) -> None:
    QTest.mousePress(plot.viewport(), LEFT, pos=start)
    for share in (0.3, 0.7, 1.0):
        QTest.mouseMove(plot.viewport(), start + (end - start) * share)
    QTest.mouseRelease(plot.viewport(), LEFT, pos=end)


def test_dragging_a_point_moves_it_and_one_undo_puts_it_back(hand: Any) -> None:
    user = hand("and-gate")
    user.edit()
    plot: PlanePlot = user.part("plane_plot")
    before = user.store.config
    start, end = plot.place(1.0, 0.0).toPoint(), plot.frame().center().toPoint()
    for place in (start + QPoint(1, 1), QPoint(2, 2)):  # a click, which would add one that is not seen; out of the plot
        drag(plot, start, place)
        assert user.store.config == before
    drag(plot, start, end)
    user.settle()
    assert len(user.data["x"]) == 4
    assert user.data["x"][2] == pytest.approx(plot.values_at(end.toPointF()), abs=0.01)
    assert [*user.data["x"][:2], user.data["x"][3]] == [(0.0, 0.0), (0.0, 1.0), (1.0, 1.0)]
    assert list(user.data["y"]) == [0, 0, 0, 1]
    user.store.undo()
    assert user.store.config == before


def test_editing_points_moves_nothing_and_images_say_why_there_are_none(hand: Any) -> None:
    user = hand("and-gate")
    plot: PlanePlot = user.part("plane_plot")
    for config in (PRESETS["and-gate"].config, experiment("circle")):
        user.store.apply(config)
        user.settle()
        place, plane = plot.geometry(), plot.frame()
        user.edit()
        user.settle()
        assert (plot.geometry(), plot.frame()) == (place, plane)
        user.click_at(plot, plot.frame().topLeft().toPoint() + QPoint(15, 21))
        assert (plot.geometry(), plot.frame()) == (place, plane)
        user.edit()
        assert (plot.geometry(), plot.frame()) == (place, plane)
    user.store.apply(PRESETS["digits"].config)
    user.settle()
    assert not user.part("edit_points").isVisible()
    assert "no plane" in user.part("boundary_caption").text()
