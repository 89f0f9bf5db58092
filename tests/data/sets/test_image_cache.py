import errno
import os
from pathlib import Path

import numpy as np
import pytest

from playground.data.errors import DataError
from playground.data.sets import image_cache
from tests.data.conftest import small_arrays


def test_what_was_saved_last_is_loaded(tmp_path: Path) -> None:
    arrays = small_arrays()
    image_cache.save(tmp_path / "a" / "mnist", (arrays[0][:5], arrays[1][:5], *arrays[2:]))
    image_cache.save(tmp_path / "a" / "mnist", arrays)
    loaded = image_cache.load(tmp_path / "a" / "mnist")
    assert loaded is not None
    for saved, array in zip(arrays, loaded, strict=True):
        assert np.array_equal(saved, array)
        assert array.dtype == np.uint8
    assert [entry.name for entry in (tmp_path / "a").iterdir()] == ["mnist"]


def write_header(path: Path, shape: tuple[int, ...], dtype: str) -> None:
    with path.open("wb") as file:
        file.write(np.lib.format.magic(1, 0))
        header = {"descr": dtype, "fortran_order": False, "shape": shape}
        np.lib.format.write_array_header_1_0(file, header)
        file.write(b"few bytes")


@pytest.mark.parametrize("damage", ["cut", "longer", "empty", "huge", "dtype", "objects", "other dimensions", "gone"])
def test_files_that_are_not_what_they_should_be_count_as_absent(tmp_path: Path, damage: str) -> None:
    folder = tmp_path / "mnist"
    image_cache.save(folder, small_arrays())
    file = folder / "train-images.npy"
    whole = file.read_bytes()
    if damage == "cut":
        file.write_bytes(whole[:-1])
    elif damage == "longer":
        file.write_bytes(whole + b"\0")
    elif damage == "empty":
        file.write_bytes(b"")
    elif damage == "huge":
        write_header(file, (10**6, 10**6, 10**6), "|u1")
    elif damage == "dtype":
        write_header(file, (1, 3, 3), "<f8")
    elif damage == "objects":
        write_header(file, (1, 3, 3), "|O")
    elif damage == "other dimensions":
        file.write_bytes((folder / "train-labels.npy").read_bytes())
    else:
        file.unlink()
    assert image_cache.load(folder) is None


@pytest.mark.parametrize("header", [b"{'descr': [1], 'fortran_order': 3, 'shape': None}", b"{'descr': '", b"(" * 200])
def test_a_damaged_header_counts_as_absent(tmp_path: Path, header: bytes) -> None:
    folder = tmp_path / "mnist"
    image_cache.save(folder, small_arrays())
    (folder / "train-images.npy").write_bytes(
        b"\x93NUMPY\x01\x00" + len(header + b"\n").to_bytes(2, "little") + header + b"\n"
    )
    assert image_cache.load(folder) is None


def test_a_full_disk_is_said_and_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(source: object, target: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(DataError, match="The disk is full"):
        image_cache.save(tmp_path / "cache" / "mnist", small_arrays())
    assert list((tmp_path / "cache").iterdir()) == []


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(DataError, match="cannot be written"):
        image_cache.save(tmp_path / "file" / "mnist", small_arrays())
