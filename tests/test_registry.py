"""Values as sentences show them: in one line, not too long, and without what a terminal obeys."""

from playground.registry import listed, one_line, printable, quoted, shown


def test_control_characters_are_written_out() -> None:
    assert printable("a\x1b[31mb\nc") == "a\\x1b[31mb\nc"
    assert one_line("two\nlines\x07") == "two lines\\x07"


def test_long_values_are_cut() -> None:
    assert shown("x" * 100, 10) == "x" * 10 + "…"
    assert shown(10**5_000).startswith("≈10^")
    assert one_line("y" * 10**6, 20) == "y" * 20 + "…"


def test_values_are_quoted_as_json_has_them() -> None:
    assert [quoted(it) for it in ("a", None, True, 1.5, {"k": 1})] == ["“a”", "null", "true", "1.5", "{…}"]
    assert quoted([1, "b", [2]]) == "[1, “b”, […]]"
    assert quoted(list(range(9))) == "[0, 1, 2, 3, 4, …]"


def test_names_with_commas_are_listed_in_quotation_marks() -> None:
    assert listed(["no", "yes"]) == "no, yes"
    assert listed(["no", "yes, but late"]) == "“no”, “yes, but late”"
