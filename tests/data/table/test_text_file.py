"""Files that cannot be read as text are refused in a sentence."""

from pathlib import Path

import pytest

from playground.data.errors import DataError
from playground.data.table import csv_text, text_file
from playground.data.table.reading import read_table
from tests.data.table.conftest import load


def test_unicode_text_from_a_spreadsheet_is_read(file: Path) -> None:
    data = load(file, "宽\t类\n1\t猫\n2\t狗\n".encode("utf-16"))
    assert data.feature_names == ("宽",)
    assert set(data.class_names) == {"猫", "狗"}


def test_a_file_that_is_not_there_or_a_folder_is_said(tmp_path: Path) -> None:
    for path in (tmp_path / "nothing.csv", Path("a\0b")):
        with pytest.raises(DataError, match="There is no file"):
            read_table(path)
    with pytest.raises(DataError, match="is a folder"):
        read_table(tmp_path)


def test_a_huge_file_is_refused_before_it_is_read(file: Path) -> None:
    with file.open("wb") as opened:
        opened.truncate(text_file.LARGEST_BYTES + 1)
    with pytest.raises(DataError, match="64 MB large; at most 64 MB"):
        read_table(file)


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="needs a device without an end")
def test_a_file_without_an_end_is_not_read() -> None:
    with pytest.raises(DataError, match="/dev/zero is a device or a pipe, not a file"):
        csv_text.read_sheet(Path("/dev/zero"))
