"""One call in a thread of its own, so that the window never waits for it."""

import threading
import traceback
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from playground.registry import UserError

PERIOD_MS = 30
"""Milliseconds between two checks whether the call has ended."""


class Call:
    """What the thread knows of a task: no `QObject`, since those must not be deleted in another thread.

    Parameters
    ----------
    function
        Is given this object, and should ask its `should_stop` again and again.
    """

    def __init__(self, function: Callable[["Call"], object]) -> None:
        self.stop = threading.Event()
        self.ended = threading.Event()
        self.progress = (0, 0)
        self.result: object = None
        self.error: Exception | None = None
        self.traceback = ""
        self._function = function

    def should_stop(self) -> bool:
        """Whether the call should end early, its result unwanted."""
        return self.stop.is_set()

    def report(self, done: int, total: int) -> None:
        """Report how far the call is; only the latest is passed on."""
        self.progress = (done, total)

    def run(self) -> None:
        """Make the call; the thread's main function."""
        try:
            self.result = self._function(self)
        except Exception as error:  # noqa: BLE001 - it reaches the window, not the console
            self.error, self.traceback = error, traceback.format_exc()
        self.ended.set()


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
        self._call = Call(function)
        self._progress = (0, 0)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)
        threading.Thread(target=self._call.run, name="background task", daemon=True).start()
        self._timer.start(PERIOD_MS)

    def wait(self, seconds: float) -> None:
        """Wait so long for its end; where it comes, emit at once how it ended."""
        self._call.ended.wait(seconds)
        self._look()

    def stop(self) -> None:
        """Ask the function to end, and emit nothing from now on."""
        self._call.stop.set()
        self._timer.stop()
        self.deleteLater()

    @Slot()
    def _look(self) -> None:
        call = self._call
        has_ended = call.ended.is_set()
        if call.progress != self._progress:
            self._progress = call.progress
            self.progress.emit(*call.progress)
        if not has_ended:
            return
        self._timer.stop()
        self.deleteLater()
        if call.error is None:
            self.succeeded.emit(call.result)
        elif isinstance(call.error, UserError):
            self.refused.emit(call.error)
        else:
            self.broke.emit(call.traceback)
