import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.data.drawing import RECIPES, SIDE, Drawing, Recipe, fitted, prepare, recipe_of
from playground.experiment.config.presets import PRESETS
from playground.experiment.training.trainer import Trainer
from tests.data.conftest import make

MNIST = RECIPES["mnist"]
DIGITS = RECIPES["digits"]

places = st.floats(20, SIDE - 20)
lines = st.lists(st.tuples(places, places, st.floats(6, 40)), min_size=1, max_size=6)


def drawn(*strokes, side=SIDE):
    drawing = Drawing(side)
    for points in strokes:
        drawing.begin(*points[0])
        for point in points[1:]:
            drawing.extend(*point)
    return drawing


def extent(image):
    rows, columns = np.flatnonzero(image.any(axis=1)), np.flatnonzero(image.any(axis=0))
    return rows[-1] - rows[0] + 1, columns[-1] - columns[0] + 1


@pytest.mark.parametrize("recipe", RECIPES.values(), ids=RECIPES)
def test_clean_paper_is_no_input(recipe):
    drawing = Drawing()
    assert drawing.is_empty
    assert prepare(drawing, recipe) is None
    assert fitted(np.zeros((28, 28)), recipe) is None
    drawing.begin(100, 100, 20)
    assert drawing.undo()
    assert not drawing.undo()
    assert prepare(drawing, recipe) is None


@settings(max_examples=40)
@given(lines)
def test_ink_fits_20_by_20_and_its_centre_of_mass_is_in_the_middle(points):
    image = prepare(drawn(points), MNIST)
    assert image.shape == (28, 28)
    assert image.dtype == np.uint8
    assert max(extent(image)) in (19, 20)  # the outermost row may have next to no ink
    mass = image / image.sum(dtype=float)
    for along in (mass.sum(axis=1), mass.sum(axis=0)):
        centre = (along * np.arange(28)).sum()  # where it lies far out, the edge of the image stops it
        assert centre >= 13.45 or along[-2:].any()
        assert centre <= 14.55 or along[:2].any()


def test_ink_whose_mass_lies_far_out_stays_inside_the_image():
    image = prepare(drawn([(59.0, 20.0, 6.0), (20.0, 20.0, 6.0), (20.0, 59.0, 6.0)]), MNIST)
    assert extent(image) == (20, 20)
    assert image[27].any()
    assert image[:, 27].any()


@settings(max_examples=40)
@given(lines, st.integers(0, 60), st.integers(0, 60))
def test_where_on_the_paper_it_is_drawn_does_not_matter(points, across, down):
    ink = drawn(points).ink
    moved = np.zeros((SIDE + 60, SIDE + 60), np.float32)
    moved[down : down + SIDE, across : across + SIDE] = ink
    for recipe in RECIPES.values():
        np.testing.assert_allclose(fitted(moved, recipe).astype(int), fitted(ink, recipe).astype(int), atol=1)


def test_how_large_it_is_drawn_does_not_matter():
    ink = drawn([(60, 50, 20), (140, 60, 18), (80, 200, 22)]).ink
    twice = ink.repeat(2, axis=0).repeat(2, axis=1)
    np.testing.assert_array_equal(fitted(twice, MNIST), fitted(ink, MNIST))


def test_the_shape_is_kept():
    ink = np.zeros((280, 280))
    ink[30:230, 100:150] = 1
    image = fitted(ink, MNIST)
    assert extent(image) == (20, 5)
    assert image.max() == 255
    ink[30:230, 100:152] = 1  # 5.2 pixels: half of what is over on either side
    image = fitted(ink, MNIST)
    assert extent(image) == (20, 6)
    assert sorted(set(image[14].tolist())) == [0, 153, 255]
    ink[80:] = ink[:, 150:] = 0  # a square, for images of another origin
    assert (fitted(ink, Recipe((12, 10), (12, 10), "box", 9))[1:11] == 9).all()


def test_edges_are_antialiased():
    image = prepare(drawn([(60, 60, 22), (200, 210, 22)]), MNIST)
    between = (image > 0) & (image < 255)
    assert 20 < between.sum() < (image > 0).sum()


def test_small_digits_count_the_ink_in_blocks_of_four_by_four():
    bitmap = np.random.default_rng(1).integers(0, 2, (32, 24))
    bitmap[0, 0] = bitmap[-1, -1] = 1
    counts = bitmap.reshape(8, 4, 6, 4).sum(axis=(1, 3))
    image = fitted(bitmap.astype(float), DIGITS)
    np.testing.assert_array_equal(image[:, 1:7], counts)
    assert not image[:, [0, 7]].any()


@pytest.mark.parametrize("recipe", RECIPES.values(), ids=RECIPES)
def test_a_loaded_image_comes_back_pixel_by_pixel(recipe):
    image = np.random.default_rng(2).integers(0, recipe.levels + 1, recipe.shape).astype(np.uint8)
    drawing = Drawing()
    drawing.load(image, recipe.levels)
    np.testing.assert_array_equal(prepare(drawing, recipe), image)


def test_drawing_on_a_loaded_image_changes_what_is_under_the_brush_only():
    image = np.zeros((28, 28), np.uint8)
    image[5:20, 12] = 200
    drawing = Drawing()
    drawing.load(image, 255)
    drawing.begin(55, 55, 10)
    changed = np.argwhere(prepare(drawing, MNIST) != image)
    assert changed.tolist() == [[5, 5]]
    drawing.undo()
    np.testing.assert_array_equal(prepare(drawing, MNIST), image)
    drawing.begin(125, 55, 30, erases=True)
    assert prepare(drawing, MNIST)[5, 12] == 0
    drawing.clear()
    assert drawing.is_empty
    assert not drawing.loaded


@settings(max_examples=40)
@given(st.lists(lines, min_size=1, max_size=4))
def test_undoing_a_stroke_leaves_the_strokes_before_it(strokes):
    drawing = drawn(*strokes)
    assert 0 <= drawing.ink.min() <= drawing.ink.max() <= 1
    assert drawing.undo()
    np.testing.assert_array_equal(drawing.ink, drawn(*strokes[:-1]).ink)


def test_a_stroke_beyond_the_edge_is_cut_off():
    drawing = drawn([(-50, -50, 20), (-30, 400, 20)])
    assert drawing.is_empty
    drawing.begin(-5, 100, 30)
    assert not drawing.is_empty


def test_a_line_is_as_wide_as_its_brush():
    ink = drawn([(50.5, 140, 24), (230.5, 140, 24)]).ink
    assert ink[:, 140].sum() == pytest.approx(24, abs=0.01)
    assert ink[140].sum() == pytest.approx(180 + 24, abs=1)


def test_every_image_data_set_has_a_recipe_and_the_others_have_none():
    data = make("digits")
    assert recipe_of(data) == DIGITS
    assert recipe_of(make("and")) is None
    assert int(data.x.max()) == DIGITS.levels


def traced(image, levels):
    """Draw an image anew: a horizontal stroke along each run of its darker pixels."""
    drawing = Drawing()
    size = drawing.side / len(image)
    for row, dark in enumerate(image > 0.3 * levels):
        ends = np.flatnonzero(np.diff(np.r_[False, dark, False].astype(int)))
        for begin, end in ends.reshape(-1, 2).tolist():
            drawing.begin((begin + 0.5) * size, (row + 0.5) * size, 1.3 * size)
            drawing.extend((end - 0.5) * size, (row + 0.5) * size, 1.3 * size)
    return drawing


def test_redrawn_mnist_digits_are_taken_for_what_the_originals_are(mnist_folder):
    trainer = Trainer(PRESETS["mnist-two-layer"].config)
    trainer.run(3000)
    recipe = recipe_of(trainer.data.dataset)
    originals = trainer.data.raw_test[:50]

    def classes(images):
        return trainer.network.predict(trainer.data.inputs_of(np.reshape(images, (50, -1)))).argmax(axis=1)

    expected = classes(originals)
    enlarged, strokes = [], []
    for image in originals.reshape(-1, 28, 28):
        small = image.repeat(7, axis=0).repeat(7, axis=1) / 255
        enlarged.append(fitted(np.pad(small, ((60, 24), (5, 79))), recipe))  # in a corner of the paper
        strokes.append(prepare(traced(image, 255), recipe))
    assert (classes(enlarged) == expected).sum() == 50
    assert (classes(strokes) == expected).sum() >= 45
