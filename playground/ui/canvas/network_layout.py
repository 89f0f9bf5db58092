"""Where everything of a picture of a network stands, and what is at a place of it: geometry only, no painting.

Layers are columns from left to right, inputs first; units are boxes. A layer with more units than fit shows some
of them and a line that says how many more there are. The inputs of an image are one block.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF

MOST_UNITS = 10
"""Boxes of a layer at the most; a wider layer shows `MOST_UNITS` − 1 and a line that says how many more."""

SMALLEST_SLOT = 16.0
"""Pixels that a unit and the gap below it need at least."""

SMOOTH_LINKS = 200
"""Up to so many links are curves; more are straight lines."""

CURVE_POINTS = 20
REACH = 6.0
"""How far from a link, in pixels, the mouse still hits it."""

BIAS_REACH = 9.0
"""How far from the centre of a bias, in pixels, the mouse still hits it: the dot itself may be smaller."""

Choose = Callable[[int, int, int], tuple[int, ...]]
"""Given a layer, its size and how many boxes there is room for, returns the units to show."""

Kind = Literal["unit", "bias", "link", "more", "image"]
Direction = Literal["left", "right", "up", "down"]


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

    @cached_property
    def lines(self) -> list[list[QLineF]]:
        """Each link as straight pieces for `QPainter.drawLines`, which takes half the time of paths; one if level."""
        return [
            [QLineF(*course[0], *course[-1])]
            if max(y for _x, y in course) - min(y for _x, y in course) < 0.01
            else [QLineF(*start, *end) for start, end in pairwise(course)]
            for course in self.points.tolist()
        ]

    def nearest(self, x: float, y: float) -> tuple[int, float]:
        """Return the index of the link nearest to (x, y), and its distance in pixels."""
        start, along = self.points[:, :-1], np.diff(self.points, axis=1)
        away = np.array([x, y]) - start
        share = np.clip((away * along).sum(-1) / np.maximum((along**2).sum(-1), 1e-12), 0.0, 1.0)
        distances = np.linalg.norm(away - share[..., None] * along, axis=-1).min(axis=1)
        link = int(distances.argmin())
        return link, float(distances[link])


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
    """

    sizes: tuple[int, ...]
    boxes: tuple[tuple[QRectF, ...], ...]
    units: tuple[tuple[int, ...], ...]
    rooms: tuple[int, ...]
    links: tuple[Links, ...]
    more: tuple[QRectF | None, ...]
    image: bool

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

    def neighbour(self, at: Hit | None, direction: Direction) -> Hit | None:
        """Return where an arrow key leads.

        Up and down go through the units of a layer, or through the links between two layers. Left and right go from a
        unit to a link and on to the unit at its other end.
        """
        if at is None or self.centre(at) is None:
            return self._column(min(1, len(self.boxes) - 1))[0]
        if at.kind == "link" and direction == "right":
            return Hit("unit", at.layer, at.unit)
        if at.kind == "link" and direction == "left":
            return self._column(0)[0] if at.layer == 1 and self.image else Hit("unit", at.layer - 1, at.source)
        if direction in ("left", "right"):
            return self._sideways(at, 1 if direction == "right" else -1)
        if at.kind == "link":
            links = self.links[at.layer - 1]
            pairs = zip(links.source.tolist(), links.target.tolist(), strict=True)
            stops = [Hit("link", at.layer, target, source) for source, target in pairs]
        else:
            stops = self._column(at.layer)
        here = Hit("unit", at.layer, at.unit) if at.kind == "bias" else at
        place = stops.index(here) + (1 if direction == "down" else -1)
        return stops[min(max(place, 0), len(stops) - 1)]

    def _sideways(self, at: Hit, step: int) -> Hit:
        """Return the link to the nearest unit of the next layer, or that unit where there is no single link to it."""
        other = at.layer + step
        if not 0 <= other < len(self.boxes):
            return at
        height = self._height(at)
        unit = min(self._column(other), key=lambda hit: abs(self._height(hit) - height))
        if at.kind not in ("unit", "bias") or unit.kind != "unit":
            return unit
        return Hit("link", other, unit.unit, at.unit) if step > 0 else Hit("link", at.layer, at.unit, unit.unit)

    def _height(self, hit: Hit) -> float:
        centre = self.centre(hit)
        return 0.0 if centre is None else centre.y()

    def _column(self, layer: int) -> list[Hit]:
        if layer == 0 and self.image:
            return [Hit("image", 0)]
        more = [Hit("more", layer)] if self.more[layer] is not None else []
        return [*(Hit("unit", layer, unit) for unit in self.units[layer]), *more]

    def hit(self, place: QPointF) -> Hit | None:
        """Return what is at `place`: biases before units, units before links."""
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


def lay_out(
    sizes: tuple[int, ...],
    room: QRectF,
    image: bool = False,
    largest_box: float = 52.0,
    choose: Choose = lambda _layer, size, count: tuple(range(min(size, count))),
    smallest_slot: float = SMALLEST_SLOT,
    widths: Sequence[float] | None = None,
) -> Layout:
    """Place the layers, of these sizes from the inputs on, in `room`.

    The inputs of an image are one block; `choose` says which units of a layer are shown, else the first ones; boxes are
    at most `largest_box` high, with at least `smallest_slot` pixels for one and its gap, and squares unless the columns
    have `widths`.
    """
    most = max(2, min(MOST_UNITS, int(room.height() / smallest_slot)))
    shown = [size if size <= most else most - 1 for size in sizes]
    slots = [count + (size > count) for count, size in zip(shown, sizes, strict=True)]
    widest = min(largest_box, room.width() / (len(sizes) * 2.0)) if widths is None else largest_box
    least = min(12.0, smallest_slot)
    sides = [max(least, min(widest, room.height() / (count + 0.25 * (count - 1)))) for count in slots]
    wide = list(widths or sides)
    if image:
        wide[0] = min(150.0, room.height() * 0.6, room.width() / 4)
    inner = room.adjusted(wide[0] / 2, 0, -wide[-1] / 2, 0)
    pitch = inner.width() / max(1, len(sizes) - 1)
    units = [choose(layer, size, count) for layer, (size, count) in enumerate(zip(sizes, shown, strict=True))]
    boxes: list[tuple[QRectF, ...]] = []
    more: list[QRectF | None] = []
    for layer, (count, size) in enumerate(zip(shown, sizes, strict=True)):
        x, box = inner.left() + layer * pitch, sides[layer]
        if layer == 0 and image:
            boxes.append((_centred(x, room.center().y(), wide[0], wide[0]),))
            units[0] = (0,)
            more.append(None)
            continue
        step = min(box * 1.7, (room.height() - box) / max(1, slots[layer] - 1))
        top = room.center().y() - step * (slots[layer] - 1) / 2
        boxes.append(tuple(_centred(x, top + k * step, wide[layer], box) for k in range(len(units[layer]))))
        more.append(_centred(x, top + count * step, max(wide[layer], 84.0), box) if size > count else None)
    total = sum(len(a) * len(b) for a, b in pairwise(boxes))
    points = CURVE_POINTS if total <= SMOOTH_LINKS else 2
    links = tuple(
        _links(boxes[k], boxes[k + 1], points, np.array(units[k]), np.array(units[k + 1]))
        for k in range(len(sizes) - 1)
    )
    return Layout(sizes, tuple(boxes), tuple(units), tuple(shown), links, tuple(more), image)


def _centred(x: float, y: float, width: float, height: float) -> QRectF:
    return QRectF(x - width / 2, y - height / 2, width, height)


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
