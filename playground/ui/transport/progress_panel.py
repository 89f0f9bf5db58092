"""The strip at the bottom: how far it is to the stop condition, and how long that will take."""

from typing import ClassVar

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QProgressBar, QSizePolicy

from playground.experiment.probes.snapshot import RunInfo, Snapshot
from playground.language import _
from playground.runtime.session import Session
from playground.runtime.store import Store
from playground.ui.core import layouts, plain_text
from playground.ui.core.panel import Panel
from playground.ui.core.watch import Watch
from playground.ui.transport.run_text import progress_text
from playground.ui.widgets.labels import text_label

_FINE = 1000


class ProgressPanel(Panel):
    """A line that fills, and a sentence beside it."""

    name: ClassVar[str] = "progress_bar_area"

    def __init__(self, store: Store, session: Session) -> None:
        super().__init__(store, session)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._last: Snapshot | None = None
        self._bar = QProgressBar()
        self._bar.setObjectName("stop_progress")
        self._bar.setRange(0, _FINE)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(_("Progress towards the stop condition"))
        self._sentence = text_label("stop_sentence", wraps=False)
        parts = ((self._bar, 2), (self._sentence, 3))  # shares of the width, so that no text moves the line
        layouts.row(*parts, parent=self, gap=16, margins=(16, 5, 16, 6))
        self._sentence.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        Watch(store, ("training.stop",), self._update_text, self)
        session.playing_changed.connect(self._on_playing)
        self._update_text()

    def show_run(self, info: RunInfo) -> None:
        super().show_run(info)
        self._last = None
        self._bar.setValue(0)
        self._update_text()

    def show_nothing(self) -> None:
        super().show_nothing()
        self._last = None
        self._bar.setValue(0)
        self._update_text()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        self._last = snapshot
        self._bar.setValue(round(_FINE * (snapshot.stop_progress or 0.0)))
        self._update_text()

    def _update_text(self) -> None:
        training = self.store.config.training
        text = progress_text(self._last, training.stop, training.gradient)
        if text != self._sentence.text():
            self._sentence.setText(text)
            self._sentence.setToolTip(plain_text.tip(text))

    @Slot(bool)
    def _on_playing(self, playing: bool) -> None:
        if not playing:
            self._update_text()
