"""A page of images."""

import numpy as np
from pytestqt.qtbot import QtBot

from playground.ui.predictions.gallery_view import GalleryView


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
