"""How the network diagram is painted: links by bucket of weight, units as boxes, biases as dots, numbers beside."""

import math
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPixmap

from playground.ui.canvas.images import CRISP, indices, ink_table, table_image
from playground.ui.canvas.lines import draw_lines
from playground.ui.canvas.network_layout import Hit, Layout
from playground.ui.canvas.painted_view import blend, elide
from playground.ui.canvas.quick_text import QuickText
from playground.ui.core import theme
from playground.ui.diagram.network_scene import Array, Scene, Structure
from playground.ui.diagram.network_text import short_value

LEVELS = 16
"""Buckets of |weight|, for either sign: each has one colour and one width, painted in one go."""

FULL_WIDTH = 5.0
FULL_COLOUR = 1.0
"""At this |weight| a link is widest, and at this its colour is full: fixed, so that two frames can be compared."""

SHADES = 100
BIAS_RADIUS = 5.0
VALUE_ROOM = 88.0
"""Pixels from one column to the next from which on there is room for the units' outputs beside them."""

VALUE_WIDTH = 34.0
"""Pixels kept free for the number of an output."""

Picture = tuple[QImage, int, int]


class NetworkPainting:
    """Paints a `Scene`; keeps what does not change from frame to frame."""

    def __init__(self) -> None:
        self._structure: Structure | None = None
        self._layout: Layout | None = None
        self._notes: tuple[str, ...] = ()
        self._size = QSize()
        self._lines = np.empty((0, 0, 4))  # of each link, shown one after the other: its pieces, two points each
        self._numbers = QuickText(10, tabular=True)
        self._pens: dict[int, QPen] = {}
        self._shades: dict[int, QColor] = {}
        self._dots: dict[tuple[int, float, float], QPixmap] = {}
        self._words: QPixmap | None = None
        self._links: QPixmap | None = None
        self._levels: bytes | None = None
        self._pictures: dict[int, Picture] = {}
        self._ink: NDArray[np.uint8] | None = None
        self._image: QImage | None = None
        self._name_end = 0.0

    def lay_out(self, structure: Structure, layout: Layout, notes: tuple[str, ...], size: QSize) -> None:
        """Take over where everything is now, and what stands below the layers that are not shown whole."""
        self._structure, self._layout, self._notes, self._size = structure, layout, notes, size
        self._lines = np.concatenate([_pieces(links.points) for links in layout.links])
        self._words = self._links = self._levels = None

    def restyle(self) -> None:
        """Take over the colours of the theme; the pictures have to be set again."""
        self._pens.clear()
        self._shades.clear()
        self._dots.clear()
        self._numbers.restyle()
        self._words = self._links = self._levels = None
        if self._ink is not None:
            self._image = table_image(self._ink, ink_table())

    def set_picture(self, layer: int, pixels: Array, low: float, high: float) -> None:
        """Colour the pictures (units, h, w) of a layer."""
        places = indices(pixels.reshape(-1, pixels.shape[2]), low, high)
        self._pictures[layer] = (table_image(places, self._scale(layer)), pixels.shape[1], pixels.shape[2])

    def _scale(self, layer: int) -> NDArray[np.uint8]:
        """Return the colours of a layer's pictures: those of signs, and for the outputs those of outputs."""
        is_output = self._structure is not None and layer == self._structure.last
        return theme.outputs() if is_output else theme.diverging()

    def set_input_image(self, pixels: Array, largest: float) -> None:
        """Take over the picture of the inputs, ink from 0 to `largest`."""
        self._ink = indices(pixels, 0.0, largest)
        self._image = table_image(self._ink, ink_table())

    def forget(self) -> None:
        """Forget all pictures: another network is to follow."""
        self._pictures.clear()
        self._ink = self._image = None

    def paint(self, painter: QPainter, scene: Scene) -> None:
        if self._layout is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        self._paint_links(painter, scene)
        for layer in range(len(self._layout.boxes)):
            self._paint_units(painter, scene, layer)
        if scene.values is not None:
            self._paint_values(painter, scene.values)

    def paint_pointed(self, painter: QPainter, scene: Scene, pointed: Hit) -> None:
        """Paint once more, over the picture, what the mouse or the cursor is on: stronger."""
        layout = self._layout
        if layout is None:
            return
        painter.setPen(QPen(theme.color("text"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        link = layout.link(pointed) if pointed.kind == "link" else None
        box = layout.boxes[0][0] if pointed.kind == "image" else layout.box(pointed.layer, pointed.unit)
        if link is not None:
            before = sum(len(links.source) for links in layout.links[: pointed.layer - 1])
            draw_lines(painter, self._lines[before + link], painter.pen())
        elif box is not None and pointed.kind in ("unit", "image"):
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            painter.drawRect(box)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        elif box is not None and pointed.kind == "bias" and pointed.layer <= len(scene.biases):  # the first may follow
            painter.setBrush(self._value_colour(float(scene.biases[pointed.layer - 1][pointed.unit])))
            radius = self._bias_radius(box) + 1.5
            painter.drawEllipse(Layout.bias_of(box), radius, radius)

    def _paint_links(self, painter: QPainter, scene: Scene) -> None:
        """Paint the links: anew where a weight has changed its bucket, else the picture of them."""
        assert self._layout is not None
        words = self._word_picture(painter.device().devicePixelRatioF())
        levels = self._levels_of(scene)
        key = levels.tobytes()
        if key != self._levels:
            self._levels, self._links = key, None
            painter.drawPixmap(0, 0, words)
            self._stroke(painter, levels)
        else:
            if self._links is None:
                self._links = QPixmap(words)
                with QPainter(self._links) as canvas:
                    canvas.setRenderHint(QPainter.RenderHint.Antialiasing, True)
                    self._stroke(canvas, levels)
            painter.drawPixmap(0, 0, self._links)

    def _stroke(self, painter: QPainter, levels: NDArray[np.int8]) -> None:
        """Paint the links, weak ones first, all of a bucket in one go."""
        if not len(levels):
            return
        order = np.lexsort((levels, np.abs(levels)))
        lines, levels = self._lines[order], levels[order]
        first, *others = np.flatnonzero(np.diff(levels, prepend=levels[0] + 1)).tolist()
        for begin, end in pairwise((first, *others, len(levels))):
            draw_lines(painter, lines[begin:end], self._pen(int(levels[begin])))

    def _pen(self, level: int) -> QPen:
        """Return the pen of a bucket: colour and width by |weight|, negative levels for negative weights."""
        pen = self._pens.get(level)
        if pen is None:
            size = FULL_WIDTH * (abs(level) / LEVELS) ** 2
            end = theme.color("negative" if level < 0 else "positive")
            share = min(1.0, (size / FULL_COLOUR) ** 0.6)
            colour = blend(blend(theme.color("strong_border"), theme.color("faint"), 0.5), end, 0.85 * share)
            pen = QPen(colour, theme.scale() * (1.0 + 6.0 * size / FULL_WIDTH))
            # pieces of a curve: square ends close the notches of a wide one, and dot a thin one
            thin = pen.widthF() < 3
            pen.setCapStyle(Qt.PenCapStyle.FlatCap if thin else Qt.PenCapStyle.SquareCap)
            self._pens[level] = pen
        return pen

    @staticmethod
    def _shade(value: float) -> int:
        size = min(1.0, abs(value) / FULL_COLOUR) if math.isfinite(value) else 0.0
        shade: int = round(SHADES * size**0.6)
        return -shade if value < 0 else shade

    def _value_colour(self, value: float) -> QColor:
        """Return the colour of a bias; grey at zero."""
        shade = self._shade(value)
        if shade not in self._shades:
            end = theme.color("negative" if value < 0 else "positive")
            self._shades[shade] = blend(theme.color("strong_border"), end, abs(shade) / SHADES)
        return self._shades[shade]

    def _levels_of(self, scene: Scene) -> NDArray[np.int8]:
        """Return the bucket of each link shown; from an image that of zero."""
        assert self._layout is not None
        if not scene.weights:
            return np.empty(0, np.int8)
        from_image = scene.structure.image_shape is not None
        shown = np.concatenate(
            [
                np.zeros(len(links.source)) if k == 0 and from_image else scene.weights[k][links.source, links.target]
                for k, links in enumerate(self._layout.links)
            ]
        )
        shown = np.nan_to_num(shown, copy=False)
        size = np.sqrt(np.minimum(np.abs(shown), FULL_WIDTH) * (LEVELS**2 / FULL_WIDTH))
        levels: NDArray[np.int8] = np.rint(np.copysign(size, shown)).astype(np.int8)
        return levels

    def _paint_units(self, painter: QPainter, scene: Scene, layer: int) -> None:
        assert self._layout is not None
        boxes, units = self._layout.boxes[layer], self._layout.units[layer]
        has_bias = scene.structure.biases and 0 < layer <= len(scene.biases)
        biases = scene.biases[layer - 1][list(units)].tolist() if has_bias else [0.0] * len(boxes)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for unit, box, bias in zip(units, boxes, biases, strict=True):
            place = scene.tiles[layer].place(unit) if layer in scene.tiles else None
            if layer == 0 and self._image is not None:
                smooth = box.width() < CRISP * self._image.width()
                painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
                painter.drawImage(box, self._image)
                painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, True)
            elif place is not None and layer in self._pictures:
                image, height, width = self._pictures[layer]
                painter.drawImage(box, image, QRectF(0, place * height, width, height))
            else:
                painter.fillRect(box, self._value_colour(bias) if has_bias else theme.color("field"))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.color("strong_border"), 1))
        painter.drawRects(boxes)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        if has_bias:
            self._paint_biases(painter, boxes, biases)

    def _paint_biases(self, painter: QPainter, boxes: Sequence[QRectF], biases: list[float]) -> None:
        ratio = painter.device().devicePixelRatioF()
        for box, value in zip(boxes, biases, strict=True):
            centre, dot = Layout.bias_of(box), self._dot(value, self._bias_radius(box), ratio)
            side = dot.width() / (2 * ratio)
            painter.drawPixmap(QPointF(centre.x() - side, centre.y() - side), dot)

    @staticmethod
    def _bias_radius(box: QRectF) -> float:
        return min(BIAS_RADIUS * theme.scale(), box.width() / 4)

    def _dot(self, value: float, radius: float, ratio: float) -> QPixmap:
        """Return the picture of a bias that nothing points at."""
        key = (self._shade(value), radius, ratio)
        if key not in self._dots:
            side = 2 * math.ceil(radius + 2)
            dot = QPixmap(round(side * ratio), round(side * ratio))
            dot.setDevicePixelRatio(ratio)
            dot.fill(Qt.GlobalColor.transparent)
            with QPainter(dot) as canvas:
                canvas.setRenderHint(QPainter.RenderHint.Antialiasing)
                canvas.setPen(QPen(theme.color("panel"), 1.5))
                canvas.setBrush(self._value_colour(value))
                canvas.drawEllipse(QPointF(side / 2, side / 2), radius, radius)
            self._dots[key] = dot
        return self._dots[key]

    def _paint_values(self, painter: QPainter, values: Sequence[Array]) -> None:
        """Write beside each unit what it gives out for the current sample.

        Their ground begins at the box: what would be left of a link between the two reads as a minus sign.
        """
        assert self._layout is not None
        centres = [boxes[0].center().x() for boxes in self._layout.boxes]
        if min((b - a for a, b in pairwise(centres)), default=0.0) < theme.px(VALUE_ROOM):
            return
        ground, height = theme.color("panel"), theme.px(12)
        painter.setPen(theme.color("muted"))
        for layer, (boxes, units) in enumerate(zip(self._layout.boxes, self._layout.units, strict=True)):
            if layer == 0 and self._layout.image:
                continue
            for unit, box in zip(units, boxes, strict=True):
                text = short_value(float(values[layer][unit]))
                room = QRectF(self._value_place(layer, box), QSizeF(self._numbers.width(text) + 4, height))
                if layer < len(self._layout.boxes) - 1:
                    gap = room.left() - math.floor(box.right()) - 1
                    painter.fillRect(room.adjusted(-gap, 0, 0, 0), ground)
                self._numbers.draw(painter, room, text, Qt.AlignmentFlag.AlignCenter)

    def _value_place(self, layer: int, box: QRectF) -> QPointF:
        """Return where the number of a unit begins: at the lower right of its box, for an output beside its name."""
        height = theme.px(12)
        if self._structure is None or layer < self._structure.last:
            return QPointF(box.right() + 3, box.bottom() - height + 1)
        if box.height() >= theme.px(34):
            return QPointF(box.right() + 6, box.center().y() + theme.px(8))
        return QPointF(self._name_end + 4, box.center().y() - height / 2)

    def _word_picture(self, ratio: float) -> QPixmap:
        """Return what does not change from frame to frame: the ground, names, how many units are not shown."""
        if self._words is None or self._words.devicePixelRatio() != ratio:
            self._words = QPixmap(self._size * ratio)
            self._words.setDevicePixelRatio(ratio)
            self._words.fill(theme.color("panel"))
            self._links = self._levels = None
            with QPainter(self._words) as painter:
                painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
                self._paint_words(painter)
        return self._words

    def _paint_words(self, painter: QPainter) -> None:
        """Paint the names beside inputs and outputs, and how many units are not shown."""
        assert self._layout is not None
        assert self._structure is not None
        painter.setFont(theme.font(11))
        painter.setPen(theme.color("accent_text"))
        for more, note in zip(self._layout.more, self._notes, strict=True):
            if more is not None:
                painter.drawText(more, Qt.AlignmentFlag.AlignCenter, note)
        painter.setFont(theme.font(12))
        painter.setPen(theme.color("text"))
        side = Qt.AlignmentFlag.AlignVCenter
        structure, layout = self._structure, self._layout
        if not layout.image:
            for unit, box in zip(layout.units[0], layout.boxes[0], strict=True):
                if unit < len(structure.input_names):
                    place = QRectF(2, box.top(), box.left() - 10, box.height())
                    name = elide(painter, structure.input_names[unit], place.width())
                    painter.drawText(place, side | Qt.AlignmentFlag.AlignRight, name)
        self._name_end = 0.0
        for unit, box in zip(layout.units[-1], layout.boxes[-1], strict=True):
            left, width = box.right() + 8, self._size.width() - box.right() - 10
            name = structure.output_names[unit] if unit < len(structure.output_names) else ""
            name = elide(painter, name, width - theme.px(VALUE_WIDTH) if box.height() < theme.px(34) else width)
            painter.drawText(QRectF(left, box.top(), width, box.height()), side | Qt.AlignmentFlag.AlignLeft, name)
            self._name_end = max(self._name_end, left + painter.fontMetrics().horizontalAdvance(name))

    def paint_large(self, painter: QPainter, room: QRectF, layer: int, place: int) -> None:
        """Paint the picture of one unit, the `place`-th of its layer, as large as `room`."""
        if layer not in self._pictures:
            return
        image, height, width = self._pictures[layer]
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, room.width() < CRISP * width)
        painter.drawImage(room, image, QRectF(0, place * height, width, height))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, True)


def _pieces(points: Array) -> Array:
    """Return the courses (links, points, 2) of links as lines (links, points − 1, 4).

    Lines take a fifth of the time of a path with the same curves. A straight link is one line, without seams, and
    the others of no length at its beginning.
    """
    pieces = np.concatenate([points[:, :-1], points[:, 1:]], axis=2)
    straight = np.ptp(points[:, :, 1], axis=1) < 0.01
    pieces[straight, 0, 2:] = points[straight, -1]
    pieces[straight, 1:] = np.tile(points[straight, :1], 2)
    return pieces
