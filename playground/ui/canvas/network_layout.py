"""Where everything of the network diagram stands, and what is under the mouse: geometry only, no painting.

Layers are columns from left to right, inputs first; units are boxes. A layer with more units than fit shows some
of them and says how many more there are. The inputs of an image are one block.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF

MOST_UNITS = 10
"""Boxes of a layer at the most; a wider layer shows `MOST_UNITS` − 1 and a line that says how many more."""

SMALLEST_SLOT = 16.0
"""Pixels that a unit and the gap below it need at least."""

SMOOTH_LINKS = 200
"""Up to so many links are curves; more are straight lines."""

CURVE_POINTS = (10, 40)
"""Points of a curve: fewest where there are many links, most where there are few."""

POINTS_IN_ALL = 1100
REACH = 6.0
"""How far from a link, in pixels, the mouse still hits it."""

BIAS_REACH = 9.0
"""How far from the centre of a bias, in pixels, the mouse still hits it: the dot itself may be smaller."""

Choose = Callable[[int, int, int], tuple[int, ...]]
"""Given a layer, its size and how many boxes there is room for, returns the units to show."""

Kind = Literal["unit", "bias", "link", "more", "image"]


@dataclass(frozen=True)
class Hit:
    """What is under the mouse.

    `layer` counts from 0 (the inputs); `unit` is the unit's number in it. A link goes from `source`, a unit of the
    layer before, to `unit`. For ``"more"`` and ``"image"`` both are 0.
    """

    kind: Kind
    layer: int
    unit: int = 0
    source: int = 0


@dataclass(frozen=True, eq=False)
class Links:
    """The links into one layer: `source` and `target` units (n,), and their courses as points (n, points, 2)."""

    source: NDArray[np.intp]
    target: NDArray[np.intp]
    points: NDArray[np.float64]

    def nearest(self, x: float, y: float) -> tuple[int, float]:
        """Return the place of the link nearest to (x, y), and how far it is."""
        start_x, start_y, along_x, along_y, length = self._pieces
        away_x, away_y = x - start_x, y - start_y
        share = (away_x * along_x + away_y * along_y) / length
        np.minimum(np.maximum(share, 0.0, out=share), 1.0, out=share)
        away_x -= share * along_x
        away_y -= share * along_y
        distances = away_x**2 + away_y**2
        piece = int(distances.argmin())
        return piece // (self.points.shape[1] - 1), math.sqrt(distances[piece])

    @cached_property
    def _pieces(self) -> tuple[NDArray[np.float64], ...]:
        """Where each piece of the courses begins, x and y; how it goes on, x and y; the square of its length."""
        start, along = self.points[:, :-1].reshape(-1, 2), np.diff(self.points, axis=1).reshape(-1, 2)
        length = np.maximum((along**2).sum(-1), 1e-12)
        return (*np.ascontiguousarray(start.T), *np.ascontiguousarray(along.T), length)


@dataclass(frozen=True, eq=False)
class Layout:
    """The places of everything.

    Attributes
    ----------
    boxes
        For each layer the boxes of the units shown; for an image the one block.
    units
        For each layer the numbers of the units shown, one a box.
    rooms
        For each layer how many boxes there is room for; the last page of a wide layer may have fewer.
    sizes
        Units of each layer.
    links
        For each layer but the first, the links between the units shown.
    more
        Where to write how many units are not shown, for each layer; None where all are.
    image
        Whether the first layer is an image block.
    curved
        Whether links are curves.
    """

    sizes: tuple[int, ...]
    boxes: tuple[tuple[QRectF, ...], ...]
    units: tuple[tuple[int, ...], ...]
    rooms: tuple[int, ...]
    links: tuple[Links, ...]
    more: tuple[QRectF | None, ...]
    image: bool
    curved: bool

    @staticmethod
    def bias_of(box: QRectF) -> QPointF:
        """Return the centre of the dot of a bias: the lower left corner of its unit's box."""
        return box.bottomLeft()

    def box(self, layer: int, unit: int) -> QRectF | None:
        """Return the box of a unit, None where it is not shown."""
        if not 0 <= layer < len(self.boxes) or unit not in self.units[layer]:
            return None
        return self.boxes[layer][self.units[layer].index(unit)]

    def link(self, hit: Hit) -> int | None:
        """Return the place of a link in ``links[hit.layer - 1]``, None where it is not shown."""
        if not 1 <= hit.layer <= len(self.links):
            return None
        links = self.links[hit.layer - 1]
        found = np.flatnonzero((links.source == hit.source) & (links.target == hit.unit))
        return int(found[0]) if len(found) else None

    def centre(self, hit: Hit) -> QPointF | None:
        """Return the middle of what a `Hit` names, None where it is not shown."""
        if hit.kind == "link":
            link = self.link(hit)
            if link is None:
                return None
            points = self.links[hit.layer - 1].points[link]
            return QPointF(*points[[(len(points) - 1) // 2, len(points) // 2]].mean(axis=0))
        if hit.kind == "more":
            more = self.more[hit.layer] if hit.layer < len(self.more) else None
            return None if more is None else more.center()
        box = self.boxes[0][0] if hit.kind == "image" else self.box(hit.layer, hit.unit)
        if box is None:
            return None
        return self.bias_of(box) if hit.kind == "bias" else box.center()

    def hit(self, place: QPointF) -> Hit | None:
        """Return what is at `place`: biases before units, units before links; a mouse asks 125 times a second."""
        for layer, boxes in enumerate(self.boxes):
            if boxes[0].left() - BIAS_REACH <= place.x() <= boxes[0].right() + BIAS_REACH:
                found = self._hit_layer(layer, boxes, place)
                if found:
                    return found
            more = self.more[layer]
            if more is not None and more.contains(place):
                return Hit("more", layer)
        return self._hit_link(place)

    def _hit_layer(self, layer: int, boxes: tuple[QRectF, ...], place: QPointF) -> Hit | None:
        """Return the bias, unit or image block of one layer at `place`."""
        if layer == 0 and self.image:
            return Hit("image", 0) if boxes[0].contains(place) else None
        corners = [self.bias_of(box) for box in boxes]
        away = [math.hypot(place.x() - corner.x(), place.y() - corner.y()) for corner in corners]
        if layer and min(away) <= BIAS_REACH:
            return Hit("bias", layer, self.units[layer][away.index(min(away))])
        for unit, box in zip(self.units[layer], boxes, strict=True):
            if box.contains(place):
                return Hit("unit", layer, unit)
        return None

    def _hit_link(self, place: QPointF) -> Hit | None:
        for k, links in enumerate(self.links):
            left, right = self.boxes[k][0].right(), self.boxes[k + 1][0].left()
            if len(links.source) and left - REACH <= place.x() <= right + REACH:
                link, distance = links.nearest(place.x(), place.y())
                if distance < REACH:
                    return Hit("link", k + 1, int(links.target[link]), int(links.source[link]))
        return None


def first_units(_layer: int, size: int, count: int) -> tuple[int, ...]:
    """Show the first units of each layer."""
    return tuple(range(min(size, count)))


def lay_out(
    sizes: tuple[int, ...],
    room: QRectF,
    image: bool = False,
    largest_box: float = 52.0,
    choose: Choose = first_units,
) -> Layout:
    """Place the layers `sizes`, inputs first, in `room`; `image` says that the inputs are one picture."""
    fits = max(2, int(room.height() / SMALLEST_SLOT))
    most = max(2, min(MOST_UNITS, fits))
    shown = [size if size <= most else most - 1 for size in sizes]
    slots = [count + (size > count) for count, size in zip(shown, sizes, strict=True)]
    widest = min(largest_box, room.width() / (len(sizes) * 2.0))
    sides = [_side(count, room.height(), widest) for count in slots]
    block = min(150.0, room.height() * 0.6, room.width() / 4) if image else sides[0]
    inner = room.adjusted(block / 2, 0, -sides[-1] / 2, 0)
    pitch = inner.width() / max(1, len(sizes) - 1)
    units = [choose(layer, size, count) for layer, (size, count) in enumerate(zip(sizes, shown, strict=True))]
    boxes: list[tuple[QRectF, ...]] = []
    more: list[QRectF | None] = []
    for layer, (count, size) in enumerate(zip(shown, sizes, strict=True)):
        x, box = inner.left() + layer * pitch, sides[layer]
        if layer == 0 and image:
            boxes.append((_centred(x, room.center().y(), block),))
            units[0] = (0,)
            more.append(None)
            continue
        step = min(box * 1.7, (room.height() - box) / max(1, slots[layer] - 1))
        top = room.center().y() - step * (slots[layer] - 1) / 2
        boxes.append(tuple(_centred(x, top + k * step, box) for k in range(len(units[layer]))))
        more.append(_centred(x, top + count * step, max(box, 84.0), box) if size > count else None)
    total = sum(len(a) * len(b) for a, b in pairwise(boxes))
    curved = total <= SMOOTH_LINKS
    points = min(max(POINTS_IN_ALL // max(1, total), CURVE_POINTS[0]), CURVE_POINTS[1]) if curved else 2
    links = tuple(
        _links(boxes[k], boxes[k + 1], points, np.array(units[k]), np.array(units[k + 1]))
        for k in range(len(sizes) - 1)
    )
    return Layout(sizes, tuple(boxes), tuple(units), tuple(shown), links, tuple(more), image, curved)


def _side(slots: int, height: float, largest: float) -> float:
    """Return the side of the boxes of a column: as large as fits, with a gap of a quarter of a box at least."""
    return max(12.0, min(largest, height / (slots + 0.25 * (slots - 1))))


def _centred(x: float, y: float, width: float, height: float | None = None) -> QRectF:
    """Return the rectangle of that size around (x, y)."""
    high = width if height is None else height
    return QRectF(x - width / 2, y - high / 2, width, high)


def _links(
    left: tuple[QRectF, ...],
    right: tuple[QRectF, ...],
    count: int,
    sources: NDArray[np.intp],
    targets: NDArray[np.intp],
) -> Links:
    """Return every link between the boxes of two neighbouring columns, as `count` points; two are a straight line."""
    source, target = (grid.ravel() for grid in np.meshgrid(np.arange(len(left)), np.arange(len(right)), indexing="ij"))
    start = np.array([(box.right(), box.center().y()) for box in left])[source]
    end = np.array([(box.left(), box.center().y()) for box in right])[target]
    t = np.linspace(0.0, 1.0, count)[None, :, None]
    if count > 2:  # a cubic Bézier that leaves and arrives level
        middle = (start[:, :1] + end[:, :1]) / 2
        first, second = np.hstack([middle, start[:, 1:]]), np.hstack([middle, end[:, 1:]])
        s, f, g, e = (points[:, None, :] for points in (start, first, second, end))
        points = (1 - t) ** 3 * s + 3 * (1 - t) ** 2 * t * f + 3 * (1 - t) * t**2 * g + t**3 * e
    else:
        points = start[:, None, :] + t * (end - start)[:, None, :]
    return Links(sources[source], targets[target], points)
