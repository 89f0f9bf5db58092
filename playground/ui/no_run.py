"""What the cards of the window say while there is no run, so that no picture of the run before is taken for one."""

from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import QObject, Slot

from playground.data.catalog import CATALOG
from playground.language import _
from playground.runtime.session import Session
from playground.ui.widgets.card_dock import CardDock

Why = Literal["missing", "refused", "failed"]


class NoRun(QObject):
    """Veils the docks while an experiment cannot be built, and unveils them with the next run.

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
        self._why: tuple[Why, str] | None = None
        session.run_started.connect(self._on_run_started)
        session.data_missing.connect(self._on_data_missing)
        session.refused.connect(self._on_refused)
        session.failed.connect(self._on_failed)

    def retranslate(self) -> None:
        """Set every text in the language in use."""
        if self._why is None:
            return
        headline, sentence = self._words(*self._why)
        for dock in self._main:
            dock.veil(headline, sentence)
        for dock in self._others:
            dock.veil("", headline)

    @staticmethod
    def _words(why: Why, about: str) -> tuple[str, str]:
        """Return headline and sentence."""
        if why == "missing":
            headline = _("{data} is not on this machine yet").format(data=_(CATALOG[about].label))
            return headline, _("Under Data you can download it, choose its folder, or take other data.")
        if why == "refused":
            return _("This experiment cannot run."), about
        return _("Training broke off with an error in the program."), _("Play or Reset begins anew.")

    def _veil(self, why: Why, about: str) -> None:
        """Say in every dock why there is nothing to show."""
        self._why = (why, about)
        self.retranslate()

    @Slot(str)
    def _on_data_missing(self, name: str) -> None:
        """Say which data are not here."""
        self._veil("missing", name)

    @Slot(str)
    def _on_refused(self, sentence: str) -> None:
        """Say why the experiment cannot be built."""
        self._veil("refused", sentence)

    @Slot()
    def _on_failed(self) -> None:
        """Say that the program has a fault."""
        self._veil("failed", "")

    @Slot()
    def _on_run_started(self) -> None:
        """Show everything again."""
        if self._why is not None:
            self._why = None
            for dock in (*self._main, *self._others):
                dock.unveil()
