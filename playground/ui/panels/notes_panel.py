"""What there is to say about the run: what it is about, why it cannot start, why it stopped."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout

from playground.experiment import edits
from playground.experiment.presets import PRESETS
from playground.language import _
from playground.ui import texts
from playground.ui.panels.panel import Panel
from playground.ui.widgets.notice import Notice

if TYPE_CHECKING:
    from playground.experiment.snapshot import Divergence, RunInfo, Snapshot
    from playground.runtime.session import Session
    from playground.runtime.store import Store


class NotesPanel(Panel):
    """Cards, one for each thing to say; ``wanted`` is emitted when one has come that should be seen."""

    name: ClassVar[str] = "notes_panel"
    period_ms: ClassVar[int] = 90

    wanted = Signal()

    def __init__(self, store: Store, session: Session) -> None:
        super().__init__(store, session)
        self._divergence: Divergence | None = None
        self._refusal = ""
        self._about = Notice("about_notice", "info")
        self._refused = Notice("refused_notice", "alarm")
        self._undo = self._refused.add_button("refused_undo", store.undo)
        self._diverged = Notice("diverged_notice", "notice", dismissable=True)
        self._diverged.dismissed.connect(self._on_dismissed)
        self._slower = self._diverged.add_button("diverged_slower", self._on_slower)
        self._restart = self._diverged.add_button("diverged_reset", session.reset)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        for card in (self._refused, self._diverged, self._about):
            column.addWidget(card)
        self._refused.hide()
        self._diverged.hide()
        store.changed.connect(self._on_config)
        session.refused.connect(self._on_refused)
        session.finished.connect(self._on_finished)
        self.retranslate()

    def title(self) -> str:
        """Return the name in the View menu."""
        return _("Notes")

    def show_run(self, _info: RunInfo) -> None:
        """Take back what was said of the run before."""
        self._divergence = None
        self._refusal = ""
        self.retranslate()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Say so when the numbers stop being numbers."""
        if snapshot.divergence is not None and self._divergence is None:
            self._divergence = snapshot.divergence
            self.retranslate()
            self.wanted.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the height to the texts, which wrap."""
        super().resizeEvent(event)
        self._fit()

    def retranslate(self) -> None:
        """Set every text in the language in use."""
        self._say_about()
        self._refused.setVisible(bool(self._refusal))
        self._refused.set_text(_("This experiment cannot run."), self._refusal)
        self._undo.set_text(_("Undo"))
        self._diverged.close_button.set_text(_("Dismiss"))
        self._diverged.setVisible(self._divergence is not None)
        self._slower.set_text(_("Rate ÷ 10 and reset"), _("A tenth of the learning rate, from the same start"))
        self._restart.set_text(_("Reset"), _("Back to the same start"))
        if self._divergence is not None:
            self._say_divergence(self._divergence)
        self._fit()

    def _fit(self) -> None:
        """Take just the height that the cards need at this width."""
        layout = self.layout()
        if layout is not None:
            layout.activate()
            self.setFixedHeight(max(layout.heightForWidth(self.width()), 0))

    def _say_about(self) -> None:
        """Say what the ready-made experiment shows, where it is one."""
        preset = PRESETS.get(self.store.config.name)
        self._about.setVisible(preset is not None)
        if preset is not None:
            self._about.set_text(_(preset.label) + _("."), _(preset.sentence))

    def _say_divergence(self, at: Divergence) -> None:
        """Say where it diverged, and what to try."""
        where = {
            "weights": _("the weights of layer {layer}"),
            "activations": _("the outputs of layer {layer}"),
        }.get(at.what, _("the loss, after layer {layer}"))
        self._diverged.set_text(
            _("The numbers have left all bounds."),
            _(
                "At step {step} {where} became infinite or undefined; the last loss that was a number was {loss}. "
                "The steps are too large: try a smaller learning rate (now {rate:g}), or smaller initial weights."
            ).format(
                step=texts.count(at.step),
                where=where.format(layer=at.layer),
                loss=texts.loss(at.last_loss),
                rate=self.store.config.training.learning_rate,
            ),
        )

    @Slot()
    def _on_dismissed(self) -> None:
        """Close the card about the divergence."""
        self._diverged.hide()
        self._fit()

    @Slot()
    def _on_slower(self) -> None:
        """Try again with a tenth of the learning rate."""
        config = self.store.config
        rate = float(f"{config.training.learning_rate / 10:.6g}")
        self.store.apply(edits.set_learning_rate(config, rate))
        self.session.reset()

    @Slot(str)
    def _on_refused(self, sentence: str) -> None:
        """Say why it cannot be built."""
        self._refusal = sentence
        self.retranslate()
        self.wanted.emit()

    @Slot(str)
    def _on_finished(self, reason: str) -> None:
        """Come to sight where it diverged, so that the next snapshot is shown."""
        if reason == "diverged":
            self.wanted.emit()

    @Slot()
    def _on_config(self) -> None:
        """Follow the experiment."""
        self._say_about()
        self._fit()
