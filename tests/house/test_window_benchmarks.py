"""What the benchmarks of the window work out from what they saw, apart from time."""

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from tests.benchmarks.hands import HANDS
from tests.benchmarks.memory import derivative
from tests.benchmarks.start_up import GOALS_MS, Spent, slowest_imports, summary


def test_imports_are_added_up_by_package_and_our_own_stay_apart() -> None:
    lines = """import time: self [us] | cumulative | imported package
import time:      1500 |       1500 |     numpy.linalg
import time:      2500 |       9000 |   numpy
import time:       300 |        300 |   playground.ui.core.theme
import time:      3000 |       3000 | playground.app
"""
    assert slowest_imports(lines) == [("numpy", 4.0), ("playground.app", 3.0), ("playground.ui.core.theme", 0.3)]


def test_the_median_is_held_against_the_goal() -> None:
    name = "close in mid-training"
    goal = GOALS_MS[name]
    assert goal is not None
    seen = [Spent(goal / 1000 * share, 0.01) for share in (0.5, 0.9, 7.0)]
    (line,) = summary({name: seen})
    assert line["holds"] is True
    assert line["wall_ms"] == round(0.9 * goal, 1)
    (line,) = summary({name: [Spent(goal / 1000 * 1.1, 0.01)]})
    assert line["holds"] is False
    (line,) = summary({"all panels made": seen})
    assert line["holds"] is None


def test_the_rise_of_memory_is_told_in_mb_a_minute() -> None:
    seconds = [0.0, 1.0, 2.0, 3.0]
    assert abs(derivative(seconds, [100.0, 100.5, 101.0, 101.5]) - 30.0) < 1e-9
    assert abs(derivative(seconds, [100.0, 100.0, 100.0, 100.0])) < 1e-9
    assert derivative([1.0], [100.0]) == 0.0


def test_a_real_mouse_says_what_it_needs(qapp: QApplication) -> None:
    if QGuiApplication.platformName() == "xcb":
        pytest.skip("there is an X server here")
    window = QWidget()
    with pytest.raises(SystemExit, match="X server: xvfb-run"):
        HANDS["mouse"](window)
