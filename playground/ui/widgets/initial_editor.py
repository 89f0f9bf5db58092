"""What the weights start from: a scheme with its options, for all layers or for one."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from playground.engine.initializers import INITIALIZERS
from playground.experiment import edits
from playground.experiment.config import InitialChoice
from playground.language import N_, _
from playground.runtime.store import Store
from playground.ui.widgets.combo import ComboBox
from playground.ui.widgets.config_rows import fit_combo
from playground.ui.widgets.option_editor import OptionEditor
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
        self._label = QLabel()
        self._label.setProperty("role", "muted")
        self._layer_choice = ComboBox("initial_layer")
        self._layer_choice.setProperty("role", "flat")
        self._layer_choice.chosen.connect(self._on_layer_chosen)
        self._schemes = SegmentedControl("initial_scheme", list(INITIALIZERS), equal=False)
        self._schemes.chosen.connect(self._on_scheme_chosen)
        self._options = OptionEditor("initial_")
        self._options.changed.connect(self._on_option_changed)
        line = QHBoxLayout()
        line.addWidget(self._label, 1)
        line.addWidget(self._layer_choice)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(line)
        column.addWidget(self._schemes)
        column.addWidget(self._options)
        self.retranslate()

    @property
    def layer(self) -> int | None:
        """The layer that is looked at (0 is the first), or None for all."""
        key = self._layer_choice.value()
        return None if key is None or key == ALL else int(key)

    def refresh(self) -> None:
        """Show the initial weights of the experiment as they are now."""
        self._offer_layers()
        choice = self._choice()
        schemes = {given.name for given in self._store.config.network.initials}
        self._schemes.button(GIVEN).setVisible(GIVEN in schemes)
        self._schemes.set_value(None if choice is None else choice.name)
        if choice is None:
            self._options.hide()
        else:
            hidden = ("bias",) if choice.name == "zeros" else ()
            self._options.show_options(choice.entry, choice.options(), hidden)

    def retranslate(self) -> None:
        """Set every text in the language in use."""
        self._label.setText(_("Initial weights"))
        self._schemes.setAccessibleName(_("Initial weights"))
        tip = _("Whether all layers start the same way, or which layer is set")
        self._layer_choice.setToolTip(tip)
        self._layer_choice.setAccessibleName(_("Layer of the initial weights"))
        for name, entry in INITIALIZERS.items():
            label = _(SHORT_LABELS.get(name, entry.label))
            self._schemes.set_text(name, label, f"{_(entry.label)}: {_(entry.sentence)}")
        self._options.retranslate()
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
        fit_combo(self._layer_choice, 0, 12)
        self._layer_choice.setVisible(count > 1)

    def _on_layer_chosen(self) -> None:
        """Show another layer."""
        self.refresh()
        self.layer_changed.emit()

    def _on_scheme_chosen(self, name: str) -> None:
        """Start from another scheme, unless it is the one of now."""
        choice = self._choice()
        if choice is None or choice.name != name:
            self._store.apply(edits.set_initial(self._store.config, InitialChoice(name), self.layer))

    def _on_option_changed(self, option: str, value: object, merge: str) -> None:
        """Change an option of the scheme."""
        choice: Any = self._choice()
        if choice is not None:
            changed = choice.with_options(**{option: value})
            self._store.apply(edits.set_initial(self._store.config, changed, self.layer), merge=merge or None)
