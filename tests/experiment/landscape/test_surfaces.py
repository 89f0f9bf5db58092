"""Surfaces: gradients, arrows, and the largest stable learning rate."""

import numpy as np
import pytest

from playground.engine.gradients import gradient_descent, numerical_gradient
from playground.engine.optimizers import OPTIMIZERS
from playground.experiment.landscape.surfaces import EXAMPLES, Surface, arrows, descend, with_aspect

SURFACES = {one.name: Surface(one.text, one.bounds) for one in EXAMPLES}


@pytest.mark.parametrize("name", SURFACES)
def test_the_gradient_is_that_of_small_steps(name: str) -> None:
    surface = SURFACES[name]
    for point in ([0.3, -0.8], [1.5, 2.0]):
        numerical = numerical_gradient(lambda at: float(surface.value(at)), point, 1e-5)
        assert surface.gradient(point).tolist() == pytest.approx(numerical.tolist(), rel=1e-6, abs=1e-6)


@pytest.mark.parametrize(
    ("name", "lowest", "rate"),
    [("bowl", [0, 0], 1.0), ("valley", [0, 0], 1.0), ("rosenbrock", [1, 1], 2 / 1001.6)],
)
def test_the_lowest_point_and_the_largest_stable_rate(name: str, lowest: list[float], rate: float) -> None:
    point = SURFACES[name].lowest_point()
    assert point.tolist() == pytest.approx(lowest, abs=1e-9)
    assert SURFACES[name].largest_stable_rate() == pytest.approx(rate, rel=1e-4)


@pytest.mark.parametrize("text", ["x0² - x1²", "x0", "3", "log(x0 - 100)", "x0^4"])
def test_a_surface_without_a_curved_minimum_has_no_stable_rate(text: str) -> None:
    assert Surface(text, ((-4, 4), (-4, 4))).largest_stable_rate() is None


@pytest.mark.parametrize("name", ["bowl", "valley", "rosenbrock", "two-minima"])
def test_below_the_stable_rate_descent_comes_closer_and_above_it_leaves(name: str) -> None:
    surface = SURFACES[name]
    lowest, rate = surface.lowest_point(), surface.largest_stable_rate()
    assert lowest is not None
    assert rate is not None
    start = lowest + 1e-4
    below, above = (descend(surface, ["sgd"], start, factor * rate, 400)[0] for factor in (0.9, 1.1))
    assert np.linalg.norm(below[-1] - lowest) < np.linalg.norm(start - lowest)
    assert np.nanmax(np.linalg.norm(above - lowest, axis=1)) > 10 * np.linalg.norm(start - lowest)


def test_grid_and_field_cover_the_plane() -> None:
    surface = Surface("x0 + 10x1", ((0, 1), (0, 2)))
    assert surface.grid(3).tolist() == [[0, 0.5, 1], [10, 10.5, 11], [20, 20.5, 21]]
    points, gradients = surface.field(2, 1)
    assert points.tolist() == [[0.25, 1], [0.75, 1]]
    assert gradients.tolist() == [[1, 10], [1, 10]]


def test_an_arrow_is_a_shaft_and_a_head_along_its_vector() -> None:
    x, y = arrows(np.array([[1.0, 1.0], [5.0, 5.0]]), np.array([[4.0, 0.0], [0.0, 1.0]]), 2.0)
    assert (x[0], y[0], x[1], y[1]) == (0.0, 1.0, 2.0, 1.0)  # the longest, from left to right
    assert (y[7] - y[6]) == pytest.approx(1.0)  # a quarter of the length is drawn half as long
    assert x.shape == (12,)
    assert np.isfinite(arrows(np.zeros((1, 2)), np.zeros((1, 2)), 1.0)).all()


def test_a_part_of_the_plane_is_widened_to_an_aspect() -> None:
    assert with_aspect(((-1, 1), (-1, 1)), 2.0) == ((-2, 2), (-1, 1))
    assert with_aspect(((-1, 1), (-1, 1)), 0.5) == ((-1, 1), (-2, 2))


def test_the_run_of_the_article_is_exact() -> None:
    first = EXAMPLES[0]
    path = descend(SURFACES["bowl"], ["sgd"], first.start, first.rate, 100)[0]
    assert path[-1].tolist() == pytest.approx([-6.1111e-10, 8.1481e-10], rel=1e-5)
    numerical = gradient_descent(lambda at: float(SURFACES["bowl"].value(at)), first.start, first.rate, 100)
    assert path.tolist() == pytest.approx(numerical, abs=1e-9)


def test_a_rate_of_one_jumps_between_two_points_and_a_larger_one_leaves() -> None:
    path = descend(SURFACES["bowl"], ["sgd"], (-3, 4), 1.0, 4)[0]
    assert path.tolist() == [[-3, 4], [3, -4], [-3, 4], [3, -4], [-3, 4]]
    far = descend(SURFACES["bowl"], ["sgd"], (-3, 4), 1e10, 100)[0]
    assert not np.isfinite(far[-1]).all()


def test_each_optimiser_walks_as_it_does_alone() -> None:
    names = list(OPTIMIZERS)
    together = descend(SURFACES["bowl"], names, (-3, 4), 0.1, 30)
    assert together.shape == (len(names), 31, 2)
    for name, path in zip(names, together, strict=True):
        alone = descend(SURFACES["bowl"], [name], (-3, 4), 0.1, 30)[0]
        assert path.tolist() == alone.tolist()
        assert SURFACES["bowl"].value(path[-1]) < SURFACES["bowl"].value(path[0])


def test_momentum_follows_its_formula() -> None:
    path = descend(SURFACES["bowl"], ["momentum"], (-3, 4), 0.1, 2)[0]
    # v₁ = g₀ = (−6, 8); v₂ = 0.9 v₁ + g₁, with g₁ at (−2.4, 3.2)
    assert path[2].tolist() == pytest.approx([-2.4 + 0.1 * (5.4 + 4.8), 3.2 - 0.1 * (7.2 + 6.4)])
