"""IDX, the format of the MNIST files: read strictly, with a sentence for everything that can be wrong.

Big-endian: two zero bytes, the type (8: unsigned byte), the number of dimensions, each size as four bytes, the
values. Source: http://yann.lecun.com/exdb/mnist/, "File formats for the MNIST database".
"""

import gzip
import io
import math
import zlib
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from playground.data.errors import DataError
from playground.language import _

LARGEST = 16 + 60_000 * 28 * 28
"""Most bytes that a file may hold, packed or unpacked: as many as the largest of the published ones."""

_GZIP = b"\x1f\x8b"


def read_bytes(path: Path) -> bytes:
    """Return the bytes of a file, unpacked where it is gzip (whatever it is called).

    Raises
    ------
    DataError
        Where it cannot be read, is cut short, or unpacks to something absurdly large.
    """
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST + 1)
    except OSError as error:
        raise DataError(
            _("{path} cannot be read: {error}.").format(path=path, error=error.strerror or error)
        ) from error
    if len(raw) > LARGEST:
        raise _too_large(str(path))
    if path.suffix == ".gz" and not raw.startswith(_GZIP):
        raise DataError(_("{path} is not gzip data, though its name says so: download it again.").format(path=path))
    return unpacked(raw, str(path))


def unpacked(raw: bytes, name: str) -> bytes:
    """Return `raw` unpacked where it is gzip, as it is otherwise; `name` is for the sentence.

    Raises
    ------
    DataError
        Where it is cut short, damaged, or unpacks to more than `LARGEST` bytes.
    """
    if not raw.startswith(_GZIP):
        return raw
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(raw)) as packed:  # all its members, one after another
            out = packed.read(LARGEST + 1)
    except EOFError as error:
        raise DataError(_("{path} is cut short: download it again.").format(path=name)) from error
    except (zlib.error, gzip.BadGzipFile) as error:
        raise DataError(_("{path} is damaged ({error}): download it again.").format(path=name, error=error)) from error
    if len(out) > LARGEST:
        raise _too_large(name)
    return out


def _too_large(name: str) -> DataError:
    sentence = _("{path} holds more than {n} MB: it is not a file of MNIST.")
    return DataError(sentence.format(path=name, n=LARGEST // 1_000_000))


def parse(raw: bytes, name: str, dimensions: int) -> NDArray[np.uint8]:
    """Return the array that IDX bytes hold; `name` is for the sentences.

    Raises
    ------
    DataError
        Where the first bytes, the number of dimensions or the length are not as they must be.
    """
    magic = 0x0800 + dimensions
    found = int.from_bytes(raw[:4], "big")
    start = 4 + 4 * dimensions
    if len(raw) < start:
        raise DataError(
            _("{path} is too short to be an IDX file ({n} bytes): download it again.").format(path=name, n=len(raw))
        )
    if found != magic:
        raise DataError(
            _("{path} is not the IDX file it should be: it starts with {found}, not {magic}.").format(
                path=name, found=f"0x{found:08x}", magic=f"0x{magic:08x}"
            )
        )
    shape = tuple(int.from_bytes(raw[4 + 4 * k : 8 + 4 * k], "big") for k in range(dimensions))
    wanted = start + math.prod(shape)
    if len(raw) != wanted:
        raise DataError(
            _("{path} says it holds {shape} values, {wanted} bytes in all, and has {n}: download it again.").format(
                path=name, shape="×".join(map(str, shape)), wanted=wanted, n=len(raw)
            )
        )
    return np.frombuffer(raw, dtype=np.uint8, offset=start).reshape(shape)
