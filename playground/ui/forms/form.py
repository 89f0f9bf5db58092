"""Forms: the controls of fields, in lines. The store holds the state, never a control."""

from collections.abc import Callable, Sequence
from functools import partial
from itertools import count
from typing import ClassVar

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import (
    QCheckBox,
    QLabel,
    QPushButton,
    QSizePolicy,
    QWidget,
)

from playground.experiment.config import edits
from playground.experiment.config.change_kind import ChangeKind, kind_of_field
from playground.experiment.config.schema import ExperimentConfig, value_at
from playground.language import N_, _
from playground.registry import UserError
from playground.runtime.store import Store
from playground.ui.core import layouts, plain_text
from playground.ui.core.panel import Watch
from playground.ui.forms.field import Field, Line, feature_label
from playground.ui.forms.number_field import NumberField, format_number
from playground.ui.widgets.combo import ComboBox, Slider
from playground.ui.widgets.flow_layout import FlowLayout
from playground.ui.widgets.icons import Button
from playground.ui.widgets.labels import show_text, text_label

RESTARTS = N_("A change here starts the run again.")

Lines = Sequence[Line]

_drags = count(1)


class FormRow(QWidget):
    """A control with its label: at its left, or above it where several share a line.

    `shares` are how the width is shared by the label and the control beside it.
    """

    shares: ClassVar[tuple[int, int]] = (2, 3)

    def __init__(self, control: QWidget, label: str = "", tip: str = "", *, above: bool = False) -> None:
        super().__init__()
        self.control = control
        self.label = plain_text.label()
        self.label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.label.setBuddy(control)
        policy = control.sizePolicy()
        policy.setHorizontalPolicy(QSizePolicy.Policy.Ignored)
        control.setSizePolicy(policy)
        if above:
            self.label.setProperty("role", "stacked")
            control.setProperty("stacked", True)
        self._line = layouts.row((control, 1), gap=2 if above else 8)
        parts = ((self.label, self.shares[0]), (self._line, self.shares[1]))
        if above:
            layouts.column(*parts, parent=self)
        else:
            layouts.row(*parts, parent=self, gap=8)
        self.set_text(label, tip)

    def put_beside(self, widget: QWidget) -> None:
        """Put something small at the right of the control."""
        self._line.addWidget(widget)

    def set_text(self, label: str, tip: str = "") -> None:
        self.label.setText(label)
        for widget in (self.label, self.control):
            widget.setToolTip(plain_text.tip(tip))
        self.control.setAccessibleName(label)
        self.control.setAccessibleDescription(tip)


class FieldControl(FormRow):
    """Shows one field of the experiment and changes it, or says in `problem` why a value cannot be."""

    problem_changed = Signal()

    def __init__(self, store: Store, field: Field, control: QWidget, *, above: bool) -> None:
        restarts = kind_of_field(field.path) is ChangeKind.RESTART
        self.tip = f"{_(field.sentence)}\n{_(RESTARTS)}" if restarts else _(field.sentence)
        super().__init__(control, _(field.label), self.tip, above=above)
        self.store, self.field = store, field
        self.shown: object = None
        self.problem = ""
        self.is_refused = False
        control.setObjectName(field.object_name)

    def refresh(self) -> None:
        self.shown = value_at(self.store.config, self.field.path)
        if self.is_refused:
            self.show_problem("")
        self.show_value(self.shown)

    def show_value(self, value: object) -> None:
        """Show a value without applying it."""
        raise NotImplementedError

    def with_value(self, value: object) -> ExperimentConfig:
        """Return the experiment with another value.

        Raises
        ------
        UserError
            With the sentence why the value cannot be.
        """
        field, config = self.field, self.store.config
        reason = field.refusal(config, value) if field.refusal else ""
        if reason:
            raise UserError(reason)
        return field.edit(config, value) if field.edit else edits.change(config, field.path, value)

    def apply(self, value: object, merge: str | None = None) -> None:
        """Change the experiment, or show why this value is refused."""
        try:
            config = self.with_value(value)
        except UserError as error:
            self.refresh()
            self.show_problem(sentence_of(error))
            self.is_refused = True
            return
        self.show_problem("")
        self.store.apply(config, merge)

    def show_problem(self, sentence: str) -> None:
        """Show what is wrong, or nothing."""
        self.is_refused = False
        self.problem = sentence
        self.problem_changed.emit()


class NumberControl(FieldControl):
    """A typed number."""

    shares = (1, 1)

    def __init__(self, store: Store, field: Field, *, above: bool) -> None:
        self.number = NumberField(
            field.object_name,
            low=field.low,
            high=field.high,
            whole=field.kind == "int",
            step=field.step,
            suggestions=field.suggestions,
            empty=_(field.empty) if field.empty else None,
        )
        if field.empty:
            self.number.setProperty("role", "optional")  # what stands for no number is a value, not a hint
        super().__init__(store, field, self.number, above=above)
        self.number.committed.connect(self.apply)
        self.number.problem_changed.connect(self.show_problem)

    def show_value(self, value: object) -> None:
        assert value is None or isinstance(value, int | float)
        self.number.set_value(value)


class ChoiceControl(FieldControl):
    """A drop-down list; what cannot be chosen now is disabled when it opens, with the reason as tooltip."""

    def __init__(self, store: Store, field: Field, *, above: bool) -> None:
        self.combo = ComboBox(field.object_name)
        super().__init__(store, field, self.combo, above=above)
        self.combo.set_choices([(item.key, _(item.label), _(item.sentence)) for item in field.items])
        for item in field.items:
            if item.short:
                self.combo.set_short(item.key, _(item.short))
        self.combo.chosen.connect(self.apply)
        if field.refusal:
            self.combo.opening.connect(self._offer_possible)

    def show_value(self, value: object) -> None:
        self.combo.set_value(value if isinstance(value, str) else None)

    def _offer_possible(self) -> None:
        model = self.combo.model()
        assert isinstance(model, QStandardItemModel)
        for place, item in enumerate(self.field.items):
            problem = ""
            try:
                self.with_value(item.key)
            except UserError as error:
                problem = sentence_of(error)
            model.item(place).setEnabled(not problem)
            model.item(place).setToolTip(plain_text.tip(f"{_(item.sentence)}\n{problem}".strip()))


class CheckControl(FieldControl):
    """A box to tick, with its label beside it."""

    def __init__(self, store: Store, field: Field, *, above: bool) -> None:
        self.box = QCheckBox(_(field.label))
        super().__init__(store, field, self.box, above=above)
        self.label.hide()
        self.box.toggled.connect(self.apply)

    def show_value(self, value: object) -> None:
        with QSignalBlocker(self.box):
            self.box.setChecked(bool(value))


class SliderControl(FieldControl):
    """A slider between its label and its value; one drag is one step of undo."""

    def __init__(self, store: Store, field: Field, *, above: bool) -> None:
        assert field.low is not None
        assert field.high is not None
        assert field.step is not None
        self._low, self._high, self._step = field.low, field.high, field.step
        self._start = min(field.low, 0)  # so that the ticks are round numbers: 0.05, not 0.01 + 0.05
        self._drag = 0
        self.slider = Slider(field.object_name, 0, round((self._high - self._start) / self._step))
        self.slider.setPageStep(2)
        self.value_label = text_label(role="slider_value", wraps=False)
        self.value_label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        super().__init__(store, field, self.slider, above=above)
        self.put_beside(self.value_label)
        self.slider.sliderPressed.connect(self._on_pressed)
        self.slider.valueChanged.connect(self._on_moved)

    def show_value(self, value: object) -> None:
        assert isinstance(value, int | float)
        with QSignalBlocker(self.slider):
            self.slider.setValue(round((value - self._start) / self._step))
        text = f"{round(100 * value):d} %" if self._high == 1 else format_number(round(value, 6))
        self.value_label.setText(text)
        self.slider.setToolTip(plain_text.tip(f"{self.tip}\n{text}"))

    def _on_pressed(self) -> None:
        self._drag = next(_drags)

    def _on_moved(self, position: int) -> None:
        if not self.slider.isSliderDown():
            self._drag = next(_drags)
        value = round(self._start + position * self._step, 9)
        self.apply(min(max(value, self._low), self._high), f"{self.field.path} {self._drag}")


class NamesControl(FieldControl):
    """Chips to switch on and off; one stays on."""

    def __init__(self, store: Store, field: Field, *, above: bool) -> None:  # noqa: ARG002 - as all controls
        box = QWidget()
        super().__init__(store, field, box, above=True)
        flow = FlowLayout(box, gap=3)
        self.chips: dict[str, QPushButton] = {}
        for item in field.items:
            text = feature_label(item.key)
            tip = _("Whether {input} is an input of the network.").format(input=text)
            chip = Button(name=f"{field.object_name}_{item.key}", text=text, tip=tip, role="chip")
            chip.setCheckable(True)
            chip.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            self.chips[item.key] = chip
            chip.clicked.connect(self._on_clicked)
            flow.addWidget(chip)

    def show_value(self, value: object) -> None:
        assert isinstance(value, tuple)
        for name, chip in self.chips.items():
            chip.setChecked(name in (value or ("x1", "x2")))

    def _on_clicked(self) -> None:
        """Apply the names that are on; a click that would leave none is taken back."""
        names = tuple(name for name, chip in self.chips.items() if chip.isChecked())
        if names:
            self.apply(names)
        else:
            self.refresh()


CONTROLS: dict[str, Callable[..., FieldControl]] = {
    "float": NumberControl,
    "int": NumberControl,
    "choice": ChoiceControl,
    "bool": CheckControl,
    "slider": SliderControl,
    "names": NamesControl,
}


class Form(QWidget):
    """Lines of one, two or three fields, bound to the experiment; a change refreshes the fields that it concerns.

    `lines` are the fields, or what returns them for the experiment where they depend on a `part` of it: the controls
    are then made again where the fields are others. The labels that say what is wrong are called `problem_name`.
    """

    def __init__(
        self,
        store: Store,
        lines: Lines | Callable[[ExperimentConfig], Lines],
        *,
        part: str = "",
        problem_name: str = "",
    ) -> None:
        super().__init__()
        self.store = store
        self._lines_of = lines if callable(lines) else lambda _config: lines
        self._problem_name = problem_name
        self._lines: Lines | None = None
        self._body: QWidget | None = None
        self.controls: dict[str, FieldControl] = {}
        self._column = layouts.column(parent=self)
        if part:
            Watch(store, (part,), self.refresh, self)
        else:
            store.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        lines = self._lines_of(self.store.config)
        if lines != self._lines:
            self._lines = lines
            self._build(lines)
        for control in self.controls.values():
            if control.is_refused or value_at(self.store.config, control.field.path) != control.shown:
                control.refresh()

    def _build(self, lines: Lines) -> None:
        if self._body is not None:
            for widget in self._body.findChildren(QWidget):
                widget.setObjectName("")  # neither found nor heard any more, though it goes only after this event
                widget.blockSignals(True)
            self._body.hide()
            self._body.deleteLater()
        self._body = QWidget()
        self._column.addWidget(self._body)
        column = layouts.column(parent=self._body, gap=3)
        self.controls = {}
        for line in lines:
            controls = [CONTROLS[field.kind](self.store, field, above=len(line) > 1) for field in line]
            problems = text_label(self._problem_name, "problem")
            problems.hide()
            for control in controls:
                control.problem_changed.connect(partial(_show_problems, problems, controls))
                control.refresh()
                self.controls[control.field.object_name] = control
            column.addLayout(layouts.row(*((control, 1) for control in controls), gap=8))
            column.addWidget(problems)
        self._body.show()  # a layout would do it later
        if not lines or self.parentWidget() is not None:  # without a parent it would show as a window
            self.setVisible(bool(lines))


def _show_problems(label: QLabel, controls: Sequence[FieldControl]) -> None:
    show_text(label, "\n".join(dict.fromkeys(control.problem for control in controls if control.problem)))


def sentence_of(error: UserError) -> str:
    """Return the message of an error without the path of the field that it stands beside."""
    sentence = str(getattr(error, "sentence", error))
    return sentence[:1].upper() + sentence[1:]
