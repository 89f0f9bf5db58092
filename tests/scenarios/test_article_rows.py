"""What the five articles have is in the window: each of its places is opened as a user would."""

import contextlib

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt import exceptions
from pytestqt.qtbot import QtBot

from playground.experiment.articles.figures import ARTICLES
from playground.experiment.config.presets import PRESETS
from playground.experiment.lessons import files
from playground.experiment.lessons.schema import Step as LessonStep
from playground.experiment.lessons.texts import StepText
from playground.ui.shell.main_window import MainWindow
from tests.scenarios.article_rows import ROWS, Control, Experiment, Row, Step
from tests.ui.conftest import OpenWindow, part

LEFT = Qt.MouseButton.LeftButton
SOON_MS = 5_000


def choose(window: MainWindow, name: str) -> None:
    """Take a ready-made experiment from the menu below the experiment's name."""
    menu = window.experiment_menu
    menu.aboutToShow.emit()
    action = next(it for it in menu.actions() if it.objectName() == f"preset_{name}")
    assert action.isEnabled()
    action.trigger()


def visible(window: MainWindow, name: str) -> QWidget | None:
    return next((it for it in window.findChildren(QWidget, name) if it.isVisible()), None)


def show_panel(window: MainWindow, name: str) -> None:
    """Open a panel by its entry in the menu View, if it is not there."""
    dock = window.area.docks.get(name)
    if dock is not None and not dock.is_in_front:
        dock.show_action.trigger()


def press(window: MainWindow, name: str) -> None:
    """Press a button, unless it is down already."""
    button = visible(window, name)
    assert isinstance(button, QAbstractButton), name
    if not button.isChecked():
        QTest.mouseClick(button, LEFT)


def words_of(step: LessonStep, text: StepText) -> str:
    """Return what a step says, and what it shows by name."""
    return " ".join([text.text, *text.parts.values(), *text.hints, msgspec.json.encode(step).decode()])


def of(kind: type) -> list[Row]:
    return [row for row in ROWS if isinstance(row.place, kind)]


def test_each_article_has_its_rows_each_once() -> None:
    assert {row.article for row in ROWS} == set(ARTICLES)
    assert len(set(ROWS)) == len(ROWS)


def test_every_experiment_of_the_articles_is_ready_made() -> None:
    for row in of(Experiment):
        assert PRESETS[row.place.name].config.network.hidden == row.place.hidden, row


def test_every_control_that_the_articles_need_can_be_found_and_used(kept_window: OpenWindow, qtbot: QtBot) -> None:
    window = kept_window()
    for row in sorted(of(Control), key=lambda row: row.place.experiment):
        place = row.place
        if window.store.config != PRESETS[place.experiment].config:
            choose(window, place.experiment)
        qtbot.waitUntil(lambda: window.refresh_loop.is_idle)
        show_panel(window, place.panel)
        for name in place.pressed:
            press(window, name)
        with contextlib.suppress(exceptions.TimeoutError):  # the assertion says which
            qtbot.waitUntil(lambda place=place: visible(window, place.name) is not None, timeout=SOON_MS)
        control = visible(window, place.name)
        assert control is not None, row
        assert control.isEnabled(), row
        around = window.area.docks.get(place.panel) or part(window, place.panel)
        assert around.isAncestorOf(control), row


def test_every_lesson_step_that_the_articles_need_has_its_words() -> None:
    lessons = {name: files.load(files.find(name)) for name in {row.place.lesson for row in of(Step)}}
    for row in of(Step):
        lesson = lessons[row.place.lesson]
        step = lesson.steps[lesson.index_of(row.place.step)]
        assert step.id == row.place.step, f"{lesson.id} has no step {row.place.step}"
        assert row.place.words in words_of(step, lesson.text.steps[step.id]), row
