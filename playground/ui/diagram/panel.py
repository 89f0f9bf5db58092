"""The picture of the network: units, links and biases, live; and the network edited in it."""

import math

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from playground.engine.activations import ACTIVATIONS, OUTPUTS
from playground.experiment.config import edits
from playground.experiment.config.schema import DEEPEST, LARGEST_LAYER
from playground.experiment.probes.probe import Activations, Parameters, UnitGrids
from playground.experiment.probes.snapshot import RunInfo, Snapshot
from playground.experiment.training.layer_statistics import RANGES
from playground.language import N_, _, ngettext
from playground.runtime.selection import Sample, Unit
from playground.ui.canvas.images import Array, symmetric_limit
from playground.ui.canvas.legend import Legend
from playground.ui.canvas.network_layout import MOST_UNITS, Hit
from playground.ui.core import layouts, theme
from playground.ui.core.labels import input_names, output_labels, rows_of
from playground.ui.core.panel import Panel, Probes
from playground.ui.diagram.layer_heads import Head, LayerHeads
from playground.ui.diagram.network_scene import Scene, Tiles, receptive_fields, weight_tiles
from playground.ui.diagram.network_text import is_from_image
from playground.ui.diagram.network_view import NetworkView
from playground.ui.forms.number_field import NumberField
from playground.ui.widgets.card import StyledFrame
from playground.ui.widgets.icons import IconButton
from playground.ui.widgets.labels import show_text, text_label

RESOLUTION = 24
"""Of a unit's picture over the plane, in each direction."""

WIDE_HEADING = 470
KEY = N_(
    "The colour of a line, a bias (small circle) or a unit is the sign of its number: the stronger, the "
    "larger. The number beside a unit is its output for the current sample. The picture in a unit is its "
    "output over the plane, at the output in the colours of the classes or targets; where the inputs are no "
    "plane, its weights."
)


STEP = 0.1


class ValueEditor(StyledFrame):
    """A heading, a number field, and a sentence where what was typed is no number.

    Enter takes the number (``entered(value)``) and closes, Escape closes (``closed()``); Up and Down add and
    subtract 0.1 at once.
    """

    entered = Signal(object)
    closed = Signal()

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(f"{name}_editor", "popup", parent)
        self.heading = text_label(wraps=False)
        self.field = NumberField(name, _("Value"), step=STEP)
        self.field.setProperty("role", "value")
        self.problem = text_label(f"{name}_problem", "problem")
        layouts.column(self.heading, self.field, self.problem, parent=self, gap=4, margins=(8, 6, 8, 8))
        self._anchor = QPoint()
        self.field.installEventFilter(self)
        self.field.committed.connect(self.entered)
        self.field.problem_changed.connect(self._on_problem)
        self.field.editingFinished.connect(self._on_finished)
        self.hide()

    def open(self, heading: str, value: float, anchor: QPoint) -> None:
        """Open beside `anchor`, in the parent's pixels, on a number."""
        self.heading.setText(heading)
        self.field.setAccessibleName(heading)
        self.field.setModified(False)
        self.field.set_value(value)
        self._anchor = anchor
        self.problem.hide()
        self._update_size()
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)
        self.field.selectAll()

    def close_(self) -> None:
        """Close, and set the focus to the diagram again."""
        if self.isVisible():
            self.hide()
            self.closed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Escape:
            self.field.setModified(False)
            self.close_()
            return True
        return super().eventFilter(watched, event)

    def _on_problem(self, sentence: str) -> None:
        show_text(self.problem, sentence)
        self._update_size()

    def _on_finished(self) -> None:
        if not self.field.problem():
            self.close_()

    def _update_size(self) -> None:
        self.adjustSize()
        parent = self.parentWidget()
        room = parent.rect() if parent is not None else QRect()
        x = min(self._anchor.x() + 12, room.right() - self.width() - 2)
        y = min(self._anchor.y() + 12, room.bottom() - self.height() - 2)
        self.move(max(0, x), max(0, y))


class SampleChooser(QWidget):
    """Sample [12] of 250, ‹ and ›; ``chosen(row)`` is emitted for the row, from 0, that the user wants."""

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("sample_chooser")
        self.label = text_label(text=_("Sample"), wraps=False)
        self.field = NumberField("sample_number", _("Number of the current sample"), low=1, high=1, whole=True)
        self.count = text_label(wraps=False)
        self.previous = IconButton("chevron-left", name="sample_previous", text=_("The sample before"), size=11)
        self.next = IconButton("chevron-right", name="sample_next", text=_("The next sample"), size=11)
        self._row, self._rows = 0, 0
        layouts.row(self.label, self.previous, self.field, self.next, self.count, parent=self, gap=4)
        for explained in (self.label, self.field, self.count):
            explained.setToolTip(_("The current sample: the number beside each unit is the unit's output for it"))
        for button in (self.previous, self.next):
            button.setAutoRepeat(True)
        self.previous.clicked.connect(lambda: self.chosen.emit(self._row - 1))
        self.next.clicked.connect(lambda: self.chosen.emit(self._row + 1))
        self.field.committed.connect(lambda number: self.chosen.emit(number - 1))

    def set_sample(self, part: str, row: int, rows: int, is_drawing: bool = False) -> None:
        """Show which row of how many is current, of the part ``"train"`` or ``"test"``; or that it is a drawing."""
        self._row, self._rows = row, rows
        self.field.set_range(1, max(1, rows))
        self.field.set_value(row + 1)
        self.previous.setEnabled(row > 0)
        self.next.setEnabled(row + 1 < rows)
        text = _("of {n:,} test samples") if part == "test" else _("of {n:,}")
        self.count.setText(_("Your drawing") if is_drawing else text.format(n=rows))
        self.apply_theme()

    def apply_theme(self) -> None:
        digits = "0" * max(2, len(str(self._rows)))
        self.field.setFixedWidth(self.field.fontMetrics().horizontalAdvance(digits) + theme.px(22))


class NetworkDiagramPanel(Panel):
    """The network diagram."""

    name = "network_diagram_panel"

    def build(self) -> None:
        self.view = NetworkView()
        self.heads = LayerHeads()
        self.legend = Legend("network_legend")
        self.sample = SampleChooser()
        self.editor = ValueEditor("diagram_value", self)
        self._edited: tuple[int, ...] = ()
        layouts.column(self.heads, (self.view, 1), parent=self)
        self.header = layouts.box(layouts.row(self.sample, self.legend, gap=14))
        self.view.laid_out.connect(self.heads.set_centres)
        self.view.laid_out.connect(self.refresh_requested)  # other units may be shown now
        self.view.pointed_changed.connect(self._on_pointed)
        self.view.chosen.connect(self._on_chosen)
        self.heads.units_asked.connect(self._on_units_asked)
        self.heads.layer_asked.connect(self._on_layer_asked)
        self.editor.entered.connect(lambda value: self.session.set_numbers(self._edited, value))
        self.editor.closed.connect(self._on_editor_closed)
        self.sample.chosen.connect(self._on_sample_chosen)
        self.session.selection.sample_changed.connect(self._on_sample_changed)
        self.show_nothing()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_wide = self.width() >= theme.px(WIDE_HEADING)
        self.sample.label.setVisible(is_wide)
        entries = (("negative", _("negative")), ("positive", _("positive")), ("○muted", _("bias")))
        self.legend.set_entries(entries if is_wide else entries[:2], _(KEY))
        self.view.legend = entries

    def probes(self) -> Probes:
        grids = self._grids()
        asked = (Parameters(), self._activations())
        return asked if grids is None else (*asked, grids)

    def _activations(self) -> Activations:
        return Activations(*self.session.selection.sample, self.session.selection.drawing)

    def _grids(self) -> UnitGrids | None:
        """Return the probe for the pictures of the units shown; None where there is no plane."""
        layout = self.view.layout_
        is_plane = self.info.data.raw_train.shape[1] == 2
        return UnitGrids(RESOLUTION, MOST_UNITS, layout.units) if is_plane and layout is not None else None

    def show_run(self, info: RunInfo) -> None:
        super().show_run(info)
        self.editor.close_()
        self.view.set_scene(self._scene(info))
        self.session.selection.set_drawing(None)
        if self._row_count() <= self.session.selection.sample.row:
            self.session.selection.set_sample(Sample())
        self._show_sample()
        self.sample.show()
        self.heads.show()
        self.view.set_message("")
        self.heads.set_heads(self._heads(info), len(info.sizes) - 2 < DEEPEST)
        self._show_inputs(info)

    def show_nothing(self) -> None:
        super().show_nothing()
        self.sample.hide()
        self.heads.hide()
        self.view.set_message(_("The network appears here as soon as there are data for it."))

    def _show_inputs(self, info: RunInfo) -> None:
        if self._grids() is None:
            return
        (x_low, x_high), (y_low, y_high) = info.data.bounds
        n = RESOLUTION
        across, up = np.meshgrid(np.linspace(x_low, x_high, n), np.linspace(y_high, y_low, n))
        inputs = info.data.inputs_of(np.stack([across.ravel(), up.ravel()], axis=1))
        pixels = np.asarray(inputs, float).T.reshape(-1, n, n)
        low, high = pixels.min(axis=(1, 2), keepdims=True), pixels.max(axis=(1, 2), keepdims=True)
        self.view.set_tiles({0: Tiles(2 * (pixels - low) / np.maximum(high - low, 1e-12) - 1, -1.0, 1.0)})

    def show_snapshot(self, snapshot: Snapshot) -> None:
        flat = snapshot.answer(Parameters())
        if flat is None:
            return
        weights, biases = self.info.layers_of(flat)
        self.view.set_parameters(weights, biases)
        values = snapshot.answer(self._activations())
        self.view.set_values(values, None if values is None else self._image())
        if not snapshot.playing:  # pictures should not jump
            self.view.choose_units()
        self._show_responses(snapshot, weights)

    def _show_responses(self, snapshot: Snapshot, weights: list[Array]) -> None:
        """Show what each unit responds to: over the plane, in the image, or else its weights."""
        layout, probe = self.view.layout_, self._grids()
        if layout is None:
            return
        if probe is not None:
            grids = snapshot.answer(probe)
            if grids is not None:
                self.view.set_tiles(self._tiles(grids, layout.units))
            return
        shape = self.info.data.dataset.image_shape
        tiles = {k: weight_tiles(weight, layout.units[k]) for k, weight in enumerate(weights, start=1)}
        if shape is not None:
            tiles[1] = receptive_fields(weights[0], shape, layout.units[1])
        self.view.set_tiles(tiles)

    def _tiles(self, grids: tuple[NDArray[np.float32], ...], units: tuple[tuple[int, ...], ...]) -> dict[int, Tiles]:
        """Return the picture of each unit over the plane, on the scale of its activation function.

        Where that has no ends, the full colours stand for twice the mean |value| of the layer: by its largest one,
        far out in a corner, all the rest would be pale.
        """
        tiles: dict[int, Tiles] = {}
        for k, function in enumerate((*self.info.config.network.activations, self.info.config.network.output), start=1):
            pixels = grids[k][:, ::-1]
            limit = 2 * float(np.abs(pixels).mean())
            limit = limit if 0 < limit < math.inf else symmetric_limit(pixels)
            low, high = RANGES.get(function, (-limit, limit))
            tiles[k] = Tiles(pixels, low, high, units[k])
        return tiles

    def _image(self) -> Array | None:
        """Return the current sample or drawing as a picture (h, w), 0 to 1; None where the inputs are no picture."""
        sample = self.session.selection.sample
        dataset, rows = self.info.data.dataset, rows_of(self.info.data, sample.part)
        if dataset.image_shape is None or rows is None:
            return None
        drawing = self.session.selection.drawing
        pixels = rows.raw[sample.row] if drawing is None else np.frombuffer(drawing, np.uint8)
        return np.asarray(pixels, float).reshape(dataset.image_shape) * dataset.x_scale

    def _row_count(self) -> int:
        rows = rows_of(self._info.data, self.session.selection.sample.part) if self._info is not None else None
        return 0 if rows is None else len(rows)

    def _on_pointed(self, hit: Hit | None) -> None:
        is_unit = hit is not None and hit.kind == "unit"
        self.session.selection.set_unit(Unit(hit.layer, hit.unit) if hit is not None and is_unit else None)

    def _on_chosen(self, hit: Hit) -> None:
        """Open what was clicked, or entered with the keyboard: a weight or a bias, or more units."""
        scene, info = self.view.scene, self._info
        if info is None or scene is None:
            return
        if hit.kind == "more":
            self.view.turn_page(hit.layer)
        elif hit.kind == "link" and not is_from_image(scene, hit):
            names = [
                scene.unit_name(hit.layer - 1, hit.source),
                scene.unit_name(hit.layer, hit.unit),
            ]
            heading = _("Weight {source} → {target}").format(source=names[0], target=names[1])
            self._edit(hit, heading, (info.weight_index(hit.layer, hit.source, hit.unit),))
        elif hit.kind == "bias":
            name = scene.unit_name(hit.layer, hit.unit)
            heading = _("Bias of {unit}").format(unit=name)
            if info.config.network.bias == "layer":
                heading = _("Bias shared by layer {layer}").format(layer=hit.layer)
            self._edit(hit, heading, info.bias_places(hit.layer, hit.unit))

    def _edit(self, hit: Hit, heading: str, places: tuple[int, ...]) -> None:
        scene, layout, info = self.view.scene, self.view.layout_, self._info
        if scene is None or layout is None or info is None or len(scene.weights) < hit.layer:
            return
        block = scene.weights[hit.layer - 1] if hit.kind == "link" else scene.biases[hit.layer - 1]
        value = float(block[hit.source, hit.unit] if hit.kind == "link" else block[hit.unit])
        at = self.view.mouse or layout.centre(hit)
        self._edited = places
        largest = float(np.finfo(info.config.precision).max)  # a larger one would become infinite
        self.editor.field.set_range(-largest, largest)
        self.view.set_hints(False)
        self.editor.open(heading, value, self.view.mapTo(self, at.toPoint()) if at is not None else QPoint())

    def _on_editor_closed(self) -> None:
        self.view.set_hints(True)
        self.view.setFocus()

    def _on_units_asked(self, layer: int, units: int) -> None:
        if layer >= len(self.store.config.network.hidden):
            return
        if units == 0:
            self.store.apply(edits.remove_layer(self.store.config, layer))
        elif units <= LARGEST_LAYER:
            self.store.apply(edits.set_units(self.store.config, layer, units))

    def _on_layer_asked(self, at: int) -> None:
        hidden = self.store.config.network.hidden
        if at <= len(hidden) < DEEPEST:  # or the button is that of a network before
            self.store.apply(edits.add_layer(self.store.config, at))

    def _on_sample_chosen(self, row: int) -> None:
        if 0 <= row < self._row_count():
            self.session.selection.set_sample(Sample(self.session.selection.sample.part, row))

    def _on_sample_changed(self) -> None:
        self._show_sample()
        self.refresh_requested.emit()

    def _show_sample(self) -> None:
        sample = self.session.selection.sample
        self.sample.set_sample(sample.part, sample.row, self._row_count(), self.session.selection.drawing is not None)

    @staticmethod
    def _heads(info: RunInfo) -> tuple[Head, ...]:
        network, sizes = info.config.network, info.sizes
        first = ngettext("{n} input", "{n} inputs", sizes[0]).format(n=sizes[0])
        heads = [Head(first, first, sizes[0])]
        for size, activation in zip(sizes[1:-1], network.activations, strict=True):
            label = _(ACTIVATIONS[activation].label)
            text = ngettext("{n} unit, {activation}", "{n} units, {activation}", size).format(n=size, activation=label)
            heads.append(Head(text, f"{size} {label}", size))
        last = _(OUTPUTS[network.output].label)
        heads.append(Head(_("output, {activation}").format(activation=last), last, sizes[-1]))
        return tuple(heads)

    @staticmethod
    def _scene(info: RunInfo) -> Scene:
        data, network = info.data, info.config.network
        functions, image = (*network.activations, network.output), data.dataset.image_shape
        outputs = output_labels(data, network.output)
        scene = Scene(info.sizes, input_names(data), outputs, functions, image, has_biases=network.has_biases)
        scene.in_units = None if data.target_mean is None else data.targets_in_units
        return scene
