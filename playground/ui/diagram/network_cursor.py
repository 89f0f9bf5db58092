"""The way through the network diagram with the arrow keys: from unit to unit, and over the links between them."""

from typing import Literal

from playground.ui.canvas.network_layout import Hit, Layout

Direction = Literal["left", "right", "up", "down"]


def moved(layout: Layout, at: Hit | None, direction: Direction) -> Hit | None:
    """Return where an arrow key leads.

    Up and down go through the units of a layer, or through the links between two layers. Left and right go from a
    unit to a link and on to the unit at its other end.
    """
    if at is None or layout.centre(at) is None:
        return _column(layout, min(1, len(layout.boxes) - 1))[0]
    if at.kind == "link":
        return _from_link(layout, at, direction)
    if direction in ("up", "down"):
        column = _column(layout, at.layer)
        here = Hit("unit", at.layer, at.unit) if at.kind == "bias" else at
        return column[_next(column.index(here), len(column), direction)]
    return _sideways(layout, at, 1 if direction == "right" else -1)


def _from_link(layout: Layout, at: Hit, direction: Direction) -> Hit:
    """Return where an arrow key leads from a link."""
    if direction == "right":
        return Hit("unit", at.layer, at.unit)
    if direction == "left":
        return _column(layout, 0)[0] if at.layer == 1 and layout.image else Hit("unit", at.layer - 1, at.source)
    links = layout.links[at.layer - 1]
    place = _next(layout.link(at) or 0, len(links.source), direction)
    return Hit("link", at.layer, int(links.target[place]), int(links.source[place]))


def _sideways(layout: Layout, at: Hit, step: int) -> Hit:
    """Return the link to the nearest unit of the next layer, or that unit where there is no single link to it."""
    other = at.layer + step
    if not 0 <= other < len(layout.boxes):
        return at
    height = _height(layout, at)
    unit = min(_column(layout, other), key=lambda hit: abs(_height(layout, hit) - height))
    if at.kind not in ("unit", "bias") or unit.kind != "unit":
        return unit
    return Hit("link", other, unit.unit, at.unit) if step > 0 else Hit("link", at.layer, at.unit, unit.unit)


def _height(layout: Layout, hit: Hit) -> float:
    """Return how far down a stop is."""
    centre = layout.centre(hit)
    return 0.0 if centre is None else centre.y()


def _column(layout: Layout, layer: int) -> list[Hit]:
    if layer == 0 and layout.image:
        return [Hit("image", 0)]
    more = [Hit("more", layer)] if layout.more[layer] is not None else []
    return [*(Hit("unit", layer, unit) for unit in layout.units[layer]), *more]


def _next(place: int, count: int, direction: Direction) -> int:
    """Return the place before or after another, within the list."""
    return min(max(place + (1 if direction == "down" else -1), 0), count - 1)
