import numpy as np
import pytest

from playground.data.sets.people import Build
from tests.data.conftest import made, make

SOURCE = {
    "male": Build(weight=78.145, weight_deviation=10.513, height=177.745, height_deviation=7.184, correlation=0.535),
    "female": Build(weight=60.600, weight_deviation=9.616, height=164.872, height_deviation=6.545, correlation=0.431),
}
"""Of the 247 men and 260 women of Heinz, Peterson, Johnson and Kerk (2003), in kilograms and centimetres."""


def test_the_four_people_are_the_tutorials() -> None:
    data = make("people-4")
    assert data.x.tolist() == [[-2, -1], [25, 6], [17, 4], [-15, -6]]
    assert [data.class_names[k] for k in data.y] == ["female", "male", "male", "female"]
    assert data.row_names == ("Alice", "Bob", "Charlie", "Diana")
    prepared = made("people-4")
    assert prepared.x_train.tolist() == data.x.tolist()
    assert prepared.t_train[:, 0].tolist() == [1, 0, 0, 1]


@pytest.mark.parametrize("sex", SOURCE)
def test_a_large_sample_has_the_statistics_of_the_source(sex: str) -> None:
    """Four standard errors: of a mean σ/√n, of a deviation σ/√(2n), of a correlation (1 − r²)/√n."""
    data = make("people", 5, samples=100_000, noise=0.0)
    weight, height = data.x[data.y == data.class_names.index(sex)].T
    source, n = SOURCE[sex], len(weight)
    assert n == 50_000
    for measured, mean, deviation in (
        (weight, source.weight, source.weight_deviation),
        (height, source.height, source.height_deviation),
    ):
        assert measured.mean() == pytest.approx(mean, abs=4 * deviation / n**0.5)
        assert measured.std() == pytest.approx(deviation, abs=4 * deviation / (2 * n) ** 0.5)
    r = np.corrcoef(weight, height)[0, 1]
    assert r == pytest.approx(source.correlation, abs=4 * (1 - source.correlation**2) / n**0.5)


def test_both_sexes_together_have_the_regression_published_for_the_507() -> None:
    data = make("people", 6, samples=100_000, noise=0.0)
    weight, height = data.x.T
    share = {"male": 247 / 507, "female": 260 / 507}  # the sample has as many of both
    weights = np.choose(data.y, [share[name] for name in data.class_names])
    derivative, intercept = np.polyfit(height, weight, 1, w=np.sqrt(weights))
    assert derivative == pytest.approx(1.0176, abs=0.015)
    assert derivative * 171 + intercept == pytest.approx(1.0176 * 171 - 105.0113, abs=0.15)
    covariance = np.cov(weight, height, aweights=weights)
    assert covariance[0, 1] / np.sqrt(covariance[0, 0] * covariance[1, 1]) == pytest.approx(0.7173, abs=0.008)


def test_people_are_standardised_unless_told_otherwise() -> None:
    data = made("people")
    assert np.allclose(data.x_train.mean(axis=0), 0)
    assert data.raw_train[:, 1].mean() == pytest.approx(171, abs=3)
