"""Slow motion: one training step, moment by moment, with the real numbers in the picture of the network."""

from html import escape
from typing import Any, ClassVar

import numpy as np
from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QHideEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from playground.experiment.explain.formula import DIGITS
from playground.experiment.explain.step_story import tell
from playground.experiment.explain.step_text import Explanation
from playground.experiment.explain.step_trace import MOST_ROWS, Granularity, SlowMotion, StepTrace
from playground.experiment.probes.snapshot import Probe, RunInfo, Snapshot
from playground.language import _
from playground.runtime.selection import Sample
from playground.runtime.session import Session
from playground.runtime.store import Store
from playground.ui.core import theme
from playground.ui.core.panel import Panel
from playground.ui.slow_motion.controls import SlowMotionControls
from playground.ui.slow_motion.step_view import StepView
from playground.ui.widgets.icons import Button
from playground.ui.widgets.labels import text_label

PACE_MS = 1200
MANY_DIGITS = 9
"""Where the weights are given they are meant to be followed by hand, to the digits that books print."""

NARROW = 470  # pixels: below, the heading has room for its choices only

GRANULARITIES: tuple[Granularity, ...] = ("row", "layer", "unit")


class SlowMotionPanel(Panel):
    """Plays one training step on a copy of the network, forward and backward; training itself does not notice.

    It takes apart either a step on one training row, or the step that training makes next (all rows of its batch,
    with the numbers of one of them), which the last button then really makes.
    """

    name: ClassVar[str] = "slow_motion_panel"

    def __init__(self, store: Store, session: Session) -> None:
        super().__init__(store, session)
        self.view = StepView()
        self.controls = SlowMotionControls(GRANULARITIES)
        self.sentence = text_label("slow_sentence")
        self.formula = QPlainTextEdit()
        self.pause = Button(name="slow_pause", role="primary")
        self.recording: StepTrace | None = None
        self.position = 0
        self._groups: list[range] = []
        self._row = 0
        self._place = 0
        self._is_over = False
        self._timer = QTimer(self)
        self._timer.setInterval(PACE_MS)
        self._build()
        self._connect()
        self.controls.granularity.set_value("unit")
        self.controls.scope.set_value("row")
        self.setFocusProxy(self.view)
        self.retranslate()

    def _build(self) -> None:
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.sentence.setTextFormat(Qt.TextFormat.RichText)
        self.formula.setObjectName("slow_formula")
        self.formula.setReadOnly(True)
        self.formula.setProperty("role", "formula")
        self.formula.document().setDocumentMargin(3)
        self.formula.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        room = QVBoxLayout(self)
        room.setContentsMargins(0, 0, 0, 0)
        room.setSpacing(5)
        above = QHBoxLayout()
        above.setSpacing(8)
        above.addWidget(self.view, 1)
        above.addWidget(self.sentence)
        room.addLayout(above, 5)
        room.addWidget(self.pause, 0, Qt.AlignmentFlag.AlignHCenter)
        room.addWidget(self.formula, 1)
        room.addWidget(self.controls.foot)

    def _connect(self) -> None:
        """Join the controls to what they do."""
        controls = self.controls
        controls.back.clicked.connect(self._on_back)
        controls.next.clicked.connect(self._on_next)
        controls.play.clicked.connect(self._on_play)
        controls.end.clicked.connect(self._on_end)
        controls.make.clicked.connect(self._on_make)
        controls.granularity.chosen.connect(self._on_granularity)
        controls.scope.chosen.connect(self._on_scope)
        controls.row_field.committed.connect(self._on_row)
        self.pause.clicked.connect(self.session.pause)
        self._timer.timeout.connect(self._on_tick)
        self.session.playing_changed.connect(self._on_playing)
        self.session.focus.sample_changed.connect(self._on_sample)
        self.apply_theme()
        for key, slot in (
            (Qt.Key.Key_Right, self._on_next),
            (Qt.Key.Key_Left, self._on_back),
            (Qt.Key.Key_Home, lambda: self._go(0)),
            (Qt.Key.Key_End, self._on_end),
        ):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)

    def apply_theme(self) -> None:
        self.formula.setFont(theme.font(13, tabular=True))
        self.formula.setMinimumHeight(theme.px(40))
        self.formula.setMaximumHeight(theme.px(150))
        self.sentence.setFixedWidth(theme.px(148))
        self._show()
        self.controls.row_field.setFixedWidth(theme.px(62))

    def title(self) -> str:
        """Return the heading."""
        return _("Slow motion")

    def header(self) -> QWidget:
        """Return the choices of what to take apart and how finely."""
        return self.controls.header

    def probes(self) -> tuple[Probe[Any], ...]:
        """Ask for the step to take apart, while training rests."""
        return () if self.session.is_running or self._info is None else (self._probe(),)

    def _probe(self) -> SlowMotion:
        return SlowMotion(None if self.controls.is_whole_step else self._row)

    def show_run(self, info: RunInfo) -> None:
        """Begin anew, at the same row where there is such a row."""
        self._row = min(self._row, len(info.data.x_train) - 1)
        if len(info.data.x_train) == 1:
            self.controls.scope.set_value("step")
        super().show_run(info)
        self._take(None)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Take over the step that was taken apart."""
        if self._info is None or snapshot.run != self._info.run or self.session.is_running:
            return
        self._is_over = snapshot.stopped_by is not None
        probe = self._probe()
        if probe in snapshot.answers:
            recording = snapshot.answer(probe)
            if recording is None:
                self._take(None)
            elif not _same(recording, self.recording):
                self._take(recording)
            self._show()

    def _take(self, recording: StepTrace | None) -> None:
        """Begin at the beginning of a step, or show that there is none."""
        self._timer.stop()
        self.recording, self.position = recording, 0
        self._place = min(self._place, 0 if recording is None else len(recording.rows) - 1)
        shape = None if self._info is None else self._info.data.dataset.image_shape
        self.view.set_recording(recording, shape if recording is not None and recording.has_pixels else None)
        self._group()
        self._show()

    def _group(self) -> None:
        """Divide the moments as finely as is wished, and stay as near to where it was as can be."""
        done = self._groups[self.position - 1].stop if self.position and self._groups else 0
        self._groups = [] if self.recording is None else self.recording.groups(self._wished())
        self.position = sum(group.stop <= done for group in self._groups)

    @property
    def digits(self) -> int:
        """Significant digits of the formulas: those that books print where the weights are given, else fewer."""
        given = any(choice.name == "given" for choice in self.store.config.network.initials)
        return MANY_DIGITS if given else DIGITS

    def _show(self) -> None:
        playing = self.session.is_running
        shown = self.recording is not None and not playing
        self.pause.setVisible(playing and self._info is not None)
        self.sentence.setVisible(shown)
        self.formula.setVisible(shown)
        self.controls.foot.setVisible(not playing and self._info is not None)
        self.view.set_message("" if shown else self._message(playing))
        self._show_controls()
        if self.recording is None or playing:
            return
        current = self._groups[self.position - 1] if self.position else range(0)
        self.view.set_moment(current.stop, current, self._place)
        told = self._told(current)
        head = f'<b style="color: {theme.current().text}">{escape(told.title)}</b>'
        self.sentence.setText(f"{head}<br>{escape(told.sentence)}")
        text = "\n".join(told.lines)
        self.formula.setPlainText(text)
        self.view.setAccessibleDescription(f"{told.title}. {told.sentence} {text}")

    def _message(self, playing: bool) -> str:
        if self._info is None:
            return _("Slow motion starts as soon as there is a network.")
        if playing:
            return _("Training is running. Pause it to see one step in slow motion.")
        if self.controls.is_whole_step and self._step_rows() > MOST_ROWS:
            return _("A step uses {n:,} samples at once, too many to follow: choose one sample.").format(
                n=self._step_rows()
            )
        return _("Please wait …")

    def _step_rows(self) -> int:
        """Return how many rows a step learns from."""
        assert self._info is not None
        rows = len(self._info.data.x_train)
        return min(self.store.config.training.batch_size or rows, rows)

    def _told(self, current: range) -> Explanation:
        """Return what happens now."""
        assert self.recording is not None
        moments = self.recording.moments[current.start : current.stop]
        return tell(self.recording, moments, self._wished(), self._place, self.digits)

    def _wished(self) -> Granularity:
        """Return how finely to divide the step."""
        value = self.controls.granularity.value()
        return next((one for one in GRANULARITIES if one == value), "unit")

    def _show_controls(self) -> None:
        recording = self.recording
        count = None if recording is None else len(self._groups)
        self.controls.show_position(self.position, count, plays=self._timer.isActive(), excuse=self._excuse())
        if self._info is None:
            return
        rows = len(self._info.data.x_train)
        whole = self.controls.is_whole_step
        among = rows if not whole or recording is None else len(recording.rows)
        row = self._place if whole else self._row
        self.controls.show_rows(row, among, self._step_rows(), has_choice=rows > 1)

    def _excuse(self) -> str:
        """Return why training cannot make the step that is shown, or an empty text."""
        if self.recording is None:
            return _("There is no step to make yet.")
        if self._is_over:
            return _("Training has ended at its stop condition.")
        if not self.recording.is_next:
            return _("A step on one row alone is only shown. Choose “Next step” to see one that can be made.")
        return ""

    def _on_next(self) -> None:
        self._go(self.position + 1)

    def _on_back(self) -> None:
        self._go(self.position - 1)

    def _on_end(self) -> None:
        """Go to the last moment."""
        self._go(len(self._groups))

    def _go(self, position: int) -> None:
        self._timer.stop()
        self._move(position)

    def _move(self, position: int) -> None:
        if self.recording is not None and not self.session.is_running:
            self.position = min(max(position, 0), len(self._groups))
            self._show()

    @Slot()
    def _on_play(self) -> None:
        """Begin or stop to go on by itself."""
        if self._timer.isActive():
            self._timer.stop()
            self._show_controls()
        else:
            self._timer.start()
            self._on_tick()

    @Slot()
    def _on_tick(self) -> None:
        """Go on by one group, until the end."""
        if self.position + 1 >= len(self._groups):
            self._timer.stop()
        self._move(self.position + 1)

    @Slot()
    def _on_make(self) -> None:
        """Make the step that was shown."""
        self._timer.stop()
        self.session.step(1)

    @Slot(str)
    def _on_granularity(self, _key: str) -> None:
        """Divide the moments otherwise."""
        self._timer.stop()
        self._group()
        self._show()

    @Slot(str)
    def _on_scope(self, _key: str) -> None:
        self._take(None)
        self.refresh_requested.emit()

    @Slot(object)
    def _on_row(self, row: int) -> None:
        """Show another row: a step of its own, or its numbers in the step of all."""
        if self.controls.is_whole_step:
            self._place = row - 1
            self._show()
        else:
            self.session.focus.set_sample(Sample("train", row - 1))

    @Slot()
    def _on_sample(self) -> None:
        """Go to the sample that the views look at, where it is one to learn from."""
        sample = self.session.focus.sample
        if sample.part == "train" and self._info is not None:
            self._row = min(sample.row, len(self._info.data.x_train) - 1)
            self.refresh_requested.emit()

    @Slot(bool)
    def _on_playing(self, _playing: bool) -> None:
        """Step back while training runs."""
        self._timer.stop()
        self._show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.controls.set_narrow(self.width() < theme.px(NARROW))
        self._show_controls()

    def hideEvent(self, event: QHideEvent) -> None:
        self._timer.stop()
        super().hideEvent(event)

    def retranslate(self) -> None:
        """Set every text in the language in use."""
        self.controls.retranslate()
        self.pause.set_text(_("Pause and show it"), _("Pause training and show its next step in slow motion"))
        self.formula.setAccessibleName(_("Formulas with their numbers"))
        self.view.setAccessibleName(_("Picture of the network with the numbers of one step"))
        self._show()


def _same(new: StepTrace, old: StepTrace | None) -> bool:
    """Return whether two recordings are of the same step with the same numbers."""
    return (
        old is not None
        and new.config == old.config
        and new.is_next == old.is_next
        and np.array_equal(new.rows, old.rows)
        and np.array_equal(new.start, old.start, equal_nan=True)
        and np.array_equal(new.end, old.end, equal_nan=True)
    )
