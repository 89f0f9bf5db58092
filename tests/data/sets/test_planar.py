import numpy as np
import pytest

from tests.data.conftest import make


def test_circle_is_a_disc_in_a_ring_with_a_gap() -> None:
    data = make("circle", samples=1000, noise=0.0)
    radius = np.hypot(*data.x.T)
    assert radius[data.y == 1].max() <= 2.5
    assert radius[data.y == 0].min() >= 3.5
    assert radius.max() <= 5.0


@pytest.mark.parametrize(("noise", "variance"), [(0.0, 0.5), (0.5, 4.0)])
def test_gauss_has_the_variance_of_tensorflow_playground(noise: float, variance: float) -> None:
    data = make("gauss", samples=50_000, noise=noise)
    positive = data.x[data.y == 1]
    assert positive.mean(axis=0) == pytest.approx([2, 2], abs=0.05)
    assert positive.var(axis=0) == pytest.approx([variance, variance], rel=0.05)


def test_each_arm_of_the_spiral_turns_one_and_three_quarters() -> None:
    data = make("spiral", samples=1000, noise=0.0)
    for label, start in ((1, 0.0), (0, np.pi)):
        arm = data.x[data.y == label]
        radius = np.hypot(*arm.T)
        angle = 1.75 * 2 * np.pi * radius / 5 + start
        assert np.allclose(arm, radius[:, None] * np.column_stack([np.sin(angle), np.cos(angle)]))
        assert radius.max() == pytest.approx(5 * 499 / 500)


def test_plane_is_a_tenth_of_the_sum() -> None:
    data = make("plane", samples=1000, noise=0.0)
    assert np.allclose(data.y[:, 0], data.x.sum(axis=1) / 10)
    assert np.abs(data.x).max() <= 6


def test_hills_rise_at_their_centres_only() -> None:
    data = make("multi-gauss", samples=20_000, noise=0.0)
    near = np.hypot(data.x[:, 0] + 4, data.x[:, 1] - 2.5) < 0.1
    assert near.any()
    assert data.y[near].min() > 0.9
    far = np.hypot(data.x[:, 0], data.x[:, 1]) < 0.4
    assert far.any()
    assert np.all(data.y[far] == 0)
    assert data.y.min() < -0.95


def test_sine_is_the_sine() -> None:
    data = make("sine", samples=1000, noise=0.0)
    assert np.allclose(data.y, np.sin(data.x))
    calm, noisy = (make("sine", samples=20_000, noise=noise).y.var() for noise in (0.0, 0.3))
    assert noisy == pytest.approx(calm + 0.09, abs=0.02)


def test_moons_are_two_half_circles() -> None:
    data = make("moons", samples=1000, noise=0.0)
    for label, side in ((0, 1.0), (1, -1.0)):
        away = side * data.x[data.y == label] + np.array([1.5, 0.75])
        assert np.allclose(np.hypot(*away.T), 3.0)
        assert away[:, 1].min() >= 0
