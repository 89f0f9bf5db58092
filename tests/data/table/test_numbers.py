"""Numbers as people write them."""

import math

import pytest

from playground.data.table.numbers import form_of, is_missing, is_number


@pytest.mark.parametrize(
    ("cell", "kind", "decimal", "value"),
    [
        ("12", "whole", "point", 12.0),
        ("1,000", "comma?", "point", 1000.0),
        ("1,000", "comma?", "comma", 1.0),
        ("1.000", "point?", "comma", 1000.0),
        ("1,234.5", "point", "point", 1234.5),
        ("1.234,5", "comma", "comma", 1234.5),
        ("−3.5", "point", "point", -3.5),
        ("1 000 000", "whole", "point", 1e6),
        ("2e-3", "whole", "point", 0.002),
    ],
)
def test_a_number_is_read_with_the_sign_of_decimals(cell: str, kind: str, decimal: str, value: float) -> None:
    form = form_of(cell)
    assert form.kind == kind
    assert form.value(decimal) == pytest.approx(value)


def test_the_other_sign_of_decimals_makes_it_no_number() -> None:
    form = form_of("1,5")
    assert math.isnan(form.value("point"))


@pytest.mark.parametrize(("cell", "unit"), [("45 %", "%"), ("€12.50", "€"), ("12 USD", "USD")])
def test_a_unit_is_kept_apart(cell: str, unit: str) -> None:
    form = form_of(cell)
    assert form.unit == unit


@pytest.mark.parametrize("cell", ["abc", "1.2.3.4", "12-05", "1,2,3", "--4", "0x10"])
def test_what_is_no_number_is_a_text(cell: str) -> None:
    assert not is_number(cell)


def test_signs_for_no_value() -> None:
    assert all(map(is_missing, ("", "NA", "?", "NaN", "null")))
    assert not any(map(is_missing, ("0", "no", "nan1", "none at all")))
