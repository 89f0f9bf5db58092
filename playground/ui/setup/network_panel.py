"""What the network is: hidden layers, activation, output, loss, biases, and the weights it starts from."""

from collections.abc import Callable, Mapping
from functools import partial

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from playground.engine.activations import ACTIVATIONS, OUTPUTS, Activation
from playground.engine.losses import LOSSES
from playground.experiment.config import edits
from playground.experiment.config.schema import DEEPEST, LARGEST_LAYER
from playground.experiment.probes.snapshot import RunInfo
from playground.language import _
from playground.registry import Registry
from playground.runtime.store import Store
from playground.ui.core import layouts, plain_text, theme
from playground.ui.core.panel import Panel, Watch
from playground.ui.forms.experiment_fields import HIDDEN_LAYERS, lines
from playground.ui.forms.form import RESTARTS, ChoiceControl, Form
from playground.ui.forms.number_field import NumberField
from playground.ui.setup.initial_editor import InitialEditor
from playground.ui.widgets.combo import ComboBox
from playground.ui.widgets.flow_layout import FlowLayout
from playground.ui.widgets.icons import IconButton
from playground.ui.widgets.labels import show_text, text_label

Array = NDArray[np.float64]
Curve = tuple[Array, Array, Array]
"""Places along the axis, values, and derivatives there, (n,) each."""

WIDTH, HEIGHT = 60, 34
Z_END, A_END, LOSS_END = 4.0, 1.9, 3.0
"""Ends of the axes: weighted sums, what activations output, and losses."""

_POINTS = 101
_SMALLEST = 0.01
"""The smallest output that a loss is drawn for: the logarithm of 0 is infinite."""


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

    def _refresh(self) -> None:
        sizes = self._store.config.network.hidden
        while len(self._fields) < len(sizes):
            self._append_field()
        for layer, field in enumerate(self._fields):
            field.setVisible(layer < len(sizes))
        for field, size in zip(self._fields, sizes, strict=False):
            field.set_value(size)
        is_beside = len(sizes) <= BESIDE_LABEL
        self._flow.set_right(is_beside)
        self._grid.addWidget(self._box, *((0, 1) if is_beside else (1, 0, 1, -1)))
        self._none.setVisible(not sizes)
        self._add.setEnabled(len(sizes) < DEEPEST)
        self._remove.setEnabled(bool(sizes))
        self.apply_theme()
        self._show_problem()

    def _append_field(self) -> None:
        number = len(self._fields) + 1
        name = _("Units in hidden layer {number}").format(number=number)
        field = NumberField(f"hidden_layer_{number}", name, low=1, high=LARGEST_LAYER, whole=True)
        field.setToolTip(plain_text.tip(_("{name}: 1 to {most}.").format(name=name, most=LARGEST_LAYER)))
        field.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        field.setProperty("role", "chip")
        field.committed.connect(partial(self._set_units, number - 1))
        field.problem_changed.connect(self._show_problem)
        field.textChanged.connect(self.apply_theme)
        self._fields.append(field)
        self._flow.addWidget(field)

    def _set_units(self, layer: int, units: int) -> None:
        if layer < len(self._store.config.network.hidden):  # one that goes is left, with what was typed
            self._store.apply(edits.set_units(self._store.config, layer, units), merge=f"units {layer}")

    def apply_theme(self) -> None:
        for field in self._fields:
            field.setFixedWidth(field.fontMetrics().horizontalAdvance(field.text() or "0") + theme.px(22))

    def _show_problem(self) -> None:
        shown = self._fields[: len(self._store.config.network.hidden)]
        show_text(self._problem, next((field.problem() for field in shown if field.problem()), ""))


def activation_curves(registry: Registry[type[Activation]]) -> dict[str, Curve]:
    """Return the curve of each activation that depends on one weighted sum alone."""
    z = np.linspace(-Z_END, Z_END, _POINTS)
    curves = {}
    for name, entry in registry.items():
        if entry.make.elementwise:
            a = entry.make.formula(z)
            curves[name] = (z, a, entry.make.derivative(z, a))
    return curves


def loss_curves() -> dict[str, Curve]:
    """Return the curve of each loss of one output whose target is 1, over that output from 0 to 1."""
    y = np.linspace(_SMALLEST, 1, _POINTS)
    curves = {}
    for name, entry in LOSSES.items():
        losses = entry.make.formula(y[:, None], np.ones((_POINTS, 1)))
        curves[name] = (y, losses, np.gradient(losses, y))
    return curves


def show_curves(combo: ComboBox, curves: Callable[[], Mapping[str, Curve]], end: float) -> None:
    """Have a list show a picture of each curve beside its name when it opens, with values from −`end` to `end`."""

    def paint() -> None:
        combo.view().setIconSize(QSize(theme.px(WIDTH), theme.px(HEIGHT)))
        found = curves()
        for place in range(combo.count()):
            curve = found.get(combo.itemData(place))
            combo.setItemIcon(place, QIcon(picture(curve, end, combo.devicePixelRatioF())))

    combo.opening.connect(paint)


def picture(curve: Curve | None, end: float, density: float) -> QPixmap:
    """Return a picture of a curve, its derivative dashed, over two axes; an empty one where there is no curve."""
    width, height = theme.px(WIDTH), theme.px(HEIGHT)
    made = QPixmap(round(width * density), round(height * density))
    made.setDevicePixelRatio(density)
    made.fill(Qt.GlobalColor.transparent)
    if curve is None:
        return made
    x, values, derivatives = curve
    low, high = float(x[0]), float(x[-1])
    across = (x - low) / (high - low) * (width - 2) + 1
    with QPainter(made) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("strong_border"), 1))
        painter.drawLine(QPointF(0, height / 2), QPointF(width, height / 2))
        zero = 1 + max(0.0, -low / (high - low)) * (width - 2)
        painter.drawLine(QPointF(zero, 0), QPointF(zero, height))
        for heights, pen in (
            (derivatives, QPen(theme.color("test"), 1.3, Qt.PenStyle.DashLine)),
            (values, QPen(theme.color("accent"), 1.8)),
        ):
            painter.setPen(pen)
            down = np.clip(height / 2 * (1 - heights / end), -height, 2 * height)
            painter.drawPolyline(QPolygonF([QPointF(*at) for at in np.column_stack([across, down]).tolist()]))
    return made


class NetworkPanel(Panel):
    """Shows and edits the network of the experiment."""

    name = "network_panel"

    def build(self) -> None:
        self.setToolTip(_(RESTARTS))
        self.header = self._shape = text_label("network_shape", "strong", wraps=False)
        self._shape.setToolTip(_("Units of each layer, from the inputs to the outputs"))

        form = Form(self.store, lines(("network.activation", "network.output"), ("training.loss", "network.bias")))
        activation, output, loss = (self._list_of(form, name) for name in ("activation", "output", "loss"))
        activation.setPlaceholderText(_("mixed"))
        self._activation = activation
        show_curves(activation, lambda: activation_curves(ACTIVATIONS), A_END)
        show_curves(output, lambda: activation_curves(OUTPUTS), A_END)
        show_curves(loss, loss_curves, LOSS_END)
        self._initial = InitialEditor(self.store)
        layouts.column(LayerEditor(self.store), form, 2, self._initial, parent=self, gap=3)
        Watch(self.store, ("network.hidden", "data"), self._refresh, self)
        self._refresh()

    @staticmethod
    def _list_of(form: Form, name: str) -> ComboBox:
        control = form.controls[name]
        assert isinstance(control, ChoiceControl)
        return control.combo

    def show_run(self, info: RunInfo) -> None:
        super().show_run(info)
        self._refresh()
        self._initial.show_start(list(zip(*info.layers_of(info.start), strict=True)))

    def show_nothing(self) -> None:
        super().show_nothing()
        self._initial.show_start([])

    def _refresh(self) -> None:
        config, info = self.store.config, self.session.info
        self._activation.setEnabled(bool(config.network.hidden))
        known = info is not None and info.config.data == config.data
        first, last = (info.sizes[0], info.sizes[-1]) if info is not None and known else ("…", "…")
        sizes = [str(size) for size in (first, *config.network.hidden, last)]
        if len(sizes) > 6:
            sizes = [*sizes[:3], "…", *sizes[-2:]]
        self._shape.setText(" – ".join(sizes))
