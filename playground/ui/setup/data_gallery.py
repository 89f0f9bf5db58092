"""The gallery of data sets: one small picture each, chosen by a click or by the keyboard."""

import math
from collections.abc import Iterable
from functools import partial

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QGuiApplication, QIcon, QImage, QKeyEvent, QPainter, QPixmap
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QSizePolicy, QToolButton, QWidget

from playground.data.thumbnails import Thumbnail, thumbnail
from playground.ui.canvas.images import class_table, indices
from playground.ui.core import plain_text, theme

COLUMNS = 6
HEIGHT, PICTURE = 39, 21
LABEL_WIDTH = 32

FEW_POINTS = 8
"""Up to so many points are drawn large."""


class Tile(QToolButton):
    """One data set of the gallery: its picture above its label, outlined where it is the chosen one."""

    def __init__(self, name: str, label: str, sentence: str) -> None:
        super().__init__()
        self.name = name
        self.setText(label)
        self.setAccessibleName(label)
        self.setAccessibleDescription(sentence)
        self.setObjectName(f"data_{name}")
        self.setProperty("role", "tile")
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.apply_theme()

    def set_tip(self, tip: str) -> None:
        self.setToolTip(plain_text.tip(f"{self.text()}: {self.accessibleDescription()}\n{tip}".rstrip()))

    def apply_theme(self) -> None:
        side = theme.px(PICTURE)
        self.setFixedHeight(theme.px(HEIGHT))
        self.setIconSize(QSize(side, side))
        self.setIcon(QIcon(picture_of(self.name, side)))
        for size in (9, 8):  # smaller where it would not fit
            self.setFont(theme.font(size))
            if QFontMetrics(self.font()).horizontalAdvance(self.text()) <= theme.px(LABEL_WIDTH):
                break

    def nextCheckState(self) -> None:  # noqa: N802 - Qt's name
        """Leave the check mark alone: it follows the experiment, not the click."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() == Qt.Key.Key_Space:
            super().keyPressEvent(event)
        else:
            event.ignore()  # the gallery walks


class DataGallery(QWidget):
    """A grid of tiles, given by name, label and sentence; the arrow keys walk through it, Space and Enter choose.

    ``chosen(name)`` is emitted for a click, ``swapped(name)`` for one with Ctrl: in the present experiment.
    """

    chosen = Signal(str)
    swapped = Signal(str)

    def __init__(self, data_sets: Iterable[tuple[str, str, str]]) -> None:
        super().__init__()
        self.tiles = {name: Tile(name, label, sentence) for name, label, sentence in data_sets}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(5)
        group = QButtonGroup(self)  # makes the tile that has the focus the only one that Tab stops at
        group.setExclusive(False)
        for place, tile in enumerate(self.tiles.values()):
            grid.addWidget(tile, place // COLUMNS, place % COLUMNS)
            grid.setColumnStretch(place % COLUMNS, 1)
            group.addButton(tile)
            tile.clicked.connect(partial(self._choose, tile.name))

    def set_current(self, name: str) -> None:
        """Mark the tile of a data set, by its name in the catalogue."""
        for tile in self.tiles.values():
            tile.setChecked(tile.name == name)
            tile.setFocusPolicy(Qt.FocusPolicy.StrongFocus if tile.name == name else Qt.FocusPolicy.ClickFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        tiles = [tile for tile in self.tiles.values() if not tile.isHidden()]
        at = next((place for place, tile in enumerate(tiles) if tile.hasFocus()), 0)
        goal = {
            Qt.Key.Key_Left: at - 1,
            Qt.Key.Key_Right: at + 1,
            Qt.Key.Key_Up: at - COLUMNS,
            Qt.Key.Key_Down: at + COLUMNS,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: len(tiles) - 1,
        }.get(Qt.Key(event.key()))
        if goal is None:
            super().keyPressEvent(event)
        elif 0 <= goal < len(tiles):
            tiles[goal].setFocus(Qt.FocusReason.TabFocusReason)

    def _choose(self, name: str) -> None:
        swap = QGuiApplication.keyboardModifiers() & Qt.KeyboardModifier.ControlModifier
        (self.swapped if swap else self.chosen).emit(name)


def picture_of(name: str, side: int) -> QPixmap:
    """Return the small picture of a data set, `side` pixels wide and high, in the colours of the theme in use."""
    ratio = math.ceil(max((screen.devicePixelRatio() for screen in QGuiApplication.screens()), default=1.0))
    made = QPixmap(QSize(side, side) * ratio)
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    with QPainter(made) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        picture, square = thumbnail(name), QRectF(0, 0, side, side)
        if picture.image is None:
            _paint_points(painter, square, picture)
        else:
            _paint_image(painter, square, picture)
    return made


def _paint_points(painter: QPainter, square: QRectF, picture: Thumbnail) -> None:
    assert picture.points is not None
    assert picture.values is not None
    few = len(picture.points) <= FEW_POINTS
    radius = square.width() * (0.14 if few else 0.055)
    room = square.adjusted(radius, radius, -radius, -radius) if few else square
    if picture.classes:
        colours = class_table(picture.classes)[picture.values.astype(np.intp)]
    else:
        colours = theme.outputs()[indices(picture.values, -1, 1)]
    painter.setPen(Qt.PenStyle.NoPen)
    for (x, y), colour in zip(picture.points.tolist(), colours.tolist(), strict=True):
        painter.setBrush(QColor(*colour))
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
