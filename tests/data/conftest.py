"""A home, a cache and a working folder of each test's own, and MNIST-like files made small."""

import gzip
import hashlib
import os
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import DTypeLike

from playground.data.catalog import CATALOG
from playground.data.dataset import Dataset
from playground.data.preparation import PreparedData, prepare
from playground.data.sets.image_cache import Arrays
from playground.data.sets.image_sets import FASHION, MNIST, ImageFile, ImageSet

_CHOSEN = os.environ.get("PLAYGROUND_DATA")


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Nothing of the user's is found, nothing of the user's is written."""
    home = tmp_path / "home"
    home.mkdir()
    for variable in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(variable, str(home))
    for variable in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(variable, str(tmp_path / "cache"))
    monkeypatch.delenv("PLAYGROUND_DATA", raising=False)
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    monkeypatch.chdir(tmp_path)
    return home


@pytest.fixture
def real_mnist() -> Path:
    """The folder with the real files; without it the test is skipped."""
    if _CHOSEN and (Path(_CHOSEN) / "train-images-idx3-ubyte.gz").is_file():
        return Path(_CHOSEN)
    pytest.skip("needs the MNIST files: name their folder in PLAYGROUND_DATA")


def make(name: str, seed: int = 42, **options: Any) -> Dataset:
    """A data set of the catalogue, its other options at their defaults."""
    entry = CATALOG[name]
    return entry.make(entry.with_defaults(options), seed)


def made(name: str, output: str = "sigmoid", dtype: DTypeLike = np.float64, **options: Any) -> PreparedData:
    """The same, prepared for a network."""
    return prepare(make(name, **options), CATALOG[name].with_defaults(options), 42, output, dtype)


def small_arrays(first_labels: bytes = MNIST.first_labels) -> Arrays:
    """Twenty training and ten test images of noise."""
    rng = np.random.default_rng(7)
    labels = np.concatenate([np.frombuffer(first_labels, np.uint8), rng.integers(0, 10, 10, dtype=np.uint8)])
    images = rng.integers(0, 256, (30, 28, 28), dtype=np.uint8)
    return images[:20], labels, images[20:], np.arange(10, dtype=np.uint8)


def idx_bytes(array: np.ndarray) -> bytes:
    """An array as an IDX file, written by hand from the format's description."""
    header = bytes([0, 0, 8, array.ndim]) + b"".join(int(size).to_bytes(4, "big") for size in array.shape)
    return header + array.tobytes()


def contents(which: ImageSet, arrays: Arrays) -> dict[str, bytes]:
    """What the four files of a set hold, by their names."""
    return {file.name: idx_bytes(array) for file, array in zip(which.files, arrays, strict=True)}


def write_files(folder: Path, files: Mapping[str, bytes], packed: bool = True) -> Path:
    """Write the files into a folder, made if need be."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, raw in files.items():
        if packed:
            (folder / f"{name}.gz").write_bytes(gzip.compress(raw, 1))
        else:
            (folder / name).write_bytes(raw)
    return folder


def published(which: ImageSet, files: Mapping[str, bytes], mirrors: tuple[str, ...] = ()) -> ImageSet:
    """The set with the checksums of these files, as if they were the published ones."""
    described = tuple(
        ImageFile(file.name, hashlib.md5(files[file.name]).hexdigest(), len(gzip.compress(files[file.name], 1)))
        for file in which.files
    )
    return replace(which, files=described, mirrors=mirrors)  # type: ignore[arg-type]


@pytest.fixture
def mnist_files() -> dict[str, bytes]:
    return contents(MNIST, small_arrays())


@pytest.fixture
def fashion_files() -> dict[str, bytes]:
    return contents(FASHION, small_arrays(FASHION.first_labels))


def keras_archive(home: Path) -> Path:
    """Write the twenty images as Keras keeps them."""
    archive = home / ".keras" / "datasets" / "mnist.npz"
    archive.parent.mkdir(parents=True)
    images, labels, test_images, test_labels = small_arrays()
    np.savez_compressed(archive, x_train=images, y_train=labels, x_test=test_images, y_test=test_labels)
    return archive


DAMAGES = ("label bits", "archive bits", "encrypted", "method", "header", "token", "bomb", "truncated")


def damaged(home: Path, files: Mapping[str, bytes], damage: str) -> None:
    """Write a damaged copy where it is looked for before the good one."""
    if damage == "label bits":
        folder = write_files(home / ".mxnet" / "datasets" / "mnist", files)
        raw = bytearray((folder / "train-labels-idx1-ubyte.gz").read_bytes())
        raw[12] ^= 0xFF
        (folder / "train-labels-idx1-ubyte.gz").write_bytes(raw)
        return
    archive = keras_archive(home)
    raw = bytearray(archive.read_bytes())
    if damage == "archive bits":
        raw[200:260] = b"\xff" * 60
    elif damage == "truncated":
        raw = raw[: len(raw) // 2]
    elif damage in ("encrypted", "method"):
        for start in range(len(raw) - 4):
            if raw[start : start + 4] == b"PK\x01\x02":
                raw[start + (8 if damage == "encrypted" else 10)] = 1 if damage == "encrypted" else 97
            if raw[start : start + 4] == b"PK\x03\x04":
                raw[start + (6 if damage == "encrypted" else 8)] = 1 if damage == "encrypted" else 97
    archive.write_bytes(raw)
    if damage in ("header", "token", "bomb"):
        texts = {"header": b"{'descr': [1], 'fortran_order': 3, 'shape': None}", "token": b"{'descr': '"}
        text = texts.get(damage, b"{'descr': '|u1', 'fortran_order': False, 'shape': (4000000, 28, 28)}")
        member = b"\x93NUMPY\x01\x00" + len(text + b"\n").to_bytes(2, "little") + text + b"\n"
        with zipfile.ZipFile(archive, "w") as out:
            for key in ("x_train", "y_train", "x_test", "y_test"):
                out.writestr(f"{key}.npy", member)
