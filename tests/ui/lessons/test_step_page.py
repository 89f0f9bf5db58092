"""A curve drawn by hand before the run."""

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from playground.experiment.config.presets import PRESETS
from playground.experiment.lessons.attempt import Attempt
from playground.experiment.lessons.schema import Drawn, Step
from playground.experiment.lessons.scoring import Guess
from playground.experiment.lessons.texts import StepText
from playground.experiment.training.history import History
from playground.experiment.training.metrics import Metrics
from playground.ui.core import theme
from playground.ui.lessons.step_page import DrawnCurve, StepPage

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def chart(qtbot: QtBot, qapp: Any) -> DrawnCurve:
    theme.apply(qapp, "light")
    made = DrawnCurve("guess_curve", 100.0, 1.0)
    qtbot.addWidget(made)
    made.resize(340, 180)
    made.show()
    qtbot.waitExposed(made)
    return made


def drag(qtbot: QtBot, chart: DrawnCurve, *points: tuple[float, float]) -> None:
    places = [chart.place(*point).toPoint() for point in points]
    qtbot.mousePress(chart.viewport(), LEFT, pos=places[0])
    for place in places[1:]:
        qtbot.mouseMove(chart.viewport(), QPoint(place))
    qtbot.mouseRelease(chart.viewport(), LEFT, pos=places[-1])


def test_a_drag_draws_a_curve(qtbot: QtBot, chart: DrawnCurve) -> None:
    assert chart.value() is None
    with qtbot.waitSignal(chart.changed):
        drag(qtbot, chart, (10, 0.8), (50, 0.4), (90, 0.2))
    drawn = chart.value()
    assert drawn is not None
    x, y = map(np.array, drawn)
    assert np.interp([10, 30, 50, 90], x, y) == pytest.approx([0.8, 0.6, 0.4, 0.2], abs=0.05)


def test_an_empty_curve_says_how_it_is_drawn_until_it_is(qtbot: QtBot, chart: DrawnCurve) -> None:
    empty = chart.grab().toImage()
    drag(qtbot, chart, (40, 0.8), (50, 0.8))
    chart.set_value(([0.0], [2.0]))  # above the top: nothing of it is seen
    assert chart.grab().toImage() != empty


def test_a_locked_curve_stays_and_the_run_is_drawn_over_it(qtbot: QtBot, chart: DrawnCurve) -> None:
    chart.set_value(([0.0, 100.0], [1.0, 0.0]))
    before = chart.value()
    chart.set_locked(True)
    drag(qtbot, chart, (10, 0.1), (90, 0.1))
    assert chart.value() == before
    chart.show_run([0.0, 50.0], [0.5, 0.25])
    assert chart.data("run")[1].tolist() == [0.5, 0.25]


def test_a_page_that_is_made_again_shows_the_runs_curve_over_the_drawn_one(qtbot: QtBot, qapp: Any) -> None:
    step = Step("s", question=Drawn("train_loss", steps=100, top=1))
    attempt = Attempt(step, PRESETS["and-gate"].config, Guess(([0.0, 100.0], [1.0, 0.0])))
    history = History()
    history.add_evaluation(50, 1, Metrics(0.25, None), None)
    attempt.reveal({}, history.view())
    page = StepPage(attempt, StepText())
    qtbot.addWidget(page)
    assert page.guess is not None
    assert isinstance(page.guess.answer, DrawnCurve)
    assert page.guess.answer.data("run")[1].tolist() == [0.25]


def test_it_is_higher_with_larger_type(chart: DrawnCurve) -> None:
    usual = chart.height()
    theme.set_scale(1.7)
    assert chart.height() == round(1.7 * usual)
