from typing import Any

import numpy as np
import pytest

from playground.data.dataset import Dataset
from playground.data.errors import DataError
from playground.data.preparation import prepare
from tests.data.conftest import make


def rows(x: Any, y: Any, **options: Any) -> Dataset:
    return make("rows", x=x, y=y, **options)


def test_the_worked_example_is_regression_with_two_targets() -> None:
    data = rows(((0.05, 0.10),), ((0.01, 0.99),))
    assert data.task == "regression"
    prepared = prepare(data, {}, 1, "sigmoid")
    assert prepared.x_train.tolist() == [[0.05, 0.10]]
    assert prepared.t_train.tolist() == [[0.01, 0.99]]


@pytest.mark.parametrize(
    ("y", "classes", "indices"),
    [
        ((0, 1, 1), ("0", "1"), [0, 1, 1]),
        ((1, 1, 1), ("0", "1"), [1, 1, 1]),
        (("b", "a", "b"), ("a", "b"), [1, 0, 1]),
        ((10, 9, 2), ("2", "9", "10"), [2, 1, 0]),
        (((1.0,), (0.0,), (1.0,)), ("0", "1"), [1, 0, 1]),
    ],
)
def test_texts_and_whole_numbers_are_classes_in_sorted_order(y: Any, classes: tuple[str, ...], indices: Any) -> None:
    data = rows(((0, 1), (2, 3), (4, 5)), y)
    assert data.class_names == classes
    assert data.y.tolist() == indices


def test_fractions_are_regression_and_the_task_can_be_changed() -> None:
    assert rows((1, 2), (0.5, 1.0)).task == "regression"
    assert rows((1, 2), (0, 1), task="regression").y.tolist() == [[0.0], [1.0]]
    assert rows((1, 2), (0.5, 1.5), task="classification").class_names == ("0.5", "1.5")


@pytest.mark.parametrize(
    ("x", "y", "said"),
    [
        (((1, 2), (3,)), (0, 1), "same length"),
        (((1, 2), (3, 4)), (0,), "x has 2 samples and y has 1"),
        ((), (), "at least one row"),
        ((("a", "b"),), (0,), "contains the text “a”"),
        (((1, 2),), ((1, 0),), None),
        (((1, 2), (3, 4)), (("a", "b"), ("c", "d")), "contains the text “a”"),
        (((np.inf, 2),), (0,), "not finite"),
        (((1, 2),), (((1,),),), "at least one row"),
    ],
)
def test_rows_that_do_not_fit_are_refused_with_a_sentence(x: Any, y: Any, said: str | None) -> None:
    if said is None:
        assert rows(x, y).y.tolist() == [[1.0, 0.0]]
        return
    with pytest.raises(DataError, match=said):
        rows(x, y)


def test_classes_can_be_named_in_their_order_with_or_without_rows() -> None:
    data = rows(((0, 1), (2, 3)), ("wolf", "dog"), classes=("wolf", "dog", "cat"))
    assert data.class_names == ("wolf", "dog", "cat")
    assert data.y.tolist() == [0, 1]


def test_columns_units_target_and_view_are_taken_over() -> None:
    data = rows(((0, 1), (2, 3)), (0, 1), columns=("a", "b"), units=("kg", ""), target="kind", view=((-1, 5), (0, 9)))
    assert data.feature_names == ("a", "b")
    assert data.feature_units == ("kg", "")
    assert data.target_names == ("kind",)
    assert prepare(data, {}, 1, "sigmoid").bounds == ((-1.0, 5.0), (0.0, 9.0))


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"classes": (0, 2)}, "y contains 1, which is not one of the classes 0, 2"),
        ({"classes": (0, 1, 1)}, "each of them once"),
        ({"columns": ("a",)}, "columns has 1 texts for the 2 columns"),
        ({"view": ((0, 1),)}, "low and high"),
        ({"view": ((0, 1), (1, 0))}, "low and high"),
    ],
)
def test_names_that_do_not_fit_the_rows_are_refused(options: dict[str, Any], said: str) -> None:
    with pytest.raises(DataError, match=said):
        rows(((0, 1), (2, 3)), (0, 1), **options)


@pytest.mark.parametrize("number", [1e31, -1e300, 10**400])
def test_numbers_whose_squares_cannot_be_held_are_refused(number: float) -> None:
    with pytest.raises(DataError, match="numbers"):
        rows([[number], [1]], [0, 1])


def test_very_many_classes_are_refused_in_one_sentence() -> None:
    labels = [f"n{k}" for k in range(10_000)]
    with pytest.raises(DataError, match="10,000 different classes; at most 100"):
        rows([[k] for k in range(10_000)], labels)
    with pytest.raises(DataError, match="There are 10,000 classes; at most 100"):
        rows([[0.0], [1.0]], ["n0", "n1"], classes=labels)


def test_classes_stand_in_the_order_that_people_expect() -> None:
    data = rows([[0.0], [1.0], [2.0]], ["grade 10", "grade 9", "Grade 1"])
    assert data.class_names == ("Grade 1", "grade 9", "grade 10")


def test_a_class_of_a_huge_number_is_a_sentence() -> None:
    with pytest.raises(DataError, match="write it as a text"):
        rows([[0.0], [1.0]], [10**5000, 1])
