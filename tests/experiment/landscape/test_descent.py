"""Descent on a surface: the article's run, and the same steps as the engine's own training."""

import numpy as np
import pytest

from playground.engine.gradients import gradient_descent
from playground.engine.optimizers import OPTIMIZERS
from playground.experiment.landscape.descent import descend
from playground.experiment.landscape.surfaces import EXAMPLES, Surface

BOWL = Surface(EXAMPLES[0].text, EXAMPLES[0].bounds)


def test_the_run_of_the_article_is_exact() -> None:
    first = EXAMPLES[0]
    path = descend(BOWL, ["sgd"], first.start, first.rate, 100)[0]
    assert path[-1].tolist() == pytest.approx([-6.1111e-10, 8.1481e-10], rel=1e-5)
    numerical = gradient_descent(lambda at: float(BOWL.value(at)), first.start, first.rate, 100)
    assert path.tolist() == pytest.approx(numerical, abs=1e-9)


def test_a_rate_of_one_jumps_between_two_points_and_a_larger_one_leaves() -> None:
    path = descend(BOWL, ["sgd"], (-3, 4), 1.0, 4)[0]
    assert path.tolist() == [[-3, 4], [3, -4], [-3, 4], [3, -4], [-3, 4]]
    far = descend(BOWL, ["sgd"], (-3, 4), 1e10, 100)[0]
    assert not np.isfinite(far[-1]).all()


def test_each_optimiser_walks_as_it_does_alone() -> None:
    names = list(OPTIMIZERS)
    together = descend(BOWL, names, (-3, 4), 0.1, 30)
    assert together.shape == (len(names), 31, 2)
    for name, path in zip(names, together, strict=True):
        alone = descend(BOWL, [name], (-3, 4), 0.1, 30)[0]
        assert path.tolist() == alone.tolist()
        assert BOWL.value(path[-1]) < BOWL.value(path[0])


def test_momentum_follows_its_formula() -> None:
    path = descend(BOWL, ["momentum"], (-3, 4), 0.1, 2)[0]
    # v₁ = g₀ = (−6, 8); v₂ = 0.9 v₁ + g₁, with g₁ at (−2.4, 3.2)
    assert path[2].tolist() == pytest.approx([-2.4 + 0.1 * (5.4 + 4.8), 3.2 - 0.1 * (7.2 + 6.4)])
