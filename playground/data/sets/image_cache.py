"""Fetched image sets on disk: four ``.npy`` files of bytes in a folder, whole or not at all.

Opening them is many times faster than unpacking IDX files. A file is believed only where its header says
bytes of the right number of dimensions and its length fits; anything else counts as absent.
"""

import errno
import os
import shutil
import tempfile
import time
from pathlib import Path
from typing import IO

import numpy as np
from numpy.typing import NDArray

from playground import paths
from playground.data.errors import DataError
from playground.language import _

Bytes = NDArray[np.uint8]
Arrays = tuple[Bytes, Bytes, Bytes, Bytes]

NAMES = ("train-images", "train-labels", "test-images", "test-labels")
DIMENSIONS = (3, 1, 3, 1)

_STALE_SECONDS = 24 * 3600.0
_PART = ".part-"


def fetched_folder(name: str) -> Path:
    """Return the folder of a data set that was fetched."""
    return paths.cache_folder() / "datasets" / name


def load(folder: Path) -> Arrays | None:
    """Return images (n, height, width) and labels (n,) of both parts, uint8; None if a file is missing or damaged."""
    arrays = []
    try:
        for name, dimensions in zip(NAMES, DIMENSIONS, strict=True):
            path = folder / f"{name}.npy"
            with path.open("rb") as file:
                arrays.append(read_array(file, path.stat().st_size, dimensions))
    except Exception:  # noqa: BLE001 - whatever is wrong with it
        return None
    images, labels, test_images, test_labels = arrays
    if len(images) != len(labels) or len(test_images) != len(test_labels):
        return None
    return images, labels, test_images, test_labels


def read_array(file: IO[bytes], size: int, dimensions: int) -> Bytes:
    """Return the array in a ``.npy`` file of `size` bytes; it is read only where its header and the size agree.

    Raises
    ------
    ValueError
        Where they do not; a damaged header, which NumPy reads as Python, can raise anything.
    """
    version = np.lib.format.read_magic(file)
    shape, fortran, dtype = np.lib.format.read_array_header_1_0(file)
    count = int(np.prod(shape, dtype=object))
    is_ours = version == (1, 0) and not fortran and dtype == np.uint8 and len(shape) == dimensions
    if not is_ours or size != file.tell() + count:
        raise ValueError(f"{Path(file.name).stem}: {dtype} {shape}")
    return np.frombuffer(file.read(count), np.uint8).reshape(shape)


def save(folder: Path, arrays: Arrays) -> None:
    """Write the four arrays so that `folder` is there whole or stays as it was.

    Raises
    ------
    DataError
        Where the disk is full or the folder cannot be written.
    """
    part: Path | None = None
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        _remove_stale(folder.parent)
        part = Path(tempfile.mkdtemp(prefix=f"{folder.name}{_PART}", dir=folder.parent))
        for name, array in zip(NAMES, arrays, strict=True):
            with (part / f"{name}.npy").open("wb") as file:
                np.lib.format.write_array(file, np.ascontiguousarray(array), version=(1, 0), allow_pickle=False)
                file.flush()
        _replace(part, folder)
    except OSError as error:
        raise DataError(_write_sentence(error, folder.parent)) from error
    finally:
        if part is not None:
            shutil.rmtree(part, ignore_errors=True)


def _replace(part: Path, folder: Path) -> None:
    """Move a finished folder to its place; an older one there goes."""
    if folder.exists():
        aside = part.with_name(f"{part.name}-old")
        os.replace(folder, aside)  # noqa: PTH105 - the same call as below, on a folder
        try:
            os.replace(part, folder)  # noqa: PTH105
        except OSError:  # Windows, where another program looks into one of the files
            os.replace(aside, folder)  # noqa: PTH105
            raise
        shutil.rmtree(aside, ignore_errors=True)
    else:
        os.replace(part, folder)  # noqa: PTH105 - Path.replace is the same; os.replace is what says "atomic"


def _remove_stale(folder: Path) -> None:
    """Remove what a process that was killed left a day or more ago."""
    for leftover in folder.glob(f"*{_PART}*"):
        if time.time() - leftover.stat().st_mtime > _STALE_SECONDS:
            shutil.rmtree(leftover, ignore_errors=True)


def _write_sentence(error: OSError, folder: Path) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return _("The disk is full: {folder} needs about 55 MB.").format(folder=folder)
    return _("{folder} cannot be written: {error}.").format(folder=folder, error=error.strerror or error)
