"""Slow motion: one training step, stage by stage, with the real numbers in the picture of the network."""

from html import escape
from typing import cast

import numpy as np
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from playground.experiment.explain.formula import DIGITS
from playground.experiment.explain.shapes import shape_lines
from playground.experiment.explain.step_text import explain_stage
from playground.experiment.explain.step_trace import MOST_ROWS, Granularity, SlowMotion, StepTrace, TraceEvent
from playground.experiment.probes.snapshot import RunInfo, Snapshot
from playground.language import _
from playground.runtime.selection import Sample
from playground.ui.core import layouts, plain_text, theme
from playground.ui.core.panel import Panel, Probes
from playground.ui.forms.number_field import NumberField
from playground.ui.slow_motion.step_view import StepView
from playground.ui.widgets.combo import ComboBox
from playground.ui.widgets.flow_layout import FlowLayout
from playground.ui.widgets.icons import Button
from playground.ui.widgets.labels import text_label
from playground.ui.widgets.segmented import SegmentedControl

PACE_MS = 1200
MANY_DIGITS = 9
"""Where the weights are given they are meant to be followed by hand, to the digits that books print."""

NARROW = 540  # pixels: below, the heading has room for its choices only
GAP = 6  # pixels between two choices, which are as wide as their words


class SlowMotionControls:
    """Two rows of controls, `header` and `foot`, and a column `beside` the picture that ends with the position."""

    def __init__(self) -> None:
        self.row_label = text_label("slow_row_label", text=_("Sample"), wraps=False)
        self.row_field = NumberField("slow_row", _("Training sample"), low=1, whole=True)
        self.row_label.setBuddy(self.row_field)
        self.count_label = text_label("slow_row_count", wraps=False)
        scopes = (
            ("row", _("One sample"), _("A step on one training sample only")),
            ("step", _("Next step"), _("The step that training makes next, on all samples of its batch")),
        )
        self.scope = SegmentedControl("slow_scope", scopes, label=_("Step to show"), equal=False, gap=GAP)
        granularities = (
            ("row", _("Whole pass"), _("The whole forward pass, the loss, the whole backward pass")),
            ("layer", _("Layer"), _("One layer at a time")),
            ("unit", _("Unit"), _("One unit at a time")),
        )
        label = _("How much one stage shows")
        self.granularity = SegmentedControl("slow_granularity", granularities, label=label, equal=False, gap=GAP)
        self.back, self.next, self.play, self.end, self.make = (
            Button(name=f"slow_{name}", role="small") for name in ("back", "next", "play", "end", "make")
        )
        self.back.set_text(_("Back"), _("The stage before (Left)"))
        self.next.set_text(_("Next"), _("The next stage (Right)"))
        self.end.set_text(_("To the end"), _("To the last stage (End)"))
        self.shapes = ComboBox("slow_shapes", _("Shapes of the matrices"))
        tip = _("Write the step as products of matrices too, each with its shape")
        self.shapes.set_choices(
            [
                ("none", _("No shapes"), _("Numbers only")),
                ("rows", _("Samples in rows"), tip),
                ("columns", _("Samples in columns"), tip),
            ]
        )
        self.shapes.set_value("none")
        self.shapes.setToolTip(plain_text.tip(tip))
        self.position_label = text_label("slow_position", wraps=False)
        parts = (self.row_label, self.row_field, self.count_label, self.scope, self.granularity)
        self._row = layouts.row(*parts, gap=6)
        self.header = layouts.box(self._row)
        self.beside = QVBoxLayout()
        self.foot = QWidget()
        flow = FlowLayout(self.foot, gap=6)
        for widget in (self.back, self.next, self.play, self.end, self.make, self.shapes):
            flow.addWidget(widget)

    def set_narrow(self, narrow: bool) -> None:
        """Leave out the words around the row where the choices would be cut, for the position; and the shapes."""
        if narrow:
            self._row.insertWidget(0, self.position_label)
        else:
            self.beside.addWidget(self.position_label)
        for widget in (self.row_label, self.count_label, self.shapes):
            widget.setVisible(not narrow)

    @property
    def is_whole_step(self) -> bool:
        """Whether the next step of training is shown, with all its rows, rather than one row alone."""
        return self.scope.value() == "step"

    def show_position(self, position: int, count: int | None, *, plays: bool, is_held: bool, excuse: str) -> None:
        """Show which of the stages is seen, None for no stages, and enable what leads to others unless it `is_held`.

        `excuse` is why training cannot make this very step, empty where it can.
        """
        self.back.setEnabled(count is not None and position > 0)
        for button in (self.next, self.play, self.end):
            button.setEnabled(not is_held and count is not None and position < count)
        self.make.setEnabled(not excuse)
        self.make.set_text(_("Make this step"), excuse or _("Makes this step in training too"))
        self.play.set_text(_("Stop") if plays else _("Play slowly"), _("Plays one stage after another"))
        self.position_label.setText("" if count is None else _("{n} of {all}").format(n=position, all=count))

    def show_rows(self, row: int, count: int, *, has_choice: bool) -> None:
        """Show which row (from 0) of `count` it is; `has_choice` if a step on one row is another than the next one."""
        self.scope.setVisible(has_choice)
        self.row_field.set_range(1, count)
        self.row_field.set_value(row + 1)
        self.count_label.setText(_("of {n:,}").format(n=count))


class SlowMotionPanel(Panel):
    """Plays one training step on a copy of the network, forward and backward; training itself is not affected.

    It shows either a step on one training row, or the step that training makes next (all rows of its batch,
    with the numbers of one of them), which the last button then really makes.
    """

    name = "slow_motion_panel"

    def build(self) -> None:
        self.view = StepView()
        self.controls = SlowMotionControls()
        self.header = self.controls.header
        self.sentence = text_label("slow_sentence")
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.sentence.setTextFormat(Qt.TextFormat.RichText)
        self._scroll = layouts.scroll_area(self.sentence)  # the longest do not fit into the smallest window
        self._scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.formula = QPlainTextEdit()
        self.formula.setObjectName("slow_formula")
        self.formula.setAccessibleName(_("Formulas with their numbers"))
        self.formula.setReadOnly(True)
        self.formula.setProperty("role", "formula")
        self.formula.document().setDocumentMargin(3)
        self.formula.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        tip = _("Pause training and show its next step in slow motion")
        self.pause = Button(name="slow_pause", text=_("Pause and show it"), tip=tip, role="primary")
        self.trace: StepTrace | None = None
        self.position = 0
        self._stages: list[range] = []
        self._row = 0  # of the training rows
        self._trace_row = 0  # of the rows of the step
        self._has_ended = False
        self._timer = QTimer(self)
        self._timer.setObjectName("slow_timer")
        self._timer.setInterval(PACE_MS)
        above = layouts.row((self.view, 1), self.controls.beside, gap=8)
        self.controls.beside.addWidget(self._scroll, 1)
        whole = layouts.column((above, 5), self.pause, (self.formula, 1), self.controls.foot, parent=self, gap=5)
        whole.setAlignment(self.pause, Qt.AlignmentFlag.AlignHCenter)
        self.controls.set_narrow(False)
        self.setFocusProxy(self.view)
        self.controls.granularity.set_value("unit")
        self.controls.scope.set_value("row")
        self._connect()
        self.apply_theme()

    def _connect(self) -> None:
        controls = self.controls
        controls.back.clicked.connect(lambda: self._go(self.position - 1))
        controls.next.clicked.connect(lambda: self._go(self.position + 1))
        controls.end.clicked.connect(lambda: self._go(len(self._stages)))
        controls.play.clicked.connect(self._on_play)
        controls.make.clicked.connect(self._on_make)
        controls.granularity.chosen.connect(self._on_granularity)
        controls.scope.chosen.connect(self._on_scope)
        controls.shapes.chosen.connect(self._show)
        controls.row_field.committed.connect(self._on_row)
        self.pause.clicked.connect(self._on_pause)
        self._timer.timeout.connect(self._on_tick)
        self.session.playing_changed.connect(self._on_playing)
        self.session.held_changed.connect(self._on_held)
        self.session.selection.sample_changed.connect(self._on_sample)
        for key, button in (
            (Qt.Key.Key_Right, controls.next),
            (Qt.Key.Key_Left, controls.back),
            (Qt.Key.Key_End, controls.end),
        ):
            self._shortcut(key).activated.connect(button.click)
        self._shortcut(Qt.Key.Key_Home).activated.connect(lambda: self._go(0))

    def _shortcut(self, key: Qt.Key) -> QShortcut:
        shortcut = QShortcut(QKeySequence(key), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        return shortcut

    def apply_theme(self) -> None:
        self.formula.setFont(theme.font(13, tabular=True))
        self.formula.setMinimumHeight(theme.px(40))
        self.formula.setMaximumHeight(theme.px(150))
        self._scroll.setFixedWidth(theme.px(160))
        self.controls.row_field.setFixedWidth(theme.px(54))
        self._show()

    def probes(self) -> Probes:
        return () if self.session.is_running else (self._probe(),)

    def _probe(self) -> SlowMotion:
        return SlowMotion(None if self.controls.is_whole_step else self._row)

    def show_run(self, info: RunInfo) -> None:
        self._row = min(self._row, len(info.data.x_train) - 1)
        if len(info.data.x_train) == 1:
            self.controls.scope.set_value("step")
        super().show_run(info)
        self._set_trace(None)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        if self.session.is_running:
            return
        self._has_ended = snapshot.stopped_by is not None
        probe = self._probe()
        if probe in snapshot.answers:
            trace = snapshot.answer(probe)
            if trace is None or not _is_same(trace, self.trace):
                self._set_trace(trace)
            self._show()

    def _set_trace(self, trace: StepTrace | None) -> None:
        self._timer.stop()
        self.trace, self.position = trace, 0
        self._trace_row = min(self._trace_row, 0 if trace is None else len(trace.rows) - 1)
        has_pixels = self._info is not None and trace is not None and trace.has_pixels
        self.view.set_trace(trace, self._info.data.dataset.image_shape if self._info and has_pixels else None)
        self._divide()
        self._show()

    def _divide(self) -> None:
        """Divide the step into stages as chosen, and stay as near to the present position as can be."""
        done = self._stages[self.position - 1].stop if self.position and self._stages else 0
        self._stages = [] if self.trace is None else self.trace.stages(self._granularity())
        self.position = sum(stage.stop <= done for stage in self._stages)

    def _granularity(self) -> Granularity:
        return cast(Granularity, self.controls.granularity.value())

    @property
    def digits(self) -> int:
        """Significant digits of the formulas: those that books print where the weights are given, else fewer."""
        given = any(choice.name == "given" for choice in self.store.config.network.initials)
        return MANY_DIGITS if given else DIGITS

    def _show(self) -> None:
        playing = self.session.is_running
        trace = None if playing else self.trace
        self.pause.setVisible(playing and self._info is not None)
        self._scroll.setVisible(trace is not None)
        self.controls.position_label.setVisible(trace is not None)
        self.formula.setVisible(trace is not None)
        self.controls.foot.setVisible(not playing and self._info is not None)
        self.view.set_message("" if trace is not None else self._message(playing))
        self._show_controls()
        if trace is None:
            return
        stage = self._stages[self.position - 1] if self.position else range(0)
        self.view.set_events(stage.stop, stage, self._trace_row)
        events = [trace.events[k] for k in stage]
        told = explain_stage(trace, events, self._granularity(), self._trace_row, self.digits)
        title = f'<b style="color: {theme.current().text}">{escape(told.title)}</b>'
        self.sentence.setText(f"{title}<br>{escape(told.sentence)}")
        text = "\n".join((*self._shapes(trace, events), *told.lines))
        self.formula.setPlainText(text)
        self.view.setAccessibleDescription("\n".join((told.title, told.sentence, text)))

    def _shapes(self, trace: StepTrace, events: list[TraceEvent]) -> tuple[str, ...]:
        """Return the equations of matrices of a stage, if they are wanted."""
        wanted = self.controls.shapes.value()
        if wanted == "none":
            return ()
        return shape_lines(trace.sizes, len(trace.rows), events, by_rows=wanted == "rows")

    def _message(self, playing: bool) -> str:
        if self._info is None:
            return _("Slow motion starts as soon as there is a network.")
        if playing:
            return _("Training is running. Pause it to see one step in slow motion.")
        rows = self._step_rows()
        if self.controls.is_whole_step and rows > MOST_ROWS:
            return _("A step uses {n:,} samples at once, too many to follow: choose one sample.").format(n=rows)
        return _("Please wait …")

    def _step_rows(self) -> int:
        rows = 0 if self._info is None else len(self._info.data.x_train)
        return min(rows, self.store.config.training.batch_size or rows)

    def _show_controls(self) -> None:
        count = None if self.trace is None else len(self._stages)
        plays, is_held = self._timer.isActive(), self.session.is_held
        self.controls.show_position(self.position, count, plays=plays, is_held=is_held, excuse=self._excuse())
        if self._info is None:
            return
        rows = len(self._info.data.x_train)
        whole = self.controls.is_whole_step
        among = rows if not whole or self.trace is None else len(self.trace.rows)
        row = self._trace_row if whole else self._row
        self.controls.show_rows(row, among, has_choice=rows > 1)

    def _excuse(self) -> str:
        """Return why training cannot make the step that is shown, or an empty text."""
        if self.session.is_held:
            return _("Go on in the lesson first")
        if self.trace is None:
            return _("There is no step to make yet.")
        if self._has_ended:
            return _("Training has ended at its stop condition.")
        if not self.trace.is_next:
            return _("A step on one sample alone is only shown. Choose “Next step” to see one that can be made.")
        return ""

    def _go(self, position: int) -> None:
        self._timer.stop()
        self._move(position)

    def _move(self, position: int) -> None:
        if self.trace is not None and not self.session.is_running:
            self.position = min(max(position, 0), len(self._stages))
            self._show()

    def _on_play(self) -> None:
        if self._timer.isActive():
            self._timer.stop()
            self._show_controls()
        else:
            self._timer.start()
            self._on_tick()

    def _on_tick(self) -> None:
        if self.position + 1 >= len(self._stages):
            self._timer.stop()
        self._move(self.position + 1)

    def _on_make(self) -> None:
        self._timer.stop()
        self.session.step(1)

    def _on_pause(self) -> None:
        self.view.setFocus()  # the button goes, and the keys would go with it
        self.session.pause()

    def _on_granularity(self) -> None:
        self._timer.stop()
        self._divide()
        self._show()

    def _on_scope(self) -> None:
        self._set_trace(None)
        self.refresh_requested.emit()

    def _on_row(self, row: int) -> None:
        if self.controls.is_whole_step:
            self._trace_row = row - 1
            self._show()
        else:
            self.session.selection.set_sample(Sample("train", row - 1))

    def _on_sample(self) -> None:
        sample = self.session.selection.sample
        if sample.part == "train" and self._info is not None:
            self._row = min(sample.row, len(self._info.data.x_train) - 1)
            self.refresh_requested.emit()

    def _on_held(self, held: bool) -> None:
        """Go back to the start for an open question, which later stages may answer."""
        if held:
            self._go(0)
        self._show_controls()

    def _on_playing(self) -> None:
        self._timer.stop()
        self._show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.controls.set_narrow(self.width() < theme.px(NARROW))
        self._show_controls()

    def hideEvent(self, event: QHideEvent) -> None:
        self._timer.stop()
        super().hideEvent(event)


def _is_same(new: StepTrace, old: StepTrace | None) -> bool:
    return (
        old is not None
        and new.config == old.config
        and new.is_next == old.is_next
        and np.array_equal(new.rows, old.rows)
        and np.array_equal(new.start, old.start, equal_nan=True)
        and np.array_equal(new.end, old.end, equal_nan=True)
    )
