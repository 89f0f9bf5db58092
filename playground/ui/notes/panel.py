"""Notes on the run: what it is about, why it cannot start, why it stopped, what is wrong with it."""

import math
from collections.abc import Callable
from functools import partial
from time import monotonic

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QWidget

from playground.experiment.config.presets import PRESETS, Preset
from playground.experiment.config.tables import is_there
from playground.experiment.config.traits import TABLE
from playground.experiment.diagnosis import RULES, Action, Case, Diagnosis, Watch, about, claim, examine
from playground.experiment.probes.probe import RunEvidence
from playground.experiment.probes.snapshot import Snapshot
from playground.language import _, sentences
from playground.ui.core import layouts, theme
from playground.ui.core.panel import Panel, Probes
from playground.ui.widgets.icons import Button
from playground.ui.widgets.labels import text_label
from playground.ui.widgets.message_card import MessageCard

EXAMINE_EVERY_S = 0.5
HIGH_COLUMN = 900
MOST_CARDS = 2
"""As many findings as leave the curves above them room; closing one shows the next."""

NARROW = 300
ONE_CARD, ONE_CARD_NARROW = 150, 190
"""The height of the strip: the same whatever is said, so that a card that comes or goes moves nothing."""

CURVES, LEAST = 248, 60
"""What two curves above it need at least; in a low window the strip has the rest, and is scrolled."""


MOST_ACTIONS = 2
"""As many as stand beside one another in the column at the right."""

WHY_WIDTH = 380


class FindingCard(MessageCard):
    """A notice whose text and buttons follow a `Diagnosis`; `do` is called with the action whose button was clicked.

    The rule ``identical-units`` makes the names ``identical_units_notice``, ``identical_units_why`` and, for an action
    ``break``, ``identical_units_break``.
    """

    def __init__(self, rule: str, do: Callable[[Action], object]) -> None:
        self._key = rule.replace("-", "_")
        super().__init__(f"{self._key}_notice", "notice", dismissable=True)
        self.finding: Diagnosis | None = None
        self._do = do
        self._actions: dict[str, Action] = {}
        self._action_buttons: dict[str, Button] = {}
        self._why_button = self.add_button(f"{self._key}_why", self._on_why, "link")
        self._why_button.set_text(_("Why?"), _("Why this happens, with the numbers"))
        self.why: WhyPopup | None = None

    def show_finding(self, finding: Diagnosis, note: str = "") -> None:
        """Show a finding, a `note` after it, and buttons for its actions."""
        self.finding = finding
        theme.set_property(self, "role", "info" if finding.is_harmless else "notice")
        self.set_text(finding.headline, sentences(finding.advice, note))
        self._actions = {action.key: action for action in finding.actions[:MOST_ACTIONS]}
        for key, action in self._actions.items():
            if key not in self._action_buttons:
                self._action_buttons[key] = self.add_button(f"{self._key}_{key}", partial(self._on_action, key))
            self._action_buttons[key].set_text(action.label, action.tip)
        for key, button in self._action_buttons.items():
            button.setVisible(key in self._actions)
        if self.why is not None and self.why.isVisible():
            self.why.show_finding(finding)

    def _on_action(self, key: str) -> None:
        self._do(self._actions[key])

    def _on_why(self) -> None:
        if self.finding is not None:
            if self.why is None:
                self.why = WhyPopup(f"{self._key}_why_popup", self)
            self.why.show_finding(self.finding)
            self.why.open_beside(self._why_button)


class WhyPopup(QFrame):
    """An explanation and a table of numbers, over the window; Esc or a click elsewhere closes it."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName(name)
        self.setProperty("role", "why")
        self._headline, self._why = text_label(role="strong"), text_label(f"{name}_text", "")
        self._numbers = QGridLayout()
        self._numbers.setContentsMargins(0, 0, 0, 0)
        self._numbers.setHorizontalSpacing(16)
        self._numbers.setVerticalSpacing(3)
        self._numbers.setColumnStretch(0, 1)
        line = QFrame()
        line.setProperty("role", "line")
        layouts.column(self._headline, self._why, line, self._numbers, parent=self, gap=9, margins=(16, 13, 16, 14))

    def show_finding(self, finding: Diagnosis) -> None:
        """Write the reason and the numbers."""
        self._headline.setText(finding.headline)
        self._why.setText(finding.why)
        self.setAccessibleName(finding.headline)
        self.setAccessibleDescription(finding.why)
        for shown in self.findChildren(QLabel, "number", Qt.FindChildOption.FindDirectChildrenOnly):
            self._numbers.removeWidget(shown)
            shown.deleteLater()
        for row, (name, number) in enumerate(finding.table()):
            label, value = text_label("number", text=name), text_label("number", "", number, wraps=False)
            value.setFont(theme.font(12, tabular=True))
            self._numbers.addWidget(label, row, 0)
            self._numbers.addWidget(value, row, 1, Qt.AlignmentFlag.AlignRight)

    def open_beside(self, anchor: QWidget) -> None:
        """Open with its lower edge just above `anchor`, pushed into the window where it would stick out."""
        width = theme.px(WHY_WIDTH)
        layout = self.layout()
        self.setFixedWidth(width)
        height = layout.totalHeightForWidth(width) if layout is not None else self.sizeHint().height()
        window = anchor.window().frameGeometry()
        place = anchor.mapToGlobal(QPoint(0, -height - 6))
        x = max(window.left() + 6, min(place.x(), window.right() - width - 6))
        y = max(window.top() + 6, place.y())
        self.setGeometry(x, y, width, height)
        self.show()
        self.setFocus()


class NotesPanel(Panel):
    """Cards, one for each note.

    ``wanted()``: a card has come that should be seen. ``said()``: cards may have come or gone. ``table_wanted()``: the
    user wants to choose a table that is gone, or other columns of one that cannot be learnt from.
    """

    name = "notes_panel"
    updates_when_hidden = True  # hopeless runs are paused even where the notes are closed

    wanted = Signal()
    said = Signal()
    table_wanted = Signal()

    def build(self) -> None:
        self._refusal = ""
        self._watch = Watch()
        self._case: Case | None = None
        self._stopped_by: str | None = None
        self._dismissed: set[str] = set()
        self._examined = -math.inf
        self._has_paused = False
        self._most = MOST_CARDS
        self._room = 10_000
        self._is_fixed = True
        self._is_silent = False
        self._displayed: tuple[Diagnosis, ...] = ()

        self._about = MessageCard("about_notice", "info")
        self._refused = MessageCard("refused_notice", "alarm")
        self._refused.add_button("refused_undo", self.store.undo).set_text(_("Undo"))
        self._choose = self._refused.add_button("choose_table", self.table_wanted.emit)
        self._cards = {rule: FindingCard(rule, partial(self._do, rule)) for rule in RULES}
        self._nothing = text_label("nothing_noted")
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        cards = (self._refused, *self._cards.values(), self._about)
        content = layouts.box(layouts.column(*cards, self._nothing, None, gap=10))
        layouts.column(layouts.scroll_area(content, "notes_scroll"), parent=self)
        for rule, finding_card in self._cards.items():
            finding_card.dismissed.connect(partial(self._dismiss, rule))
        for card in cards:
            card.hide()
        self.store.changed.connect(self._show_about)
        self.session.refused.connect(self._on_refused)
        self.session.finished.connect(self._on_finished)
        self._show_refusal()
        self.apply_theme()

    def probes(self) -> Probes:
        if self.session.is_running and monotonic() - self._examined < EXAMINE_EVERY_S:
            return ()
        return (RunEvidence(),)

    def clear(self) -> None:
        self._case, self._stopped_by = None, None
        self._refusal = ""
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
        self._room = height
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
        height = max(min(height, self._room - theme.px(CURVES)), theme.px(LEAST))
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
            self.session.change_parameters(action.parameters, name=action.label)
        if action.resets:
            self.session.reset()
        if action.competitors:
            self.session.race(action.competitors)
        if action.plays:
            self.session.play()

    def _pause(self) -> None:
        """Pause, once per run, if the run cannot succeed, with the card that explains it visible."""
        if self._has_paused and self.session.is_running:
            self.session.pause()
            self.wanted.emit()

    def _on_refused(self, sentence: str) -> None:
        self._refusal = sentence
        self._show_refusal()
        self.wanted.emit()

    def _on_finished(self, reason: str) -> None:
        """Note that the run has ended; become visible where it diverged, so that the next snapshot is shown."""
        self._stopped_by = reason
        if reason == "diverged":
            self.wanted.emit()
