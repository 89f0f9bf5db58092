"""Notes on the run: what it is about, why it cannot start, why it stopped, what is wrong with it."""

import math
from functools import partial
from time import monotonic
from typing import Any, ClassVar

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent

from playground.experiment.config.change_kind import ChangeKind, kind_of_change
from playground.experiment.config.presets import PRESETS, Preset
from playground.experiment.config.schema import ExperimentConfig
from playground.experiment.config.tables import is_there
from playground.experiment.config.traits import TABLE
from playground.experiment.diagnosis import RULES, Action, Case, Diagnosis, Watch, about, claim, examine
from playground.experiment.probes.probe import RunEvidence
from playground.experiment.probes.snapshot import Probe, RunInfo, Snapshot
from playground.language import _
from playground.runtime.session import Session
from playground.runtime.store import Store
from playground.ui.core import layouts, theme
from playground.ui.core.panel import Panel
from playground.ui.notes.finding_card import FindingCard
from playground.ui.widgets.labels import text_label
from playground.ui.widgets.message_card import MessageCard

EXAMINE_EVERY_S = 0.5
HIGH_COLUMN = 900
MOST_CARDS = 2
"""As many findings as leave the curves above them room; closing one shows the next."""

NARROW = 300
ONE_CARD, ONE_CARD_NARROW = 150, 190
"""The height of the strip: the same whatever is said, so that a card that comes or goes moves nothing."""


class NotesPanel(Panel):
    """Cards, one for each note.

    ``wanted()``: a card has come that should be seen. ``said()``: cards may have come or gone. ``table_wanted()``: the
    user wants to choose a table that is gone, or other columns of one that cannot be learnt from.
    """

    name: ClassVar[str] = "notes_panel"
    updates_when_hidden: ClassVar[bool] = True  # hopeless runs are paused even where the notes are closed

    wanted = Signal()
    said = Signal()
    table_wanted = Signal()

    def __init__(self, store: Store, session: Session) -> None:
        super().__init__(store, session)
        self._refusal = ""
        self._watch = Watch()
        self._case: Case | None = None
        self._stopped_by: str | None = None
        self._since = 0
        self._dismissed: set[str] = set()
        self._examined = -math.inf
        self._has_paused = False
        self._most = MOST_CARDS
        self._is_fixed = True
        self._is_silent = False
        self._displayed: tuple[Diagnosis, ...] = ()

        self._about = MessageCard("about_notice", "info")
        self._refused = MessageCard("refused_notice", "alarm")
        self._refused.add_button("refused_undo", store.undo).set_text(_("Undo"))
        self._choose = self._refused.add_button("choose_table", self.table_wanted.emit)
        self._cards = {rule: FindingCard(rule, partial(self._do, rule)) for rule in RULES}
        self._nothing = text_label("nothing_noted")
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        cards = (self._refused, *self._cards.values(), self._about)
        content = layouts.box(layouts.column(*cards, self._nothing, None, gap=10))
        content.setObjectName("scroll_content")
        layouts.column(layouts.scroll_area(content, "notes_scroll"), parent=self)
        for rule, finding_card in self._cards.items():
            finding_card.dismissed.connect(partial(self._dismiss, rule))
        for card in cards:
            card.hide()
        store.changed.connect(self._on_config)
        session.refused.connect(self._on_refused)
        session.finished.connect(self._on_finished)
        self._show_refusal()
        self.apply_theme()

    def probes(self) -> tuple[Probe[Any], ...]:
        if self.session.is_running and monotonic() - self._examined < EXAMINE_EVERY_S:
            return ()
        return (RunEvidence(),)

    def show_run(self, info: RunInfo) -> None:
        super().show_run(info)
        self._clear()

    def show_nothing(self) -> None:
        super().show_nothing()
        self._clear()

    def _clear(self) -> None:
        self._case, self._stopped_by = None, None
        self._refusal, self._since = "", 0
        self._has_paused = False
        self._watch.clear()
        self._dismissed.clear()
        self._show_refusal()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        self._stopped_by = snapshot.stopped_by
        evidence = snapshot.answer(RunEvidence())
        if evidence is None:
            return
        self._examined = monotonic()
        self._case = Case(
            self.store.config,
            evidence,
            snapshot.history,
            snapshot.steps_per_epoch,
            snapshot.divergence,
            min(self._since, snapshot.step),
        )
        self._watch.update(examine(self._case), settled=not snapshot.playing)
        hopeless = [one.rule for one in self._watch.shown if one.is_hopeless]
        if hopeless and snapshot.playing and not self._has_paused:
            self._has_paused = True
            self._dismissed.difference_update(hopeless)
            QTimer.singleShot(0, self, self._pause)  # not while the frame is drawn: the worker waits for that
        self._show_found()

    def set_room(self, height: int) -> None:
        """Say one thing at a time unless the column is high: curves and cards share its `height`."""
        most = MOST_CARDS if height >= theme.px(HIGH_COLUMN) else 1
        if most != self._most:
            self._most = most
            self._show_found()
        self.apply_theme()

    def set_silent(self, silent: bool) -> None:
        """Show no cards for now: they might answer a question that is open."""
        self._is_silent = silent
        self._show_found()

    def set_fixed(self, fixed: bool) -> None:
        """Use only the height that is needed, as below other panels; or any, as in tabs."""
        self._is_fixed = fixed
        self.apply_theme()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.apply_theme()

    def _show_refusal(self) -> None:
        data = self.store.config.data
        self._refused.setVisible(bool(self._refusal))
        self._refused.set_text(_("This experiment cannot run."), self._refusal)
        self._choose.setVisible(data.name == TABLE)
        is_gone = data.name == TABLE and not is_there(data["path"])
        self._choose.set_text(_("Choose the table…") if is_gone else _("Columns…"))
        self._show_found()

    def _show_found(self) -> None:
        """Show the cards of the most pressing findings, and hide the others; nothing if nothing else is to be said."""
        found = (
            []
            if self._refusal or self._is_silent
            else [one for one in self._watch.shown if one.rule not in self._dismissed]
        )
        found = [one for one in found if one.is_hopeless] or found
        said = tuple(found[: self._most])
        before, self._displayed = self._displayed, said

        if any(one.rule == "diverged" for one in said) and not any(one.rule == "diverged" for one in before):
            self.wanted.emit()
        for one in said:
            self._cards[one.rule].show_finding(one, self._note_on(one))
        rules = {one.rule for one in said}
        for rule, card in self._cards.items():
            card.setVisible(rule in rules)
        self._show_about()

    def _note_on(self, finding: Diagnosis) -> str:
        """Return the remark beside a finding: that the run was paused because of it, or what its article says."""
        rests = self._has_paused and not self.session.is_running and self._stopped_by is None
        if finding.is_hopeless and rests:
            return _("Paused. Press Play to go on anyway.")
        preset = self._preset()
        if finding.rule == "identical-units" and self._most == 1 and preset is not None:
            return claim(preset, self._case)  # for which there is no room beside the card
        return ""

    def _preset(self) -> Preset | None:
        """Return the ready-made experiment that this is, where its data and network are still those."""
        config = self.store.config
        preset = PRESETS.get(config.name)
        if preset is None or config.data.name != preset.config.data.name or config.network != preset.config.network:
            return None
        return preset

    def apply_theme(self) -> None:
        one = ONE_CARD if self.width() >= theme.px(NARROW) else ONE_CARD_NARROW
        height = theme.px(one if self._most == 1 else 2 * one)
        self.setMinimumHeight(height)
        self.setMaximumHeight(height if self._is_fixed else 16777215)

    def _show_about(self) -> None:
        preset = self._preset()
        said = about(preset, self._case) if preset is not None and not self._is_silent else ""
        self._about.setVisible(bool(said) and len(self._displayed) < self._most and not self._refusal)
        if preset is not None and said:
            self._about.set_text(_("{name}.").format(name=_(preset.label)), said)
        self._nothing.setVisible(not (said or self._displayed or self._refusal))
        self.said.emit()

    def _dismiss(self, rule: str) -> None:
        self._dismissed.add(rule)
        self._show_found()

    def _do(self, rule: str, action: Action) -> None:
        """Apply the action of a card; after a change of the weights, training continues only if it was running."""
        self._watch.dismiss(rule)
        self._show_found()
        if action.edit is not None:
            self.store.apply(action.edit(self.store.config))
        if action.parameters is not None:
            if action.pauses:
                self.session.pause()
            self._since = self.session.step_count
            self.session.change_parameters(action.parameters)
        if action.resets:
            self.session.reset()
        if action.competitors:
            self.session.race(action.competitors)
        if action.plays:
            self.session.play()

    @Slot()
    def _pause(self) -> None:
        """Pause, once per run, if the run cannot succeed, with the card that explains it visible."""
        if self._has_paused and self.session.is_running:
            self.session.pause()
            self.wanted.emit()

    @Slot(str)
    def _on_refused(self, sentence: str) -> None:
        self._refusal = sentence
        self._show_refusal()
        self.wanted.emit()

    @Slot(str)
    def _on_finished(self, reason: str) -> None:
        """Note that the run has ended; become visible where it diverged, so that the next snapshot is shown."""
        self._stopped_by = reason
        if reason == "diverged":
            self.wanted.emit()

    @Slot(object, object)
    def _on_config(self, new: ExperimentConfig, old: ExperimentConfig) -> None:
        """Follow the experiment; what the losses did under other settings is not held against the new ones."""
        if kind_of_change(old, new) is ChangeKind.LIVE and new.training.stop == old.training.stop:
            self._since = self.session.step_count
        self._show_about()
