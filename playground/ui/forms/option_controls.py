"""One control each for the kinds of options that a choice has."""

from itertools import count
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from playground.data.preparation import FEATURE_LABELS
from playground.language import N_, _
from playground.registry import Option
from playground.ui.core import plain_text
from playground.ui.forms.config_rows import CONTROL_WIDTH, fit_combo
from playground.ui.forms.number_field import FloatField, IntField, NumberField, format_number
from playground.ui.forms.rows import FormRow
from playground.ui.widgets.combo import ComboBox, Slider
from playground.ui.widgets.flow_layout import FlowLayout
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
    "pipe": N_("vertical bar"),
    "point": N_("point: 1.5"),
    "tab": N_("tab"),
    "space": N_("space"),
}
"""How the values of options are called on the screen; those not named here are shown as they are."""

MOST_TICKS = 200
"""A number with bounds and no more steps between them than these may be a slider."""


def choice_label(value: str) -> str:
    """Return what a value of an option is called, in the language in use."""
    return _(CHOICE_LABELS.get(value, value))


def feature_label(name: str) -> str:
    """Return how an input is written: ``sin x₁`` for ``sin(x1)``."""
    label = FEATURE_LABELS.get(name, name)
    return label.replace("x1", "x₁").replace("x2", "x₂").replace("·", "")


class OptionControl(QWidget):
    """What shows and changes one option: none before the first `take`.

    Signals
    -------
    told(value, merge)
        The user set another value; `merge` is the key of a drag, or empty.
    """

    told = Signal(object, str)

    def __init__(self, name: str, option: Option) -> None:
        super().__init__()
        self.name, self.option = name, option

    def take(self, option: Option) -> None:
        """Show this option from now on, of the kind that the control was made for; `show_value` follows."""
        self.option = option
        self.retranslate()

    def tell(self, value: object) -> None:
        """Tell of a value that is not part of a drag."""
        self.told.emit(value, "")

    def show_value(self, value: Any) -> None:
        """Show a value without telling anybody."""
        raise NotImplementedError

    def retranslate(self) -> None:
        """Set every text in the language in use."""
        raise NotImplementedError


class RowControl(OptionControl):
    """A control at the right of its label."""

    def __init__(self, name: str, option: Option, control: QWidget) -> None:
        super().__init__(name, option)
        self.row = FormRow(control, control_width=CONTROL_WIDTH)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.row)

    def retranslate(self) -> None:
        """Set label and tooltip."""
        self.row.set_text(_(self.option.label), _(self.option.sentence))


class NumberControl(RowControl):
    """A typed number."""

    def __init__(self, name: str, option: Option) -> None:
        kind = IntField if option.kind == "int" else FloatField
        self.field: NumberField = kind(name)
        super().__init__(name, option, self.field)
        self.field.committed.connect(self.tell)

    def take(self, option: Option) -> None:
        """Take numbers within other bounds; what was typed for another option is forgotten."""
        self.field.set_range(option.low, option.high)
        self.field.set_step(option.step)
        self.field.setModified(False)
        super().take(option)

    def show_value(self, value: Any) -> None:
        """Show the number."""
        self.field.set_value(value)

    def retranslate(self) -> None:
        """Set label, tooltip and the word for no number."""
        super().retranslate()
        self.field.set_empty(_("all") if self.option.default is None else None)


class SelectControl(RowControl):
    """A drop-down list."""

    def __init__(self, name: str, option: Option) -> None:
        self.combo = ComboBox(name)
        super().__init__(name, option, self.combo)
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
        super().__init__(name, option)
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
        super().__init__(name, option)
        self._low = self._high = self._step = 0.0
        self._drag = 0
        self.label = plain_text.label()
        set_least_width(self.label, 92)
        self.slider = Slider(name)
        self.slider.setPageStep(2)
        self.label.setBuddy(self.slider)
        self.value_label = plain_text.label()
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

    def take(self, option: Option) -> None:
        """Slide between other bounds."""
        assert option.low is not None
        assert option.high is not None
        assert option.step is not None
        self._low, self._high, self._step = option.low, option.high, option.step
        with QSignalBlocker(self.slider):
            self.slider.setMaximum(round((self._high - min(self._low, 0)) / self._step))
        super().take(option)

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
        self.slider.setToolTip(plain_text.tip(f"{_(self.option.sentence)} ({self.value_label.text()})"))

    def _on_pressed(self) -> None:
        self._drag = next(self._drags)

    def _on_moved(self, position: int) -> None:
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
        super().__init__(name, option)
        self.label = plain_text.label()
        self.chips: dict[str, QPushButton] = {}
        self._made: dict[str, QPushButton] = {}
        box = QWidget()
        self._flow = FlowLayout(box, gap=3)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.label)
        column.addWidget(box)

    def take(self, option: Option) -> None:
        """Offer other names; the chips of those not offered wait, hidden."""
        for value in option.choices:
            if value not in self._made:
                self._made[value] = self._chip(value)
                self._flow.addWidget(self._made[value])
        if tuple(self.chips) != option.choices:
            self.chips = {value: self._made[value] for value in option.choices}
            self._flow.set_order(list(self.chips.values()))
            for value, chip in self._made.items():
                chip.setVisible(value in self.chips)
        super().take(option)

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
            sentence = _("Whether {input} is an input of the network.").format(input=feature_label(name))
            chip.setToolTip(plain_text.tip(sentence))

    def _chip(self, value: str) -> QPushButton:
        chip = QPushButton(feature_label(value))
        chip.setObjectName(f"{self.name}_{value}")
        chip.setProperty("role", "chip")
        chip.setCheckable(True)
        chip.setAutoDefault(False)
        chip.setCursor(Qt.CursorShape.PointingHandCursor)
        chip.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        chip.setAccessibleName(feature_label(value))
        chip.clicked.connect(self._on_clicked)
        return chip

    def _on_clicked(self) -> None:
        """Tell which names are on; a click that would leave none is taken back."""
        names = tuple(name for name, chip in self.chips.items() if chip.isChecked())
        if names:
            self.tell(names)
            return
        chip = self.sender()
        if isinstance(chip, QPushButton):
            chip.setChecked(True)


def control_for(option: Option, *, slides: bool) -> type[OptionControl]:
    """Return what suits an option; numbers with bounds and a step slide, or are typed as all others are."""
    if option.kind == "bool":
        return CheckControl
    if option.kind == "choice":
        return SelectControl
    if option.kind == "names":
        return NamesControl
    return SliderControl if slides and _fits_slider(option) else NumberControl


def _fits_slider(option: Option) -> bool:
    """Return whether a number has bounds with few steps between them."""
    if option.low is None or option.high is None or option.step is None:
        return False
    return (option.high - option.low) / option.step <= MOST_TICKS
