"""Paints the small pictures of the data sets in the colours of the theme."""

import math
from functools import lru_cache

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap

from playground.data.thumbnails import Thumbnail, thumbnail
from playground.ui.core import theme

FEW_POINTS = 8
"""Up to so many points are drawn large."""


class DataPicture:
    """Paints the picture of one data set; made when it is first painted in a size, and kept."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __call__(self, painter: QPainter, square: QRectF) -> None:
        """Paint the picture into a square, on whole pixels."""
        side, ratio = math.floor(square.width()), painter.device().devicePixelRatioF()
        if side >= 1:
            picture = _painted(self._name, side, ratio, theme.current())
            painter.drawPixmap(square.topLeft().toPoint(), picture)


@lru_cache(maxsize=512)  # some twenty data sets; a window that is resized comes back to sizes it had
def _painted(name: str, side: int, ratio: float, _colours: theme.Theme) -> QPixmap:
    """Return the picture, `side` pixels wide and high, in the colours of the theme in use."""
    made = QPixmap(QSize(side, side) * ratio)
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    with QPainter(made) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        picture, room = thumbnail(name), QRectF(0, 0, side, side)
        if picture.image is None:
            _paint_points(painter, room, picture)
        else:
            _paint_image(painter, room, picture)
    return made


def _paint_points(painter: QPainter, square: QRectF, picture: Thumbnail) -> None:
    assert picture.points is not None
    assert picture.values is not None
    few = len(picture.points) <= FEW_POINTS
    radius = square.width() * (0.14 if few else 0.055)
    room = square.adjusted(radius, radius, -radius, -radius) if few else square
    table = theme.outputs()
    painter.setPen(Qt.PenStyle.NoPen)
    for (x, y), value in zip(picture.points.tolist(), picture.values.tolist(), strict=True):
        red, green, blue = table[round((value + 1) * 127.5)].tolist()
        painter.setBrush(QColor(red, green, blue))
        centre = QPointF(room.x() + x * room.width(), room.y() + (1 - y) * room.height())
        painter.drawEllipse(centre, radius, radius)


def _paint_image(painter: QPainter, square: QRectF, picture: Thumbnail) -> None:
    assert picture.image is not None
    height, width = picture.image.shape
    ink = theme.color("text")
    pixels = np.empty((height, width, 4), np.uint8)
    pixels[..., 0], pixels[..., 1], pixels[..., 2] = ink.red(), ink.green(), ink.blue()
    pixels[..., 3] = np.round(picture.image * 255)
    image = QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_RGBA8888)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, width > 8)
    painter.drawImage(square, image)
