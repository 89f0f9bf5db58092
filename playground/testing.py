"""For tests that drive the window with pytest-qt: open it on settings of its own, find its controls, wait for it.

The page ``resources/pages/testing.en.md``, under Help in the window, has a complete example and the names of all
controls.
"""

import tempfile
import time
import weakref
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from playground.app import create_window
from playground.cli import experiments
from playground.experiment.config.schema import ExperimentConfig, StopConfig
from playground.runtime.preferences import Preferences
from playground.suggestions import did_you_mean
from playground.ui.shell.main_window import USUAL, MainWindow

TIMEOUT_S = 30.0

NEAR = 0.75
"""How similar a name is that was probably meant; other controls have names in common words."""


class WaitError(AssertionError):
    """What a test waited for did not come; the message is a sentence with the state of the window in it."""


class Bot(Protocol):
    """What is needed of pytest-qt's ``qtbot``."""

    def addWidget(self, widget: QWidget) -> None: ...  # noqa: D102, N802


def open_window(
    qtbot: Bot, experiment: ExperimentConfig | Path | str | None = None, settings: Preferences | Path | None = None
) -> MainWindow:
    """Open and show the window, at first 1440 by 900; it is closed after the test, and the training with it.

    Parameters
    ----------
    qtbot
        The fixture of pytest-qt.
    experiment
        The id of a ready-made experiment, a configuration, or the path of an experiment's or a table's file. Where none
        is given, the last one of these settings, and at first the spiral.
    settings
        What it reads and writes: `Preferences`, or the path of a file. Where none are given it starts in English and
        light, trains as fast as can be, and keeps nothing. The user's own settings are never touched.

    Raises
    ------
    UserError
        Where there is no such experiment, or its file cannot be read.
    """
    config = experiment if isinstance(experiment, ExperimentConfig | None) else experiments.find(str(experiment))
    folder = None
    if settings is None:
        folder = tempfile.TemporaryDirectory(prefix="playground-")
        settings = Preferences(Path(folder.name) / "settings.ini")
        settings.language, settings.theme, settings.speed = "en", "light", None
    elif isinstance(settings, Path):
        settings = Preferences(settings)
    window = create_window(config, settings)
    if folder is not None:
        weakref.finalize(window, folder.cleanup)
    qtbot.addWidget(window)
    if not settings.geometry:
        window.resize(*USUAL)  # whatever the screen: where there is none, Qt's has 800 by 800
    window.show()
    window.activateWindow()
    return window


def find(window: QWidget, name: str) -> Any:
    """Return the control or menu command (`QAction`) of this object name; of several, a visible one.

    Raises
    ------
    WaitError
        If there is none; the message suggests a name that is nearly the same, or that it may be made later.
    """
    found = [it for it in window.findChildren(QObject, name) if isinstance(it, QWidget | QAction)]
    if not found:
        names = {it.objectName() for it in window.findChildren(QObject) if not it.objectName().startswith("qt_")}
        hint = did_you_mean(name, sorted(names), NEAR) or " The panel or dialog it is in may have to be opened first."
        raise WaitError(f"There is no {name} in the window.{hint}")
    return next((it for it in found if it.isVisible()), found[0])


def wait_until_ready(window: MainWindow, timeout: float = TIMEOUT_S) -> None:
    """Wait until all panels are there, the experiment has been built, and its start is drawn; `timeout` in seconds.

    Raises
    ------
    WaitError
        If that takes longer, or at once where the experiment cannot be built.
    """
    _wait(window, "is not ready", lambda: window.area.is_complete and _is_idle(window), timeout)


def wait_until_done(window: MainWindow, timeout: float = TIMEOUT_S) -> None:
    """Wait until training has ended (`window.session.stopped_by` says why), or `step` has, and the end is drawn.

    The runs that a step of a lesson compares are waited for, too.

    Raises
    ------
    WaitError
        If that takes longer than `timeout` seconds, or at once where the experiment cannot be built; and where nothing
        was started.
    """
    session = window.session
    _wait(
        window,
        "is not done",
        lambda: not session.is_running and _is_idle(window) and not _compares(window, has_ended=False),
        timeout,
    )
    if session.step_count == 0 and session.stopped_by is None and not _compares(window, has_ended=True):
        why = "a lesson's question is still open" if session.is_held else "press Play or ask for steps first"
        raise WaitError(f"The window is not done: nothing was started, it is at step 0; {why}.")


def wait_until_drawn(window: MainWindow, timeout: float = TIMEOUT_S) -> None:
    """Wait until the window shows the present state: a change that has just been made, or, in training, a newer step.

    Raises
    ------
    WaitError
        If that takes longer than `timeout` seconds, or at once where the experiment cannot be built.
    """
    session, loop = window.session, window.refresh_loop
    before = max(loop.shown, (-1 if session.info is None else session.info.run, session.step_count))
    _wait(
        window,
        "is not drawn",
        lambda: (session.is_running and loop.shown > before) or (_is_idle(window) and not session.is_running),
        timeout,
    )


def _is_idle(window: MainWindow) -> bool:
    is_painted = window.area.is_painted or not window.isVisible()  # not yet where it was just built, in a language
    return is_painted and window.session.is_current and window.refresh_loop.is_idle


def _compares(window: MainWindow, *, has_ended: bool) -> bool:
    """Return whether the runs that a step of a lesson compares are going on, or are there."""
    name = "lesson_variants" if has_ended else "lesson_compare"
    return any(it.isVisible() and (has_ended or not it.isEnabled()) for it in window.findChildren(QWidget, name))


def _wait(window: MainWindow, what: str, is_so: Callable[[], bool], timeout: float) -> None:
    end = time.monotonic() + timeout
    while True:
        if window.session.problem:
            raise WaitError(f"The window {what}: its experiment cannot be built. {window.session.problem}")
        if is_so():
            break
        if time.monotonic() > end:
            raise WaitError(f"The window {what} after {timeout:g} s: {_state(window)}.")
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        time.sleep(0.001)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)


def _state(window: MainWindow) -> str:
    session = window.session
    if not session.is_current:
        return "the experiment is still being built"
    if session.is_running:
        goes_on = ", and no stop condition ends it" if window.store.config.training.stop == StopConfig() else ""
        return f"it trains, at step {session.step_count:,}{goes_on}"
    drawn = "drawn" if window.refresh_loop.is_idle else "not drawn yet"
    return f"it rests at step {session.step_count:,}, {drawn}, and stopped by {session.stopped_by or 'nothing'}"
