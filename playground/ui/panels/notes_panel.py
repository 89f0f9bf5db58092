"""What there is to say about the run: what it is about, why it cannot start, why it stopped, what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout

from playground.experiment import edits
from playground.experiment.config import InitialChoice
from playground.experiment.diagnosis import Diagnosis, diagnose, explain_divergence
from playground.experiment.presets import PRESETS
from playground.experiment.snapshot import Probe
from playground.language import N_, _
from playground.ui.panels.panel import Panel
from playground.ui.widgets.icons import Button
from playground.ui.widgets.notice import Notice

if TYPE_CHECKING:
    from playground.experiment.snapshot import Divergence, RunInfo, Snapshot
    from playground.experiment.trainer import Trainer
    from playground.runtime.session import Session
    from playground.runtime.store import Store

_LOOK_EVERY_S = 2.0

_RULES = {
    "identical-units": (N_("Some units are copies of one another."), "xavier", N_("Start from Xavier's weights")),
    "saturated": (N_("Many units are saturated."), "xavier", N_("Start from Xavier's weights")),
    "dead-units": (N_("Some units are dead."), "he", N_("Start from He's weights")),
}
"""Rule -> its headline, the initial weights that help, and what the button says."""


@dataclass(frozen=True)
class Findings(Probe[tuple[Diagnosis, ...]]):
    """What the rules find in the present state."""

    def compute(self, trainer: Trainer) -> tuple[Diagnosis, ...]:
        """Ask every rule."""
        return diagnose(trainer)


class NotesPanel(Panel):
    """Cards, one for each thing to say.

    ``wanted`` is emitted when one has come that should be seen, ``fitted(height)`` when they need more or
    less room than before.
    """

    name: ClassVar[str] = "notes_panel"
    period_ms: ClassVar[int] = 90

    wanted = Signal()
    fitted = Signal(int)

    def __init__(self, store: Store, session: Session) -> None:
        super().__init__(store, session)
        self._divergence: Divergence | None = None
        self._refusal = ""
        self._found: dict[str, Diagnosis] = {}
        self._dismissed: set[str] = set()
        self._looked = 0.0
        self._about = Notice("about_notice", "info")
        self._refused = Notice("refused_notice", "alarm")
        self._undo = self._refused.add_button("refused_undo", store.undo)
        self._diverged = Notice("diverged_notice", "notice", dismissable=True)
        self._slower = self._diverged.add_button("diverged_slower", self._on_slower)
        self._restart = self._diverged.add_button("diverged_reset", session.reset)
        self._diverged.dismissed.connect(partial(self._dismiss, "diverged"))
        self._rules: dict[str, tuple[Notice, Button]] = {}
        for rule, (_headline, scheme, _do) in _RULES.items():
            key = rule.replace("-", "_")
            notice = Notice(f"{key}_notice", "notice", dismissable=True)
            notice.dismissed.connect(partial(self._dismiss, rule))
            self._rules[rule] = notice, notice.add_button(f"{key}_start", partial(self._start_from, scheme))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        for card in (self._refused, self._diverged, *(notice for notice, _button in self._rules.values()), self._about):
            column.addWidget(card)
            card.hide()
        column.addStretch(1)
        store.changed.connect(self._on_config)
        session.refused.connect(self._on_refused)
        session.finished.connect(self._on_finished)
        self.retranslate()

    def title(self) -> str:
        """Return the name in the View menu."""
        return _("Notes")

    def probes(self) -> tuple[Probe[Any], ...]:
        """Ask the rules now and then, and always when the run rests."""
        if self.session.is_running and monotonic() - self._looked < _LOOK_EVERY_S:
            return ()
        return (Findings(),)

    def show_run(self, _info: RunInfo) -> None:
        """Take back what was said of the run before."""
        self._divergence = None
        self._refusal = ""
        self._found = {}
        self._dismissed = set()
        self.retranslate()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Say so when the numbers stop being numbers, or when a rule finds something."""
        if snapshot.divergence is not None and self._divergence is None:
            self._divergence = snapshot.divergence
            self._found = {}
            self.retranslate()
            self.wanted.emit()
        findings = snapshot.answer(Findings())
        if findings is not None:
            self._looked = monotonic()
            found = {finding.rule: finding for finding in reversed(findings) if finding.rule in _RULES}
            if {rule: it.sentence for rule, it in found.items()} != {r: it.sentence for r, it in self._found.items()}:
                self._found = found
                self.retranslate()

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
        self._slower.set_text(_("Rate ÷ 10 and reset"), _("A tenth of the learning rate, from the same start"))
        self._restart.set_text(_("Reset"), _("Back to the same start"))
        self._diverged.setVisible(self._divergence is not None and "diverged" not in self._dismissed)
        if self._divergence is not None:
            said = explain_divergence(self._divergence, self.store.config).sentence
            self._diverged.set_text(_("The numbers have left all bounds."), said)
        for rule, (notice, button) in self._rules.items():
            headline, _scheme, do = _RULES[rule]
            button.set_text(_(do), _("The same experiment from other first weights; can be undone"))
            notice.setVisible(rule in self._found and rule not in self._dismissed)
            if rule in self._found:
                notice.set_text(_(headline), self._found[rule].sentence)
        self._fit()

    def _fit(self) -> None:
        """Ask for just the height that the cards need at this width."""
        layout = self.layout()
        if layout is not None:
            layout.activate()
            height = max(layout.heightForWidth(self.width()), 1)  # a dock of no height is never laid out again
            if height != self.minimumHeight():
                self.setMinimumHeight(height)
                self.fitted.emit(height)

    def _say_about(self) -> None:
        """Say what the ready-made experiment shows, where it is one."""
        preset = PRESETS.get(self.store.config.name)
        self._about.setVisible(preset is not None)
        if preset is not None:
            self._about.set_text(_("{name}.").format(name=_(preset.label)), _(preset.sentence))

    def _dismiss(self, rule: str) -> None:
        """Show a card no more in this run."""
        self._dismissed.add(rule)
        self.retranslate()

    def _start_from(self, scheme: str) -> None:
        """Start from other weights."""
        self.store.apply(edits.set_initial(self.store.config, InitialChoice(scheme)))

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
        self._divergence = None
        self._found = {}
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
