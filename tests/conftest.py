"""What every test gets: Qt without a screen, settings and caches of its own, and nothing left behind."""

from __future__ import annotations

import gc
import itertools
import os
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before anything imports Qt

import pytest
from hypothesis import settings

from playground import language
from tests import without_qt

if without_qt.LACKING:
    from tests.without_qt import *  # noqa: F403 - hooks that leave out what needs Qt

    QtBot: Any = object
else:
    from PySide6.QtCore import QCoreApplication, QEvent, QThread, QTimer
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot
    from shiboken6 import Shiboken

settings.register_profile("house", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("house")
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # as in whatever a shell starts with &
    signal.signal(signal.SIGINT, signal.default_int_handler)

_MNIST = os.environ.get("PLAYGROUND_DATA")
_HOME_VARIABLES = ("HOME", "USERPROFILE")
_FOLDER_VARIABLES = ("XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "APPDATA", "LOCALAPPDATA")
_UNWANTED_VARIABLES = ("PLAYGROUND_DATA", "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
_numbers = itertools.count()
_WAIT_S = 5.0
_MANY_WRAPPERS = 20_000
_PATIENCE_MS = 30_000
_PAUSE_OF_WAIT_UNTIL_MS = 10  # of pytest-qt


def _note_strays(event: str, arguments: tuple[Any, ...]) -> None:
    """Note what Python opens or lists that lies beside the repository."""
    if event in ("open", "os.listdir", "os.scandir") and arguments and isinstance(arguments[0], str | Path):
        path = os.path.abspath(arguments[0])  # noqa: PTH100 - this is called for every file, and must not open any
        if path.startswith(_BESIDE) and not f"{path}{os.sep}".startswith(_OURS):
            _strays.add(path)


_strays: set[str] = set()
_REPOSITORY = Path(__file__).resolve().parents[1]
_BESIDE = f"{_REPOSITORY.parent}{os.sep}"
_OURS = tuple(
    f"{folder}{os.sep}"
    for folder in (_REPOSITORY, sys.prefix, sys.base_prefix, _MNIST, tempfile.gettempdir(), *sys.path)
    if folder and not str(_REPOSITORY.parent).startswith(f"{folder}{os.sep}")  # of a copy in there only its own is ours
)
sys.addaudithook(_note_strays)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the tests that share a window one after the other, the random order kept, so that it is opened once."""

    def shares(item: pytest.Item) -> str:
        return item.path.relative_to(Path(__file__).parent).parts[0] if _uses(item, "kept_window") else ""

    items.sort(key=shares)


def _uses(item: pytest.Item, fixture: str) -> bool:
    return fixture in getattr(item, "fixturenames", ())


class PatientBot(QtBot):
    """Waits as long as a machine busy with other things may need; what never comes fails all the same."""

    def waitUntil(self, callback: Callable[[], Any], *, timeout: int = _PATIENCE_MS) -> None:  # noqa: N802
        super().waitUntil(callback, timeout=timeout)

    def wait(self, ms: int) -> None:
        """Wait; `waitUntil` looks again after 1 ms, not after 10: there are thousands of waits."""
        super().wait(1 if ms == _PAUSE_OF_WAIT_UNTIL_MS else ms)

    def waitSignal(self, signal: Any, *, timeout: int = _PATIENCE_MS, **more: Any) -> Any:  # noqa: N802
        return super().waitSignal(signal, timeout=timeout, **more)


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    """Return the bot of the tests: as that of pytest-qt, only more patient."""
    return PatientBot(request)


@pytest.fixture(autouse=True)
def nothing_read_beside_the_repository() -> Iterator[None]:
    """Fail a test that reads from the folders beside the repository: only ``PLAYGROUND_DATA`` may name one."""
    _strays.clear()
    yield
    if _strays:
        pytest.fail(f"the test read from outside the repository: {', '.join(sorted(_strays))}")


@pytest.fixture(autouse=True)
def nothing_left_behind(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test that leaves a thread running, a timer ticking or a window open."""
    threads = set(threading.enumerate())
    uses_qt = "qapp" in request.fixturenames
    objects = {id(it) for it in _live_qt_objects()} if uses_qt else set()
    collects = gc.isenabled()
    yield
    gc.unfreeze()
    if collects:  # a session, here that of a test alone, collects garbage in the thread of its window only
        gc.enable()
    _fail_unless_gone("threads", lambda: _running_threads(threads))
    if uses_qt:
        _fail_unless_gone("Qt threads, timers or windows", lambda: _left_over(objects))


@pytest.fixture(autouse=True)
def own_folders(nothing_left_behind: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Give every test a home, settings and a cache of its own, and English; return the home (not made yet)."""
    home = tmp_path_factory.getbasetemp() / "homes" / str(next(_numbers))
    with own_environment(home):
        yield home
    language.use("en")


@contextmanager
def own_environment(home: Path) -> Iterator[None]:
    """Keep what is done within to a home of its own."""
    with pytest.MonkeyPatch.context() as patch:
        for name in _HOME_VARIABLES:
            patch.setenv(name, str(home))
        for name in _FOLDER_VARIABLES:
            patch.setenv(name, str(home / name.lower()))
        for name in _UNWANTED_VARIABLES:
            patch.delenv(name, raising=False)
        yield


@pytest.fixture
def mnist_folder(monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of the MNIST files, which ``PLAYGROUND_DATA`` then names; skip where there is none."""
    if not _MNIST or not any(Path(_MNIST).glob("train-images*")):
        pytest.skip("needs the MNIST files: name their folder in PLAYGROUND_DATA")
    monkeypatch.setenv("PLAYGROUND_DATA", _MNIST)
    return Path(_MNIST)


def _fail_unless_gone(what: str, leftovers: Callable[[], list[str]]) -> None:
    """Fail the test when something is still there after a while: what was told to stop may take its time."""
    end, pause = time.monotonic() + _WAIT_S, 0.01
    while left := leftovers():
        if time.monotonic() > end:
            pytest.fail(f"the test left {what} behind: {', '.join(left)}")
        gc.collect()
        time.sleep(pause)
        pause = min(2 * pause, 0.2)  # the collector keeps a thread that ends from its work


def _running_threads(before: set[threading.Thread]) -> list[str]:
    """Return the names of the Python threads that were started meanwhile and still run.

    A QThread that runs Python code shows up as a dummy thread, for ever; those are found by `_left_over`.
    """
    dummy = threading._DummyThread
    return [it.name for it in threading.enumerate() if it not in before and not isinstance(it, dummy)]


def _live_qt_objects() -> list[object]:
    """Return the running QThreads, the active QTimers and the windows there are now."""
    if QApplication.instance() is None:
        return []
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    found: list[object] = [it for it in QApplication.topLevelWidgets() if it.isVisible() or _is_ours(it)]
    wrappers = Shiboken.getAllValidWrappers()  # far fewer than what the garbage collector knows
    if len(wrappers) > _MANY_WRAPPERS:  # those of windows that are gone, mostly: each look here would take longer
        del wrappers
        gc.collect()
        wrappers = Shiboken.getAllValidWrappers()
    found.extend(it for it in wrappers if _can_be_active(type(it)) and _is_active(it))
    return found


@cache
def _can_be_active(kind: type) -> bool:
    """Return whether objects of a class are threads or timers; there are few classes and many objects."""
    return issubclass(kind, (QThread, QTimer))


def _is_active(it: QThread | QTimer) -> bool:
    """Return whether a thread runs or a timer ticks."""
    try:
        return it.isRunning() if isinstance(it, QThread) else it.isActive()
    except RuntimeError:  # its C++ half is gone already
        return False


def _left_over(before: set[int]) -> list[str]:
    """Return descriptions of the live Qt objects that were not there before."""
    return [repr(it) for it in _live_qt_objects() if id(it) not in before and not _is_of(it, before)]


def _is_of(it: Any, before: set[int]) -> bool:
    """Return whether an object belongs to a window that was there before."""
    while it is not None:
        if id(it) in before:
            return True
        it = it.parent()
    return False


def _is_ours(it: object) -> bool:
    """Return whether an object's class is one of the program's own."""
    return type(it).__module__.startswith("playground.")
