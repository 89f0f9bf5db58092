from pathlib import Path

import pytest

from playground.data.catalog import CATALOG
from playground.data.dataset import Dataset
from playground.data.errors import DataError
from tests.data.table.table_cases import CASES
from tests.data.table.tables import Case


def load(folder: Path, case: Case) -> Dataset:
    file = folder / "table.csv"
    file.write_bytes(case.content.encode() if isinstance(case.content, str) else case.content)
    entry = CATALOG["csv"]
    return entry.make(entry.with_defaults({"path": str(file), **case.options}), 1)


@pytest.mark.parametrize("case", [it for it in CASES if not it.said], ids=lambda case: case.name)
def test_what_is_read_of_a_table_is_right(tmp_path: Path, case: Case) -> None:
    data = load(tmp_path, case)
    assert data.feature_names == case.inputs
    assert data.target_names == (case.target,)
    assert data.task == ("classification" if case.classes else "regression")
    assert data.class_names == case.classes
    assert len(data.x) == len(data.y) == case.rows
    for row, values in case.values.items():
        assert tuple(data.x[row]) == pytest.approx(values)
    if case.y:
        assert tuple(data.y.ravel()) == pytest.approx(case.y)
    if case.units:
        assert data.feature_units == case.units
    left_out = dict(data.left_out)
    assert set(left_out) == set(case.left_out)
    for column, reason in case.left_out.items():
        assert reason in left_out[column]
    foreseen = (*case.notes, "no names of columns")
    assert [it for it in data.notes if not any(note in it for note in foreseen)] == []
    for note in case.notes:
        assert any(note in said for said in data.notes), data.notes


@pytest.mark.parametrize("case", [it for it in CASES if it.said], ids=lambda case: case.name)
def test_what_cannot_be_read_is_said_with_its_place(tmp_path: Path, case: Case) -> None:
    with pytest.raises(DataError) as refusal:
        load(tmp_path, case)
    for part in case.said:
        assert part in str(refusal.value)


def test_the_corpus_is_large_and_its_names_differ() -> None:
    assert len(CASES) >= 50
    assert len({case.name for case in CASES}) == len(CASES)
