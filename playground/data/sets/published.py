"""Whether the files of an image set are the published ones, byte for byte: by their checksums."""

import hashlib

import numpy as np
from numpy.typing import NDArray

from playground.data.errors import DataError
from playground.data.sets.image_cache import Arrays
from playground.data.sets.image_sets import ImageFile, ImageSet
from playground.language import _


def are_published(which: ImageSet, arrays: Arrays) -> bool:
    """Return whether four arrays, as `image_cache.load` returns them, are the published ones."""
    return all(_digest(array) == file.md5 for file, array in zip(which.files, arrays, strict=True))


def verified(which: ImageSet, arrays: Arrays, place: str) -> Arrays:
    """Return the arrays of a place, a path for the sentence.

    Raises
    ------
    DataError
        Where they are not the published ones.
    """
    for file, array in zip(which.files, arrays, strict=True):
        _compare(file, _digest(array), f"{place}: {file.name}")
    return arrays


def verify_bytes(file: ImageFile, raw: bytes, name: str) -> None:
    """Raise `DataError` unless the unpacked bytes of a file have the published checksum."""
    _compare(file, hashlib.md5(raw, usedforsecurity=False).hexdigest(), name)


def _compare(file: ImageFile, found: str, name: str) -> None:
    if found != file.md5:
        sentence = _("{name} is not the published file: its md5 checksum is {found}, not {expected}.")
        raise DataError(sentence.format(name=name, found=found, expected=file.md5))


def _digest(array: NDArray[np.uint8]) -> str:
    """Return the md5 checksum of the IDX file that holds an array."""
    words = (0x0800 + array.ndim, *array.shape)
    digest = hashlib.md5(b"".join(word.to_bytes(4, "big") for word in words), usedforsecurity=False)
    digest.update(np.ascontiguousarray(array).data)
    return digest.hexdigest()
