"""Text for the terminal."""

import json
import math

import pytest

from playground.cli import tables


def test_columns_are_aligned_and_numbers_stand_to_the_right() -> None:
    shown = tables.table([["loss", "0.5"], ["accuracy", "97.25"], ["x"]], numbers=(1,), indent="> ")
    assert shown.splitlines() == ["> loss        0.5", "> accuracy  97.25", "> x"]


def test_chinese_takes_two_columns() -> None:
    assert tables.table([["损失", "1"], ["abcd", "2"]]).splitlines() == ["损失  1", "abcd  2"]


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (10_000, "10,000"),
        (0.00034801, "0.00034801"),
        (1234.5678, "1,234.57"),
        (None, "–"),
        (math.nan, "nan"),
        (2.0, "2"),
        (95_718_234.4, "95,718,234"),
    ],
)
def test_numbers_are_written_as_people_read_them(value: float | None, shown: str) -> None:
    assert tables.number(value) == shown


def test_json_has_null_for_what_is_not_finite() -> None:
    shown = tables.to_json({"a": [math.nan, 1.5, {"b": -math.inf}]})
    assert json.loads(shown, parse_constant=pytest.fail) == {"a": [None, 1.5, {"b": None}]}
