"""Reads a table in a thread of its own, so that the window lives however long the file is or its drive is silent."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from playground.data.table.reading import Table, read_table
from playground.registry import UserError
from playground.runtime.background_task import BackgroundTask, Call

PATIENCE = 0.08
"""Seconds that `TableReader.ask` waits: most tables are read by then, and nothing is seen of the reading."""


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
        self._task: BackgroundTask | None = None

    @property
    def is_reading(self) -> bool:
        """Whether a table is on its way."""
        return self._task is not None

    def ask(self, path: Path, header: str, delimiter: str, decimal: str) -> None:
        """Read a table; see `read_table`. How it ends is emitted within `PATIENCE`, or later."""

        def read(call: Call) -> Table:
            table = read_table(path, header, delimiter, decimal, should_stop=call.should_stop)
            _ = table.reasons  # worked out here, since every cell is looked at for it
            return table

        self.stop()
        self._task = BackgroundTask(read, self)
        self._task.succeeded.connect(self._on_succeeded)
        self._task.refused.connect(self._on_refused)
        self._task.broke.connect(self._on_broke)
        self._task.wait(PATIENCE)

    @Slot()
    def stop(self) -> None:
        """End what is on its way, and emit nothing."""
        task, self._task = self._task, None
        if task is not None:
            task.stop()

    @Slot(object)
    def _on_succeeded(self, table: Table) -> None:
        self._task = None
        self.arrived.emit(table)

    @Slot(object)
    def _on_refused(self, error: UserError) -> None:
        self._task = None
        self.refused.emit(str(error))

    @Slot(str)
    def _on_broke(self, text: str) -> None:
        self._task = None
        self.broke.emit(text)
