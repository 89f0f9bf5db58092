"""IDX, the format of the MNIST files: read strictly, with a sentence for everything that can be wrong.

Big-endian: two zero bytes, the type (8: unsigned byte), the number of dimensions, each size as four bytes, the
values. Source: http://yann.lecun.com/exdb/mnist/, "File formats for the MNIST database".
"""

import gzip
import zlib
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from playground.data.errors import DataError
from playground.language import _

LARGEST = 1 << 30
"""Most bytes that a file may unpack to."""

_GZIP = b"\x1f\x8b"


def read_bytes(path: Path) -> bytes:
    """Return the bytes of a file, unpacked where it is gzip (whatever it is called).

    Raises
    ------
    DataError
        Where it cannot be read, is cut short, or unpacks to something absurdly large.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise DataError(
            _("{path} cannot be read: {error}.").format(path=path, error=error.strerror or error)
        ) from error
    if path.suffix == ".gz" and not raw.startswith(_GZIP):
        raise DataError(_("{path} is not gzip data, though its name says so: download it again.").format(path=path))
    return unpacked(raw, str(path))


def unpacked(raw: bytes, name: str) -> bytes:
    """Return `raw` unpacked where it is gzip, as it is otherwise; `name` is for the sentence."""
    if not raw.startswith(_GZIP):
        return raw
    try:
        machine = zlib.decompressobj(wbits=31)
        out = machine.decompress(raw, LARGEST)
        if machine.eof and not machine.unused_data.strip(b"\0"):
            return out
        if machine.unconsumed_tail:
            raise DataError(_("{path} unpacks to more than 1 GB: it is not an MNIST file.").format(path=name))
        if machine.eof:
            return gzip.decompress(raw)
    except (zlib.error, gzip.BadGzipFile, EOFError) as error:
        raise DataError(_("{path} is damaged ({error}): download it again.").format(path=name, error=error)) from error
    raise DataError(_("{path} is cut short: download it again.").format(path=name))


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
    wanted = start
    for k, size in enumerate(shape):
        wanted = start + size if k == 0 else start + (wanted - start) * size
    if len(raw) != wanted:
        raise DataError(
            _("{path} says it holds {shape} values, {wanted} bytes in all, and has {n}: download it again.").format(
                path=name, shape="×".join(map(str, shape)), wanted=wanted, n=len(raw)
            )
        )
    return np.frombuffer(raw, dtype=np.uint8, offset=start).reshape(shape)
