"""The hidden layers as a row of numbers: type how many units each has, add and remove layers."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from playground.experiment.config import edits
from playground.experiment.config.schema import DEEPEST, LARGEST_LAYER
from playground.language import _
from playground.runtime.store import Store
from playground.ui.core import plain_text, theme
from playground.ui.core.watch import Watch
from playground.ui.forms.experiment_fields import HIDDEN_LAYERS
from playground.ui.forms.number_field import NumberField
from playground.ui.widgets.flow_layout import FlowLayout
from playground.ui.widgets.icons import IconButton
from playground.ui.widgets.labels import show_text, text_label

BESIDE_LABEL = 3
"""Up to so many layers stand in the line of the label; more get lines of their own below it."""


class LayerEditor(QWidget):
    """One number field for each hidden layer, and buttons to add and remove the last."""

    def __init__(self, store: Store) -> None:
        super().__init__()
        self._store = store
        self.setObjectName("hidden_layers")
        self.setAccessibleName(_(HIDDEN_LAYERS))
        tip = _("The layers between inputs and outputs: how many units each has. Up and Down change a number.")
        self.setAccessibleDescription(tip)
        label = plain_text.label(_(HIDDEN_LAYERS))
        label.setToolTip(plain_text.tip(tip))
        self._none = text_label(text=_("none"), wraps=False)
        self._add = IconButton("plus", name="add_layer", text=_("Add a hidden layer"), size=14)
        self._add.clicked.connect(lambda: store.apply(edits.add_layer(store.config)))
        self._remove = IconButton("minus", name="remove_layer", text=_("Remove the last hidden layer"), size=14)
        self._remove.clicked.connect(lambda: store.apply(edits.remove_layer(store.config)))
        self._problem = text_label(role="problem")
        self._fields: list[NumberField] = []
        self._box = QWidget()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self._box.setSizePolicy(policy)
        self._flow = FlowLayout(self._box, gap=4)
        self._grid = grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(2)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for column, widget in enumerate((label, self._box, self._none, self._remove, self._add)):
            grid.addWidget(widget, 0, column)
        grid.addWidget(self._problem, 2, 0, 1, -1)
        Watch(store, ("network.hidden",), self._refresh, self)
        self._refresh()

    def apply_theme(self) -> None:
        self._update_widths()

    def _refresh(self) -> None:
        sizes = self._store.config.network.hidden
        while len(self._fields) < len(sizes):
            self._append_field()
        while len(self._fields) > len(sizes):
            field = self._fields.pop()
            field.hide()
            field.deleteLater()
        for field, size in zip(self._fields, sizes, strict=True):
            field.set_value(size)
        is_beside = len(sizes) <= BESIDE_LABEL
        self._flow.set_right(is_beside)
        self._grid.addWidget(self._box, *((0, 1) if is_beside else (1, 0, 1, -1)))
        self._none.setVisible(not sizes)
        self._add.setEnabled(len(sizes) < DEEPEST)
        self._remove.setEnabled(bool(sizes))
        self._update_widths()
        self._show_problem()

    def _append_field(self) -> None:
        number = len(self._fields) + 1
        name = _("Units in hidden layer {number}").format(number=number)
        field = NumberField(f"hidden_layer_{number}", name, low=1, high=LARGEST_LAYER, whole=True)
        field.setToolTip(plain_text.tip(_("{name}: 1 to {most}.").format(name=name, most=LARGEST_LAYER)))
        field.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        field.setProperty("role", "chip")
        field.committed.connect(self._on_committed)
        field.problem_changed.connect(self._show_problem)
        field.textChanged.connect(self._update_widths)
        self._fields.append(field)
        self._flow.addWidget(field)

    @Slot(object)
    def _on_committed(self, units: object) -> None:
        field = self.sender()
        if isinstance(field, NumberField) and isinstance(units, int):
            layer = self._fields.index(field)
            self._store.apply(edits.set_units(self._store.config, layer, units), merge=f"units {layer}")

    def _update_widths(self) -> None:
        for field in self._fields:
            field.setFixedWidth(field.fontMetrics().horizontalAdvance(field.text() or "0") + theme.px(22))

    def _show_problem(self) -> None:
        show_text(self._problem, next((field.problem() for field in self._fields if field.problem()), ""))
