"""The frame around a step scrolls to what has just come, unless the learner scrolls."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractSlider, QFrame, QLabel, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from playground.experiment.lessons import files
from playground.experiment.lessons.progress import Progress
from playground.ui.lessons.panel import LessonPanel
from playground.ui.lessons.views import LessonIndex
from playground.ui.widgets.markdown_text import MarkdownText
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


def test_a_result_is_read_from_its_beginning_and_who_scrolls_is_left_alone(bench: Bench) -> None:
    bar, result = bench.find(QScrollArea, "lesson_scroll").verticalScrollBar(), bench.find(QFrame, "lesson_result")
    bench.qtbot.waitUntil(lambda: result.isVisible() and bench.loop.is_idle)
    bench.settle()
    assert 0 < result.y() - bar.value() < 60
    assert bar.value() < bar.maximum()
    bar.triggerAction(QAbstractSlider.SliderAction.SliderToMinimum)
    bench.panel.resize(330, 280)
    bench.settle()
    assert bar.value() == 0


def test_the_step_has_the_whole_card_and_its_heading_stays_where_it_is_when_it_is_left(bench: Bench) -> None:
    bench.panel.resize(360, 800)
    bench.settle()
    scroll, back = bench.find(QScrollArea, "lesson_scroll"), bench.find(QWidget, "lesson_back")
    assert scroll.height() > 650
    assert bench.panel.height() - back.geometry().bottom() - back.parentWidget().y() < 20
    heading = bench.find(QWidget, "lesson_title")
    before = heading.y(), heading.height()
    bench.panel.toggle_away()
    bench.settle()
    assert not scroll.isVisible()
    assert (heading.y(), heading.height()) == before


def test_the_card_scrolls_and_never_a_text_within_it(panel_bench: PanelBench) -> None:
    bench = panel_bench(LessonPanel, "and-gate", size=(360, 500))
    bench.panel.open(files.load(files.find("one-neuron")))
    for step in range(3):
        bench.panel.enter(step)
        bench.settle()
        texts = [it for it in bench.panel.findChildren(MarkdownText) if it.isVisible()]
        assert texts
        assert {it.objectName() for it in texts if it.verticalScrollBar().maximum() > 0} == set()


def test_the_list_names_the_few_steps_that_were_left_out(qtbot: QtBot) -> None:
    museum, progress = files.load(files.find("museum-of-faults")), Progress()
    for step in museum.steps:
        if step.id not in ("broadcast", "update-mended"):
            progress = progress.with_done(museum.id, step.id)
    index = LessonIndex()
    qtbot.addWidget(index)
    index.show_progress(progress)
    notes = [it.text() for it in index.findChildren(QLabel) if "steps done" in it.text()]
    assert notes == ["15 of 17 steps done · left: 3, 12 · articles A, B, C, D, E"]
