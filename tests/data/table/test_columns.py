"""Columns: their names, their kinds, and what is left out."""

from pathlib import Path

import pytest

from playground.data.errors import DataError
from playground.data.table.reading import read_table
from tests.data.table.conftest import load


def test_columns_of_text_are_left_out_and_named(file: Path) -> None:
    data = load(file, "name,a,y\nAnn,1,0\nBob,2,1\n")
    assert data.feature_names == ("a",)
    assert data.left_out == (("name", "it holds 2 different texts, such as “Ann”"),)


def test_long_names_and_cells_are_cut_wherever_they_are_shown(file: Path) -> None:
    long = "x" * 100_000
    data = load(file, f"{long},b,kind\n1,2,{long}\n2,3,b\n3,5,{long}\n4,7,b\n")
    assert data.feature_names == ("x" * 79 + "…", "b")
    assert data.class_names == ("b", "x" * 79 + "…")
    assert data.y.tolist() == [1, 0, 1, 0]
    for options in ({"target": long + "y"}, {"columns": (long + "y",)}, {"task": "regression"}):
        with pytest.raises(DataError) as refusal:
            load(file, f"{long},b,kind\n1,2,{long}\n2,3,b\n3,5,{long}\n4,7,b\n", **options)
        assert len(str(refusal.value)) < 1000
    with pytest.raises(DataError) as refusal:
        read_table(Path(long * 30))
    assert len(str(refusal.value)) < 1000


def test_three_thousand_columns_of_one_name_are_named_at_once(file: Path) -> None:
    load_rows = ("\n" + ",".join(f"{(3 * k + row) % 11}" for k in range(3000)) for row in range(12))
    file.write_text(",".join(["x"] * 3000) + "".join(load_rows), encoding="utf-8")
    names = [column.name for column in read_table(file, header="yes").columns]
    assert names[:3] == ["x", "x (2)", "x (3)"]
    assert len(set(names)) == 3000


def test_names_that_are_taken_already_are_passed_over(file: Path) -> None:
    file.write_text("x,x (2),x,x,y\n1,2,3,4,0\n5,7,6,9,1\n2,2,1,4,0\n", encoding="utf-8")
    assert [column.name for column in read_table(file).columns] == ["x", "x (2)", "x (3)", "x (4)", "y"]
