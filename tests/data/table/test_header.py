"""Whether a table has a header."""

from pathlib import Path

import pytest

from playground.data.errors import DataError
from tests.data.table.conftest import load


def test_a_header_is_found(file: Path) -> None:
    data = load(file, "width,height,kind\n1,2,cat\n3,4,dog\n5,6,cat\n")
    assert data.feature_names == ("width", "height")
    assert data.target_names == ("kind",)
    assert data.class_names == ("cat", "dog")
    assert data.x.tolist() == [[1, 2], [3, 4], [5, 6]]
    assert data.y.tolist() == [0, 1, 0]


def test_no_header_is_found(file: Path) -> None:
    data = load(file, "1,2,cat\n3,4,dog\n")
    assert data.feature_names == ("x1", "x2")
    assert len(data.x) == 2


def test_the_header_can_be_decided_by_the_user(file: Path) -> None:
    assert load(file, "2019,2020\n1,2\n3,4\n5,7\n", header="yes").feature_names == ("2019",)
    with pytest.raises(DataError, match="line 1, column “x2”: “b” is not a number"):
        load(file, "a,b\n1,2\n3,4\n5,6\n", header="no", task="regression")
