"""What the cards of the window say while there is no run, so that no picture of the run before is taken for one."""

from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import QObject, QTimer, Slot

from playground.data.catalog import CATALOG
from playground.language import _
from playground.runtime.session import Session
from playground.ui.shell.card_dock import CardDock

Why = Literal["missing", "refused", "failed", "reading"]

READING_MS = 500
"""Data that are not there by then are said to be read: the pictures of the run before would be taken for theirs."""


class EmptyState(QObject):
    """Shows in the docks why an experiment cannot be built, and shows the panels again with the next run.

    Parameters
    ----------
    session
        What runs, or says why nothing does.
    main
        Docks with room for what to do about it.
    others
        Docks that only say that there is nothing.
    """

    def __init__(
        self, session: Session, main: Sequence[CardDock], others: Sequence[CardDock], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._main, self._others = tuple(main), tuple(others)
        self._session = session
        self._reading = QTimer(self)
        self._reading.setSingleShot(True)
        self._reading.setInterval(READING_MS)
        self._reading.timeout.connect(self._on_reading)
        session.ordered.connect(self._on_ordered)
        session.run_started.connect(self._on_run_started)
        session.data_missing.connect(self._on_data_missing)
        session.refused.connect(self._on_refused)
        session.failed.connect(self._on_failed)

    def _show_message(self, why: Why, about: str = "") -> None:
        headline, sentence = self._words(why, about)
        for dock in self._main:
            dock.show_message(headline, sentence)
        for dock in self._others:
            dock.show_message("", headline)

    @staticmethod
    def _words(why: Why, about: str) -> tuple[str, str]:
        if why == "missing":
            headline = _("{data} is not on this machine yet").format(data=_(CATALOG[about].label))
            return headline, _("Under Data you can download it, choose the folder it is in, or choose other data.")
        if why == "reading":
            return _("Reading the data…"), _("The run begins when they are here.")
        if why == "refused":
            return _("This experiment cannot run."), about
        return _("Training stopped because of an error in the program."), _("Press Play or Reset to start again.")

    @Slot()
    def _on_ordered(self) -> None:
        if self._session.is_reading and not self._reading.isActive():
            self._reading.start()

    @Slot()
    def _on_reading(self) -> None:
        if self._session.is_reading:
            self._show_message("reading")

    @Slot(str)
    def _on_data_missing(self, name: str) -> None:
        self._show_message("missing", name)

    @Slot(str)
    def _on_refused(self, sentence: str) -> None:
        self._show_message("refused", sentence)

    @Slot()
    def _on_failed(self) -> None:
        self._show_message("failed")

    @Slot()
    def _on_run_started(self) -> None:
        for dock in (*self._main, *self._others):
            dock.show_content()
