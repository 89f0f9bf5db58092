"""Values as sentences show them: in one line, not too long, and without what a terminal obeys."""

import pytest

from playground.registry import Entry, Option, Registry, listed, one_line, printable, quoted, shown


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


def test_what_is_not_in_a_registry_or_not_among_its_options_is_refused_by_name() -> None:
    options = (Option("share", "float", 0.5, low=0, high=1), Option("way", "choice", "up", choices=("up", "down")))
    things: Registry[None] = Registry("thing", Entry("one", "One", "One.", None, options))
    assert things["one"].with_defaults({"share": 1.0}) == {"share": 1.0, "way": "up"}
    assert things.get("two") is None
    with pytest.raises(ValueError, match="unknown thing 'two'; known are one"):
        things["two"]
    for given, reason in (
        ({"shrae": 1}, "unknown option of one 'shrae'; known are share, way"),
        ({"share": 2}, "share must be between 0 and 1, not 2"),
        ({"way": "left"}, "unknown way 'left'; known are up, down"),
    ):
        with pytest.raises(ValueError, match=reason):
            things["one"].with_defaults(given)


def test_names_with_commas_are_listed_in_quotation_marks() -> None:
    assert listed(["no", "yes"]) == "no, yes"
    assert listed(["no", "yes, but late"]) == "“no”, “yes, but late”"
