"""Shapes of the slow-motion picture: strips of colour for wide layers, bands for their links, places along a link."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPen, QPolygonF

from playground.ui.canvas.images import indices, symmetric_limit, table_image
from playground.ui.core import theme


def cells(place: QRectF, units: int, which: range) -> QRectF:
    """Return the part of a strip that belongs to some units."""
    each = place.height() / units
    return QRectF(place.left(), place.top() + which.start * each, place.width(), each * len(which))


def draw_cells(painter: QPainter, place: QRectF, values: NDArray[np.floating], known: int) -> None:
    """Paint a strip of numbers, the first `known` of them."""
    limit = symmetric_limit(values)
    painter.setPen(QPen(theme.color("strong_border"), 1))
    painter.setBrush(theme.color("field"))
    painter.drawRect(place)
    if known:
        part = cells(place, len(values), range(known))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        painter.drawImage(part, table_image(indices(values[:known, None], -limit, limit), theme.diverging()))


def band(left: QRectF, right: QRectF) -> QPolygonF:
    """Return the area between two columns."""
    return QPolygonF([left.topRight(), right.topLeft(), right.bottomLeft(), left.bottomRight()])


def around(centre: QPointF, width: float, height: float) -> QRectF:
    """Return the rectangle of that size around a point."""
    return QRectF(centre.x() - width / 2, centre.y() - height / 2, width, height)


def on_links(points: NDArray[np.float64], shares: Sequence[float], width: float, height: float) -> NDArray[np.float64]:
    """Return the places of numbers along links (n, points, 2), wholly between the two columns.

    They are (n, shares, 4): left, top, right and bottom at each share of the way.
    """
    at = np.asarray(shares) * (points.shape[1] - 1)
    low = np.minimum(at.astype(int), points.shape[1] - 2)
    centres = points[:, low] + (at - low)[:, None] * (points[:, low + 1] - points[:, low])
    left, right = points[:, :1, 0] + width / 2 + 2, points[:, -1:, 0] - width / 2 - 2
    within = np.clip(centres[..., 0], left, np.maximum(left, right))
    centres[..., 0] = np.where(left < right, within, centres[..., 0])
    half = np.array([width / 2, height / 2])
    return np.concatenate([centres - half, centres + half], axis=-1)


def overlapping(places: NDArray[np.float64], others: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Return for each of the places (n, 4), as in `on_links`, whether it lies over any of the others (m, 4)."""
    one, other = places[:, None], others[None]
    beyond = np.any((one[..., :2] >= other[..., 2:]) | (other[..., :2] >= one[..., 2:]), axis=-1)
    covered: NDArray[np.bool_] = np.any(~beyond, axis=-1)
    return covered


def corners(place: QRectF) -> tuple[float, float, float, float]:
    """Return left, top, right and bottom of a rectangle."""
    return (place.left(), place.top(), place.right(), place.bottom())


def between(left: float, top: float, right: float, bottom: float) -> QRectF:
    """Return the rectangle with these sides."""
    return QRectF(left, top, right - left, bottom - top)
