"""Shapes of the slow-motion picture: strips of colour for wide layers, bands for their links, places along a link."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPen, QPolygonF

from playground.ui import theme
from playground.ui.plots.images import indices, symmetric_limit, table_image


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


def along(points: NDArray[np.float64], share: float) -> QPointF:
    """Return the point at a share of the way along a link."""
    at = share * (len(points) - 1)
    low = min(int(at), len(points) - 2)
    here = points[low] + (at - low) * (points[low + 1] - points[low])
    return QPointF(float(here[0]), float(here[1]))


def on_link(points: NDArray[np.float64], share: float, width: float, height: float) -> QRectF:
    """Return the place of a number at a share of the way along a link, wholly between its two columns."""
    centre = along(points, share)
    left, right = float(points[0, 0]) + width / 2 + 2, float(points[-1, 0]) - width / 2 - 2
    if left < right:
        centre.setX(min(max(centre.x(), left), right))
    return around(centre, width, height)
