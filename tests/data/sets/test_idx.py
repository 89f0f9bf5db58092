import gzip
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.data.errors import DataError
from playground.data.sets import idx
from tests.data.conftest import idx_bytes

GOOD = idx_bytes(np.arange(24, dtype=np.uint8).reshape(2, 3, 4))


def test_a_file_is_read_packed_or_not(tmp_path: Path) -> None:
    for name, raw in (
        ("a", GOOD),
        ("a.gz", gzip.compress(GOOD, mtime=0)),
        ("packed-without-saying", gzip.compress(GOOD, mtime=0)),
    ):
        (tmp_path / name).write_bytes(raw)
        array = idx.parse(idx.read_bytes(tmp_path / name), name, 3)
        assert array.tolist() == np.arange(24).reshape(2, 3, 4).tolist()


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "too short"),
        (GOOD[:10], "too short"),
        (GOOD[:-1], "2×3×4 values, 40 bytes in all, and has 39"),
        (GOOD + b"\0", "and has 41"),
        (b"\0\0\x08\x01" + GOOD[4:], "starts with 0x00000801, not 0x00000803"),
        (b"<html><body>Not found</body></html>", "starts with 0x3c68746d"),
        (b"\0\0\x08\x03" + b"\xff" * 12 + b"abc", "4294967295×4294967295×4294967295"),
    ],
)
def test_wrong_bytes_are_refused_with_what_was_found(raw: bytes, said: str) -> None:
    with pytest.raises(DataError, match="some-file") as caught:
        idx.parse(raw, "some-file", 3)
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("name", "raw", "said"),
    [
        ("x.gz", GOOD, "is not gzip data, though its name says so"),
        ("x.gz", b"", "is not gzip data"),
        ("x.gz", gzip.compress(GOOD, mtime=0)[:-12], "is cut short"),
        ("x.gz", gzip.compress(GOOD, mtime=0)[:-6] + b"abcdef", "is damaged"),
        ("x.gz", gzip.compress(GOOD, mtime=0)[:10] + b"\xff" * 40, "is damaged"),
    ],
)
def test_damaged_gzip_is_refused(tmp_path: Path, name: str, raw: bytes, said: str) -> None:
    path = tmp_path / name
    path.write_bytes(raw)
    with pytest.raises(DataError) as caught:
        idx.read_bytes(path)
    assert said in str(caught.value)
    assert str(path) in str(caught.value)


def test_a_file_of_several_gzip_members_is_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "two.gz"
    path.write_bytes(gzip.compress(GOOD[:20]) + gzip.compress(GOOD[20:]))
    assert idx.read_bytes(path) == GOOD


def test_what_unpacks_to_gigabytes_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(idx, "LARGEST", 1000)
    for bomb in (
        gzip.compress(bytes(100_000)),
        gzip.compress(bytes(900)) * 100,
        gzip.compress(b"") + gzip.compress(bytes(1001)),
    ):
        with pytest.raises(DataError, match="holds more than 0 MB"):
            idx.unpacked(bomb, "bomb.gz")
    assert len(idx.unpacked(gzip.compress(bytes(500)) * 2, "good.gz")) == 1000


def test_a_file_without_end_is_read_no_further_than_the_largest_there_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(idx, "LARGEST", 1000)
    path = tmp_path / "sparse"
    with path.open("wb") as file:
        file.truncate(1 << 34)
    with pytest.raises(DataError, match="holds more than"):
        idx.read_bytes(path)


def test_a_missing_file_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="cannot be read"):
        idx.read_bytes(tmp_path / "nothing")


@given(cut=st.integers(0, len(gzip.compress(GOOD, mtime=0)) - 1))
def test_no_cut_of_a_packed_file_is_taken_for_whole(cut: int) -> None:
    packed = gzip.compress(GOOD, mtime=0)[:cut]
    with pytest.raises(DataError):
        idx.parse(idx.unpacked(packed, "cut.gz"), "cut.gz", 3)
