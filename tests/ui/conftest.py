"""A real window for the tests, on settings of its own, shown, with the run built; and a stage for one panel alone."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QSizePolicy, QWidget
from pytestqt.qtbot import QtBot

from playground import app
from playground.experiment.config import schema as configs
from playground.experiment.config.presets import PRESETS
from playground.experiment.config.schema import ExperimentConfig
from playground.runtime.preferences import Preferences
from playground.runtime.session import Session
from playground.runtime.speed import Speed
from playground.runtime.store import Store
from playground.ui.core import i18n, theme
from playground.ui.core.panel import Panel
from playground.ui.core.refresh_loop import RefreshLoop
from playground.ui.shell.main_window import MainWindow
from playground.ui.widgets.card import Card

OpenWindow = Callable[..., MainWindow]
Play = Callable[..., "Stage"]


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
        qtbot.waitUntil(lambda: window.refresh_loop.is_resting)
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


class Stage:
    """A panel of any kind, the session that feeds it, and the pump between them."""

    panel: Any

    def __init__(self, qtbot: QtBot, panel: Panel, session: Session) -> None:
        self.qtbot, self.panel, self.session = qtbot, panel, session
        self.card = panel.window()  # kept: the panel lives in it
        self.pump = RefreshLoop(session, panel.window())
        self.pump.add(panel)

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: self.session.info is not None)
        self.qtbot.waitUntil(lambda: self.pump.is_resting)

    def step(self, n: int) -> None:
        self.session.step(n)
        self.settle()

    def click(self, name: str) -> None:
        button = self.card.findChild(QAbstractButton, name)
        assert button is not None, name
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        self.settle()


def carded(qtbot: QtBot, panel: Panel) -> Card:
    """Put a panel with its header into a card, as the window does."""
    card = Card(f"{panel.name}_card")
    card.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
    header = panel.header()
    if header is not None:
        card.set_header(header)
    card.set_content(panel)
    card.resize(660, 380)
    qtbot.addWidget(card)
    return card


@pytest.fixture
def play(qtbot: QtBot, qapp: QApplication) -> Iterator[Play]:
    """Return a function that shows a panel on an experiment."""
    theme.apply(qapp, "light")
    sessions: list[Session] = []
    kept: list[Stage] = []

    def start(kind: type[Panel], config: ExperimentConfig, *, hidden: bool = False) -> Stage:
        store = Store(config)
        session = Session(store)
        sessions.append(session)
        panel = kind(store, session)
        card = carded(qtbot, panel)
        stage = Stage(qtbot, panel, session)
        kept.append(stage)
        if not hidden:
            card.show()
            stage.settle()
        return stage

    yield start
    for session in sessions:
        session.close()
