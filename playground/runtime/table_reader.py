"""Reads a table in a thread of its own, so that the window lives however long the file is or its drive is silent."""

import threading
import traceback
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from playground.data.table.reading import Table, read_table
from playground.registry import UserError
from playground.runtime.interruption import Interrupted, Interruption

PATIENCE = 0.08
"""Seconds that `TableReader.ask` waits: most tables are read by then, and nothing is seen of the reading."""


class _Reading(QObject):
    """One table on its way. The thread is a daemon: one that waits for a silent drive does not keep the program."""

    ended = Signal(object, object, str, str)  # itself, the table or None, a sentence, a traceback

    def __init__(self, path: Path, header: str, delimiter: str, decimal: str) -> None:
        super().__init__()
        self._asked = (path, header, delimiter, decimal)
        self._interruption = Interruption()
        self.is_done = threading.Event()
        self.result: tuple[Table | None, str, str] = (None, "", "")

    def start(self) -> None:
        """Begin."""
        threading.Thread(target=self._run, name="table", daemon=True).start()

    def interrupt(self) -> None:
        """Break it off; nothing is told of it any more."""
        self.blockSignals(True)
        self._interruption.interrupt()

    def _run(self) -> None:
        """Read, look at every cell, and tell; the thread's main function."""
        try:
            self.result = (self._interruption.run(_read, *self._asked), "", "")
        except Interrupted:
            return
        except UserError as error:
            self.result = (None, str(error), "")
        except MemoryError:
            self.result = (None, "", traceback.format_exc())
        except Exception:  # noqa: BLE001 - it reaches the window, not the console
            self.result = (None, "", traceback.format_exc())
        self.is_done.set()
        self.ended.emit(self, *self.result)


def _read(path: Path, header: str, delimiter: str, decimal: str) -> Table:
    """Return the table, and what a preview shows of its columns worked out."""
    read = read_table(path, header, delimiter, decimal)
    _ = read.previews
    return read


class TableReader(QObject):
    """Reads one table at a time; a new question ends the one before.

    Signals
    -------
    arrived(table)
        A `Table`, whose columns have been looked at.
    refused(sentence)
        It cannot be read, and why.
    broke(text)
        Something unforeseen happened; a traceback to copy.
    """

    arrived = Signal(object)
    refused = Signal(str)
    broke = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reading: _Reading | None = None

    @property
    def is_reading(self) -> bool:
        """Whether a table is on its way."""
        return self._reading is not None

    def ask(self, path: Path, header: str, delimiter: str, decimal: str) -> None:
        """Read a table; see `read_table`. What comes of it is told within `PATIENCE`, or later by a signal."""
        self.stop()
        reading = self._reading = _Reading(path, header, delimiter, decimal)
        reading.ended.connect(self._on_ended)
        reading.start()
        if reading.is_done.wait(PATIENCE):
            self._on_ended(reading, *reading.result)

    @Slot()
    def stop(self) -> None:
        """End what is on its way, and tell nobody."""
        reading, self._reading = self._reading, None
        if reading is not None:
            reading.interrupt()

    @Slot(object, object, str, str)
    def _on_ended(self, reading: _Reading, table: Table | None, sentence: str, text: str) -> None:
        """Tell what came of it, unless something else was asked meanwhile or it was told already."""
        if reading is not self._reading:
            return
        self._reading = None
        if table is not None:
            self.arrived.emit(table)
        elif sentence:
            self.refused.emit(sentence)
        else:
            self.broke.emit(text)
