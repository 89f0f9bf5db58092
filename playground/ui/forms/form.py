"""Forms: the controls of fields, in lines. The store holds the state, never a control."""

from collections.abc import Callable, Sequence
from itertools import count

from PySide6.QtCore import QObject, QSignalBlocker, Qt, Slot
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from playground.experiment.config.change_kind import ChangeKind, impact_of
from playground.experiment.config.schema import ExperimentConfig
from playground.language import N_, _
from playground.registry import UserError
from playground.runtime.store import Store
from playground.ui.core import plain_text
from playground.ui.forms.field import Field, Line, feature_label, sentence_of, value_at
from playground.ui.forms.number_field import NumberField, format_number
from playground.ui.widgets.combo import ComboBox, Slider
from playground.ui.widgets.flow_layout import FlowLayout
from playground.ui.widgets.labels import text_label

RESTARTS = N_("A change here starts the run again.")

Lines = Sequence[Line]

_drags = count(1)


class FormRow(QWidget):
    """A control with its label: at its left, or above it where several share a line.

    `shares` are how the width is shared by the label and the control beside it.
    """

    def __init__(self, control: QWidget, *, above: bool = False, shares: tuple[int, int] = (2, 3)) -> None:
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
        self._line = QHBoxLayout()
        self._line.setSpacing(2 if above else 8)
        box = QVBoxLayout(self) if above else QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0 if above else 8)
        box.addWidget(self.label, shares[0])
        box.addLayout(self._line, shares[1])
        self._line.addWidget(control, 1)

    def put_beside(self, widget: QWidget) -> None:
        """Put something small at the right of the control."""
        self._line.addWidget(widget)

    def set_text(self, label: str, tip: str = "") -> None:
        """Set the label and the sentence that a resting pointer shows."""
        self.label.setText(label)
        for widget in (self.label, self.control):
            widget.setToolTip(plain_text.tip(tip))
        self.control.setAccessibleName(label)
        self.control.setAccessibleDescription(tip)


class FieldControl(FormRow):
    """Shows one field of the experiment and changes it; a value that cannot be is answered in the label `answer`."""

    answer: QLabel
    """Shared by the fields of its line, and set by the form."""

    def __init__(
        self,
        store: Store,
        field: Field,
        control: QWidget,
        *,
        above: bool = False,
        shares: tuple[int, int] = (2, 3),
    ) -> None:
        super().__init__(control, above=above, shares=shares)
        self.store, self.field = store, field
        self.shown: object = None
        self.is_refused = False
        control.setObjectName(field.object_name)
        restarts = impact_of(field.path) is ChangeKind.RESTART
        self.tip = f"{_(field.sentence)}\n{_(RESTARTS)}" if restarts else _(field.sentence)
        self.set_text(_(field.label), self.tip)

    def refresh(self) -> None:
        """Show the value that the experiment has now."""
        self.shown = self.field.read(self.store.config)
        if self.is_refused:
            self.show_problem("")
        self.show_value(self.shown)

    def show_value(self, value: object) -> None:
        """Show a value without applying it."""
        raise NotImplementedError

    def apply(self, value: object, merge: str | None = None) -> None:
        """Change the experiment, or say why this value cannot be."""
        try:
            config = self.field.write(self.store.config, value)
        except UserError as error:
            self.refresh()
            self.show_problem(sentence_of(error))
            self.is_refused = True
            return
        self.show_problem("")
        self.store.apply(config, merge)

    @Slot(str)
    def show_problem(self, sentence: str) -> None:
        """Show what is wrong, or nothing."""
        self.is_refused = False
        self.answer.setText(sentence)
        self.answer.setVisible(bool(sentence))


class NumberControl(FieldControl):
    """A typed number."""

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
        super().__init__(store, field, self.number, above=above, shares=(1, 1))
        self.number.committed.connect(self._on_committed)
        self.number.problem_changed.connect(self.show_problem)

    def show_value(self, value: object) -> None:
        assert value is None or isinstance(value, int | float)
        self.number.set_value(value)

    @Slot(object)
    def _on_committed(self, value: object) -> None:
        self.apply(value)


class ChoiceControl(FieldControl):
    """A drop-down list; what cannot be chosen now is disabled when it opens, and says why."""

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

    @Slot()
    def _offer_possible(self) -> None:
        """Enable what can be chosen now; the tooltip of any other choice says why it cannot."""
        model = self.combo.model()
        assert isinstance(model, QStandardItemModel)
        for place, item in enumerate(self.field.items):
            problem = "" if item.key == self.shown else self.field.problem(self.store.config, item.key)
            model.item(place).setEnabled(not problem)
            model.item(place).setToolTip(plain_text.tip(f"{_(item.sentence)}\n{problem}".strip()))


class CheckControl(FieldControl):
    """A box to tick, with its label beside it."""

    def __init__(self, store: Store, field: Field, *, above: bool) -> None:  # noqa: ARG002 - as all controls
        self.box = QCheckBox(_(field.label))
        super().__init__(store, field, self.box, shares=(0, 1))
        self.label.hide()
        self.box.toggled.connect(self.apply)

    def show_value(self, value: object) -> None:
        with QSignalBlocker(self.box):
            self.box.setChecked(bool(value))


class SliderControl(FieldControl):
    """A slider between its label and its value; one drag is one step of undo."""

    def __init__(self, store: Store, field: Field, *, above: bool) -> None:  # noqa: ARG002 - as all controls
        assert field.low is not None
        assert field.high is not None
        assert field.step is not None
        self._low, self._high, self._step = field.low, field.high, field.step
        self._start = min(field.low, 0)  # so that the ticks are round numbers: 0.05, not 0.01 + 0.05
        self._drag = 0
        self.slider = Slider(field.object_name, 0, round((self._high - self._start) / self._step))
        self.slider.setPageStep(2)
        self.value_label = plain_text.label()
        self.value_label.setProperty("role", "slider_value")
        self.value_label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        super().__init__(store, field, self.slider)
        self.put_beside(self.value_label)
        self.slider.sliderPressed.connect(self._on_pressed)
        self.slider.valueChanged.connect(self._on_moved)

    def show_value(self, value: object) -> None:
        assert isinstance(value, int | float)
        with QSignalBlocker(self.slider):
            self.slider.setValue(round((value - self._start) / self._step))
        text = f"{round(100 * value):d} %" if self._high == 1 else format_number(round(value, 6))
        self.value_label.setText(text)
        self.slider.setToolTip(plain_text.tip(f"{self.tip} ({text})"))

    @Slot()
    def _on_pressed(self) -> None:
        self._drag = next(_drags)

    @Slot(int)
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
            chip = self.chips[item.key] = QPushButton(feature_label(item.key))
            chip.setObjectName(f"{field.object_name}_{item.key}")
            chip.setProperty("role", "chip")
            chip.setCheckable(True)
            chip.setAutoDefault(False)
            chip.setCursor(Qt.CursorShape.PointingHandCursor)
            chip.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            chip.setAccessibleName(chip.text())
            chip.setToolTip(_("Whether {input} is an input of the network.").format(input=chip.text()))
            chip.clicked.connect(self._on_clicked)
            flow.addWidget(chip)

    def show_value(self, value: object) -> None:
        """Switch on the chips of these names; where none is named, those of the plain columns."""
        assert isinstance(value, tuple)
        for name, chip in self.chips.items():
            chip.setChecked(name in (value or ("x1", "x2")))

    @Slot()
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


class Watch(QObject):
    """Calls a function when a setting at one of some paths changes, for as long as its parent lives."""

    def __init__(self, store: Store, paths: Sequence[str], call: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._paths, self._call = paths, call
        store.changed.connect(self._on_store_changed)

    @Slot(object, object)
    def _on_store_changed(self, new: ExperimentConfig, old: ExperimentConfig) -> None:
        if any(value_at(new, path) != value_at(old, path) for path in self._paths):
            self._call()


class Form(QWidget):
    """Lines of one, two or three fields, bound to the experiment; a change refreshes the fields that it concerns.

    Parameters
    ----------
    store
        The experiment.
    lines
        The fields, line by line; or what returns them for the experiment, where they depend on it: the options of a
        data set, say. The controls are then made anew where the fields are others.
    depends_on
        The part of the experiment that the lines depend on, such as ``"data"``.
    problem_name
        ``objectName`` of the labels that say what is wrong.
    """

    def __init__(
        self,
        store: Store,
        lines: Lines | Callable[[ExperimentConfig], Lines],
        *,
        depends_on: str = "",
        problem_name: str = "",
    ) -> None:
        super().__init__()
        self.store = store
        self._lines_of = lines if callable(lines) else lambda _config: lines
        self._depends_on = depends_on
        self._problem_name = problem_name
        self._lines: Lines | None = None
        self._body: QWidget | None = None
        self.controls: dict[str, FieldControl] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        store.changed.connect(self._on_store_changed)
        self.refresh()

    def refresh(self) -> None:
        """Show the fields of the experiment as it is now."""
        lines = self._lines_of(self.store.config)
        if lines != self._lines:
            self._lines = lines
            self._build(lines)
        else:
            self._update_controls()

    @Slot(object, object)
    def _on_store_changed(self, new: ExperimentConfig, old: ExperimentConfig) -> None:
        if self._depends_on and value_at(new, self._depends_on) != value_at(old, self._depends_on):
            self.refresh()
        else:
            self._update_controls()

    def _update_controls(self) -> None:
        """Refresh those controls that show something else than the experiment, or why something could not be."""
        for control in self.controls.values():
            if control.is_refused or control.field.read(self.store.config) != control.shown:
                control.refresh()

    def _build(self, lines: Lines) -> None:
        """Replace the controls."""
        if self._body is not None:
            for widget in self._body.findChildren(QWidget):
                widget.setObjectName("")  # it is found no more, though it goes only when this event is done
            self._body.hide()
            self._body.deleteLater()
        self._body = QWidget()
        self._column.addWidget(self._body)
        column = QVBoxLayout(self._body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        self.controls = {}
        for line in lines:
            row = QHBoxLayout()
            row.setSpacing(8)
            answer = text_label(self._problem_name, "problem")
            answer.hide()
            for field in line:
                control = CONTROLS[field.kind](self.store, field, above=len(line) > 1)
                control.answer = answer
                control.refresh()
                self.controls[field.object_name] = control
                row.addWidget(control, 1)
            column.addLayout(row)
            column.addWidget(answer)
        self._body.show()  # a layout would do it later
        if not lines or self.parentWidget() is not None:  # without a parent it would show as a window
            self.setVisible(bool(lines))
