"""What the weights start from: a scheme with its options, for all layers or for one."""

from typing import Any

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from playground.engine.initializers import INITIALIZERS, draw
from playground.experiment.config import edits
from playground.experiment.config.schema import InitialChoice
from playground.language import N_, _
from playground.registry import UserError
from playground.runtime.store import Store
from playground.ui.core import plain_text
from playground.ui.forms.config_rows import CONTROL_WIDTH, fit_combo
from playground.ui.forms.option_editor import OptionEditor
from playground.ui.forms.rows import FormRow
from playground.ui.widgets.combo import ComboBox
from playground.ui.widgets.disclosure import Disclosure
from playground.ui.widgets.labels import text_label
from playground.ui.widgets.segmented import SegmentedControl

SHORT_LABELS = {"constant": N_("Const"), "gaussian": N_("Gauss")}
"""Where the registry's label is too long for a segment."""

GIVEN = "given"
ALL = "all"


class InitialEditor(QWidget):
    """Shows and edits the initial weights of the experiment.

    Signals
    -------
    layer_changed
        The user looks at another layer, or at all of them.
    """

    layer_changed = Signal()

    def __init__(self, store: Store) -> None:
        super().__init__()
        self._store = store
        self._label = plain_text.label()
        self._label.setProperty("role", "muted")
        self._layer_choice = ComboBox("initial_layer")
        self._layer_choice.chosen.connect(self._on_layer_chosen)
        self._schemes = SegmentedControl("initial_scheme", list(INITIALIZERS), equal=False)
        self._schemes.chosen.connect(self._on_scheme_chosen)
        self._options = OptionEditor("initial_")
        self._options.changed.connect(self._on_option_changed)
        self._problem = text_label("initial_problem", "problem")
        self._details = OptionEditor("initial_")
        self._details.changed.connect(self._on_option_changed)
        self._layer_row = FormRow(self._layer_choice, control_width=CONTROL_WIDTH)
        self._is_special = self._opened_itself = False
        box = QWidget()
        details = QVBoxLayout(box)
        details.setContentsMargins(0, 0, 0, 0)
        details.setSpacing(3)
        details.addWidget(self._layer_row)
        details.addWidget(self._details)
        self._more = Disclosure("initial_more", box)
        self._line = line = QHBoxLayout()
        line.addWidget(self._label)
        line.addStretch(1)
        line.addWidget(self._more)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addLayout(line)
        column.addWidget(self._schemes)
        column.addWidget(self._options)
        column.addWidget(self._problem)
        column.addWidget(box)
        self.retranslate()

    @property
    def layer(self) -> int | None:
        """The layer that is looked at (0 is the first), or None for all."""
        key = self._layer_choice.value()
        return None if key is None or key == ALL else int(key)

    def set_dense(self, dense: bool) -> None:
        """Let the options of a scheme share a line, or give each its own."""
        self._options.set_dense(dense)

    def put_beside_label(self, widget: QWidget) -> None:
        """Take a widget into the line of the label."""
        self._line.insertWidget(1, widget, 8)

    def refresh(self) -> None:
        """Show the initial weights of the experiment as they are now."""
        self._show_problem("")
        self._offer_layers()
        choice = self._choice()
        schemes = {given.name for given in self._store.config.network.initials}
        self._schemes.set_offered(GIVEN, GIVEN in schemes)
        self._schemes.set_value(None if choice is None else choice.name)
        self._options.setVisible(choice is not None)
        self._details.setVisible(choice is not None)
        if choice is not None:
            details = _details_of(choice)
            usual = tuple(option.name for option in choice.entry.options if option.name not in details)
            self._options.show_options(choice.entry, choice.options(), details)
            self._details.show_options(choice.entry, choice.options(), usual)
        self._open_if_special()

    def retranslate(self) -> None:
        """Set every text in the language in use."""
        self._label.setText(_("Initial weights"))
        self._schemes.setAccessibleName(_("Initial weights"))
        self._more.set_text(_("More"), _("One layer only, the distribution, the biases"))
        self._layer_row.set_text(_("Set for"), _("Whether all layers start the same way, or only one is set here."))
        for name, entry in INITIALIZERS.items():
            label = _(SHORT_LABELS.get(name, entry.label))
            self._schemes.set_text(name, label, f"{_(entry.label)}: {_(entry.sentence)}")
        self._options.retranslate()
        self._details.retranslate()
        self.refresh()

    def _choice(self) -> InitialChoice | None:
        """Return the choice for the layer looked at; None where the layers differ."""
        initials = self._store.config.network.initials
        if self.layer is not None:
            return initials[self.layer]
        return initials[0] if all(choice == initials[0] for choice in initials) else None

    def _offer_layers(self) -> None:
        """Offer one item a layer; a layer that is no more gives way to all."""
        count = len(self._store.config.network.hidden) + 1
        items = [(ALL, _("all layers"), _("Every layer starts the same way."))]
        for layer in range(count):
            label = _("layer {number}").format(number=layer + 1) if layer < count - 1 else _("output")
            items.append((str(layer), label, _("Only the weights into this layer.")))
        self._layer_choice.set_choices(items)
        if self._layer_choice.value() is None:
            self._layer_choice.set_value(ALL)
        fit_combo(self._layer_choice)
        self._layer_row.setVisible(count > 1)

    def _open_if_special(self) -> None:
        """Show the details as soon as one of them is not what it usually is, and hide them when all are again."""
        network = self._store.config.network
        special = isinstance(network.initial, tuple) or any(
            choice[name] != choice.entry.option(name).default
            for choice in network.initials
            for name in _details_of(choice)
        )
        if special and not self._is_special:
            self._opened_itself = not self._more.isChecked()
            self._more.setChecked(True)
        elif self._is_special and not special and self._opened_itself and self.layer is None:
            self._more.setChecked(False)
        self._is_special = special

    def _on_layer_chosen(self) -> None:
        self.refresh()
        self.layer_changed.emit()

    def _on_scheme_chosen(self, name: str) -> None:
        """Start from another scheme, unless it is the one of now."""
        choice = self._choice()
        if choice is None or choice.name != name:
            self._store.apply(edits.set_initial(self._store.config, InitialChoice(name), self.layer))

    def _on_option_changed(self, option: str, value: object, merge: str) -> None:
        choice: Any = self._choice()
        if choice is None:
            return
        changed = choice.with_options(**{option: value})
        try:
            draw(changed.name, changed.options(), 1, 1, np.random.default_rng(0))
        except UserError as error:
            self.refresh()
            self._show_problem(str(error))
            return
        self._store.apply(edits.set_initial(self._store.config, changed, self.layer), merge=merge or None)

    def _show_problem(self, sentence: str) -> None:
        """Say why an option cannot be, or take that back."""
        self._problem.setText(sentence)
        self._problem.setVisible(bool(sentence))


def _details_of(choice: InitialChoice) -> tuple[str, ...]:
    """Return the options that are seldom changed: those that are no numbers."""
    return tuple(option.name for option in choice.entry.options if option.kind == "choice")
