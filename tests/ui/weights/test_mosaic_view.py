"""The weights of each unit as a picture."""

import numpy as np
import pytest
from PySide6.QtCore import QPointF
from pytestqt.qtbot import QtBot

from playground.ui.core import theme
from playground.ui.weights.mosaic_view import MOST_TILES, MosaicView


@pytest.fixture
def mosaic(qtbot: QtBot) -> MosaicView:
    made = MosaicView()
    qtbot.addWidget(made)
    made.resize(600, 300)
    return made


def test_the_mosaic_has_one_tile_a_unit(mosaic: MosaicView) -> None:
    tiles = np.zeros((50, 8, 8))
    for k in range(50):
        tiles[k] = (k + 1) / 50
    mosaic.set_tiles(tiles)
    grid = mosaic.grid()
    assert [grid.at(grid.box(k).center()) for k in range(51)] == [*range(50), None]
    assert mosaic.grab().toImage().pixelColor(grid.box(49).center().toPoint()).name() == theme.current().positive


def test_hovering_a_tile_names_its_unit_and_pixel(mosaic: MosaicView) -> None:
    mosaic.set_tiles(np.zeros((4, 3, 5)))
    mosaic.explain_pixel = lambda tile, row, column: f"{tile} {row} {column}"
    tile = mosaic.grid().box(2)
    assert mosaic.describe(tile.topLeft() + QPointF(0.9 * tile.width(), 0.5 * tile.height())) == "2 1 4"
    assert mosaic.describe(QPointF(-3, -3)) == ""


def test_the_tiles_share_one_symmetric_scale(mosaic: MosaicView) -> None:
    tiles = np.zeros((2, 4, 4))
    tiles[0], tiles[1] = -0.5, 0.25
    mosaic.set_tiles(tiles)
    assert mosaic.limit == 0.5
    image = mosaic.grab().toImage()
    assert image.pixelColor(mosaic.grid().box(0).center().toPoint()).name() == theme.current().negative
    assert image.pixelColor(mosaic.grid().box(1).center().toPoint()).name() != theme.current().positive


def test_a_very_wide_layer_shows_its_first_units(mosaic: MosaicView) -> None:
    mosaic.set_tiles(np.ones((2000, 4, 4)))
    assert mosaic.grid().count == MOST_TILES
    mosaic.grab()
