"""Where the program looks for its own files, for the user's settings and for data."""

from pathlib import Path

import pytest

from playground import paths


def test_the_program_s_own_files_are_there_and_a_missing_one_is_named() -> None:
    assert paths.resource("pages", "screen.en.md").is_file()
    with pytest.raises(FileNotFoundError, match=r"fonts/none\.ttf is missing"):
        paths.resource("fonts", "none.ttf")


def test_a_home_that_nobody_has_stays_as_it_is() -> None:
    assert paths.expanded(Path("~nobody-at-all/x")) == Path("~nobody-at-all/x")
    assert paths.expanded(Path("~/x")) == Path.home() / "x"
