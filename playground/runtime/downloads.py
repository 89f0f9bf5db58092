"""Fetching a data set while the window stays alive: progress, cancel, and an end at once when it closes."""

import threading
import traceback
from pathlib import Path
from time import monotonic

from PySide6.QtCore import QCoreApplication, QObject, QThread, Signal, Slot

from playground.data.download.fetching import fetch
from playground.data.errors import FetchCancelled, FetchFailed
from playground.registry import UserError
from playground.runtime.interruption import Interrupted, Interruption

PROGRESS_PERIOD = 0.05  # seconds between two signals of progress
PATIENCE = 100  # ms that closing waits for the transfer to hear of it
LAST_PATIENCE = 5_000  # ms


class _Download(QThread):
    """One data set on its way. Bytes are counted in 64 bits: plain int signals end at 2 GiB."""

    progress = Signal("qlonglong", "qlonglong")  # type: ignore[arg-type] # the stubs know Python's types only
    arrived = Signal()
    cancelled = Signal()
    failed = Signal(str, str)
    broke = Signal(str)

    def __init__(self, name: str, source: str | Path | None) -> None:
        super().__init__()
        self.name = name
        self._source = source
        self._cancelled = threading.Event()
        self._interruption = Interruption()
        self._told = 0.0

    def cancel(self) -> None:
        """Ask it to stop; within 50 ms it does."""
        self._cancelled.set()

    def interrupt(self) -> None:
        """Break off what does not ask, such as verifying what was received."""
        self._interruption.interrupt()

    def run(self) -> None:
        """Fetch, and say how it ended; the thread's main function."""
        try:
            self._interruption.run(
                fetch, self.name, self._source, progress=self._notify, cancelled=self._cancelled.is_set
            )
        except (FetchCancelled, Interrupted):
            self.cancelled.emit()
        except UserError as error:
            self.failed.emit(error.summary if isinstance(error, FetchFailed) else str(error), str(error))
        except Exception:  # noqa: BLE001 - it reaches the window, not the console
            self.broke.emit(traceback.format_exc())
        else:
            self.arrived.emit()

    def _notify(self, done: int, total: int) -> None:
        """Pass progress on, not too often."""
        now = monotonic()
        if done >= total or now - self._told >= PROGRESS_PERIOD:
            self._told = now
            self.progress.emit(done, total)


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
        self._download: _Download | None = None
        application = QCoreApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self.close)

    @property
    def name(self) -> str | None:
        """The data set on its way, None where there is none."""
        return None if self._download is None else self._download.name

    def start(self, name: str, source: str | Path | None = None) -> None:
        """Fetch a data set, from a folder or an address if `source` is given; while one is on its way, do nothing."""
        if self._download is not None:
            return
        download = self._download = _Download(name, source)
        download.progress.connect(self.progress)
        download.arrived.connect(self._on_arrived)
        download.cancelled.connect(self._on_cancelled)
        download.failed.connect(self._on_failed)
        download.broke.connect(self._on_broke)
        download.start()
        self.started.emit(name)

    @Slot()
    def cancel(self) -> None:
        """Stop what is on its way; `cancelled` follows."""
        if self._download is not None:
            self._download.cancel()

    @Slot()
    def close(self) -> None:
        """Stop at once and tell nobody."""
        download, self._download = self._download, None
        if download is None:
            return
        download.blockSignals(True)
        download.cancel()
        if not download.wait(PATIENCE):
            download.interrupt()
            download.wait(LAST_PATIENCE)

    def _take(self) -> str | None:
        """Forget the download that has ended; return its name, None where it was closed meanwhile."""
        download, self._download = self._download, None
        if download is None:
            return None
        download.wait()
        return download.name

    @Slot()
    def _on_arrived(self) -> None:
        name = self._take()
        if name is not None:
            self.finished.emit(name)

    @Slot()
    def _on_cancelled(self) -> None:
        name = self._take()
        if name is not None:
            self.cancelled.emit(name)

    @Slot(str, str)
    def _on_failed(self, summary: str, sentence: str) -> None:
        name = self._take()
        if name is not None:
            self.failed.emit(name, summary, sentence)

    @Slot(str)
    def _on_broke(self, text: str) -> None:
        if self._take() is not None:
            self.broke.emit(text)
