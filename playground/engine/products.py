"""Matrix products as calls of a program, in pieces where that is quicker.

A BLAS copies both matrices into an order of its own before it multiplies them. For small ones that takes longer than
multiplying, so OpenBLAS has other kernels for products of up to a million multiplications, which read them where
they lie; but only for processors with AVX-512. There a product that is a few times as large is done in as many
pieces, some rows each: 784-50-10 on a hundred images saves a tenth of its time so.
"""

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import numpy as np

from playground.engine.program import Array, Call, call

SMALL = 1_000_000
"""The multiplications that are few enough for the kernels of small matrices."""

FEWEST_ROWS = 16
MOST_PIECES = 12
"""Measured: with fewer rows in a piece, or more pieces, the whole product is quicker."""


def has_small_kernels(config: Mapping[str, Any]) -> bool:
    """Say whether BLAS has kernels for small matrices, by what ``np.show_config("dicts")`` returns."""
    blas = config.get("Build Dependencies", {}).get("blas", {}).get("name", "")
    found = config.get("SIMD Extensions", {}).get("found", [])
    return "openblas" in blas and not {"AVX512_SKX", "X86_V4"}.isdisjoint(found)


in_pieces: bool = has_small_kernels(np.show_config("dicts"))
"""Whether larger products are done in pieces on this machine. Their last digits may depend on it."""


def dot(left: Array, right: Array, out: Array) -> Call:
    """Prepare the product ``out = left @ right`` as one call.

    It goes straight to BLAS, transposed views too, as long as `out` is contiguous. As a method it is spared
    the search for other array types in which ``np.dot`` spends a third of its time on small arrays.
    """
    return call(left.dot, right, out)


def product(left: Array, right: Array, out: Array) -> list[Call]:
    """Return the calls for ``out = left @ right``, two matrices: one, or one for each piece."""
    count = -(-len(left) * right.size // SMALL)
    if not in_pieces or not 1 < count <= MOST_PIECES or len(left) < count * FEWEST_ROWS:
        return [dot(left, right, out)]
    ends = [round(k * len(left) / count) for k in range(count + 1)]
    return [_piece(left[begin:end], right, out[begin:end]) for begin, end in pairwise(ends)]


def _piece(left: Array, right: Array, out: Array) -> Call:
    """Prepare the product of some rows, without a copy: ``dot`` makes one where rows lie apart."""
    if left.flags.c_contiguous or left.flags.f_contiguous:
        return dot(left, right, out)
    return call(np.matmul, left, right, out)
