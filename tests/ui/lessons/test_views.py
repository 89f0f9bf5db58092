"""The frame around a step scrolls to what has just come, unless the learner scrolls."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractSlider, QFrame, QScrollArea, QWidget

from playground.experiment.lessons import files
from playground.ui.lessons.panel import LessonPanel
from tests.experiment.lessons.conftest import STRUCTURE, TEXT, write
from tests.ui.bench import Bench
from tests.ui.conftest import PanelBench


@pytest.fixture
def bench(panel_bench: PanelBench, tmp_path: Path) -> Bench:
    bench = panel_bench(LessonPanel, "and-gate", size=(360, 300))
    long = TEXT.replace("### Why\n", "### Why\n" + "A sentence that is long enough for a line. " * 30 + "\n\n")
    bench.panel.open(files.load(write(tmp_path / "mine", STRUCTURE, long)), "guess")
    bench.settle()
    bench.panel.lock("up")
    bench.session.play()
    return bench


def test_a_result_is_read_from_its_beginning(bench: Bench) -> None:
    bar, result = bench.find(QScrollArea, "lesson_scroll").verticalScrollBar(), bench.find(QFrame, "lesson_result")
    bench.qtbot.waitUntil(lambda: result.isVisible() and bench.loop.is_idle)
    bench.settle()
    assert 0 < result.y() - bar.value() < 60
    assert bar.value() < bar.maximum()


def test_who_scrolls_is_left_alone(bench: Bench) -> None:
    bar, result = bench.find(QScrollArea, "lesson_scroll").verticalScrollBar(), bench.find(QWidget, "lesson_result")
    bench.qtbot.waitUntil(lambda: result.isVisible() and bench.loop.is_idle)
    bench.settle()
    bar.triggerAction(QAbstractSlider.SliderAction.SliderToMinimum)
    bench.panel.resize(330, 280)
    bench.settle()
    assert bar.value() == 0
