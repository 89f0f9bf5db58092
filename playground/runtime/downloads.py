"""Fetching a data set while the window stays alive: progress, cancel, and an end at once when it closes."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from playground.data.download.fetching import fetch
from playground.data.errors import FetchFailed
from playground.registry import UserError
from playground.runtime.background_task import BackgroundTask


class Downloads(QObject):
    """Fetches one data set at a time in a thread of its own.

    Signals
    -------
    started(name)
        A data set is on its way.
    progress(done, total)
        Bytes so far and in all.
    finished(name)
        The data set is here and verified.
    failed(name, summary, sentence)
        It could not be had, and why: in short, and with every address that was tried.
    cancelled(name)
        The user stopped it; nothing was kept.
    broke(text)
        Something unforeseen happened; a traceback to copy.
    """

    started = Signal(str)
    progress = Signal("qlonglong", "qlonglong")  # type: ignore[arg-type] # the stubs know Python's types only
    finished = Signal(str)
    failed = Signal(str, str, str)
    cancelled = Signal(str)
    broke = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._task: BackgroundTask | None = None
        self._name = ""

    @property
    def name(self) -> str | None:
        """The data set on its way, None where there is none."""
        return None if self._task is None else self._name

    def start(self, name: str, source: str | Path | None = None) -> None:
        """Fetch a data set, from a folder or an address if `source` is given; while one is on its way, do nothing."""
        if self._task is not None:
            return
        self._name = name
        self._task = BackgroundTask(
            lambda call: fetch(name, source, progress=call.report, should_stop=call.should_stop), self
        )
        self._task.progress.connect(self.progress)
        self._task.succeeded.connect(self._on_succeeded)
        self._task.refused.connect(self._on_refused)
        self._task.broke.connect(self._on_broke)
        self.started.emit(name)

    @Slot()
    def cancel(self) -> None:
        """Stop what is on its way, without waiting for its server; emits `cancelled`."""
        if self._task is not None:
            self.close()
            self.cancelled.emit(self._name)

    @Slot()
    def close(self) -> None:
        """Stop what is on its way and emit nothing."""
        task, self._task = self._task, None
        if task is not None:
            task.stop()

    @Slot()
    def _on_succeeded(self) -> None:
        self._task = None
        self.finished.emit(self._name)

    @Slot(object)
    def _on_refused(self, error: UserError) -> None:
        self._task = None
        self.failed.emit(self._name, error.summary if isinstance(error, FetchFailed) else str(error), str(error))

    @Slot(str)
    def _on_broke(self, text: str) -> None:
        self._task = None
        self.broke.emit(text)
