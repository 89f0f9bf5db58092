"""Controls for the options of a choice, generated from its registry entry."""

from collections.abc import Mapping
from itertools import count
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from playground.data.preparation import FEATURE_LABELS
from playground.language import N_, _
from playground.registry import Entry, Option
from playground.ui.widgets.combo import ComboBox, Slider
from playground.ui.widgets.config_rows import CONTROL_WIDTH, fit_combo
from playground.ui.widgets.flow_layout import FlowLayout
from playground.ui.widgets.number_field import FloatField, IntField, NumberField, format_number
from playground.ui.widgets.row_grid import new_grid, put_side_by_side
from playground.ui.widgets.rows import FormRow
from playground.ui.widgets.scaled import set_least_width

CHOICE_LABELS = {
    "zeros": N_("zero"),
    "same": N_("like the weights"),
    "normal": N_("normal"),
    "uniform": N_("uniform"),
    "auto": N_("automatic"),
    "yes": N_("yes"),
    "no": N_("no"),
    "classification": N_("classification"),
    "regression": N_("regression"),
    "comma": N_("comma"),
    "semicolon": N_("semicolon"),
    "tab": N_("tab"),
    "space": N_("space"),
}
"""How the values of options are called on the screen; those not named here are shown as they are."""

MOST_TICKS = 200
"""A number with bounds and no more steps between them than these is a slider; any other is typed."""


def choice_label(value: str) -> str:
    """Return what a value of an option is called, in the language in use."""
    return _(CHOICE_LABELS.get(value, value))


def feature_label(name: str) -> str:
    """Return how an input is written: ``sin x₁`` for ``sin(x1)``."""
    label = FEATURE_LABELS.get(name, name)
    return label.replace("x1", "x₁").replace("x2", "x₂").replace("·", "")


class OptionControl(QWidget):
    """What shows and changes one option.

    Signals
    -------
    told(value, merge)
        The user set another value; `merge` is the key of a drag, or empty.
    """

    told = Signal(object, str)

    def __init__(self, option: Option) -> None:
        super().__init__()
        self.option = option

    def tell(self, value: object) -> None:
        """Tell of a value that is not part of a drag."""
        self.told.emit(value, "")

    def show_value(self, value: Any) -> None:
        """Show a value without telling anybody."""
        raise NotImplementedError

    def retranslate(self) -> None:
        """Set every text in the language in use."""
        raise NotImplementedError


class _RowControl(OptionControl):
    """A control at the right of its label."""

    def __init__(self, option: Option, control: QWidget) -> None:
        super().__init__(option)
        self.row = FormRow(control, control_width=CONTROL_WIDTH)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.row)

    def retranslate(self) -> None:
        """Set label and tooltip."""
        self.row.set_text(_(self.option.label), _(self.option.sentence))


class NumberControl(_RowControl):
    """A typed number."""

    def __init__(self, name: str, option: Option) -> None:
        kind = IntField if option.kind == "int" else FloatField
        self.field: NumberField = kind(name, low=option.low, high=option.high, step=option.step)
        super().__init__(option, self.field)
        if option.default is None:
            self.field.set_empty(_("all"))
        self.field.committed.connect(self.tell)

    def show_value(self, value: Any) -> None:
        """Show the number."""
        self.field.set_value(value)

    def retranslate(self) -> None:
        """Set label, tooltip and the word for no number."""
        super().retranslate()
        if self.option.default is None:
            self.field.set_empty(_("all"))


class SelectControl(_RowControl):
    """A drop-down list."""

    def __init__(self, name: str, option: Option) -> None:
        self.combo = ComboBox(name)
        super().__init__(option, self.combo)
        self.combo.chosen.connect(self.tell)

    def show_value(self, value: Any) -> None:
        """Show the choice."""
        self.combo.set_value(value)
        if not self.row.is_stacked:
            fit_combo(self.combo)

    def retranslate(self) -> None:
        """Set label, tooltip and the names of the values."""
        super().retranslate()
        self.combo.set_choices([(value, choice_label(value), "") for value in self.option.choices])


class CheckControl(OptionControl):
    """A box to tick."""

    def __init__(self, name: str, option: Option) -> None:
        super().__init__(option)
        self.box = QCheckBox()
        self.box.setObjectName(name)
        self.box.toggled.connect(self.tell)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 2, 0, 2)
        column.addWidget(self.box)

    def show_value(self, value: Any) -> None:
        """Tick the box, or not."""
        with QSignalBlocker(self.box):
            self.box.setChecked(bool(value))

    def retranslate(self) -> None:
        """Set label and tooltip."""
        self.box.setText(_(self.option.label))
        self.box.setToolTip(_(self.option.sentence))
        self.box.setAccessibleName(_(self.option.label))
        self.box.setAccessibleDescription(_(self.option.sentence))


class SliderControl(OptionControl):
    """A slider between its label and its value; one drag is one step of undo."""

    _drags = count(1)

    def __init__(self, name: str, option: Option) -> None:
        super().__init__(option)
        assert option.low is not None
        assert option.high is not None
        assert option.step is not None
        self._low, self._high, self._step = option.low, option.high, option.step
        self._drag = 0
        self.label = QLabel()
        set_least_width(self.label, 92)
        self.slider = Slider(name, 0, round((option.high - min(option.low, 0)) / option.step))
        self.slider.setPageStep(2)
        self.label.setBuddy(self.slider)
        self.value_label = QLabel()
        set_least_width(self.value_label, 40)
        self.value_label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.slider.sliderPressed.connect(self._on_pressed)
        self.slider.valueChanged.connect(self._on_moved)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.label)
        row.addWidget(self.slider, 1)
        row.addWidget(self.value_label)

    def show_value(self, value: Any) -> None:
        """Move the slider to the value and write it beside it."""
        with QSignalBlocker(self.slider):
            self.slider.setValue(round((value - min(self._low, 0)) / self._step))
        text = f"{round(100 * value):d} %" if self._high == 1 else format_number(round(value, 6))
        self.value_label.setText(text)
        self._explain()

    def retranslate(self) -> None:
        """Set label and tooltip."""
        self.label.setText(_(self.option.label))
        self.label.setToolTip(_(self.option.sentence))
        self.slider.setAccessibleName(_(self.option.label))
        self.slider.setAccessibleDescription(_(self.option.sentence))
        self._explain()

    def _explain(self) -> None:
        """Say in the tooltip what the slider sets, and to what."""
        self.slider.setToolTip(f"{_(self.option.sentence)} ({self.value_label.text()})")

    def _on_pressed(self) -> None:
        """Begin a drag."""
        self._drag = next(self._drags)

    def _on_moved(self, position: int) -> None:
        """Tell of the value at this position."""
        value = round(min(self._low, 0) + position * self._step, 9)
        value = min(max(value, self._low), self._high)
        if self.option.kind == "int":
            value = int(value)
        if not self.slider.isSliderDown():
            self._drag = next(self._drags)
        self.told.emit(value, f"{self.option.name} {self._drag}")


class NamesControl(OptionControl):
    """Chips to switch on and off; one stays on."""

    def __init__(self, name: str, option: Option) -> None:
        super().__init__(option)
        self.label = QLabel()
        self.chips: dict[str, QPushButton] = {}
        box = QWidget()
        flow = FlowLayout(box, gap=3)
        for value in option.choices:
            chip = QPushButton(feature_label(value))
            chip.setObjectName(f"{name}_{value}")
            chip.setProperty("role", "chip")
            chip.setCheckable(True)
            chip.setAutoDefault(False)
            chip.setCursor(Qt.CursorShape.PointingHandCursor)
            chip.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            chip.setAccessibleName(feature_label(value))
            chip.clicked.connect(self._on_clicked)
            self.chips[value] = chip
            flow.addWidget(chip)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.label)
        column.addWidget(box)

    def show_value(self, value: Any) -> None:
        """Switch on the chips of these names; where none is named, the plain columns."""
        names = value or [name for name in self.option.choices if name in ("x1", "x2")]
        for name, chip in self.chips.items():
            chip.setChecked(name in names)

    def retranslate(self) -> None:
        """Set label and tooltips."""
        self.label.setText(_(self.option.label))
        self.label.setToolTip(_(self.option.sentence))
        for name, chip in self.chips.items():
            chip.setToolTip(_("Whether the network is given {input}.").format(input=feature_label(name)))

    def _on_clicked(self) -> None:
        """Tell which names are on; a click that would leave none is taken back."""
        names = tuple(name for name, chip in self.chips.items() if chip.isChecked())
        if names:
            self.tell(names)
            return
        chip = self.sender()
        if isinstance(chip, QPushButton):
            chip.setChecked(True)


class OptionEditor(QWidget):
    """The options of one choice, a control each; texts and arrays are set elsewhere and not shown.

    Signals
    -------
    changed(name, value, merge)
        The user set an option; `merge` is the key of a drag for `Store.apply`, or empty.

    Parameters
    ----------
    prefix
        Stands before each option's name in the ``objectName`` of its control.
    sliders
        Whether numbers with bounds and a step are sliders.
    """

    changed = Signal(str, object, str)

    def __init__(self, prefix: str = "", *, sliders: bool = False) -> None:
        super().__init__()
        self._prefix = prefix
        self._sliders = sliders
        self._shown: tuple[Option, ...] = ()
        self.controls: dict[str, OptionControl] = {}
        self._is_dense = False
        self._grid = new_grid(self)

    def set_dense(self, dense: bool) -> None:
        """Let two or three controls share a line, or give each its own."""
        if dense != self._is_dense:
            self._is_dense = dense
            self._place()

    def show_options(self, entry: Entry[Any], values: Mapping[str, Any], hidden: tuple[str, ...] = ()) -> None:
        """Show the options of an entry with their values, except those `hidden`."""
        options = tuple(option for option in entry.options if option.name not in hidden and _is_shown(option))
        if options != self._shown:
            self._rebuild(options)
        for name, control in self.controls.items():
            control.show_value(values[name])
        self.setVisible(bool(options))

    def retranslate(self) -> None:
        """Set every text in the language in use."""
        for control in self.controls.values():
            control.retranslate()

    def _rebuild(self, options: tuple[Option, ...]) -> None:
        """Replace the controls."""
        for old in self.controls.values():
            self._grid.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._shown = options
        self.controls = {option.name: self._control(option) for option in options}
        for control in self.controls.values():
            control.retranslate()
            control.told.connect(self._on_told)
        self._place()

    def _place(self) -> None:
        """Put the controls into their lines."""
        rows = [control for control in self.controls.values() if isinstance(control, _RowControl)]
        stacked = self._is_dense and len(rows) == len(self.controls) in (2, 3)
        for row in rows:
            row.row.set_stacked(stacked)
        if stacked:
            put_side_by_side(self._grid, 0, rows)
            return
        for place, control in enumerate(self.controls.values()):
            put_side_by_side(self._grid, place, [control])

    def _on_told(self, value: object, merge: str) -> None:
        """Pass on what the user set."""
        control = self.sender()
        if isinstance(control, OptionControl):
            self.changed.emit(control.option.name, value, merge)

    def _control(self, option: Option) -> OptionControl:
        """Return the control that suits an option."""
        name = f"{self._prefix}{option.name}"
        if option.kind == "bool":
            return CheckControl(name, option)
        if option.kind == "choice":
            return SelectControl(name, option)
        if option.kind == "names":
            return NamesControl(name, option)
        if self._sliders and _fits_slider(option):
            return SliderControl(name, option)
        return NumberControl(name, option)


def _is_shown(option: Option) -> bool:
    """Return whether there is a control for options of this kind."""
    return option.kind not in ("text", "array", "column", "columns")


def _fits_slider(option: Option) -> bool:
    """Return whether a number has bounds with few steps between them."""
    if option.low is None or option.high is None or option.step is None:
        return False
    return (option.high - option.low) / option.step <= MOST_TICKS
