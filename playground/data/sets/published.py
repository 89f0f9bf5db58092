"""Whether the files of an image set are the published ones, byte for byte: by their checksums."""

import hashlib
from contextlib import suppress
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from playground import paths
from playground.data.errors import DataError
from playground.data.sets import image_cache
from playground.data.sets.image_cache import Arrays
from playground.data.sets.image_sets import ImageFile, ImageSet
from playground.language import _

_YES, _NO = "published", "other"


def is_published(which: ImageSet, files: tuple[Path, ...], arrays: Arrays) -> bool:
    """Return whether the arrays that files hold are the published ones; worked out once for files as they are."""
    record = paths.cache_folder() / "checked" / image_cache.decoded_folder(which.name, files).name
    known = None
    with suppress(OSError, ValueError):
        known = record.read_text(encoding="ascii")[:20]
    if known in (_YES, _NO):
        return known == _YES
    found = all(_digest(_header(array), array) == file.md5 for file, array in zip(which.files, arrays, strict=True))
    with suppress(OSError):
        record.parent.mkdir(parents=True, exist_ok=True)
        for older in record.parent.glob(f"{which.name}-*"):
            older.unlink()
        record.write_text(_YES if found else _NO, encoding="ascii")
    return found


def verified(which: ImageSet, arrays: Arrays, place: str) -> Arrays:
    """Return the arrays where they are the published ones; raise `DataError` where they are not."""
    for file, array in zip(which.files, arrays, strict=True):
        _compare(file, _digest(_header(array), array), f"{place}: {file.name}")
    return arrays


def verify_bytes(file: ImageFile, raw: bytes, name: str) -> None:
    """Raise `DataError` unless the unpacked bytes of a file have the published checksum."""
    _compare(file, hashlib.md5(raw, usedforsecurity=False).hexdigest(), name)


def _compare(file: ImageFile, found: str, name: str) -> None:
    """Raise `DataError` where a checksum is not the published one."""
    if found != file.md5:
        sentence = _("{name} is not the published file: its md5 checksum is {found}, not {expected}.")
        raise DataError(sentence.format(name=name, found=found, expected=file.md5))


def _digest(header: bytes, array: NDArray[np.uint8]) -> str:
    """Return the md5 checksum of the IDX file that holds an array."""
    digest = hashlib.md5(header, usedforsecurity=False)
    digest.update(np.ascontiguousarray(array).data)
    return digest.hexdigest()


def _header(array: NDArray[np.uint8]) -> bytes:
    """Return the bytes that stand before an array in its IDX file."""
    words = (0x0800 + array.ndim, *array.shape)
    return b"".join(word.to_bytes(4, "big") for word in words)
