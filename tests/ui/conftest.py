"""A real window for the tests, on settings of its own, shown, with the run built; and a stage for one panel alone."""

import gc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDockWidget, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from playground import app
from playground.experiment.config import edits
from playground.experiment.config import schema as configs
from playground.experiment.config.change_kind import ChangeKind, kind_of_change
from playground.experiment.config.presets import PRESETS
from playground.experiment.config.schema import ExperimentConfig, StopConfig
from playground.experiment.lessons.progress import Progress
from playground.runtime.preferences import Preferences
from playground.runtime.selection import Sample
from playground.runtime.speed import AUTO, Speed
from playground.ui.comparison.panel import ComparisonPanel
from playground.ui.core import i18n, theme
from playground.ui.core.panel import Panel
from playground.ui.lessons.panel import LessonPanel
from playground.ui.shell.actions import check
from playground.ui.shell.main_window import MainWindow
from playground.ui.widgets.segmented import SegmentedControl
from playground.ui.widgets.switches import Disclosure
from tests.conftest import own_environment
from tests.ui.bench import Bench

OpenWindow = Callable[..., MainWindow]
PanelBench = Callable[..., Any]

USUAL = (1280, 720)
LESSON = "lesson_panel"


def part(window: QWidget, name: str, kind: type[QWidget] = QWidget) -> QWidget:
    """Return the part of a window that has a name."""
    found = window.findChild(kind, name)
    assert found is not None, name
    return found


def text(window: QWidget, name: str) -> str:
    """Return the words of a label."""
    label = part(window, name, QLabel)
    return label.text()


def title(window: MainWindow) -> str:
    """Return what a window is called, without the name of the program."""
    return window.windowTitle().removesuffix(" – Playground")


def click(qtbot: QtBot, window: QWidget, name: str, modifier: Qt.KeyboardModifier | None = None) -> None:
    """Click in the middle of a part of a window."""
    qtbot.mouseClick(part(window, name), Qt.MouseButton.LeftButton, modifier or Qt.KeyboardModifier.NoModifier)


def type_into(field: QLineEdit, text: str, key: Qt.Key = Qt.Key.Key_Return) -> None:
    """Replace what stands in a field, and press a key."""
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, key)


def settle(qapp: QApplication) -> None:
    """Let everything that was put off come to its end: layouts that ask for layouts, say."""
    for _pass in range(20):
        qapp.processEvents()


@pytest.fixture(autouse=True)
def usual_look(qapp: QApplication) -> Iterator[None]:
    """Begin and end in the usual size, theme and language."""
    _calm(qapp)
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)  # what is gone need not be painted again
    _calm(qapp)


@pytest.fixture
def open_window(qtbot: QtBot, tmp_path: Path) -> Iterator[OpenWindow]:
    """Return a function that opens the window on an experiment, as fast as can be; all are closed afterwards.

    It costs a second: for tests that close a window or open several. The others take `kept_window`.
    """
    windows: list[MainWindow] = []

    def open_one(
        experiment: ExperimentConfig | str | None = "and-gate", *, height: int | None = USUAL[1], speed: Speed = None
    ) -> MainWindow:
        closed = [it for it in windows if not it.isVisible()]
        _close(closed)  # every window that there is takes its time from the next one
        windows[:] = [it for it in windows if it not in closed]
        preferences = Preferences(tmp_path / "settings.ini")
        preferences.speed = speed
        window = app.create_window(_config(experiment), preferences)
        windows.append(window)
        if height is not None:
            window.resize(USUAL[0], height)
        _show(window, qtbot)
        return window

    yield open_one
    _close(windows)


class KeptWindow:
    """The one window of many tests, and how it is at first."""

    def __init__(self, folder: Path) -> None:
        with own_environment(folder):
            self.window = app.create_window(PRESETS["and-gate"].config, Preferences(folder / "settings.ini"))
        self.window.resize(*USUAL)
        self.places: dict[str, tuple[object, ...] | None] = {}
        self.views: dict[str, str | bool | None] = {}

    def look_at_the_start(self, qtbot: QtBot, qapp: QApplication) -> None:
        """Note where each panel is and what each view shows at first."""
        if not self.places:
            _show(self.window, qtbot)
            self.window.area.arrange()
            settle(qapp)
            self.places = self._places()
            self.views = {control.objectName(): control.value() for control in self._choices()}
            self.views |= {button.objectName(): button.isChecked() for button in self._switches()}

    def calm(self, qapp: QApplication) -> None:
        """Go back to how it was at first."""
        window = self.window
        window.setUpdatesEnabled(False)  # nobody looks: painted once at the end
        window.session.pause()
        window.session.end_race()
        window.lessons.leave()
        lessons = window.area.panels.get(LESSON)
        if isinstance(lessons, LessonPanel):
            lessons.set_progress(Progress())
            window.area.docks[LESSON].close()
        race = window.area.panels.get("race_panel")
        if isinstance(race, ComparisonPanel):
            race.chooser._own = None  # so that the next run chooses anew
            race.chooser._choose([])
            race.chooser._allow()
            race._said.hide()
        for popup in qapp.topLevelWidgets():
            if popup is not window and popup.isVisible() and not isinstance(popup, QDockWidget):
                popup.close()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        window.actions_["presenter"].setChecked(False)
        window.preferences.file.clear()
        for choice in self._choices():
            first = self.views.get(choice.objectName())
            if isinstance(first, str) and choice.value() != first:
                choice.buttons[first].click()
        for button in self._switches():
            if button.isChecked() != self.views.get(button.objectName(), button.isChecked()):
                button.click()
        _calm(qapp)  # what is chosen in the views goes along with another language
        check(window.actions_.themes, window.preferences.theme)
        check(window.actions_.languages, window.preferences.language)
        window.resize(*USUAL)
        settle(qapp)
        if self._places() != self.places:
            for name, dock in window.area.docks.items():
                place = self.places[name]
                dock.setVisible(place is not None)
                if place is not None and place[1]:
                    dock.raise_()
            settle(qapp)
        if self._places() != self.places:
            window.area.arrange()
            settle(qapp)
        window.area.fold([])
        window.first_steps.hide()
        window.status.hide()
        window.setUpdatesEnabled(True)

    def start(self, config: ExperimentConfig) -> None:
        """Go to an experiment, untrained and without anything to undo."""
        window = self.window
        store, selection = window.store, window.session.selection
        before = store.config
        store.apply(config)
        if kind_of_change(before, config) != ChangeKind.RESTART:
            window.session.rebuild()
        store._before.clear()
        store._after.clear()
        store._own = {config.data.name: config}
        store.history_changed.emit()
        selection.set_sample(Sample())
        selection.set_unit(None)
        window.files.path = None
        window.files._paths.clear()
        window._limited_speed = AUTO

    def _places(self) -> dict[str, tuple[object, ...] | None]:
        """Return which panels are open, whether they float, and the places of those in front of the tabs."""
        return {
            name: None if dock.isHidden() else (dock.isFloating(), dock.is_in_front and dock.geometry())
            for name, dock in self.window.area.docks.items()
        }

    def _choices(self) -> list[SegmentedControl]:
        """Return the choices of what to look at; those of the set-up show the experiment."""
        return [
            choice
            for name, dock in self.window.area.docks.items()
            if name not in ("setup", LESSON)
            for choice in dock.findChildren(SegmentedControl)
        ]

    def _switches(self) -> list[QAbstractButton]:
        """Return the switches of the views, and what opens the details of the set-up."""
        docks = [dock for name, dock in self.window.area.docks.items() if name not in ("setup", LESSON)]
        found = [button for dock in docks for button in dock.findChildren(QAbstractButton)]
        return [
            button
            for button in (*found, *self.window.area.column.findChildren(Disclosure))
            if button.isCheckable() and button.objectName() and not isinstance(button.parent(), SegmentedControl)
        ]


@pytest.fixture(scope="package")
def _kept(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[KeptWindow]:
    kept = KeptWindow(tmp_path_factory.mktemp("window"))
    yield kept
    _close([kept.window])
    gc.unfreeze()
    gc.enable()


@pytest.fixture
def kept_window(_kept: KeptWindow, qtbot: QtBot, qapp: QApplication) -> Iterator[OpenWindow]:
    """Return a function that sets the one window of many tests to an experiment, as `open_window` would open it.

    Settings, layout, size, theme, language, views and the history of undo are those of the start.
    """
    window = _kept.window
    _kept.look_at_the_start(qtbot, qapp)

    def set_up(
        experiment: ExperimentConfig | str = "and-gate", *, height: int = USUAL[1], speed: Speed = None
    ) -> MainWindow:
        config = _config(experiment)
        assert config is not None
        window.transport.speed_chosen.emit(speed)
        _kept.start(config)
        window.resize(USUAL[0], height)
        _show(window, qtbot)
        window.area.column.verticalScrollBar().setValue(0)
        window.centralWidget().setFocus()
        settle(qapp)
        return window

    yield set_up
    _kept.calm(qapp)


def _config(experiment: ExperimentConfig | str | None) -> ExperimentConfig | None:
    return PRESETS[experiment].config if isinstance(experiment, str) else experiment


def _show(window: MainWindow, qtbot: QtBot) -> None:
    window.show()
    window.activateWindow()
    qtbot.waitUntil(lambda: window.session.is_current and window.isActiveWindow())
    qtbot.waitUntil(lambda: window.area.is_complete)
    qtbot.waitUntil(lambda: window.refresh_loop.is_idle)


def _close(windows: list[MainWindow]) -> None:
    for window in windows:
        window.close()
        window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def _calm(qapp: QApplication) -> None:
    """Go back to the usual size, theme and language."""
    theme.set_scale(1.0)
    theme.apply(qapp, "light")
    i18n.use(qapp, "en")


def experiment(data: str, hidden: list[int], output: str = "sigmoid", **training: Any) -> ExperimentConfig:
    network = {"hidden": hidden, "activation": "tanh", "output": output}
    loss = {"loss": "cross-entropy"} if output == "softmax" else {}
    part: dict[str, Any] = {"data": {"name": data}, "network": network, "training": {**loss, **training}}
    return configs.from_builtins(part)


def endless(config: ExperimentConfig) -> ExperimentConfig:
    """Return the experiment without a stop condition."""
    return edits.change(config, "training.stop", StopConfig())


@pytest.fixture
def panel_bench(qtbot: QtBot) -> Iterator[PanelBench]:
    """Return a function that shows a panel in its card on an experiment: ``panel_bench(LossPanel, "spiral")``."""
    benches: list[Bench] = []

    def show(
        kind: type[Panel],
        experiment: ExperimentConfig | str,
        *,
        size: tuple[int, int] = (660, 380),
        hidden: bool = False,
        bench: type[Any] = Bench,
    ) -> Any:
        config = PRESETS[experiment].config if isinstance(experiment, str) else experiment
        benches.append(bench(qtbot, kind, config, size))
        if not hidden:
            benches[-1].show()
        return benches[-1]

    yield show
    for each in benches:
        each.panel.shut_down()
        each.session.close()
