"""Trains the variants of a step in the background."""

from typing import Any

from PySide6.QtCore import QObject, Signal

from playground.experiment.lessons import comparing, set_ups
from playground.experiment.lessons.attempt import Attempt
from playground.experiment.lessons.comparing import Compared
from playground.runtime.background_task import BackgroundTask


class VariantRuns(QObject):
    """Trains every variant of an attempt's step, one task at a time.

    Signals
    -------
    progressed(done, total)
        So many of them have run.
    compared(compared)
        All have run; `Compared`.
    refused(error)
        They cannot be run; `UserError`.
    failed(text)
        Something unforeseen happened; a traceback to copy.
    """

    progressed = Signal("qlonglong", "qlonglong")  # type: ignore[arg-type] # as those of the task
    compared = Signal(object)
    refused = Signal(object)
    failed = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._task: BackgroundTask | None = None

    def start(self, attempt: Attempt) -> None:
        """Begin, unless they are running or the step has none."""
        asked = attempt.step.variants
        if asked is None or self._task is not None:
            return
        configs = set_ups.variants(attempt.start, asked, "variants")

        def run(call: Any) -> Compared:
            return comparing.compare(configs, asked.quantity, asked.curve, call.should_stop, call.report)

        self.progressed.emit(0, len(configs))
        self._task = BackgroundTask(run, self)
        self._task.progress.connect(self.progressed)
        self._task.succeeded.connect(self._on_succeeded)
        self._task.refused.connect(self._on_refused)
        self._task.broke.connect(self.failed)

    def stop(self) -> None:
        """End what runs; nothing comes of it."""
        if self._task is not None:
            self._task.stop()
            self._task = None

    def _on_succeeded(self, compared: Compared) -> None:
        self._task = None
        self.compared.emit(compared)

    def _on_refused(self, error: Exception) -> None:
        self._task = None
        self.refused.emit(error)
