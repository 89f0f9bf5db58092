"""A real window for the tests, on settings of its own, shown, with the run built; and a stage for one panel alone."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from playground import app
from playground.experiment.config import schema as configs
from playground.experiment.config.presets import PRESETS
from playground.experiment.config.schema import ExperimentConfig
from playground.runtime.preferences import Preferences
from playground.runtime.speed import Speed
from playground.ui.core import i18n, theme
from playground.ui.core.panel import Panel
from playground.ui.shell.main_window import MainWindow
from tests.ui.bench import Bench

OpenWindow = Callable[..., MainWindow]
PanelBench = Callable[..., Any]


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
    """Return a function that opens the window on an experiment, as fast as can be; all are closed afterwards."""
    windows: list[MainWindow] = []

    def open_one(
        experiment: ExperimentConfig | str | None = "and-gate", *, height: int | None = 720, speed: Speed = None
    ) -> MainWindow:
        config = PRESETS[experiment].config if isinstance(experiment, str) else experiment
        preferences = Preferences(tmp_path / "settings.ini")
        preferences.speed = speed
        window = app.create_window(config, preferences)
        windows.append(window)
        if height is not None:
            window.resize(1280, height)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(lambda: window.session.info is not None and window.isActiveWindow())
        qtbot.waitUntil(lambda: window.area.is_complete)
        qtbot.waitUntil(lambda: window.refresh_loop.is_idle)
        return window

    yield open_one
    for window in windows:
        window.close()
        window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)  # what is gone need not be dressed anew
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
