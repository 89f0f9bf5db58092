"""A page of images."""

from pathlib import Path

import numpy as np
from PySide6.QtCore import QPointF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
from pytestqt.qtbot import QtBot

from playground.ui.canvas.pictures import save_drawing
from playground.ui.predictions.gallery_view import GAP, GalleryView


def test_the_gallery_frames_what_is_wrong_in_red(qtbot: QtBot) -> None:
    gallery = GalleryView()
    qtbot.addWidget(gallery)
    gallery.resize(500, 200)
    gallery.set_images(np.zeros((6, 8, 8), np.uint8), 255.0)
    gallery.set_captions(("7",) * 6, tuple(f"sample {k}" for k in range(6)), (False, True) + (False,) * 4)
    image = gallery.grab().toImage()
    red = []
    for k in (0, 1):
        part = image.copy(gallery.grid().box(k).toRect().adjusted(2, 4, -2, -30))
        pixels = (part.pixelColor(x, y) for x in range(part.width()) for y in range(part.height()))
        red.append(any(colour.red() > colour.green() + 60 for colour in pixels))
    assert red == [False, True]
    assert gallery.describe(gallery.grid().box(4).center()) == "sample 4"


def test_each_image_of_an_svg_drawing_is_one_image(qtbot: QtBot, tmp_path: Path) -> None:
    """SVG knows no part of an image: a strip with all of them would be squeezed into every place."""
    gallery = GalleryView()
    qtbot.addWidget(gallery)
    gallery.resize(500, 200)
    images = np.zeros((4, 8, 8), np.uint8)
    images[2] = 255
    gallery.set_images(images, 255.0)
    save_drawing(gallery.size(), gallery.draw_alone, tmp_path / "digits.svg")
    drawing = QImage(gallery.size(), QImage.Format.Format_RGB32)
    with QPainter(drawing) as painter:
        QSvgRenderer(str(tmp_path / "digits.svg")).render(painter)
    grid = gallery.grid()
    inks = [drawing.pixelColor((grid.box(k).center() - QPointF(GAP, 10)).toPoint()).lightness() for k in range(4)]
    assert [ink < 100 for ink in inks] == [False, False, True, False]
