import numpy as np
import pytest

from playground.data.catalog import CATALOG
from playground.data.people import MEN, WOMEN, Build
from playground.data.preparation import prepare


def test_the_four_people_are_the_tutorials() -> None:
    entry = CATALOG["people-4"]
    options = entry.with_defaults({})
    data = entry.make(options, 1)
    assert data.x.tolist() == [[-2, -1], [25, 6], [17, 4], [-15, -6]]
    assert [data.class_names[k] for k in data.y] == ["female", "male", "male", "female"]
    assert data.row_names == ("Alice", "Bob", "Charlie", "Diana")
    prepared = prepare(data, options, 1, "sigmoid")
    assert prepared.x_train.tolist() == data.x.tolist()
    assert prepared.t_train[:, 0].tolist() == [1, 0, 0, 1]


@pytest.mark.parametrize(("label", "build"), [(0, MEN), (1, WOMEN)])
def test_many_people_have_the_published_statistics(label: int, build: Build) -> None:
    entry = CATALOG["people"]
    data = entry.make(entry.with_defaults({"samples": 100_000, "noise": 0.0}), 5)
    weight, height = data.x[data.y == label].T
    assert weight.mean() == pytest.approx(build.weight, abs=0.2)
    assert height.mean() == pytest.approx(build.height, abs=0.2)
    assert weight.std() == pytest.approx(build.weight_deviation, rel=0.02)
    assert height.std() == pytest.approx(build.height_deviation, rel=0.02)
    assert np.corrcoef(weight, height)[0, 1] == pytest.approx(build.correlation, abs=0.02)


def test_both_sexes_together_have_the_regression_published_for_the_507() -> None:
    entry = CATALOG["people"]
    weight, height = entry.make(entry.with_defaults({"samples": 100_000, "noise": 0.0}), 6).x.T
    slope, intercept = np.polyfit(height, weight, 1)
    assert slope == pytest.approx(1.0176, abs=0.03)
    assert slope * 171 + intercept == pytest.approx(1.0176 * 171 - 105.0113, abs=0.5)
    assert np.corrcoef(weight, height)[0, 1] == pytest.approx(0.72, abs=0.015)


def test_people_are_standardised_unless_told_otherwise() -> None:
    entry = CATALOG["people"]
    options = entry.with_defaults({})
    data = prepare(entry.make(options, 1), options, 1, "sigmoid")
    assert np.allclose(data.x_train.mean(axis=0), 0)
    assert data.raw_train[:, 1].mean() == pytest.approx(171, abs=3)
    assert "kg" in data.describe_inputs(0)
