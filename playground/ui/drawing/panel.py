"""Draw a digit, or alter one of the data, and watch what the network makes of it."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from playground.data.drawing import Recipe, prepare, recipe_of
from playground.engine.activations import ACTIVATIONS
from playground.engine.metrics import predicted_classes
from playground.experiment.config import opening
from playground.experiment.probes.drawing_probe import Answer, DrawingAnswer
from playground.experiment.probes.probe import Part
from playground.experiment.probes.snapshot import RunInfo, Snapshot
from playground.experiment.training.layer_statistics import RANGES
from playground.language import _
from playground.ui.canvas.grid_view import Grid, GridView
from playground.ui.canvas.images import best_columns, colour_image, indices, ink_table, symmetric_limit, table_image
from playground.ui.canvas.legend import Legend
from playground.ui.canvas.output_bars import OutputBars
from playground.ui.canvas.painted_view import PaintedView, elide
from playground.ui.core import layouts, number_text, theme
from playground.ui.core.labels import class_names, output_names, rows_of
from playground.ui.core.panel import Panel, Probes
from playground.ui.core.ticks import value_label
from playground.ui.drawing.drawing_canvas import DrawingCanvas
from playground.ui.widgets.combo import Slider
from playground.ui.widgets.icons import Button
from playground.ui.widgets.labels import reason_label, text_label
from playground.ui.widgets.switches import SmallSwitch

THINNEST, THICKEST = 2, 25  # of a brush, in hundredths of the paper's side
MIDDLE_WIDTH = 138  # at the usual size of type
LARGEST_SHARE = 0.46  # of the panel's width that the paper may take


STRONGEST, SOFTENED = 0.9, 0.7


CAPTION = 15
ROOM_FOR_CAPTION = 30  # of a layer's height; in less, its number stands beside the cells
LARGEST_CELL = 13


class LayerStrips(PaintedView):
    """Cells in the diverging colours, on each layer's own scale; hovering names the unit and its value."""

    def __init__(self) -> None:
        super().__init__("draw_layers", _("Outputs of the hidden units"))
        self.setMinimumSize(80, 24)
        self.layers: tuple[NDArray[np.floating], ...] = ()
        self.captions: tuple[str, ...] = ()
        self._limits: tuple[float | None, ...] = ()

    def set_captions(self, captions: tuple[str, ...]) -> None:
        self.captions = captions
        self.set_layers((), ())

    def set_layers(self, layers: tuple[NDArray[np.floating], ...], limits: tuple[float | None, ...]) -> None:
        """Show the activations of each layer, on a scale from minus to plus its limit, or ±max where there is none."""
        self.layers, self._limits = layers, limits
        self.update()

    def _rooms(self, k: int) -> tuple[QRectF, QRectF]:
        """Return the room for the caption of layer `k` and for its cells: below it, or beside it where that is low."""
        height, head = self.height() / max(1, len(self.captions)), theme.px(CAPTION)
        whole = QRectF(0, k * height, self.width(), height)
        if height >= theme.px(ROOM_FOR_CAPTION):
            return QRectF(0, whole.top(), self.width(), head), whole.adjusted(1, head, -1, -4)
        return QRectF(0, whole.top(), head, height - 3), whole.adjusted(head, 0, -1, -3)

    def grid(self, k: int) -> Grid:
        """Return the cells of layer `k` (0 is the first hidden layer), in pixels."""
        room, count = self._rooms(k)[1], len(self.layers[k])
        height = max(3.0, room.height())
        columns = best_columns(count, room.width(), height, 1, 1)
        side = min(room.width() / columns, height / -(-count // columns), theme.px(LARGEST_CELL))
        columns = max(columns, min(count, int(room.width() / side)))
        return Grid(room.left(), room.top(), side, side, columns, count)

    def describe(self, place: QPointF) -> str:
        for k, layer in enumerate(self.layers):
            unit = self.grid(k).at(place)
            if unit is not None:
                text = _("layer {layer}, unit {unit}: {value}")
                return text.format(layer=k + 1, unit=unit + 1, value=value_label(float(layer[unit])))
        return ""

    def draw(self, painter: QPainter) -> None:
        painter.setFont(theme.font(11))
        painter.setPen(theme.color("muted"))
        for k, caption in enumerate(self.captions):
            line, cells = self._rooms(k)
            text = str(k + 1) if line.bottom() > cells.top() else elide(painter, caption, line.width())
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, text)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        for k, (layer, limit) in enumerate(zip(self.layers, self._limits, strict=True)):
            grid, limit = self.grid(k), symmetric_limit(layer) if limit is None else limit
            values = np.zeros(grid.rows * grid.columns)
            values[: len(layer)] = layer
            places = indices(values.reshape(grid.rows, grid.columns), -limit, limit)
            painter.drawImage(grid.area, table_image(places, theme.diverging()))
            grid.draw_gaps(painter, 1)


class PreparedView(GridView):
    """Pixels (h, w) from 0 to `levels`, and a gradient (h, w) over them if there is one."""

    def __init__(self) -> None:
        super().__init__("draw_prepared", _("The drawing as the network sees it"))
        self.setMinimumSize(56, 38)
        self.pixels: NDArray[np.uint8] | None = None
        self.gradient: NDArray[np.floating] | None = None
        self.levels = 255
        self.output = ""
        self.explain = self._explain

    def set_pixels(self, pixels: NDArray[np.uint8] | None, levels: int) -> None:
        """Show another image, or none; the gradient, if any, is set later."""
        self.pixels, self.levels = pixels, levels
        if pixels is None or (self.gradient is not None and self.gradient.shape != pixels.shape):
            self.gradient = None
        self.update()

    def set_gradient(self, gradient: NDArray[np.floating] | None, output: str) -> None:
        """Lay the gradient of the output called `output` over the image; None removes it."""
        self.gradient, self.output = gradient, output
        self.update()

    def grid(self) -> Grid:
        height, width = (1, 1) if self.pixels is None else self.pixels.shape
        scale = min((self.width() - 2) / width, (self.height() - 2) / height)
        return Grid(1, 1, scale, scale, width, 0 if self.pixels is None else width * height)

    def _explain(self, index: int) -> str:
        assert self.pixels is not None
        row, column = divmod(index, self.pixels.shape[1])
        text = _("row {row}, column {column}: {value} of {levels}").format(
            row=row + 1, column=column + 1, value=int(self.pixels[row, column]), levels=self.levels
        )
        if self.gradient is None:
            return text
        slope = _("derivative of output {name} with respect to this pixel: {slope}").format(
            name=self.output, slope=f"{float(self.gradient[row, column]) * self.levels:+.2g}".replace("-", "−", 1)
        )
        return f"{text}\n{slope}"

    def draw(self, painter: QPainter) -> None:
        grid = self.grid()
        room = grid.area if grid.count else grid.box(0)
        if self.pixels is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
            painter.drawImage(room, self._image(self.pixels))
        painter.setBrush(theme.color("field") if self.pixels is None else Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.color("strong_border"), 1))
        painter.drawRoundedRect(room, 3, 3)

    def _image(self, pixels: NDArray[np.uint8]) -> QImage:
        ink = ink_table()[indices(pixels.astype(np.float32), 0.0, self.levels)]
        if self.gradient is None:
            return colour_image(ink)
        share = np.nan_to_num(np.abs(self.gradient) / symmetric_limit(self.gradient))
        share = (STRONGEST * share.clip(0, 1) ** SOFTENED)[..., None]
        signs = theme.diverging()
        colour = np.where(self.gradient[..., None] < 0, signs[0], signs[-1])
        return colour_image(np.rint(ink * (1 - share) + colour * share).astype(np.uint8))


class DrawingPanel(Panel):
    """Paper to draw on, the input made of it, the outputs, and the activations of the hidden units."""

    name = "drawing_panel"

    def build(self) -> None:
        self._recipe: Recipe | None = None
        self._pixels: NDArray[np.uint8] | None = None
        self._asked: DrawingAnswer | None = None
        self._answer: Answer | None = None
        self._sample: tuple[Part, int, int] | None = None  # part, row and class of the image that was loaded
        self._next_row = 0
        self.canvas = DrawingCanvas()
        self.canvas.drawn.connect(self._on_drawn)
        self._middle = self._build_middle()
        parts = ((self.canvas, 100), (self._middle, 1), (self._build_right(), 1))  # all that the paper's size allows
        self._pages = QStackedLayout(self)
        self._pages.addWidget(layouts.box(layouts.row(*parts, gap=7, margins=(0, 2, 0, 1))))
        self._pages.addWidget(self._build_excuse())

    def _build_middle(self) -> QWidget:
        tip = _("Show the next sample of the data here; you can draw on it and erase")
        self.load_button = Button(name="draw_load_sample", text=_("Load a sample"), tip=tip, role="small")
        self.load_button.clicked.connect(self._on_load)
        tip = _("Undo the last stroke")
        self.undo_button = Button(name="draw_undo", text=_("Undo"), tip=tip, role="small")
        self.undo_button.clicked.connect(self.canvas.undo)
        self.clear_button = Button(name="draw_clear", text=_("Clear"), tip=_("Erase everything"), role="small")
        self.clear_button.clicked.connect(self.canvas.clear)
        self.brush = Slider("draw_brush", THINNEST, THICKEST, _("Brush width"))
        self.brush.setToolTip(_("How wide the strokes are"))
        self.brush.valueChanged.connect(self._on_brush)
        self.prepared = PreparedView()
        tip = _("The gradient of the largest output: more ink on teal makes it larger, more ink on purple smaller")
        self.overlay = SmallSwitch("draw_overlay", _("Which pixels matter"), tip)
        self.overlay.toggled.connect(self._on_overlay)
        self.legend = Legend("draw_legend", vertical=True)
        colours = ("positive", _("ink raises the output")), ("negative", _("ink lowers the output"))
        self.legend.set_entries(colours, tip)
        layouts.keep_room(self.legend)
        self.legend.hide()
        pair = layouts.row((self.undo_button, 1), (self.clear_button, 1), gap=6)
        brush = layouts.row(text_label("draw_brush_label", text=_("Brush")), (self.brush, 1), gap=8)
        given = text_label("draw_given", text=_("What the network sees"))
        parts = (self.load_button, pair, brush, given, (self.prepared, 1), self.overlay, self.legend)
        middle = layouts.box(layouts.column(*parts, gap=5))
        middle.setProperty("role", "draw_middle")
        return middle

    def _build_right(self) -> QVBoxLayout:
        self.verdict = text_label("draw_verdict", "strong")
        self.origin = text_label("draw_origin")
        self.bars = OutputBars("draw_outputs", _("Outputs"))
        self.strips = LayerStrips()
        return layouts.column(self.verdict, self.origin, 4, (self.bars, 5), 4, (self.strips, 2), gap=2)

    def _build_excuse(self) -> QWidget:
        reason = reason_label("draw_excuse")
        reason.setText(
            _("Drawing needs image data, and the current data are not images. With the digits you can draw here.")
        )
        tip = _("1,797 small digits that come with the program")
        button = Button(name="draw_use_digits", text=_("Use the built-in digits"), tip=tip, role="primary")
        button.clicked.connect(lambda: self.store.apply(self.store.last_with("digits") or opening.opened("digits")))
        column = layouts.column(None, reason, button, None, gap=10)
        column.setAlignment(button, Qt.AlignmentFlag.AlignHCenter)
        return layouts.box(column)

    def probes(self) -> Probes:
        if self._pixels is None:
            return ()
        self._asked = DrawingAnswer(self._pixels.tobytes(), self.overlay.isChecked())
        return (self._asked,)

    def prepare(self, info: RunInfo) -> None:
        recipe, known = recipe_of(info.data.dataset), self._recipe
        self._recipe = recipe
        self._pages.setCurrentIndex(int(recipe is None))
        self._answer = None
        if recipe is None:
            self._pixels = None
            return
        self.canvas.hint = _("Draw here with mouse, pen or finger. The right button erases.")
        if info.data.dataset.name == "digits":
            self.canvas.hint += "\n" + _("Draw a 7 with a bar: nearly all here have one.")
        if recipe != known:
            self._next_row = 0
            self.brush.setValue(round(100 * recipe.brush))
            if self.canvas.drawing.loaded:
                self.canvas.clear()
        network, layer = info.config.network, _("Layer {n}: {units} units, {activation}")
        activations = [_(ACTIVATIONS[name].label) for name in network.activations]
        layers = enumerate(zip(network.hidden, activations, strict=True), 1)
        self.bars.set_names(output_names(info.data))
        self.strips.set_captions(tuple(layer.format(n=k, units=units, activation=a) for k, (units, a) in layers))
        self._on_drawn()

    def _on_load(self) -> None:
        self.ensure_prepared()
        if self._info is None or self._recipe is None:
            return
        part: Part = "train" if self._info.data.x_test is None else "test"
        rows = rows_of(self._info.data, part)
        if rows is None or rows.labels is None:
            return
        row = self._next_row % len(rows)
        self._next_row += 1
        self._sample = (part, row, int(rows.labels[row]))
        self.canvas.load(np.asarray(rows.raw[row]).reshape(self._recipe.shape), self._recipe.levels)

    def _on_drawn(self) -> None:
        self.ensure_prepared()
        if self._recipe is None:
            return
        drawing = self.canvas.drawing
        if not drawing.loaded:
            self._sample = None
        self._pixels = prepare(drawing, self._recipe)
        self.session.selection.set_drawing(None if self._pixels is None else self._pixels.tobytes())
        self.prepared.set_pixels(self._pixels, self._recipe.levels)
        self.undo_button.setEnabled(bool(drawing.strokes))
        self.clear_button.setEnabled(drawing.loaded or bool(drawing.strokes))
        if self._pixels is None:
            self._answer = None
            self.bars.set_values(None, (), None)
            self.strips.set_layers((), ())
        self.bars.set_truth(None if self._sample is None or drawing.strokes else self._sample[2])
        self._update_text()
        self.refresh_requested.emit()

    def _on_brush(self, hundredths: int) -> None:
        self.canvas.brush = hundredths / 100
        self.canvas.update()

    def _on_overlay(self) -> None:
        self.legend.setVisible(self.overlay.isChecked())
        if not self.overlay.isChecked():
            self.prepared.set_gradient(None, "")
        self.refresh_requested.emit()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        if self._asked is None or self._pixels is None:
            return
        answer, network = snapshot.answer(self._asked), self.info.config.network
        if answer is None or self._recipe is None:
            return
        self._answer = answer
        outputs, ends = answer.outputs, RANGES.get(network.output)
        written = _percent if ends == (0.0, 1.0) else _two_decimals
        limit = symmetric_limit(outputs)
        self.bars.set_values(outputs, tuple(map(written, outputs.tolist())), answer.winner, ends or (-limit, limit))
        ranges = [RANGES.get(name) for name in network.activations]
        self.strips.set_layers(answer.layers[:-1], tuple(None if ends is None else ends[1] for ends in ranges))
        if answer.gradient is not None and self.overlay.isChecked():
            name = self.bars.names[answer.winner]
            self.prepared.set_gradient(answer.gradient.reshape(self._recipe.shape), name)
        self._update_text()

    def _update_text(self) -> None:
        said, wrong, origin = "", False, self._origin()
        if self._pixels is None:
            said = _("Nothing drawn yet")
        elif self._answer is not None and self._info is not None:
            found = int(predicted_classes(self._answer.outputs[None], self._info.config.network.output)[0])
            said = _("The network says: {name}").format(name=class_names(self._info.data)[found])
            wrong = self._sample is not None and found != self._sample[2] and not self.canvas.drawing.strokes
        self.verdict.setText(said)
        theme.set_property(self.verdict, "role", "wrong" if wrong else "strong")
        self.origin.setText(origin or " ")  # its line stays, so that the bars below do not jump
        self.canvas.setAccessibleDescription(" ".join(filter(None, (said, origin))))

    def _origin(self) -> str:
        if self._sample is None or self._info is None:
            return "" if self._pixels is None else _("Your drawing")
        part, row, label = self._sample
        texts = {
            ("test", False): _("Test sample {n}, true class {name}"),
            ("test", True): _("Test sample {n}, true class {name}, edited"),
            ("train", False): _("Training sample {n}, true class {name}"),
            ("train", True): _("Training sample {n}, true class {name}, edited"),
        }
        text = texts[part, bool(self.canvas.drawing.strokes)]
        return text.format(n=row + 1, name=class_names(self._info.data)[label])

    def resizeEvent(self, event: QResizeEvent) -> None:
        side = min(self.height() - 3, round(LARGEST_SHARE * self.width()))
        self.canvas.setMaximumWidth(max(self.canvas.minimumHeight(), side))
        self._middle.setMaximumWidth(max(self._middle.minimumWidth(), min(round(0.22 * self.width()), theme.px(200))))
        super().resizeEvent(event)


def _percent(share: float) -> str:
    return number_text.share(share) if 0 < share < 1 else f"{100 * share:.0f} %"


def _two_decimals(value: float) -> str:
    return f"{value:.2f}".replace("-", "−")
