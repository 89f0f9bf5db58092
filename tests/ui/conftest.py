"""A real window for the tests, on settings of its own, shown, with the run built; and a stage for one panel alone."""

import gc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QDockWidget, QLabel, QWidget
from pytestqt.qtbot import QtBot

from playground import app
from playground.experiment.config import schema as configs
from playground.experiment.config.presets import PRESETS
from playground.experiment.config.schema import ExperimentConfig
from playground.runtime.preferences import Preferences, Setting
from playground.runtime.speed import Speed
from playground.ui.core import i18n, theme
from playground.ui.core.panel import Panel
from playground.ui.shell.main_window import MainWindow
from tests.conftest import own_environment
from tests.ui.bench import Bench

OpenWindow = Callable[..., MainWindow]
PanelBench = Callable[..., Any]

USUAL = (1280, 720)


def part(window: QWidget, name: str, kind: type[QWidget] = QWidget) -> QWidget:
    """Return the part of a window that has a name."""
    found = window.findChild(kind, name)
    assert found is not None, name
    return found


def text(window: QWidget, name: str) -> str:
    """Return the words of a label."""
    label = part(window, name, QLabel)
    assert isinstance(label, QLabel)
    return label.text()


def settle(qapp: QApplication) -> None:
    """Let everything that was put off come to its end: layouts that ask for layouts, say."""
    for _pass in range(20):
        qapp.processEvents()


@pytest.fixture
def open_window(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[OpenWindow]:
    """Return a function that opens the window on an experiment, as fast as can be; all are closed afterwards.

    It costs half a second: for tests that close a window, open several, or leave a panel in a state of its own. The
    others take `kept_window`.
    """
    windows: list[MainWindow] = []

    def open_one(
        experiment: ExperimentConfig | str | None = "and-gate", *, height: int | None = USUAL[1], speed: Speed = None
    ) -> MainWindow:
        preferences = Preferences(tmp_path / "settings.ini")
        preferences.speed = speed
        window = app.create_window(_config(experiment), preferences)
        windows.append(window)
        if height is not None:
            window.resize(USUAL[0], height)
        _show(window, qtbot)
        return window

    yield open_one
    _close(windows, qapp)


class KeptWindow:
    """The one window of a test module, and the layout it has at first."""

    def __init__(self, folder: Path) -> None:
        with own_environment(folder):
            self.window = app.create_window(PRESETS["and-gate"].config, Preferences(folder / "settings.ini"))
        self.window.resize(*USUAL)
        self.layout = b""

    def calm(self, qapp: QApplication) -> None:
        """Go back to how it was at first."""
        window = self.window
        window.session.pause()
        window.session.end_race()
        for popup in window.findChildren(QWidget):
            if popup.isWindow() and popup.isVisible() and not isinstance(popup, QDockWidget):
                popup.close()
        window.actions_["presenter"].setChecked(False)
        for name, setting in vars(Preferences).items():
            if isinstance(setting, Setting):
                setattr(window.preferences, name, setting.default)
        _calm(qapp)
        window.resize(*USUAL)
        settle(qapp)
        if window.area.save() != self.layout:
            window.area.arrange()
            settle(qapp)
        window.area.fold([])
        window.first_steps.hide()
        window.status.hide()


@pytest.fixture(scope="module")
def _kept(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[KeptWindow]:
    kept = KeptWindow(tmp_path_factory.mktemp("window"))
    yield kept
    _close([kept.window], qapp)
    gc.unfreeze()
    gc.enable()


@pytest.fixture
def kept_window(_kept: KeptWindow, qtbot: QtBot, qapp: QApplication) -> Iterator[OpenWindow]:
    """Return a function that sets the one window of the module to an experiment, as `open_window` would open it.

    Settings, layout, size, theme and language are those of the start. What is not: the history of undo, and what the
    panels keep beyond an experiment, such as which page is open.
    """
    window = _kept.window

    def set_up(
        experiment: ExperimentConfig | str = "and-gate", *, height: int = USUAL[1], speed: Speed = None
    ) -> MainWindow:
        config = _config(experiment)
        assert config is not None
        window.transport.speed_chosen.emit(speed)
        if window.store.config == config:
            window.session.rebuild()
        window.store.apply(config)
        window.resize(USUAL[0], height)
        _show(window, qtbot)
        window.area.column.verticalScrollBar().setValue(0)
        window.centralWidget().setFocus()
        settle(qapp)
        _kept.layout = _kept.layout or window.area.save()
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


def _close(windows: list[MainWindow], qapp: QApplication) -> None:
    for window in windows:
        window.close()
        window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)  # what is gone need not be dressed anew
    _calm(qapp)


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


@pytest.fixture
def panel_bench(qtbot: QtBot, qapp: QApplication) -> Iterator[PanelBench]:
    """Return a function that shows a panel in its card on an experiment: ``panel_bench(LossPanel, "spiral")``."""
    theme.apply(qapp, "light")
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
