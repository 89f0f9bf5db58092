import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.data.catalog import CATALOG
from tests.data.conftest import make

MADE = tuple(name for name, entry in CATALOG.items() if entry.has("noise"))


def test_the_data_of_ones_own_come_last_and_no_label_comes_twice() -> None:
    assert list(CATALOG)[-2:] == ["csv", "rows"]
    assert len({entry.label for entry in CATALOG.values()}) == len(CATALOG)


def test_every_entry_and_option_is_explained() -> None:
    for entry in CATALOG.values():
        assert entry.label
        assert entry.sentence.endswith((".", "?"))
        for option in entry.options:
            assert option.label
            assert option.sentence.endswith(".")


def test_every_default_is_one_of_the_allowed_values() -> None:
    for entry in CATALOG.values():
        for option in entry.options:
            if option.default is None:
                continue
            if option.kind == "names":
                assert set(option.default) <= set(option.choices)
            elif option.kind == "choice":
                assert option.default in option.choices
            elif option.kind in ("int", "float"):
                assert option.low is not None
                assert option.high is not None
                assert option.low <= option.default <= option.high


@settings(max_examples=60, deadline=None)
@given(
    name=st.sampled_from(MADE),
    samples=st.integers(2, 300),
    noise=st.floats(0.0, 0.5),
    seed=st.integers(0, 2**63 - 1),
)
def test_made_data_have_the_right_shape_are_finite_and_come_again(
    name: str, samples: int, noise: float, seed: int
) -> None:
    data = make(name, seed, samples=samples, noise=noise)
    assert data.name == name
    assert data.x.shape == (samples, len(data.feature_names))
    assert data.x.dtype == np.float64
    assert np.isfinite(data.x).all()
    if data.task == "classification":
        assert data.y.shape == (samples,)
        assert data.y.dtype == np.int64
        assert set(data.y.tolist()) <= set(range(len(data.class_names)))
    else:
        assert data.y.shape == (samples, 1)
        assert np.isfinite(data.y).all()
    again = make(name, seed, samples=samples, noise=noise)
    assert data.x.tobytes() == again.x.tobytes()
    assert data.y.tobytes() == again.y.tobytes()


@settings(max_examples=30, deadline=None)
@given(name=st.sampled_from(["people", "circle", "gauss", "moons", "spiral"]), samples=st.integers(2, 200))
def test_classes_are_as_equal_in_number_as_can_be(name: str, samples: int) -> None:
    counts = np.bincount(make(name, samples=samples, noise=0.0).y, minlength=2)
    assert counts.sum() == samples
    assert abs(int(counts[0]) - int(counts[1])) <= 1


@pytest.mark.parametrize("name", MADE)
def test_another_seed_gives_other_data(name: str) -> None:
    assert not np.array_equal(make(name, 1).x, make(name, 2).x)


@pytest.mark.parametrize("name", ["moons", "spiral", "people"])
def test_noise_moves_points_and_leaves_their_classes(name: str) -> None:
    calm, noisy = make(name, noise=0.0), make(name, noise=0.5)
    assert np.array_equal(calm.y, noisy.y)
    assert not np.allclose(calm.x, noisy.x)


def test_rows_come_in_mixed_order() -> None:
    labels = make("spiral").y
    assert 0.3 < np.mean(labels[:-1] != labels[1:]) < 0.7
