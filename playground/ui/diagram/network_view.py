"""The network diagram: one painted widget; what is under the mouse or the arrow keys, and what is clicked."""

import math
from collections.abc import Mapping, Sequence
from itertools import pairwise

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPen, QResizeEvent

from playground.language import _
from playground.ui.canvas.images import Array, ColourTable, indices, table_image
from playground.ui.canvas.network_canvas import FULL_COLOUR, NetworkCanvas
from playground.ui.canvas.network_layout import MOST_UNITS, Direction, Hit, Layout, lay_out
from playground.ui.canvas.painted_view import blend, elide, paint_bubble
from playground.ui.core import theme
from playground.ui.diagram.network_scene import Scene, Tiles, UnitChoice
from playground.ui.diagram.network_text import describe, short_value

LARGE_PICTURE = 84
MOST_BELOW = 3
BIAS_RADIUS = 5.0
VALUE_ROOM = 88.0
"""Pixels from one column to the next from which on there is room for the units' outputs beside them."""

VALUE_WIDTH = 34.0
"""Pixels kept free for the number of an output."""

NAME_ABOVE = 34.0
"""Height of an output's box from which on its number stands below its name, not behind it."""

ARROWS: Mapping[int, Direction] = {
    Qt.Key.Key_Left: "left",
    Qt.Key.Key_Right: "right",
    Qt.Key.Key_Up: "up",
    Qt.Key.Key_Down: "down",
}


class NetworkView(NetworkCanvas):
    """The network diagram: `set_scene` once a run, then `set_parameters`, `set_tiles` and `set_values` each frame.

    The arrow keys move a cursor; what it stands on is described like what the mouse is over. ``pointed_changed(hit)``:
    `pointed` is another `Hit` or None, under the mouse, else under the cursor if the diagram has the focus.
    ``chosen(hit)``: it was clicked, or Enter was pressed on it (on a unit: its bias). ``laid_out(centres)``: where the
    columns are now, their x in pixels.
    """

    pointed_changed = Signal(object)
    chosen = Signal(object)
    laid_out = Signal(object)

    def __init__(self) -> None:
        super().__init__("network_view", _("Picture of the network"))
        self.setMinimumSize(280, 120)
        self.choice = UnitChoice()
        self.scene: Scene | None = None
        self.cursor_: Hit | None = None
        self.pointed: Hit | None = None
        self._hints = True

    def set_scene(self, scene: Scene) -> None:
        self.scene = scene
        self.choice = UnitChoice()
        self.lay_out()
        if self.cursor_ is not None and (self.layout_ is None or self.layout_.centre(self.cursor_) is None):
            self.cursor_ = None  # it was on another network

    def set_parameters(self, weights: Sequence[Array], biases: Sequence[Array]) -> None:
        """Show these weights (n_in, n_out) and biases (n_out,), one of each per layer."""
        if self.scene is not None:
            self.scene.weights, self.scene.biases = weights, biases
            self.update()

    def set_tiles(self, tiles: Mapping[int, Tiles]) -> None:
        """Fill the boxes of some layers (0 is the inputs) with pictures; other layers keep those that they have."""
        if self.scene is not None:
            self.scene.tiles = {**self.scene.tiles, **tiles}
            self.update()

    def set_values(self, values: Sequence[Array] | None, image: Array | None = None) -> None:
        """Show the output of each unit for a sample, (units,) a layer, scaled inputs first, and its `image` (h, w)."""
        if self.scene is not None:
            self.scene.values, self.scene.image = values, image
            self.update()

    def set_hints(self, on: bool) -> None:
        """Switch the description at the mouse on or off, such as while a number is edited."""
        self._hints = on
        self.update()

    def choose_units(self) -> None:
        """Show the units of wide layers that differ most now."""
        if self.scene is not None and self.choice.update(self.scene.weights, self.scene.biases, MOST_UNITS):
            self.lay_out()

    def turn_page(self, layer: int) -> None:
        """Show the next units of a wide layer."""
        if self.layout_ is not None:
            self.choice.turn(layer, self.layout_.sizes[layer], self.layout_.rooms[layer])
            self.lay_out()

    def apply_theme(self) -> None:
        self.lay_out()

    def resizeEvent(self, _event: QResizeEvent) -> None:
        self.lay_out()

    def lay_out(self) -> None:
        """Place everything in the widget's rectangle."""
        self.layout_ = None
        if self.scene is None or self.width() < 10:
            return
        scene = self.scene
        left, right = self._margins(scene)
        room = QRectF(self.rect()).adjusted(left, theme.px(8), -right, -theme.px(12))
        widest = scene.last * theme.px(250) + theme.px(60)
        spare = max(0.0, room.width() - widest) / 2
        room.adjust(spare, 0, -spare, 0)
        is_image = scene.image_shape is not None
        self.layout_ = lay_out(scene.sizes, room, is_image, theme.px(52), self.choice.units)
        self.laid_out.emit([boxes[0].center().x() for boxes in self.layout_.boxes])
        self._point()
        self.update()

    def _margins(self, scene: Scene) -> tuple[float, float]:
        metrics = self.fontMetrics()
        widths = [
            max((metrics.horizontalAdvance(name) for name in names[:MOST_UNITS]), default=0)
            for names in (scene.input_names, scene.output_names)
        ]
        most = max(40, self.width() // 6)
        left, right = (min(width * theme.scale(), most) + theme.px(28) for width in widths)
        numbers = theme.px(VALUE_WIDTH)
        few = scene.sizes[-1] <= MOST_BELOW  # whose numbers stand below the names
        return left, max(right, numbers + theme.px(8)) if few else right + numbers

    def hit(self, place: QPointF) -> Hit | None:
        """Return what is at `place`; the unit where a bias would be, in a network without biases."""
        found = super().hit(place)
        if found and found.kind == "bias" and self.scene is not None and not self.scene.has_biases:
            return Hit("unit", found.layer, found.unit)
        return found

    def describe(self, place: QPointF) -> str:
        return self._description(self.hit(place))

    def _description(self, hit: Hit | None) -> str:
        if hit is None or self.scene is None or self.layout_ is None:
            return ""
        return describe(self.scene, hit, len(self.layout_.units[hit.layer]))

    def hint(self) -> str:
        """Return what is said of what is pointed at; and how to close it where it stays without the mouse."""
        text = self._description(self.pointed)
        return text + "\n" + _("Esc closes this.") if text and not self._is_at_mouse() else text

    def _is_at_mouse(self) -> bool:
        return self.mouse is not None and self.hit(self.mouse) == self.pointed

    def draw(self, painter: QPainter) -> None:
        scene, layout = self.scene, self.layout_
        if scene is None or layout is None:
            return
        if scene.weights:
            self.draw_links(painter, scene.weights)
        for layer in range(len(layout.boxes)):
            self._draw_units(painter, scene, layout, layer)
        name_end = self._draw_names(painter, scene, layout)
        if scene.values is not None:
            self._draw_values(painter, scene.values, layout, name_end)

    def _draw_units(self, painter: QPainter, scene: Scene, layout: Layout, layer: int) -> None:
        boxes, units, tiles = layout.boxes[layer], layout.units[layer], scene.tiles.get(layer)
        has_bias = scene.has_biases and 0 < layer <= len(scene.biases)
        biases = scene.biases[layer - 1][list(units)].tolist() if has_bias else [0.0] * len(boxes)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        if tiles is not None:
            height, width = tiles.pixels.shape[1:]
            table = _colours(tiles, scene, layer)
            picture = table_image(indices(tiles.pixels.reshape(-1, width), tiles.low, tiles.high), table)
        for unit, box, bias in zip(units, boxes, biases, strict=True):
            place = None if tiles is None else tiles.index(unit)
            if layer == 0 and scene.image is not None:
                self.draw_input_image(painter, scene.image, 0.0, 1.0)
            elif place is not None:
                self.draw_picture(painter, box, picture.copy(0, place * height, width, height))  # SVG knows no parts
            elif layer == 0 and scene.values is not None:
                painter.fillRect(box, _value_colour(float(scene.values[0][unit])))
            else:
                painter.fillRect(box, _value_colour(bias) if has_bias else theme.color("field"))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.color("strong_border"), 1))
        painter.drawRects(boxes)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        if has_bias:
            painter.setPen(QPen(theme.color("panel"), 1.5))
            for box, bias in zip(boxes, biases, strict=True):
                painter.setBrush(_value_colour(bias))
                painter.drawEllipse(layout.bias_of(box), _bias_radius(box), _bias_radius(box))

    def _draw_names(self, painter: QPainter, scene: Scene, layout: Layout) -> float:
        """Paint the names of inputs and outputs and how many units are not shown; return where the names end."""
        painter.setFont(theme.font(11))
        painter.setPen(theme.color("accent_text"))
        for layer, more in enumerate(layout.more):
            if more is not None:
                note = self.choice.note(layer, layout.sizes[layer], layout.rooms[layer])
                painter.drawText(more, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip, note)
        painter.setFont(theme.font(12))
        painter.setPen(theme.color("text"))
        middle, inputs, outputs = (
            Qt.AlignmentFlag.AlignVCenter,
            scene.input_names,
            scene.output_names,
        )
        for unit, box in zip(layout.units[0], layout.boxes[0], strict=True):
            if unit < len(inputs):
                place = QRectF(2, box.top(), box.left() - 10, box.height())
                painter.drawText(
                    place, middle | Qt.AlignmentFlag.AlignRight, elide(painter, inputs[unit], place.width())
                )
        end = 0.0
        for unit, box in zip(layout.units[-1], layout.boxes[-1], strict=True):
            left, width = box.right() + 8, self.width() - box.right() - 10
            name = outputs[unit] if unit < len(outputs) else ""
            name = elide(painter, name, width - theme.px(VALUE_WIDTH) if box.height() < theme.px(NAME_ABOVE) else width)
            painter.drawText(QRectF(left, box.top(), width, box.height()), middle | Qt.AlignmentFlag.AlignLeft, name)
            end = max(end, left + painter.fontMetrics().horizontalAdvance(name))
        return end

    def _draw_values(self, painter: QPainter, values: Sequence[Array], layout: Layout, name_end: float) -> None:
        """Write beside each unit its output for the current sample: at the lower right of its box.

        The ground of a number begins at the box: what would be left of a link between the two reads as a minus sign.
        """
        centres = [boxes[0].center().x() for boxes in layout.boxes]
        if min((b - a for a, b in pairwise(centres)), default=0.0) < theme.px(VALUE_ROOM):
            return
        font, height, ground = theme.font(10, tabular=True), theme.px(12), theme.color("panel")
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        painter.setPen(theme.color("muted"))
        for layer, (boxes, units) in enumerate(zip(layout.boxes, layout.units, strict=True)):
            if layer == 0 and layout.image:
                continue
            for unit, box in zip(units, boxes, strict=True):
                text = short_value(float(values[layer][unit]))
                place = QPointF(box.right() + 3, box.bottom() - height + 1)
                if layer == len(layout.boxes) - 1 and box.height() >= theme.px(NAME_ABOVE):
                    place = QPointF(box.right() + 6, box.center().y() + theme.px(8))
                elif layer == len(layout.boxes) - 1:
                    place = QPointF(name_end + 4, box.center().y() - height / 2)
                if layer < len(layout.boxes) - 1:
                    left = math.floor(box.right()) + 1
                    width = place.x() - left + metrics.horizontalAdvance(text) + 4
                    painter.fillRect(QRectF(left, place.y(), width, height), ground)
                baseline = place.y() + (height + metrics.ascent() - metrics.descent()) / 2
                painter.drawText(QPointF(place.x() + 2, baseline), text)

    def paint_hint(self, painter: QPainter) -> None:
        hit, scene, layout = self.pointed, self.scene, self.layout_
        if hit is None or scene is None or layout is None:
            return
        self._draw_pointed(painter, scene, layout, hit)
        at = self.mouse if self._is_at_mouse() else layout.centre(hit)
        if not self._hints or at is None:
            return
        tiles = scene.tiles.get(hit.layer) if hit.kind == "unit" and layout.image else None
        place = None if tiles is None else tiles.index(hit.unit)
        side = theme.px(LARGE_PICTURE) if place is not None else 0
        free = paint_bubble(painter, at, self.hint(), QRectF(self.rect()), side)
        if tiles is not None and place is not None:
            places = indices(tiles.pixels[place], tiles.low, tiles.high)
            self.draw_picture(painter, free, table_image(places, _colours(tiles, scene, hit.layer)))

    def _draw_pointed(self, painter: QPainter, scene: Scene, layout: Layout, hit: Hit) -> None:
        painter.setPen(QPen(theme.color("text"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        link = layout.link(hit) if hit.kind == "link" else None
        box = layout.boxes[0][0] if hit.kind == "image" else layout.box(hit.layer, hit.unit)
        if link is not None:
            painter.drawLines(layout.links[hit.layer - 1].lines[link])
        elif box is not None and hit.kind in ("unit", "image"):
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            painter.drawRect(box)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        elif box is not None and hit.kind == "bias" and hit.layer <= len(scene.biases):  # the first may follow
            painter.setBrush(_value_colour(float(scene.biases[hit.layer - 1][hit.unit])))
            radius = _bias_radius(box) + 1.5
            painter.drawEllipse(layout.bias_of(box), radius, radius)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._point()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._point()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
            return
        self.cursor_ = self.hit(event.position())
        self.mouse = event.position()
        self._point()
        if self.cursor_ is not None:
            self.chosen.emit(self.cursor_)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, at = event.key(), self.cursor_
        if key in ARROWS and self.layout_ is not None:
            self.mouse = None  # the keys point until the mouse moves
            self._set_cursor(self.layout_.neighbour(at, ARROWS[key]))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and at is not None:
            has_bias = at.kind == "unit" and at.layer > 0 and self.scene is not None and self.scene.has_biases
            self.chosen.emit(Hit("bias", at.layer, at.unit) if has_bias else at)
        elif key == Qt.Key.Key_Escape and at is not None:
            self._set_cursor(None)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason) and self.layout_:
            self._set_cursor(self.cursor_ or self.layout_.neighbour(None, "down"))
        self._point()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._point()

    def _set_cursor(self, hit: Hit | None) -> None:
        self.cursor_ = hit
        self._point()
        self.setAccessibleDescription(self._description(hit))

    def _point(self) -> None:
        """Find out what is pointed at now, and emit `pointed_changed` if that is something else."""
        found = self.hit(self.mouse) if self.mouse is not None else None
        if found is None and self.hasFocus() and self.cursor_ is not None and self.layout_ is not None:
            found = self.cursor_ if self.layout_.centre(self.cursor_) is not None else None
        if found != self.pointed:
            self.pointed = found
            self.update()
            self.pointed_changed.emit(found)


def _colours(tiles: Tiles, scene: Scene, layer: int) -> ColourTable:
    """Return the colours of pictures: of classes or targets where they show the output itself, else of the sign."""
    return theme.outputs() if layer == scene.last and not tiles.are_weights else theme.diverging()


def _value_colour(value: float) -> QColor:
    """Return the colour of a bias or an input; grey at zero."""
    size = min(1.0, abs(value) / FULL_COLOUR) if math.isfinite(value) else 0.0
    return blend(theme.color("strong_border"), theme.color("negative" if value < 0 else "positive"), size**0.6)


def _bias_radius(box: QRectF) -> float:
    return min(BIAS_RADIUS * theme.scale(), box.width() / 4)
