"""Heat maps of matrices, mosaics of tiles, galleries of images, tables of samples."""

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from playground.ui.canvas.matrix_view import Frame, MatrixView, short_number, shown
from playground.ui.canvas.sample_model import Column, column_texts
from playground.ui.canvas.sample_table import SampleTable
from playground.ui.core import theme
from playground.ui.predictions.gallery_view import GalleryView
from playground.ui.weights.mosaic_view import MOST_TILES, MosaicView


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> None:
    theme.apply(qapp, "light")


@pytest.fixture
def matrix(qtbot: QtBot) -> MatrixView:
    made = MatrixView("matrix")
    qtbot.addWidget(made)
    made.resize(420, 260)
    made.set_frame(Frame(("x1", "x2", "bias"), ("1", "2"), "inputs", "units", apart="row"))
    made.set_values(np.array([[4.0, -4.0], [0.0, 1.0], [2.0, 3.0]]))
    return made


@pytest.fixture
def mosaic(qtbot: QtBot) -> MosaicView:
    made = MosaicView()
    qtbot.addWidget(made)
    made.resize(600, 300)
    return made


def test_the_largest_weight_has_the_positive_colour(matrix: MatrixView) -> None:
    image = matrix.grab().toImage()
    corners = [matrix.grid().box(k).topLeft() + QPointF(4, 4) for k in (0, 1)]
    assert [image.pixelColor(place.toPoint()).name() for place in corners] == [
        theme.current().positive,
        theme.current().negative,
    ]


def test_the_biases_stand_apart_and_can_be_hovered(matrix: MatrixView) -> None:
    image, bias = matrix.grab().toImage(), matrix.grid().box(4)
    gap = [image.pixelColor(round(bias.left()) + 9, round(bias.top()) + k).name() for k in (-2, 0, 1)]
    assert gap == [theme.current().panel] * 3
    assert matrix.describe(matrix.grid().box(5).center()) == "bias · 2\n3"


def test_every_cell_is_found_where_it_is_painted(matrix: MatrixView) -> None:
    matrix.set_values(np.arange(35.0).reshape(5, 7))
    grid = matrix.grid()
    assert [grid.at(grid.box(k).center()) for k in range(35)] == list(range(35))
    assert grid.at(QPointF(-5, -5)) is None


def test_numbers_are_written_into_few_cells_and_not_into_many(matrix: MatrixView) -> None:
    def colours(view: MatrixView) -> int:
        part = view.grab().toImage().copy(view.grid().box(0).toRect().adjusted(2, 2, -2, -2))
        return len({part.pixel(x, y) for x in range(part.width()) for y in range(part.height())})

    assert colours(matrix) > 1
    matrix.set_frame(Frame((), ()))
    matrix.set_values(np.full((20, 20), 0.5))
    assert colours(matrix) == 1


def test_a_matrix_of_nothing_but_zeros_is_grey(matrix: MatrixView) -> None:
    matrix.set_values(np.zeros((3, 2)))
    place = matrix.grid().box(0).topLeft() + QPointF(4, 4)
    colour = matrix.grab().toImage().pixelColor(place.toPoint())
    assert max(colour.red(), colour.green(), colour.blue()) - min(colour.red(), colour.green(), colour.blue()) < 8


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0.00"),
        (-1.234, "−1.23"),
        (0.0012, "1.2e-3"),
        (-0.0031, "−3.1e-3"),
        (3e-5, "3.0e-5"),
        (float("nan"), "NaN"),
        (12.5, "12.50"),
    ],
)
def test_a_weight_is_written_short(value: float, text: str) -> None:
    assert short_number(value) == text


def test_names_are_thinned_where_they_do_not_fit() -> None:
    names = [str(k) for k in range(51)]
    assert shown(names, 20.0, 14.0, keeps_last=False) == list(range(51))
    some = shown(names, 5.0, 14.0, keeps_last=True)
    assert some[-1] == 50
    assert len(some) < 20


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


def test_the_table_works_out_only_what_is_in_sight(qtbot: QtBot) -> None:
    asked: set[int] = set()

    def text(row: int) -> str:
        asked.add(row)
        return str(row)

    table = SampleTable("table")
    qtbot.addWidget(table)
    table.resize(300, 200)
    table.set_columns((Column("n", text),), 10_000)
    with qtbot.waitExposed(table):
        table.show()
    table.grab()
    assert table.samples.rowCount() == 10_000
    assert len(asked) < 60
    table.scrollToBottom()
    table.grab()
    assert 9_999 in asked
    first, count = table.visible_rows()
    assert first + count == 10_000


def test_live_columns_show_what_is_so_now(qtbot: QtBot) -> None:
    outputs = ["0.1"]
    table = SampleTable("table")
    qtbot.addWidget(table)
    verdict = Column("", lambda _row: "✓", live=True, verdict=lambda _row: True)
    table.set_columns((Column("output", lambda row: outputs[row], live=True), verdict), 1, ("Alice",))
    model = table.model()
    assert model.data(model.index(0, 0)) == "0.1"
    outputs[0] = "0.9"
    assert model.data(model.index(0, 0)) == "0.9"
    assert model.data(model.index(0, 1), Qt.ItemDataRole.ForegroundRole).name() == theme.current().good
    assert model.headerData(0, Qt.Orientation.Vertical) == "Alice"


def test_whole_numbers_have_no_point() -> None:
    assert column_texts(np.array([0.0, 1.0, -2.0]))(2) == "−2"
    assert column_texts(np.array([0.5, 1.0]))(1) == "1.0"
    assert column_texts(np.array([0.12346, 1.0]))(0) == "0.123"
    assert column_texts(np.array([0.12346, 0.9]))(0) == "0.1235"
    assert column_texts(np.array([82.6, 73.445]))(0) == "82.60"
    assert column_texts(np.array([1234567.5, 1e-3]))(0) == "1.235e+06"
    assert column_texts(np.array([0.0, np.nan]))(0) == "0"
