"""Fetched image sets on disk: four ``.npy`` files of bytes in a folder.

Opening them is many times faster than unpacking IDX files. A file is believed only where its header says
bytes of the right number of dimensions and its length fits; anything else counts as absent.
"""

import errno
import io
import shutil
from pathlib import Path
from typing import IO

import numpy as np
from numpy.typing import NDArray

from playground import paths
from playground.data.errors import DataError
from playground.language import _
from playground.writing import replace_file

Bytes = NDArray[np.uint8]
Arrays = tuple[Bytes, Bytes, Bytes, Bytes]

NAMES = ("train-images", "train-labels", "test-images", "test-labels")
DIMENSIONS = (3, 1, 3, 1)


def fetched_folder(name: str) -> Path:
    """Return the folder of a data set that was fetched."""
    return paths.cache_folder() / "datasets" / name


def load(folder: Path) -> Arrays | None:
    """Return images (n, height, width) and labels (n,) of both parts, uint8; None if a file is missing or damaged."""
    arrays = []
    try:
        for name, dimensions in zip(NAMES, DIMENSIONS, strict=True):
            with (folder / f"{name}.npy").open("rb") as file:
                arrays.append(read_array(file, dimensions))
    except Exception:  # noqa: BLE001 - whatever is wrong with it
        return None
    images, labels, test_images, test_labels = arrays
    if len(images) != len(labels) or len(test_images) != len(test_labels):
        return None
    return images, labels, test_images, test_labels


def read_array(file: IO[bytes], dimensions: int) -> Bytes:
    """Return the array of bytes that a ``.npy`` file holds.

    Raises
    ------
    ValueError
        Where it holds another one, or more; a damaged header, which NumPy reads as Python, can raise anything.
    """
    array: Bytes = np.load(file, allow_pickle=False)
    if array.dtype != np.uint8 or array.ndim != dimensions or file.read(1):
        raise ValueError(f"{Path(file.name).stem}: {array.dtype} {array.shape}")
    return array


def save(folder: Path, arrays: Arrays) -> None:
    """Write the four arrays, each file whole or not at all; of a set that cannot be completed nothing is left.

    Raises
    ------
    DataError
        Where the disk is full or the folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, array in zip(NAMES, arrays, strict=True):
            file = io.BytesIO()
            np.save(file, np.ascontiguousarray(array))
            replace_file(folder / f"{name}.npy", file.getvalue())
    except OSError as error:
        if load(folder) is None:
            shutil.rmtree(folder, ignore_errors=True)
        raise DataError(_write_sentence(error, folder.parent)) from error


def _write_sentence(error: OSError, folder: Path) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return _("The disk is full: {folder} needs about 55 MB.").format(folder=folder)
    return _("{folder} cannot be written: {error}.").format(folder=folder, error=error.strerror or error)
