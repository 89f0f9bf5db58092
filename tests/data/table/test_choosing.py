"""Columns chosen by name or number."""

from pathlib import Path
from typing import Any

import pytest

from playground.data.errors import DataError
from tests.data.table.conftest import load

YEARS = "2,1,kind\n5,6,a\n7,8,b\n5,7,a\n"
"""Columns that are called by numbers."""


@pytest.mark.parametrize("target", ["kind", "1"])
def test_the_target_is_chosen_by_name_or_number(file: Path, target: str) -> None:
    data = load(file, "kind,a,b\n0,2,3\n1,5,6\n", target=target)
    assert data.target_names == ("kind",)
    assert data.x.tolist() == [[2, 3], [5, 6]]


def test_input_columns_are_chosen_by_name_or_number(file: Path) -> None:
    data = load(file, "a,b,c,y\n1,2,3,0\n4,5,6,1\n", columns=("c", 1, "c"))
    assert data.feature_names == ("c", "a")
    assert data.x.tolist() == [[3, 1], [6, 4]]


@pytest.mark.parametrize(
    ("target", "name"), [(2, "1"), (1, "2"), ("2", "2"), ("1", "1"), ("3", "kind"), (3, "kind"), ("kind", "kind")]
)
def test_a_number_is_a_place_first_and_a_text_a_name_first(file: Path, target: object, name: str) -> None:
    assert load(file, YEARS, header="yes", target=target, columns=() if name == "kind" else None).target_names == (
        name,
    )


def test_a_number_beyond_the_last_column_is_a_name(file: Path) -> None:
    data = load(file, "x,2020,2021\n1,2,0\n3,4,1\n5,7,0\n", target=2021, columns=(2020, 1), header="yes")
    assert data.target_names == ("2021",)
    assert data.feature_names == ("2020", "x")


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (
            {"target": "widht"},
            "$.data.target: {file} has no column “widht”; it has 3: width, height, kind. Did you mean width?",
        ),
        ({"target": 4}, "has no column “4”; it has 3: width, height, kind"),
        ({"columns": ("width", "depth")}, "$.data.columns[1]: {file} has no column “depth”"),
        ({"columns": (1, "kind")}, "$.data.columns[1]: The column “kind” is the target"),
    ],
)
def test_a_column_that_is_not_there_is_named_with_those_that_are(
    file: Path, options: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(DataError) as refusal:
        load(file, "width,height,kind\n1,2,cat\n3,4,dog\n", **options)
    assert sentence.format(file=file) in str(refusal.value)


@pytest.mark.parametrize("number", [10**400, 10**5000], ids=["400 digits", "5000 digits"])
def test_a_place_beyond_all_numbers_is_no_column(file: Path, number: int) -> None:
    with pytest.raises(DataError, match="has no column"):
        load(file, "a,y\n1,0\n2,1\n", target=number)
    with pytest.raises(DataError, match="has no column"):
        load(file, "a,y\n1,0\n2,1\n", target="9" * 5000)
