"""What the weights start from: a scheme with its options, for all layers or for one, and how they are spread."""

from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtWidgets import QWidget

from playground.engine.initializers import INITIALIZERS, draw
from playground.experiment.config import edits
from playground.experiment.config.schema import ExperimentConfig, InitialChoice
from playground.language import N_, _
from playground.runtime.store import Store
from playground.ui.canvas.histogram import Histogram
from playground.ui.core import layouts
from playground.ui.core.experiment_text import start_name
from playground.ui.core.number_text import significant
from playground.ui.core.panel import Watch
from playground.ui.forms.experiment_fields import INITIAL_WEIGHTS
from playground.ui.forms.field import Line, fields_of, in_lines
from playground.ui.forms.form import Form, FormRow
from playground.ui.widgets.combo import ComboBox
from playground.ui.widgets.labels import show_text, text_label
from playground.ui.widgets.segmented import SegmentedControl
from playground.ui.widgets.switches import Disclosure

SHORT_LABELS = {"constant": N_("Const"), "gaussian": N_("Gauss")}
"""Where the registry's label is too long for a segment."""

GIVEN = "given"
ALL = "all"

Layer = tuple[NDArray[Any], NDArray[Any]]
"""Weights (n_in, n_out) and biases (n_out,)."""


def describe_start(layers: list[Layer], *, has_biases: bool) -> str:
    """Return a sentence about the numbers that some layers start from."""
    count = sum(weight.size for weight, _bias in layers)
    low = min(float(weight.min()) for weight, _bias in layers)
    high = max(float(weight.max()) for weight, _bias in layers)
    biases = max(float(np.abs(bias).max()) for _weight, bias in layers) if has_biases else None
    if low == high == biases == 0:
        return _("All {count} weights and the biases start at 0.").format(count=f"{count:,}")
    if low == high:
        weights = _("All {count} weights start at {value}").format(count=f"{count:,}", value=significant(low, 4))
    else:
        sentence = _("{count} weights, {low} … {high}")
        weights = sentence.format(count=f"{count:,}", low=significant(low, 3), high=significant(high, 3))
    sentence = _("{weights}; biases 0.") if biases == 0 else _("{weights}.")
    return sentence.format(weights=weights)


class InitialEditor(QWidget):
    """Shows and edits the initial weights of the experiment."""

    def __init__(self, store: Store) -> None:
        super().__init__()
        self._store = store
        self._start: list[Layer] = []
        self._is_special = False
        schemes = [
            (name, _(SHORT_LABELS.get(name, entry.label)), f"{_(entry.label)}: {_(entry.sentence)}")
            for name, entry in INITIALIZERS.items()
        ]
        self._schemes = SegmentedControl(
            "initial_scheme", schemes, label=_(INITIAL_WEIGHTS), equal=False, is_view=False
        )
        self._schemes.chosen.connect(self._on_scheme_chosen)
        self._layer_choice = ComboBox("initial_layer")
        self._layer_choice.chosen.connect(self._on_layer_chosen)
        tip = _("Whether all layers start the same way, or only one is set here.")
        self._layer_row = FormRow(self._layer_choice, _("Set for"), tip)
        self._options = Form(store, partial(self._lines, choices=False), part="network", problem_name="initial_problem")
        self._details = Form(store, partial(self._lines, choices=True), part="network")
        self._histogram = Histogram()
        self._histogram.setObjectName("initial_histogram")
        self._histogram.setAccessibleName(_("Histogram of the initial weights"))
        self._histogram.setToolTip(_("Distribution of the initial weights"))
        self._difference = text_label("initial_difference")
        self._sentence = text_label("initial_sentence")
        details = layouts.box(layouts.column(self._layer_row, self._details, gap=3))
        tip = _("One layer only, the distribution, the biases")
        self._more = Disclosure("initial_more", details, _("More"), tip)
        label = text_label(text=_(INITIAL_WEIGHTS), wraps=False)
        line = layouts.row(label, (self._histogram, 8), None, self._more, gap=6)
        parts = (line, self._schemes, self._difference, self._options, details, self._sentence)
        layouts.column(*parts, parent=self, gap=3)
        Watch(store, ("network",), self._refresh, self)
        self._refresh()
        self.show_start([])

    def show_start(self, layers: list[Layer]) -> None:
        """Show a histogram of the initial weights, of the chosen layer or of all; nothing without a run."""
        self._start = layers
        shown = layers if self._layer is None else layers[self._layer : self._layer + 1]
        self._histogram.setVisible(bool(shown))
        self._sentence.setVisible(bool(shown))
        if shown:
            self._histogram.show_values(np.concatenate([weight.ravel() for weight, _bias in shown]))
            self._sentence.setText(describe_start(shown, has_biases=self._store.config.network.has_biases))

    @property
    def _layer(self) -> int | None:
        """The chosen layer (0 is the first), or None for all."""
        key = self._layer_choice.value()
        layer = None if key is None or key == ALL else int(key)
        return layer if layer is not None and layer < len(self._store.config.network.initials) else None

    def _choice(self, config: ExperimentConfig) -> InitialChoice | None:
        """Return the initial weights of the chosen layer; None if the layers differ."""
        initials = config.network.initials
        if self._layer is not None:
            return initials[self._layer]
        return initials[0] if all(choice == initials[0] for choice in initials) else None

    def _lines(self, config: ExperimentConfig, *, choices: bool) -> tuple[Line, ...]:
        choice = self._choice(config)
        if choice is None:
            return ()
        path = f"network.initials.{self._layer or 0}"
        fields = fields_of(choice.entry, path, prefix="initial_", edit=self._with_option)
        return in_lines(field for field in fields if (field.kind == "choice") is choices)

    def _with_option(self, name: str, config: ExperimentConfig, value: object) -> ExperimentConfig:
        """Return the experiment with another option; what cannot be drawn from is refused by the draw."""
        choice = self._choice(config)
        assert choice is not None
        changed = choice.with_options(**{name: value})
        draw(changed.name, changed.options(), 1, 1, np.random.default_rng(0))
        return edits.set_initial(config, changed, self._layer)

    def _refresh(self) -> None:
        initials = self._store.config.network.initials
        items = [(ALL, _("all layers"), _("Every layer starts the same way."))]
        for layer in range(len(initials)):
            name = _("layer {number}").format(number=layer + 1) if layer < len(initials) - 1 else _("output")
            items.append((str(layer), name, _("Only the weights into this layer.")))
        self._layer_choice.set_choices(items)
        if self._layer_choice.value() is None:  # a layer that is no more gives way to all
            self._layer_choice.set_value(ALL)
        self._layer_row.setVisible(len(initials) > 1)
        choice = self._choice(self._store.config)
        self._schemes.set_offered(GIVEN, any(choice.name == GIVEN for choice in initials))
        self._schemes.set_value(None if choice is None else choice.name)
        differs = _("Differs by layer: {start}").format(start=start_name(initials))
        show_text(self._difference, "" if choice is not None else differs)
        self._options.refresh()
        self._details.refresh()
        self._open_if_special()

    def _open_if_special(self) -> None:
        network = self._store.config.network
        special = isinstance(network.initial, tuple) or any(
            choice[option.name] != option.default
            for choice in network.initials
            for option in choice.entry.options
            if option.kind == "choice"
        )
        if special != self._is_special and (special or self._layer is None):
            self._more.setChecked(special)
        self._is_special = special

    def _on_layer_chosen(self) -> None:
        self._refresh()
        self.show_start(self._start)

    def _on_scheme_chosen(self, name: str) -> None:
        choice = self._choice(self._store.config)
        if choice is None or choice.name != name:
            self._store.apply(edits.set_initial(self._store.config, InitialChoice(name), self._layer))
