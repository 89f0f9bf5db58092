"""The bar at the top: what experiment it is, play, pause, step, reset, speed, and the figures of the run."""

from PySide6.QtCore import QPoint, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QMenu, QProgressBar, QSizePolicy, QWidget

from playground.experiment.probes.snapshot import RunInfo, Snapshot
from playground.experiment.training.metrics import Metrics, has_error, root_mean_square_error
from playground.language import _
from playground.runtime.speed import AUTO
from playground.ui.core import layouts, number_text, plain_text, theme
from playground.ui.core.labels import output_names, with_unit
from playground.ui.core.panel import Panel, Watch
from playground.ui.transport.run_text import progress_text, state_text
from playground.ui.widgets.combo import Slider
from playground.ui.widgets.icons import Button, IconButton
from playground.ui.widgets.labels import ElidedLabel, text_label

SPARE = ("rate", "epoch", "steps")  # figures that are left out where the bar is narrow
NAME_STATE_SPEED = (190, 150, 132)
SHORT_NAME = 120
NAME_FRAME = 44  # what the button needs beside the name
SPACING, MARGIN, FIGURE_SPACING = 10, 14, 14


class Readout(QWidget):
    """A label over a number in digits of equal width, with room for the `widest` text that it will be."""

    def __init__(self, name: str, widest: str, label: str = "", tip: str = "") -> None:
        super().__init__()
        self._widest = widest
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self._label = text_label(role="metric_label", wraps=False)
        self.number = text_label(name, "metric_value", "–", wraps=False)
        layouts.column(self._label, self.number, parent=self)
        self.set_text(label, tip)
        self.apply_theme()

    def set_text(self, label: str, tip: str = "") -> None:
        """Set the label, and the sentence that a resting pointer shows."""
        self._label.setText(label)
        self.setToolTip(plain_text.tip(tip))
        self.number.setAccessibleName(label)

    def apply_theme(self) -> None:
        font = theme.font(15, QFont.Weight.DemiBold, tabular=True)
        self.number.setFont(font)
        metrics = QFontMetrics(font)
        self.number.setFixedSize(metrics.horizontalAdvance(self._widest) + 2, metrics.height())


class TransportPanel(Panel):
    """Everything that makes the run go, and its figures, always at the same place.

    ``speed_chosen(speed)`` is emitted for a speed that the user sets here; None is unlimited.
    """

    name = "transport_bar"

    speed_chosen = Signal(object)

    def build(self) -> None:
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._has_test = False
        self._last: Snapshot | None = None
        self._name = ""
        self._program = text_label("program_name", "", "Playground", wraps=False)
        self.experiment_button = Button(name="experiment_button")
        text = _("Theme, language and more")
        self.settings_button = IconButton(
            "settings", name="settings_button", text=text, role="boxed", color="text", size=18
        )
        self._reset = Button(name="reset_button", icon_name="reset")
        self._step = Button(name="step_button", icon_name="step")
        self.play_button = IconButton("play", name="play_button", role="play", color="on_accent", size=24)
        self._speed_label = text_label(role="metric_label", text=_("Speed"), wraps=False)
        self._speed_value = text_label("speed_value", "metric_label", wraps=False)
        self._speed_box, self._state_box = QWidget(), QWidget()
        self._state = ElidedLabel("run_state", "strong")
        self._state_note = ElidedLabel("run_state_note", "metric_label")
        self.speed_slider = Slider("speed_slider", 0, len(number_text.SPEEDS) - 1, _("Speed"))
        self.speed_slider.setPageStep(1)
        self.speed_slider.setToolTip(_("From one step per second to as fast as possible (U)"))
        mean = _("Mean loss over all training samples, without regularisation, evaluated now and then")
        metrics = (
            ("epoch", "9,999,999", _("Epoch"), _("Passes over all training samples: one epoch uses each of them once")),
            ("steps", "9,999,999", _("Steps"), _("Updates of the weights since the start, each on one batch")),
            ("rate", "999,999", _("Steps/s"), _("Updates of the weights per second")),
            ("train_loss", "0.00000", _("Train loss"), mean),
            (
                "test_loss",
                "0.00000",
                _("Test loss"),
                _("Mean loss over samples that the network is never trained on, without regularisation"),
            ),
            ("accuracy", "100.0 %", "", ""),
        )
        self._metrics = {key: Readout(f"{key}_value", *texts) for key, *texts in metrics}
        self._label_accuracy()
        self._arrange()
        self.play_button.clicked.connect(self.session.toggle)
        self._reset.clicked.connect(self.session.reset)
        self._step.clicked.connect(lambda: self.session.step(1))
        self.speed_slider.valueChanged.connect(lambda position: self.speed_chosen.emit(number_text.SPEEDS[position]))
        self.session.playing_changed.connect(self._on_order)
        self.session.held_changed.connect(self._on_order)
        self.session.speed_limit_changed.connect(self.show_speed)
        self.apply_theme()
        self.show_speed()
        self._show_state(None)

    def set_menus(self, experiments: QMenu, settings: QMenu) -> None:
        self.experiment_button.clicked.connect(lambda: _drop(experiments, self.experiment_button))
        self.settings_button.clicked.connect(lambda: _drop(settings, self.settings_button))

    def set_experiment(self, name: str, tip: str) -> None:
        """Show the name of the experiment on its button, in so much of it as there is room for."""
        self._name = name
        self._elide_name()
        self.experiment_button.setToolTip(plain_text.tip(tip))
        self.experiment_button.setAccessibleName(_("Experiment: {name}").format(name=name))

    def _elide_name(self) -> None:
        room = self.experiment_button.maximumWidth() - theme.px(NAME_FRAME)
        shown = QFontMetrics(self.experiment_button.font()).elidedText(self._name, Qt.TextElideMode.ElideRight, room)
        self.experiment_button.setText(f"{plain_text.button_text(shown)}  ▾")

    def show_speed(self) -> None:
        """Put the slider where the speed is, without telling."""
        speed, limit = self.session.speed, self.session.speed_limit
        known = [(abs(candidate - limit), k) for k, candidate in enumerate(number_text.SPEEDS) if candidate and limit]
        with QSignalBlocker(self.speed_slider):
            self.speed_slider.setValue(min(known)[1] if known else len(number_text.SPEEDS) - 1)
        self._speed_value.setText(
            number_text.automatic_speed(limit) if speed == AUTO else number_text.speed_text(speed)
        )

    def show_run(self, info: RunInfo) -> None:
        super().show_run(info)
        self._has_test = info.data.x_test is not None
        self._metrics["test_loss"].setVisible(self._has_test)
        self._metrics["accuracy"].setVisible(info.data.dataset.task == "classification" or self._has_error())
        self._metrics["epoch"].number.setText("0")
        self._metrics["steps"].number.setText("0")
        self._label_accuracy()
        self._update_size()

    def _show_state(self, snapshot: Snapshot | None) -> None:
        self._last = snapshot
        running, held = self.session.is_running, self.session.is_held
        head, note = "", ""
        if snapshot is not None:
            head, note = state_text(snapshot, self.store.config.training.stop, is_running=running, is_held=held)
        self._state.set_text(head)
        self._state_note.set_text(note)
        self._state_box.setToolTip(plain_text.tip(head))
        is_done = snapshot is not None and snapshot.stopped_by not in (None, "diverged")
        words = _("Train on, past the stop condition (Space)") if is_done else _("Play (Space)")
        words = _("Go on in the lesson first") if held else words
        self.play_button.set_icon("pause" if running else "play")
        self.play_button.set_text(_("Pause (Space)") if running else words)

    def clear(self) -> None:
        self._show_state(None)
        for metric in self._metrics.values():
            metric.number.setText("–")

    def show_snapshot(self, snapshot: Snapshot) -> None:
        self._show_state(snapshot)
        speed = snapshot.steps_per_second if snapshot.playing else 0.0
        epoch = number_text.calm(snapshot.epoch, speed / snapshot.steps_per_epoch)
        self._metrics["epoch"].number.setText(number_text.epoch(epoch, moves=snapshot.playing))
        self._metrics["steps"].number.setText(number_text.count(number_text.calm(snapshot.step, speed)))
        self._metrics["rate"].number.setText(number_text.rate(snapshot.steps_per_second if snapshot.playing else 0))
        train, test = snapshot.train, snapshot.test
        self._metrics["train_loss"].number.setText(number_text.loss(train.loss if train else snapshot.loss))
        if self._has_test:
            self._metrics["test_loss"].number.setText(number_text.loss(test.loss if test else None))
        best = test if self._has_test else train
        text = number_text.loss(self._error(best)) if self._has_error() else None
        self._metrics["accuracy"].number.setText(text or number_text.share(best.accuracy if best else None))

    def _has_error(self) -> bool:
        """Whether the error in the units of the data follows from the loss: of one number, with a squared one."""
        return has_error(self.info.data, self.info.config.training.loss)

    def _error(self, metrics: Metrics | None) -> float | None:
        """Return the root mean square error in the units of the data."""
        info = self.info
        return None if metrics is None else root_mean_square_error(metrics, info.data, info.config.training.loss)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._update_size()

    def minimumSizeHint(self) -> QSize:
        return QSize(min(super().minimumSizeHint().width(), theme.px(640)), super().minimumSizeHint().height())

    def _update_size(self) -> None:
        """Leave out, one after the other, what can be done without until the rest has room.

        It goes by the width of the bar, the language and the size of type, never by what is shown: so Play stays
        where it is, whatever the experiment is called and however many figures it has.
        """
        names = [self.experiment_button, self._state_box, self._speed_box]
        for widget, size in zip(names, NAME_STATE_SPEED, strict=True):
            widget.setFixedWidth(theme.px(size))
        self._label_buttons(short=False)
        self._program.show()
        for name in SPARE:
            self._metrics[name].show()
        self._speed_box.show()
        for leave_out in (
            self._program.hide,
            self._metrics["rate"].hide,
            lambda: self._label_buttons(short=True),
            self._metrics["epoch"].hide,
            lambda: self.experiment_button.setFixedWidth(theme.px(SHORT_NAME)),
            self._speed_box.hide,
            self._metrics["steps"].hide,
        ):
            if self._needed() <= self.width():
                break
            leave_out()
        self._elide_name()

    def _needed(self) -> int:
        """Return the width that all needs which is not left out; figures have their room whether shown or not."""
        parts: list[QWidget] = [self.experiment_button, self._reset, self._step, self.play_button, self._state_box]
        parts += [it for it in (self._program, self._speed_box) if not it.isHidden()] + [self.settings_button]
        figures = [it for key, it in self._metrics.items() if key not in SPARE or not it.isHidden()]
        fixed = [it for it in parts if it.minimumWidth() == it.maximumWidth()]
        width = sum(it.maximumWidth() if it in fixed else it.sizeHint().width() for it in (*parts, *figures))
        return width + SPACING * len(parts) + 2 * MARGIN + theme.px(FIGURE_SPACING) * (len(figures) - 1)

    def _label_buttons(self, *, short: bool) -> None:
        self._reset.set_text(_("Reset"), _("Back to the same initial weights (R); Ctrl+Z brings the training back"))
        self._step.set_text(_("Step"), _("One step (S); one epoch (Shift+S)"))
        if short:
            for button in (self._reset, self._step):
                button.setText("")

    def _arrange(self) -> None:
        """Put everything in its place: what is pressed at the left, where nothing that is shown moves it."""
        speed_head = layouts.row(self._speed_label, None, self._speed_value, gap=6)
        layouts.column(speed_head, self.speed_slider, parent=self._speed_box)
        layouts.column(None, self._state, self._state_note, None, parent=self._state_box)
        self._figures = layouts.row(*self._metrics.values())
        layouts.row(
            *(self._program, self.experiment_button, self._reset, self._step, self.play_button),
            *(self._state_box, self._speed_box, None, self._figures, self.settings_button),
            parent=self,
            gap=SPACING,
            margins=(MARGIN, 4, MARGIN, 5),
        )

    def _label_accuracy(self) -> None:
        texts = _("Accuracy"), _("Share of the training samples that are predicted correctly")
        if self._has_test:
            texts = _("Test accuracy"), _("Share of the test samples that are predicted correctly")
        if self._info is not None and self._has_error():
            texts = _("RMSE"), _("Root mean square error of the training samples, in the units of {name}")
            if self._has_test:
                texts = _("Test RMSE"), _("Root mean square error of the test samples, in the units of {name}")
            data = self._info.data
            name = with_unit(output_names(data)[0], data.dataset.target_unit)
            texts = texts[0], texts[1].format(name=name)
        self._metrics["accuracy"].set_text(*texts)

    def apply_theme(self) -> None:
        self._figures.setSpacing(theme.px(FIGURE_SPACING))
        self._update_size()

    def _on_order(self) -> None:
        self._show_state(self._last)


def _drop(menu: QMenu, below: QWidget) -> None:
    """Open a menu below a button, inside the window where that stands at the right edge."""
    room = below.window().width() - below.mapTo(below.window(), QPoint()).x()
    menu.popup(below.mapToGlobal(QPoint(min(0, room - menu.sizeHint().width()), below.height() + 4)))


_FINE = 1000


class ProgressPanel(Panel):
    """A line that fills, and a sentence beside it."""

    name = "progress_bar_area"

    def build(self) -> None:
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
        Watch(self.store, ("training.stop",), self._update_text, self)
        self.session.playing_changed.connect(self._on_playing)
        self._update_text()

    def clear(self) -> None:
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

    def _on_playing(self, playing: bool) -> None:
        if not playing:
            self._update_text()
