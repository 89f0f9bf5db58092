"""Batches: copies rows of a data set into the buffers of a training step, without allocating."""

import numpy as np
from numpy.typing import NDArray

from playground.engine.program import Array, Call, call, copy, execute


class BatchGatherer:
    """Copies chosen rows of `x` and `t` into `inputs` and `targets`.

    Parameters
    ----------
    x
        All inputs in raw units, (n, n_in), float or uint8; pixels stay uint8 until they are in the batch, as
        gathering float rows would take three times as long.
    t
        All targets, (n, n_out), of the network's type.
    inputs, targets
        What is filled, (rows, n_in) and (rows, n_out).

    Attributes
    ----------
    indices
        (rows,) which rows of `x` and `t` the `calls` copy. They must be valid: none is checked.
    calls
        What copies them, to be put in front of the calls of a step.
    """

    def __init__(self, x: Array, t: Array, inputs: Array, targets: Array) -> None:
        self._x, self._t, self._inputs, self._targets = x, t, inputs, targets
        self.indices: NDArray[np.intp] = np.zeros(len(inputs), np.intp)
        self.calls = [*_gathering(x, self.indices, inputs), *_gathering(t, self.indices, targets)]

    def fill(self, indices: NDArray[np.intp]) -> None:
        """Copy the rows with these `indices`, (rows,), into `inputs` and `targets`."""
        self.indices[...] = indices
        execute(self.calls)

    def fill_all(self) -> None:
        """Copy all rows, in order, into `inputs` and `targets`, which have exactly as many rows."""
        self._inputs[...] = self._x
        self._targets[...] = self._t


def _gathering(source: Array, indices: NDArray[np.intp], out: Array) -> list[Call]:
    # mode="clip" is what lets take write into `out` without a buffer of its own.
    if out.dtype == source.dtype and out.flags.c_contiguous:
        return [call(source.take, indices, 0, out, "clip")]
    rows = np.empty(out.shape, source.dtype)
    return [call(source.take, indices, 0, rows, "clip"), copy(rows, out)]
