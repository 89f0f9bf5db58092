"""The strip at the bottom: how far it is to the stop condition, and how long that will take."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout

from playground.language import _
from playground.ui import texts
from playground.ui.panels.panel import Panel
from playground.ui.widgets.labels import text_label
from playground.ui.widgets.progress_bar import ProgressBar

if TYPE_CHECKING:
    from playground.experiment.config import ExperimentConfig
    from playground.experiment.snapshot import RunInfo, Snapshot
    from playground.runtime.session import Session
    from playground.runtime.store import Store

_FINE = 1000


class ProgressPanel(Panel):
    """A line that fills, and a sentence beside it."""

    name: ClassVar[str] = "progress_bar_area"

    def __init__(self, store: Store, session: Session) -> None:
        super().__init__(store, session)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._last: Snapshot | None = None
        self._bar = ProgressBar("stop_progress", _FINE)
        self._sentence = text_label("stop_sentence", wraps=False)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 5, 16, 6)
        row.setSpacing(16)
        row.addWidget(self._bar, 1)
        row.addWidget(self._sentence)
        store.changed.connect(self._on_config)
        session.playing_changed.connect(self._on_playing)
        self.retranslate()

    def title(self) -> str:
        """Return the heading, for screen readers."""
        return _("Progress")

    def show_run(self, info: RunInfo) -> None:
        """Begin at the beginning."""
        super().show_run(info)
        self._last = None
        self._bar.show_value(0)
        self.retranslate()

    def show_nothing(self) -> None:
        """Take the progress of the run before back."""
        super().show_nothing()
        self._last = None
        self._bar.show_value(0)
        self.retranslate()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show how far it is."""
        self._last = snapshot
        self._bar.show_value(round(_FINE * (snapshot.stop_progress or 0.0)))
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text in the language in use."""
        self._bar.setAccessibleName(_("Progress towards the stop condition"))
        text = self._text()
        if text != self._sentence.text():
            self._sentence.setText(text)

    def _text(self) -> str:
        """Return the sentence for the state that was shown last."""
        goal = self._goal()
        last = self._last
        if last is not None and last.stopped_by == "diverged":
            return _("Stopped: the numbers overflowed")
        if last is not None and last.stopped_by:
            return _("Done: {goal} reached").format(goal=goal)
        if not goal:
            return _("No stop condition: it trains until you pause it")
        if last is not None and last.playing and last.seconds_left is not None:
            return _("Until {goal}: {time} left").format(goal=goal, time=texts.duration(last.seconds_left))
        return _("Until {goal}").format(goal=goal)

    def _goal(self) -> str:
        """Return the stop conditions in words."""
        stop = self.store.config.training.stop
        parts = []
        if stop.steps is not None:
            parts.append(_("step {steps}").format(steps=texts.count(stop.steps)))
        if stop.epochs is not None:
            parts.append(_("epoch {epochs}").format(epochs=texts.count(stop.epochs)))
        if stop.loss_below is not None:
            parts.append(_("loss below {loss}").format(loss=f"{stop.loss_below:g}"))
        if stop.accuracy_above is not None:
            parts.append(_("accuracy above {share}").format(share=texts.share(stop.accuracy_above)))
        return _(" or ").join(parts)

    @Slot(object, object)
    def _on_config(self, new: ExperimentConfig, old: ExperimentConfig) -> None:
        """Follow the stop condition."""
        if new.training.stop != old.training.stop:
            self.retranslate()

    @Slot(bool)
    def _on_playing(self, playing: bool) -> None:
        """Take the time left away when nothing moves."""
        if not playing:
            self.retranslate()
