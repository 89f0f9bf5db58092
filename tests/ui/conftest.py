"""A real window for the tests: on settings of its own, shown, with the run built."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from playground import app
from playground.experiment.config import ExperimentConfig
from playground.experiment.presets import PRESETS
from playground.runtime.preferences import Preferences
from playground.ui import i18n, theme
from playground.ui.main_window import MainWindow

OpenWindow = Callable[..., MainWindow]


@pytest.fixture
def open_window(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[OpenWindow]:
    """Return a function that opens the window on an experiment; all are closed afterwards."""
    windows: list[MainWindow] = []

    def open_one(experiment: ExperimentConfig | str | None = "and-gate", *, height: int | None = 720) -> MainWindow:
        config = PRESETS[experiment].config if isinstance(experiment, str) else experiment
        window = app.create_window(config, Preferences(tmp_path / "settings.ini"))
        windows.append(window)
        if height is not None:
            window.resize(1280, height)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(lambda: window.session.info is not None and window.isActiveWindow())
        qtbot.waitUntil(lambda: window.area.is_complete, timeout=10_000)
        qtbot.waitUntil(lambda: window.pump.is_resting)
        return window

    yield open_one
    for window in windows:
        window.close()
        window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)  # what is gone need not be dressed anew
    theme.set_scale(1.0)
    theme.apply(qapp, "light")
    i18n.use(qapp, "en")
