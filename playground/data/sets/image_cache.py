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
    for name, dimensions in zip(NAMES, DIMENSIONS, strict=True):
        array = _load_array(folder / f"{name}.npy", dimensions)
        if array is None:
            return None
        arrays.append(array)
    images, labels, test_images, test_labels = arrays
    if len(images) != len(labels) or len(test_images) != len(test_labels):
        return None
    return images, labels, test_images, test_labels


def _load_array(path: Path, dimensions: int) -> Bytes | None:
    """Return the bytes of one file, or None; memory is only asked for once the file's length is known to fit."""
    try:
        with path.open("rb") as file:
            if np.lib.format.read_magic(file) != (1, 0):
                return None
            shape, fortran, dtype = np.lib.format.read_array_header_1_0(file)
            start = file.tell()
            count = int(np.prod(shape, dtype=object))
            if fortran or dtype != np.uint8 or len(shape) != dimensions or path.stat().st_size != start + count:
                return None
            return np.fromfile(file, dtype=np.uint8, count=count).reshape(shape)
    except Exception:  # noqa: BLE001 - NumPy reads the header as Python: a damaged one can raise anything
        return None


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
