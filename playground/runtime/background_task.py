"""One call in a thread of its own, so that the window never waits for it."""

import threading
import traceback
from collections.abc import Callable
from concurrent import futures
from concurrent.futures import Future

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from playground.registry import UserError

PERIOD_MS = 30
"""Milliseconds between two checks whether the call has ended."""


class Call:
    """What the called function is given: no `QObject`, since those must not be deleted in another thread."""

    def __init__(self) -> None:
        self.stop = threading.Event()
        self.progress = (0, 0)

    def should_stop(self) -> bool:
        """Whether the call should end early, its result unwanted; to be asked again and again."""
        return self.stop.is_set()

    def report(self, done: int, total: int) -> None:
        """Report how far the call is; only the latest is passed on."""
        self.progress = (done, total)


class BackgroundTask(QObject):
    """Calls a function once in a daemon thread, and emits how it ended.

    The thread does not keep the program from ending, even where it waits for a drive or a server that is silent.

    Signals
    -------
    progress(done, total)
        What the function reported. (64 bits: plain int signals end at 2 GiB.)
    succeeded(result)
        The function has returned.
    refused(error)
        It raised a `UserError`.
    broke(text)
        It raised something unforeseen; a traceback to copy.
    """

    progress = Signal("qlonglong", "qlonglong")  # type: ignore[arg-type] # the stubs know Python's types only
    succeeded = Signal(object)
    refused = Signal(object)
    broke = Signal(str)

    def __init__(self, function: Callable[[Call], object], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._call, self._future = Call(), Future[object]()
        self._progress = (0, 0)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)
        arguments = (function, self._call, self._future)
        threading.Thread(target=_run, args=arguments, name="background task", daemon=True).start()
        self._timer.start(PERIOD_MS)

    def wait(self, seconds: float) -> None:
        """Wait so long for its end; where it comes, emit at once how it ended."""
        futures.wait([self._future], seconds)
        self._look()

    def stop(self) -> None:
        """Ask the function to end, and emit nothing from now on."""
        self._call.stop.set()
        self._timer.stop()
        self.deleteLater()

    @Slot()
    def _look(self) -> None:
        has_ended = self._future.done()
        if self._call.progress != self._progress:
            self._progress = self._call.progress
            self.progress.emit(*self._progress)
        if not has_ended:
            return
        self._timer.stop()
        self.deleteLater()
        error = self._future.exception()
        if error is None:
            self.succeeded.emit(self._future.result())
        elif isinstance(error, UserError):
            self.refused.emit(error)
        else:
            self.broke.emit("".join(traceback.format_exception(error)))


def _run(function: Callable[[Call], object], call: Call, future: Future[object]) -> None:
    try:
        future.set_result(function(call))
    except Exception as error:  # noqa: BLE001 - it reaches the window, not the console
        future.set_exception(error)
