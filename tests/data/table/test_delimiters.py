"""The sign between the cells, and where a record begins."""

import pytest

from playground.data.table.delimiters import DamagedRecord, guess_delimiter, guess_quote, records, usual_width


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("a,b\n1,2\n3,4\n", ","),
        ("a;b\n1,5;2,5\n3,5;4,5\n", ";"),
        ("a\tb\n1\t2\n", "\t"),
        ("a|b\n1|2\n", "|"),
        ("1 2 3\n4 5 6\n", " "),
        ('a,b,c\n1,2,"red; blue"\n3,4,"red; green"\n', ","),
        ("note,n\nfine weather today,1\nrain and wind,2\n", ","),
        ("one\ntwo\n", ","),
    ],
)
def test_the_sign_that_makes_the_best_table_is_found(text: str, sign: str) -> None:
    assert guess_delimiter(text) == sign


def test_single_quotes_count_only_where_there_are_no_double_ones() -> None:
    assert guess_quote("a,'b, c'\nd,'e, f'\n") == "'"
    assert guess_quote("a,'b'\nc,\"d\"\n") == '"'
    assert guess_quote("it's,1\nthat's,2\n") == '"'


def test_of_two_widths_that_are_equally_common_the_larger_counts() -> None:
    assert usual_width([2, 3, 3, 2, 4]) == 3


def test_a_record_knows_the_line_it_starts_at() -> None:
    text = 'a,b\n"one\ntwo",2\n\n3,4\n'
    assert list(records(text, ",")) == [(1, ["a", "b"]), (2, ["one\ntwo", "2"]), (5, ["3", "4"])]
    assert list(records("1  2\n\n3 4\n", " ")) == [(1, ["1", "2"]), (3, ["3", "4"])]


def test_a_quotation_mark_that_is_not_closed_is_damage_at_its_line() -> None:
    with pytest.raises(DamagedRecord) as caught:
        list(records('a,b\n1,2\n"3,4\n5,6\n', ","))
    assert caught.value.line == 3
