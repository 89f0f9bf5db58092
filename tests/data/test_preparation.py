from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.data.dataset import Dataset
from playground.data.errors import DataError
from playground.data.preparation import FEATURES, prepare
from tests.data.conftest import made


def table(n: int = 50, columns: int = 2, classes: int = 2) -> Dataset:
    rng = np.random.default_rng(0)
    x = rng.normal(3.0, 2.0, (n, columns))
    y = np.arange(n) % classes
    names = tuple(f"x{k + 1}" for k in range(columns))
    return Dataset("rows", x, y, "classification", names, ("class",), tuple("abcdefgh"[:classes]))


def line(n: int = 40) -> Dataset:
    x = np.linspace(0, 10, n)[:, None]
    return Dataset("rows", x, 1000 + 50 * x, "regression", ("x1",))


@settings(max_examples=60, deadline=None)
@given(n=st.integers(1, 200), share=st.floats(0.01, 1.0), seed=st.integers(0, 2**63 - 1))
def test_a_split_uses_every_row_once_and_keeps_the_order(n: int, share: float, seed: int) -> None:
    data = prepare(table(n), {"train_share": share}, seed, "sigmoid")
    rows = data.rows_train.tolist()
    others = [] if data.rows_test is None else data.rows_test.tolist()
    assert rows == sorted(rows)
    assert others == sorted(others)
    assert sorted(rows + others) == list(range(n))
    assert len(rows) == min(max(round(share * n), 1), n)
    assert np.array_equal(data.raw_train, data.dataset.x[rows])
    again = prepare(table(n), {"train_share": share}, seed, "sigmoid")
    assert again.rows_train.tolist() == rows
    parts = (data.x_test, data.t_test, data.labels_test, data.raw_test)
    assert [part is None for part in parts] == [not others] * 4


def test_another_seed_chooses_other_rows_and_all_are_read_only() -> None:
    first, second = (prepare(table(), {"train_share": 0.5, "standardise": True}, seed, "sigmoid") for seed in (1, 2))
    assert first.rows_train.tolist() != second.rows_train.tolist()
    arrays = [it for it in vars(first).values() if isinstance(it, np.ndarray)]
    assert len(arrays) == 12
    assert not any(it.flags.writeable for it in arrays)


def test_standardising_uses_the_training_rows_only() -> None:
    dataset = table()
    data = prepare(dataset, {"train_share": 0.5, "standardise": True}, 42, "sigmoid")
    assert np.allclose(data.x_train.mean(axis=0), 0)
    assert np.allclose(data.x_train.std(axis=0), 1)
    spoiled = dataset.x.copy()
    assert data.rows_test is not None
    spoiled[data.rows_test] = 1e6
    other = Dataset("rows", spoiled, dataset.y, dataset.task, dataset.feature_names, ("class",), ("a", "b"))
    again = prepare(other, {"train_share": 0.5, "standardise": True}, 42, "sigmoid")
    assert np.array_equal(again.x_train, data.x_train)
    assert data.x_test is not None
    expected = (data.raw_test - data.raw_train.mean(axis=0)) / data.raw_train.std(axis=0)
    assert np.allclose(data.x_test, expected)


def test_a_column_that_never_changes_becomes_zero() -> None:
    x = np.column_stack([np.full(9, 0.1), np.arange(9.0)])
    dataset = Dataset("rows", x, np.arange(9) % 2, "classification", ("x1", "x2"), ("c",), ("a", "b"))
    data = prepare(dataset, {"standardise": True}, 1, "sigmoid")
    assert np.allclose(data.x_train[:, 0], 0)
    assert np.isfinite(data.x_train).all()


@pytest.mark.parametrize(
    ("output", "classes", "first_rows"),
    [
        ("sigmoid", 2, [[0], [1]]),
        ("linear", 2, [[0], [1]]),
        ("tanh", 2, [[-1], [1]]),
        ("softmax", 2, [[1, 0], [0, 1]]),
        ("sigmoid", 3, [[1, 0, 0], [0, 1, 0], [0, 0, 1]]),
        ("softmax", 3, [[1, 0, 0], [0, 1, 0], [0, 0, 1]]),
        ("tanh", 3, [[1, -1, -1], [-1, 1, -1], [-1, -1, 1]]),
    ],
)
def test_targets_are_encoded_for_the_output(output: str, classes: int, first_rows: list[list[int]]) -> None:
    data = prepare(table(classes=classes), {}, 42, output, np.float32)
    assert data.t_train[:classes].tolist() == first_rows
    assert data.t_train.dtype == np.float32
    assert data.n_outputs == len(data.output_names)
    assert data.labels_train[:classes].tolist() == list(range(classes))


def test_extra_inputs_are_made_of_the_columns() -> None:
    data = made("spiral", features=tuple(FEATURES))
    a, b = data.raw_train.T
    expected = np.column_stack([a, b, a**2, b**2, a * b, np.sin(a), np.sin(b)])
    assert np.allclose(data.x_train, expected)
    assert data.input_names == ("x1", "x2", "x1²", "x2²", "x1·x2", "sin x1", "sin x2")
    assert data.n_inputs == 7


@pytest.mark.parametrize("options", [{}, {"features": ("x1*x2", "x1")}, {"standardise": True, "features": ("x2^2",)}])
def test_inputs_of_gives_what_the_network_was_given(options: dict[str, Any]) -> None:
    data = made("circle", **options)
    assert np.array_equal(data.inputs_of(data.raw_train), data.x_train)
    assert data.raw_test is not None
    assert np.array_equal(data.inputs_of(data.raw_test), data.x_test)


def test_a_target_in_large_units_can_be_scaled_and_scaled_back() -> None:
    data = prepare(line(), {"train_share": 0.5, "scale_target": True}, 42, "linear")
    assert np.allclose(data.t_train.mean(), 0)
    assert np.allclose(data.t_train.std(), 1)
    assert np.allclose(data.targets_in_units(data.t_train), 1000 + 50 * data.raw_train)
    assert data.t_test is not None
    assert np.allclose(data.targets_in_units(data.t_test), 1000 + 50 * data.raw_test)
    plain = prepare(line(), {}, 42, "linear")
    assert plain.targets_in_units(plain.t_train) is plain.t_train


def test_bounds_hold_the_samples_and_stay_put_while_they_fit_the_view() -> None:
    assert made("spiral").bounds == ((-6.0, 6.0), (-6.0, 6.0))
    wide = made("gauss", noise=0.5)
    for k, (low, high) in enumerate(wide.bounds):
        assert low < wide.dataset.x[:, k].min()
        assert high > wide.dataset.x[:, k].max()
        assert low <= -6.0
        assert high >= 6.0
    one = Dataset("rows", np.array([[2.0, 0.0]]), np.array([0]), "classification", ("x1", "x2"), ("y",), ("0", "1"))
    for low, high in prepare(one, {}, 1, "sigmoid").bounds:
        assert low < high


def test_data_that_cannot_be_learned_from_are_refused() -> None:
    with pytest.raises(DataError, match="same class"):
        prepare(table(classes=1), {}, 1, "sigmoid")
    with pytest.raises(DataError, match="softmax of one output"):
        prepare(line(), {}, 1, "softmax")
    with pytest.raises(DataError, match="one or two columns; these data have 3"):
        prepare(table(columns=3), {"features": ("x1",)}, 1, "sigmoid")
    with pytest.raises(DataError, match="needs two columns"):
        prepare(line(), {"features": ("x1*x2",)}, 1, "linear")
