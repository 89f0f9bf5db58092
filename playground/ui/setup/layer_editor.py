"""The hidden layers as a row of numbers: type how many units each has, add and remove layers."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from playground.experiment.config.schema import DEEPEST, LARGEST_LAYER
from playground.language import _
from playground.ui.core import plain_text, theme
from playground.ui.forms.number_field import IntField
from playground.ui.widgets.flow_layout import FlowLayout
from playground.ui.widgets.icons import IconButton

BESIDE_LABEL = 3
"""Up to so many layers stand in the line of the label; more get lines of their own below it."""


class LayerEditor(QWidget):
    """One number field for each hidden layer, and buttons to add and remove the last.

    Signals
    -------
    units_changed(layer, units)
        The user made a layer (0 is the first) wider or narrower.
    added, removed
        The user asked for one more layer, or one less.
    """

    units_changed = Signal(int, int)
    added = Signal()
    removed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("hidden_layers")
        self.fields: list[IntField] = []
        self.label = plain_text.label()
        self.none_label = plain_text.label()
        self.none_label.setProperty("role", "muted")
        self.problem = plain_text.label()
        self.problem.setProperty("role", "problem")
        self.problem.setWordWrap(True)
        self.problem.hide()
        self.add_button = IconButton("plus", name="add_layer", size=14)
        self.remove_button = IconButton("minus", name="remove_layer", size=14)
        self.add_button.clicked.connect(self.added)
        self.remove_button.clicked.connect(self.removed)
        self._near, self._near_flow = self._chip_box(right=True)
        self._below, self._below_flow = self._chip_box(right=False)
        row = QHBoxLayout()
        row.setSpacing(2)
        row.addWidget(self.label)
        row.addWidget(self._near, 1)
        row.addWidget(self.none_label)
        row.addSpacing(2)
        row.addWidget(self.remove_button)
        row.addWidget(self.add_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self._below)
        column.addWidget(self.problem)
        self.retranslate()

    def show_sizes(self, sizes: tuple[int, ...]) -> None:
        """Show the hidden layers."""
        while len(self.fields) < len(sizes):
            self._append_field()
        for field in self.fields[len(sizes) :]:
            field.hide()
            field.deleteLater()
        del self.fields[len(sizes) :]
        for field, size in zip(self.fields, sizes, strict=True):
            field.set_value(size)
        flow = self._near_flow if len(sizes) <= BESIDE_LABEL else self._below_flow
        for field in self.fields:
            flow.addWidget(field)
        self._below.setVisible(len(sizes) > BESIDE_LABEL)
        self.none_label.setVisible(not sizes)
        self.add_button.setEnabled(len(sizes) < DEEPEST)
        self.remove_button.setEnabled(bool(sizes))
        self._size_fields()
        self._name_fields()
        self._on_problem_changed()

    def retranslate(self) -> None:
        """Set every text in the language in use."""
        tip = _("The layers between inputs and outputs: how many units each has. Up and Down change a number.")
        self.label.setText(_("Hidden layers"))
        self.label.setToolTip(plain_text.tip(tip))
        self.setAccessibleName(_("Hidden layers"))
        self.setAccessibleDescription(tip)
        self.none_label.setText(_("none"))
        self.add_button.set_text(_("Add a hidden layer"))
        self.remove_button.set_text(_("Remove the last hidden layer"))
        self._name_fields()

    @staticmethod
    def _chip_box(*, right: bool) -> tuple[QWidget, FlowLayout]:
        """Return a box for fields, that end at its right edge or begin at its left one."""
        box = QWidget()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        box.setSizePolicy(policy)
        return box, FlowLayout(box, gap=4, right=right)

    def _append_field(self) -> None:
        place = len(self.fields)
        field = IntField(f"hidden_layer_{place + 1}", low=1, high=LARGEST_LAYER, step=1)
        field.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        field.setProperty("role", "chip")
        field.committed.connect(self._on_committed)
        field.problem_changed.connect(self._on_problem_changed)
        field.textChanged.connect(self._size_fields)
        self.fields.append(field)

    def _on_committed(self, units: object) -> None:
        """Pass on how many units a layer is to have."""
        field = self.sender()
        if isinstance(field, IntField) and isinstance(units, int):
            self.units_changed.emit(self.fields.index(field), units)

    def _name_fields(self) -> None:
        """Tell each field which layer it stands for."""
        for place, field in enumerate(self.fields):
            name = _("Units in hidden layer {number}").format(number=place + 1)
            field.setAccessibleName(name)
            field.setToolTip(plain_text.tip(_("{name}: 1 to {most}.").format(name=name, most=LARGEST_LAYER)))

    def apply_theme(self) -> None:
        self._size_fields()

    def _size_fields(self) -> None:
        for field in self.fields:
            field.setFixedWidth(field.fontMetrics().horizontalAdvance(field.text() or "0") + theme.px(22))

    def _on_problem_changed(self) -> None:
        """Show the first complaint of the fields below them."""
        sentence = next((field.problem() for field in self.fields if field.problem()), "")
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))
