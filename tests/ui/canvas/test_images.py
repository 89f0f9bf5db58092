"""Arrays as pictures."""

import gc

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from playground.ui.canvas.images import (
    best_columns,
    class_blend,
    class_colour,
    class_table,
    finer,
    indices,
    ink_table,
    mosaic,
    symmetric_limit,
    table_image,
)
from playground.ui.core import theme


def test_the_largest_value_gets_the_positive_colour_and_the_smallest_the_negative() -> None:
    image = table_image(indices(np.array([[-2.0, 0.0, 2.0]]), -2, 2), theme.diverging())
    assert image.pixelColor(0, 0).name() == theme.current().negative
    assert image.pixelColor(2, 0).name() == theme.current().positive
    assert image.pixelColor(1, 0).lightness() > 235


def test_what_is_no_number_is_shown_like_zero_and_infinity_like_the_ends() -> None:
    places = indices(np.array([np.nan, np.inf, -np.inf, 0.0]), -1, 1)
    assert places[1] == 255
    assert places[2] == 0
    assert abs(int(places[0]) - int(places[3])) <= 1
    for limit in (1e300, np.inf):  # beyond a pixel's range, without a word
        assert indices(np.array([1e300, -1e300, np.nan, np.inf]), -limit, limit).shape == (4,)


def test_places_in_any_order_make_the_same_image() -> None:
    places = np.random.default_rng(1).integers(0, 256, (7, 3), np.uint8)
    expected = table_image(places, theme.diverging())
    for turned in (np.asfortranarray(places), np.tile(places, 2)[:, :3], places[::-1, ::-1][::-1, ::-1]):
        assert table_image(turned, theme.diverging()) == expected


def test_an_image_outlives_its_array() -> None:
    places = np.full((50, 51), 255, np.uint8)
    image = table_image(places, theme.diverging())
    places[:] = 0
    del places
    gc.collect()
    assert {image.pixelColor(x, y).name() for x in (0, 25, 50) for y in (0, 49)} == {theme.current().positive}


@pytest.mark.parametrize(
    ("values", "limit"), [([1.0, -3.0], 3.0), ([0.0, 0.0], 1.0), ([np.nan, 2.0], 2.0), ([np.nan], 1.0), ([], 1.0)]
)
def test_the_scale_is_symmetric_and_never_nothing(values: list[float], limit: float) -> None:
    assert symmetric_limit(np.array(values)) == limit


def test_a_mosaic_keeps_every_tile_whole() -> None:
    tiles = np.arange(5 * 2 * 3, dtype=float).reshape(5, 2, 3)
    laid = mosaic(tiles, 2)
    assert laid.shape == (6, 6)
    for k in range(5):
        row, column = divmod(k, 2)
        assert np.array_equal(laid[2 * row : 2 * row + 2, 3 * column : 3 * column + 3], tiles[k])
    assert np.isnan(laid[4:, 3:]).all()


def test_tiles_are_laid_out_as_large_as_they_fit() -> None:
    assert best_columns(50, 1000, 500, 28, 28) == 10
    assert best_columns(4, 100, 1000, 10, 10) == 1


def test_a_sure_class_has_its_colour_and_an_unsure_point_fades_to_the_ground() -> None:
    colours = np.array([[255, 0, 0], [0, 255, 0], [0, 0, 255]], np.float32)
    ground = np.array([255, 255, 255])
    sure, unsure = class_blend(np.array([[1.0, 0, 0], [1 / 3, 1 / 3, 1 / 3]]), colours, ground)
    assert sure[0] > 240
    assert sure[1] < 60
    assert unsure.min() > 200
    assert class_blend(np.full((2, 2, 3), np.nan), colours, ground).shape == (2, 2, 3)


def test_ink_is_dark_on_light_and_light_on_dark(qapp: QApplication) -> None:
    light = ink_table()
    theme.apply(qapp, "dark")
    dark = ink_table()
    assert int(light[0].sum()) > int(light[255].sum())
    assert int(dark[0].sum()) < int(dark[255].sum())


def test_a_finer_grid_is_linear_in_between_and_keeps_its_corners() -> None:
    x, y = np.meshgrid(np.linspace(0, 1, 5), np.linspace(0, 2, 4))
    grid = finer(np.stack([x + y, x * y], axis=2), 3)
    assert grid.shape == (12, 15, 2)
    fine_x, fine_y = np.meshgrid(np.linspace(0, 1, 15), np.linspace(0, 2, 12))
    assert np.allclose(grid[..., 0], fine_x + fine_y, atol=1e-6)
    assert np.allclose(grid[..., 1], fine_x * fine_y, atol=1e-6)
    assert finer(np.ones((1, 1)), 3).tolist() == [[1.0] * 3] * 3


def test_two_classes_have_the_colours_of_the_outputs_and_ten_can_be_told_apart(qapp: object) -> None:
    assert [class_colour(k, 2).name() for k in (0, 1)] == [theme.color("low").name(), theme.color("high").name()]
    assert len(np.unique(class_table(10), axis=0)) == 10
    assert class_table(3).shape == (3, 3)
