"""The picture of the network: one painted widget, units as boxes, links by weight, biases as dots."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPixmap, QResizeEvent

from playground.language import _
from playground.ui import theme
from playground.ui.plots.images import CRISP, indices, ink_table, symmetric_limit, table_image
from playground.ui.plots.network_layout import Hit, Layout, Links, lay_out
from playground.ui.plots.painted_view import PaintedView, blend, elide
from playground.ui.plots.ticks import value_label

Array = NDArray[np.floating]

LEVELS = 16
"""Buckets of |weight|, for either sign: each has one colour and one width, painted in one go."""

FULL_WIDTH = 5.0
FULL_COLOUR = 1.0
"""At this |weight| a link is widest, and at this its colour is full: fixed, so that two frames can be compared."""

BIAS_RADIUS = 5.0


@dataclass(frozen=True)
class Structure:
    """What the diagram shows that does not change while a run lasts.

    Attributes
    ----------
    sizes
        Units of each layer, inputs first.
    input_names, output_names
        One a unit; empty for an image.
    captions
        What stands above each column.
    image_shape
        (height, width) where the inputs are one picture.
    biases
        Whether the units have biases at all.
    """

    sizes: tuple[int, ...]
    input_names: tuple[str, ...]
    output_names: tuple[str, ...]
    captions: tuple[str, ...]
    image_shape: tuple[int, int] | None = None
    biases: bool = True


class NetworkView(PaintedView):
    """The network diagram: `set_structure` once a run, then `set_parameters` and `set_pictures` each frame."""

    def __init__(self) -> None:
        super().__init__("network_view")
        self.setMinimumSize(280, 180)
        self.structure: Structure | None = None
        self.layout_: Layout | None = None
        self.weights: Sequence[Array] = ()
        self.biases: Sequence[Array] = ()
        self._pictures: dict[int, tuple[QImage, int, int]] = {}
        self._ground: QPixmap | None = None
        self._lines: list[list[list[QLineF]]] = []
        self._ink: NDArray[np.uint8] | None = None
        self._image: QImage | None = None
        self._sources: dict[int, tuple[Array, float, float]] = {}
        self._pens: dict[int, QPen] = {}

    def sizeHint(self) -> QSize:
        """Return a comfortable size."""
        return QSize(640, 340)

    def set_structure(self, structure: Structure) -> None:
        """Show a network of this structure; weights and pictures stay, so new words may come in the middle of a run."""
        self.structure = structure
        self._lay_out()
        self.update()

    def clear(self) -> None:
        """Forget the network; another is to follow."""
        self.structure = self.layout_ = self._ink = self._image = None
        self.weights, self.biases = (), ()
        self._pictures, self._sources = {}, {}
        self.update()

    def set_parameters(self, weights: Sequence[Array], biases: Sequence[Array]) -> None:
        """Show these weights (n_in, n_out) and biases (n_out,), one of each a layer."""
        self.weights, self.biases = weights, biases
        self.update()

    def set_pictures(self, pictures: Mapping[int, tuple[Array, float, float]]) -> None:
        """Fill the boxes of some layers with pictures.

        Parameters
        ----------
        pictures
            For a layer (0 is the inputs) the pictures of its units (units, h, w), the first row at the top, and the
            two values that get the full negative and the full positive colour. A layer that is not
            named keeps the picture that it has.
        """
        for layer, (tiles, low, high) in pictures.items():
            shown = tiles[: len(self.layout_.boxes[layer])] if self.layout_ else tiles
            places = indices(shown.reshape(-1, shown.shape[2]), low, high)
            self._sources[layer] = (tiles, low, high)
            self._pictures[layer] = (table_image(places, theme.diverging()), shown.shape[1], shown.shape[2])
        self.update()

    def set_input_image(self, pixels: Array, largest: float) -> None:
        """Show `pixels` (h, w), ink from 0 to `largest`, as the block of the inputs."""
        self._ink = indices(pixels, 0.0, largest)
        self._image = table_image(self._ink, ink_table())
        self.update()

    def restyle(self) -> None:
        """Take over the colours of the theme."""
        self._pens.clear()
        self._lay_out()
        self.set_pictures(dict(self._sources))
        if self._ink is not None:
            self._image = table_image(self._ink, ink_table())

    def resizeEvent(self, _event: QResizeEvent) -> None:
        """Place everything anew."""
        self._lay_out()

    def hit(self, place: QPointF) -> Hit | None:
        """Return what is at `place`: a unit, a bias, a link, the line "+38 more", the image of the inputs."""
        found = self.layout_.hit(place) if self.layout_ else None
        if found and found.kind == "bias" and not (self.structure and self.structure.biases):
            return Hit("unit", found.layer, found.unit)
        return found

    def describe(self, place: QPointF) -> str:
        """Return what is under the mouse with its present value."""
        found = self.hit(place)
        if found is None or self.structure is None:
            return ""
        if found.kind == "link" and len(self.weights) >= found.layer:
            value = float(self.weights[found.layer - 1][found.source, found.unit])
            ends = (self.unit_name(found.layer - 1, found.source), self.unit_name(found.layer, found.unit))
            return _("{source} → {target}\nweight {value}").format(
                source=ends[0], target=ends[1], value=value_label(value)
            )
        if found.kind == "more":
            return _("{n} units in this layer").format(n=self.structure.sizes[found.layer])
        if found.kind == "image":
            return _("{n} inputs, one a pixel").format(n=self.structure.sizes[0])
        name = self.unit_name(found.layer, found.unit)
        if found.layer == 0 or not self.structure.biases or len(self.biases) < found.layer:
            return name
        bias = value_label(float(self.biases[found.layer - 1][found.unit]))
        return _("{unit}\nbias {value}").format(unit=name, value=bias)

    def unit_name(self, layer: int, unit: int) -> str:
        """Return what a unit is called: the name of an input or an output, else its number in its layer."""
        assert self.structure is not None
        if layer == 0:
            names = self.structure.input_names
            return names[unit] if unit < len(names) else _("input {n}").format(n=unit + 1)
        if layer == len(self.structure.sizes) - 1:
            names = self.structure.output_names
            return _("output {name}").format(name=names[unit] if unit < len(names) else unit + 1)
        return _("layer {layer}, unit {unit}").format(layer=layer, unit=unit + 1)

    def _lay_out(self) -> None:
        """Place everything in the room there is, and paint what stays: captions, names, input image frame."""
        self._ground = None
        if self.structure is None or self.width() < 10:
            self.layout_ = None
            return
        left, right = self._margins()
        room = QRectF(self.rect()).adjusted(left, theme.px(30), -right, -theme.px(14))
        widest = (len(self.structure.sizes) - 1) * theme.px(250) + theme.px(60)
        spare = max(0.0, room.width() - widest) / 2
        room.adjust(spare, 0, -spare, 0)
        self.layout_ = lay_out(self.structure.sizes, room, self.structure.image_shape is not None, theme.px(52))
        self._lines = [[_segments(points) for points in links.points] for links in self.layout_.links]

    def _margins(self) -> tuple[float, float]:
        """Return the room for the names on the left and on the right."""
        assert self.structure is not None
        metrics = self.fontMetrics()
        widths = [
            max((metrics.horizontalAdvance(name) for name in names[:10]), default=0)
            for names in (self.structure.input_names, self.structure.output_names)
        ]
        most = max(40, self.width() // 6)
        return min(widths[0] * theme.scale(), most) + 28.0, min(widths[1] * theme.scale(), most) + 28.0

    def draw(self, painter: QPainter) -> None:
        """Paint links first, then units and biases, then words."""
        if self.layout_ is None or self.structure is None:
            return
        mouse = self.hit(self.mouse) if self.mouse is not None else None
        if self.weights:
            self._draw_links(painter, mouse)
        for layer in range(len(self.structure.sizes)):
            self._draw_units(painter, layer, mouse)
        painter.drawPixmap(0, 0, self._words())

    def _pen(self, level: int) -> QPen:
        """Return the pen of a bucket: colour and width by |weight|, negative levels for negative weights."""
        pen = self._pens.get(level)
        if pen is None:
            size = FULL_WIDTH * (abs(level) / LEVELS) ** 2
            end = theme.color("negative" if level < 0 else "positive")
            share = min(1.0, (size / FULL_COLOUR) ** 0.6)
            colour = blend(theme.color("border"), end, 0.85 * share)
            pen = QPen(colour, theme.scale() * (1.0 + 6.0 * size / FULL_WIDTH))
            thin = (
                pen.widthF() < 3
            )  # pieces of a curve: square ends close the notches of a wide one, and dot a thin one
            pen.setCapStyle(Qt.PenCapStyle.FlatCap if thin else Qt.PenCapStyle.SquareCap)
            self._pens[level] = pen
        return pen

    def _draw_links(self, painter: QPainter, mouse: Hit | None) -> None:
        """Paint the links, weak ones first, all of a bucket in one go."""
        assert self.layout_ is not None
        painter.setBrush(Qt.BrushStyle.NoBrush)
        buckets: dict[int, list[tuple[int, int]]] = {}
        for k, links in enumerate(self.layout_.links):
            for i, level in enumerate(self._levels(k, links).tolist()):
                buckets.setdefault(level, []).append((k, i))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        for level in sorted(buckets, key=abs):
            painter.setPen(self._pen(level))
            painter.drawLines([line for k, i in buckets[level] for line in self._lines[k][i]])
        if mouse is not None and mouse.kind == "link":
            self._draw_link_under_mouse(painter, mouse)

    def _draw_link_under_mouse(self, painter: QPainter, mouse: Hit) -> None:
        """Paint the link under the mouse once more, in the colour of the text."""
        assert self.layout_ is not None
        links = self.layout_.links[mouse.layer - 1]
        which = np.flatnonzero((links.source == mouse.source) & (links.target == mouse.unit))
        painter.setPen(QPen(theme.color("text"), 2))
        for i in which:
            painter.drawLines(self._lines[mouse.layer - 1][int(i)])

    def _levels(self, k: int, links: Links) -> NDArray[np.int8]:
        """Return the bucket of each shown link into layer ``k + 1``; from an image that of zero."""
        assert self.structure is not None
        weight = self.weights[k]
        if k == 0 and self.structure.image_shape is not None:
            return np.zeros(len(links.source), np.int8)
        shown = np.nan_to_num(weight[links.source, links.target])
        size = np.sqrt(np.minimum(np.abs(shown), FULL_WIDTH) / FULL_WIDTH)
        levels: NDArray[np.int8] = (np.sign(shown) * np.rint(size * LEVELS)).astype(np.int8)
        return levels

    def _draw_units(self, painter: QPainter, layer: int, mouse: Hit | None) -> None:
        """Paint the boxes of a layer with their pictures and biases."""
        assert self.layout_ is not None
        assert self.structure is not None
        boxes = self.layout_.boxes[layer]
        picture = self._pictures.get(layer)
        has_bias = self.structure.biases and 0 < layer <= len(self.biases)
        biases = self.biases[layer - 1][: len(boxes)].tolist() if has_bias else [0.0] * len(boxes)
        for unit, box in enumerate(boxes):
            painter.setPen(Qt.PenStyle.NoPen)
            if layer == 0 and self._image is not None:
                smooth = box.width() < CRISP * self._image.width()
                painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
                painter.drawImage(box, self._image)
                painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, True)
            elif picture is not None:
                image, height, width = picture
                painter.drawImage(box, image, QRectF(0, unit * height, width, height))
            else:
                painter.fillRect(box, self._value_colour(biases[unit]) if has_bias else theme.color("field"))
            hovered = mouse is not None and mouse.kind == "unit" and (mouse.layer, mouse.unit) == (layer, unit)
            painter.setPen(QPen(theme.color("text" if hovered else "strong_border"), 2 if hovered else 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box, 2, 2)
        if has_bias:
            self._draw_biases(painter, layer, biases, mouse)

    def _draw_biases(self, painter: QPainter, layer: int, biases: list[float], mouse: Hit | None) -> None:
        """Paint the dots of the biases at the lower left of the boxes."""
        assert self.layout_ is not None
        radius = min(BIAS_RADIUS * theme.scale(), self.layout_.boxes[layer][0].width() / 4)
        for unit, value in enumerate(biases):
            hovered = mouse is not None and mouse.kind == "bias" and (mouse.layer, mouse.unit) == (layer, unit)
            painter.setPen(QPen(theme.color("text" if hovered else "panel"), 1.5))
            painter.setBrush(self._value_colour(value))
            painter.drawEllipse(self.layout_.bias_centre(layer, unit), radius, radius)

    def _value_colour(self, value: float) -> QColor:
        """Return the colour of a weight or bias; grey at zero."""
        size = min(1.0, abs(value) / FULL_COLOUR) if np.isfinite(value) else 0.0
        end = theme.color("negative" if value < 0 else "positive")
        return blend(theme.color("strong_border"), end, size**0.6)

    def _words(self) -> QPixmap:
        """Return what does not change from frame to frame: captions and names."""
        ratio = self.devicePixelRatioF()
        if self._ground is None or self._ground.devicePixelRatio() != ratio:
            self._ground = QPixmap(self.size() * ratio)
            self._ground.setDevicePixelRatio(ratio)
            self._ground.fill(Qt.GlobalColor.transparent)
            painter = QPainter(self._ground)
            painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
            self._draw_words(painter)
            painter.end()
        return self._ground

    def _draw_words(self, painter: QPainter) -> None:
        """Paint captions above the columns, names beside inputs and outputs, and how many units are not shown."""
        assert self.layout_ is not None
        assert self.structure is not None
        last = len(self.structure.sizes) - 1
        painter.setFont(theme.font(11))
        painter.setPen(theme.color("muted"))
        centre = Qt.AlignmentFlag.AlignCenter
        room = self.width() / (last + 1) - 6
        for layer, caption in enumerate(self.structure.captions):
            x = self.layout_.boxes[layer][0].center().x()
            place = QRectF(x - room / 2, theme.px(4), room, theme.px(18))
            place.translate(max(0.0, -place.left()) - max(0.0, place.right() - self.width()), 0)
            painter.drawText(place, centre, elide(painter, caption, room))
        for layer, more in enumerate(self.layout_.more):
            if more is not None:
                hidden = self.structure.sizes[layer] - len(self.layout_.boxes[layer])
                painter.drawText(more, centre, _("+{n} more").format(n=hidden))
        painter.setFont(theme.font(12))
        painter.setPen(theme.color("text"))
        side = Qt.AlignmentFlag.AlignVCenter
        if not self.layout_.image:
            for box, name in zip(self.layout_.boxes[0], self.structure.input_names, strict=False):
                place = QRectF(2, box.top(), box.left() - 10, box.height())
                painter.drawText(place, side | Qt.AlignmentFlag.AlignRight, elide(painter, name, place.width()))
        for box, name in zip(self.layout_.boxes[last], self.structure.output_names, strict=False):
            place = QRectF(box.right() + 8, box.top(), self.width() - box.right() - 10, box.height())
            painter.drawText(place, side | Qt.AlignmentFlag.AlignLeft, elide(painter, name, place.width()))


def receptive_fields(weight: Array, shape: tuple[int, int]) -> tuple[Array, float, float]:
    """Return the weights into each unit as pictures (units, h, w) with the scale that they share, ±max."""
    limit = symmetric_limit(weight)
    return weight.T.reshape(-1, *shape), -limit, limit


def _segments(points: NDArray[np.float64]) -> list[QLineF]:
    """Return a link's course as short lines: `drawLines` takes a fifth of the time of a path with the same curves."""
    course = points.tolist()
    if np.ptp(points[:, 1]) < 0.01:
        course = [course[0], course[-1]]
    return [QLineF(*start, *end) for start, end in pairwise(course)]
