import numpy as np

from playground.experiment.landscape.surfaces import Surface
from playground.ui.gradient_lab.field_chart import contours


def test_contours_of_a_bowl_are_circles() -> None:
    surface = Surface("x0² + x1²", ((-5, 5), (-4, 6)))
    x, y = contours(surface.grid(101), surface.bounds, [4.0, 9.0])
    radii = np.hypot(x, y)
    assert np.isclose(radii, 2, atol=0.01).sum() + np.isclose(radii, 3, atol=0.01).sum() == len(radii)
    assert len(radii) % 2 == 0
    assert not len(contours(surface.grid(11), surface.bounds, [1e6])[0])


def test_numbers_that_are_not_finite_are_no_trouble() -> None:
    grid = np.array([[0.0, 1.0, np.nan], [1.0, np.inf, 2.0], [0.0, 1.0, 2.0]])
    x, y = contours(grid, ((0, 1), (0, 1)), [0.5, 1.5])
    assert x.shape == y.shape
