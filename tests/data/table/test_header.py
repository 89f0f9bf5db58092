"""Whether the first line holds names."""

import pytest

from playground.data.table.header import has_header


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([["height", "weight"], ["1.8", "80"], ["1.6", "55"]], True),
        ([["1.7", "62"], ["1.8", "80"], ["1.6", "55"]], False),
        ([["0", "1", "kind"], ["5.1", "3.5", "b"], ["4.9", "3.0", "r"], ["5.0", "3.1", "b"]], True),
        ([["country", "2019", "2020"], ["A", "1.5", "2.5"], ["B", "3.5", "4.5"], ["A", "1.0", "2.0"]], True),
        ([["n.a.", "62"], ["1.8", "80"], ["1.6", "55"]], False),
        ([["name", "town"], ["Ann", "Rome"], ["Bob", "Rome"]], True),
        ([["Ann", "Rome"], ["Bob", "Rome"], ["Ann", "Oslo"]], False),
        ([["a", "b"]], True),
        ([["1", "2"]], False),
    ],
)
def test_names_are_distinguished_from_values(rows: list[list[str]], expected: bool) -> None:
    assert has_header(rows) is expected
