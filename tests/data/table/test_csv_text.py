import json
from pathlib import Path
from typing import Any

import pytest

from playground.data.catalog import CATALOG
from playground.data.dataset import Dataset
from playground.data.errors import DataError

CASES_FOLDER = Path(__file__).with_name("cases")
CASES: dict[str, dict[str, Any]] = json.loads((CASES_FOLDER / "expected.json").read_text(encoding="utf-8"))
"""By the name of the file: the options it is read with, and the data set or what the sentence about it says."""


def load(name: str) -> Dataset:
    entry = CATALOG["csv"]
    options = {"path": str(CASES_FOLDER / f"{name}.csv"), **CASES[name].get("options", {})}
    return entry.make(entry.with_defaults(options), 1)


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if "said" not in case])
def test_what_is_read_of_a_table_is_right(name: str) -> None:
    case, data = CASES[name], load(name)
    classes = tuple(case.get("classes", ()))
    assert data.feature_names == tuple(case["inputs"])
    assert data.target_names == (case["target"],)
    assert data.task == ("classification" if classes else "regression")
    assert data.class_names == classes
    assert len(data.x) == len(data.y) == case["rows"]
    for row, values in case.get("values", {}).items():
        assert list(data.x[int(row)]) == pytest.approx(values)
    if "y" in case:
        assert list(data.y.ravel()) == pytest.approx(case["y"])
    if "units" in case:
        assert data.feature_units == tuple(case["units"])
    left_out, expected = dict(data.left_out), case.get("left_out", {})
    assert left_out.keys() == expected.keys()
    assert all(reason in left_out[column] for column, reason in expected.items()), left_out
    assert data.left_out_lines == tuple(case.get("left_out_lines", ()))
    notes = case.get("notes", [])
    foreseen = (*notes, "no names of columns")
    assert [it for it in data.notes if not any(note in it for note in foreseen)] == []
    assert all(any(note in said for said in data.notes) for note in notes), data.notes


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if "said" in case])
def test_what_cannot_be_read_is_said_with_its_place(name: str) -> None:
    with pytest.raises(DataError) as refusal:
        load(name)
    for part in CASES[name]["said"]:
        assert part in str(refusal.value)
    assert refusal.value.setting == CASES[name].get("setting", refusal.value.setting)


def test_every_table_has_its_expectations() -> None:
    assert {file.stem for file in CASES_FOLDER.glob("*.csv")} == CASES.keys()
