"""The composition root of the window: the only place that builds its objects and joins them."""

import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from types import FrameType

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QLoggingCategory, QObject, QTimer, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from playground import paths
from playground.experiment.config import schema as configs
from playground.experiment.config.files import check_writable
from playground.experiment.config.presets import DEFAULT, PRESETS
from playground.experiment.config.schema import ExperimentConfig
from playground.experiment.lessons.report import LessonReport
from playground.language import _
from playground.registry import UserError
from playground.runtime.preferences import Preferences
from playground.runtime.session import Session
from playground.runtime.store import Store
from playground.ui.canvas.pictures import check_format, save_picture
from playground.ui.core import i18n, plain_text, theme
from playground.ui.shell.main_window import SMALLEST, USUAL, MainWindow

PICTURE_PATIENCE_S = 3600.0
_INTERRUPTION = "Ctrl-C"
_ENDINGS = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK") if hasattr(signal, name)]
"""Ctrl-C, `kill` and logging out, the terminal that is closed, Windows' Ctrl-Break."""


def create_window(experiment: ExperimentConfig | None = None, preferences: Preferences | None = None) -> MainWindow:
    """Build the window, without showing it; there must be a `QApplication`.

    Parameters
    ----------
    experiment
        What it opens with; where none is given, the last one, or on the first start a ready-made one.
    preferences
        The settings it reads and writes; the user's own where none are given.
    """
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        raise RuntimeError("a window needs a QApplication first")
    preferences = Preferences() if preferences is None else preferences
    i18n.use(application, preferences.language)
    theme.apply(application, preferences.theme)
    store = Store(experiment or _last(preferences))
    session = Session(store)
    try:
        window = MainWindow(store, session, preferences)
    except BaseException:
        session.close()
        raise
    for owned in (store, session):
        owned.setParent(window)
    return window


def run_window(experiment: ExperimentConfig | None, table: Path | None = None, lesson: Path | None = None) -> int:
    """Open the window and return the exit status when it is closed.

    Ask what to learn from a table, or open the lesson of a folder, if one is given.
    """
    application = _application()
    with _interrupts() as interrupts:
        window = create_window(experiment)
        interrupts.asked.connect(window.close)
        interrupts.asked.connect(application.quit)  # ends the loop of a dialog that is open, too
        window.errors.install()
        window.show()
        problem = window.preferences.problem()
        if problem:
            plain_text.complain(window, _("Settings are not kept"), problem)
        window.actions_["presenter"].setChecked(window.preferences.presenter)
        if not window.preferences.presenter:
            window.first_steps.welcome()
        if table is not None:
            QTimer.singleShot(0, window, lambda: window.files.open_file(table))
        if lesson is not None:
            QTimer.singleShot(0, window, lambda: window.lessons.open_folder(lesson))
        try:
            status = application.exec()
            if window.preferences.problem() and not problem:  # as on a disk that is full now
                sys.stderr.write(f"playground: {window.preferences.problem()}\n")
            return status
        finally:
            # One that is told twice to end keeps the second telling for the next loop, which would end at once.
            QCoreApplication.removePostedEvents(application, QEvent.Type.Quit.value)
            window.errors.uninstall()
            window.session.close()
            window.deleteLater()


def take_picture(
    config: ExperimentConfig, out: Path, steps: int, width: int, height: int, theme_name: str, language: str
) -> int:
    """Write a picture of the window after some steps of training, and return of which; no display is needed.

    Parameters
    ----------
    config
        The experiment.
    out
        The file; its suffix says which format.
    steps
        Steps to train first; fewer where a stop condition ends the run before.
    width, height
        Size of the window, no less than its smallest; ``QT_SCALE_FACTOR=2`` doubles the pixels.
    theme_name, language
        ``"light"`` or ``"dark"``; a key of `playground.language.LANGUAGES`.

    Raises
    ------
    UserError
        Where the experiment cannot run, the window cannot be that small, or the file cannot be written.
    """
    check_writable(out)
    check_format(out)
    if width < SMALLEST[0] or height < SMALLEST[1]:
        sentence = _("A picture of {size} is too small: the window needs {least} or more.")
        raise UserError(sentence.format(size=f"{width}x{height}", least="{}x{}".format(*SMALLEST)))
    _application()
    QLoggingCategory.setFilterRules("default.warning=false")  # what cannot be done without a screen, such as raising
    with TemporaryDirectory() as folder, _interrupts() as interrupts:
        preferences = Preferences(Path(folder) / "playground.ini")
        preferences.theme, preferences.language = theme_name, language
        window = create_window(config, preferences)
        problems: list[str] = []
        missing = _("The data set {name} is not on this machine; get it with: playground fetch {name}")
        interrupts.asked.connect(lambda: problems.append(_INTERRUPTION))
        window.session.refused.connect(problems.append)
        window.session.failed.connect(problems.append)
        window.session.data_missing.connect(lambda name: problems.append(missing.format(name=name)))
        window.resize(width, height)
        window.show()
        try:
            _wait(lambda: (window.area.is_complete and window.session.info is not None) or bool(problems))
            if steps and not problems:
                window.session.step(steps)
            _wait(lambda: window.refresh_loop.is_idle or bool(problems))
            if _INTERRUPTION in problems:
                raise KeyboardInterrupt
            if problems:
                raise UserError(problems[0])
            for _settled in range(3):  # a card that has come asks for room, and what it takes that from draws again
                QApplication.processEvents()
            picture, made = window.grab(), window.session.step_count
        finally:
            window.close()
            window.deleteLater()
            QLoggingCategory.setFilterRules("")
    save_picture(picture, out)
    return made


def check_lessons(folders: Sequence[Path], languages: Sequence[str]) -> Iterator[LessonReport]:
    """Play lessons in the real window by their own solutions, and yield what came of each, in each language.

    Parameters
    ----------
    folders
        Those of the lessons.
    languages
        Keys of `playground.language.LANGUAGES`.
    """
    from playground.ui.shell.lesson_rehearsal import Rehearsal, collected_problems  # it imports what draws

    _application()
    with TemporaryDirectory() as folder, collected_problems() as problems:
        for code in languages:
            preferences = Preferences(Path(folder) / f"{code}.ini")
            preferences.theme, preferences.language, preferences.speed = "light", code, None
            window = create_window(None, preferences)
            window.resize(*USUAL)  # however small the screen is, where there is one at all
            window.show()
            try:
                rehearsal = Rehearsal(window, problems)
                for lesson in folders:
                    yield rehearsal.play(lesson)
            finally:
                window.close()
                window.deleteLater()
                QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


class _Interrupts(QObject):
    """``asked``: the program is to end, by Ctrl-C or another of `_ENDINGS`."""

    asked = Signal()


@contextmanager
def _interrupts() -> Iterator[_Interrupts]:
    """Make an event of Qt's of each Ctrl-C, or other wish that the program end, even before there is a window.

    Python handles signals between two of its own instructions, of which the timer that collects garbage makes some
    every quarter of a second while Qt waits. The handler may run in the midst of anything, so it leaves the rest to Qt.
    """
    interrupts = _Interrupts()

    def ask(_number: int, _frame: FrameType | None) -> None:
        QTimer.singleShot(0, interrupts.asked.emit)

    before = {number: signal.signal(number, ask) for number in _ENDINGS}
    try:
        yield interrupts
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _application() -> QApplication:
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    application = QApplication(sys.argv[:1])
    application.setApplicationName("Playground")
    application.setDesktopFileName("playground")
    application.setWindowIcon(QIcon(str(paths.resource("icons", "playground.svg"))))
    return application


def _last(preferences: Preferences) -> ExperimentConfig:
    """Return the experiment of last time; on the first start, or where it makes no sense any more, a ready-made one."""
    if preferences.last_experiment:
        with suppress(Exception):  # whatever stands in the file, the window opens
            return configs.decode(preferences.last_experiment)
    return PRESETS[DEFAULT].config


def _wait(done: Callable[[], bool]) -> None:
    end = monotonic() + PICTURE_PATIENCE_S
    loop = QEventLoop()
    timer = QTimer()
    timer.timeout.connect(lambda: loop.quit() if done() or monotonic() > end else None)
    timer.start(10)
    loop.exec()
    timer.stop()
