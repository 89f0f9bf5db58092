"""Batches: brings rows of a data set into the buffers of a training step, without allocating."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from playground.engine.program import Array

if TYPE_CHECKING:
    from playground.engine.training_step import TrainingStep


class BatchGatherer:
    """Copies chosen rows of `x` and `t` into ``step.inputs`` and ``step.targets``.

    For a batch that is always the whole set in order, call `fill_all` once and then only run the step. ::

        gatherer = BatchGatherer(x, t, step)
        for indices in batches:       # each (step.rows,) of intp
            gatherer.fill(indices)
            step.run()

    Parameters
    ----------
    x
        All inputs in raw units, (n, n_in), float or uint8; pixels stay uint8 until they are in the batch, as
        gathering float rows would take three times as long.
    t
        All targets, (n, n_out), of the network's type.
    step
        Whose buffers are filled.
    """

    def __init__(self, x: Array, t: Array, step: "TrainingStep") -> None:
        if len(x) != len(t) or x.shape[1:] != step.inputs.shape[1:] or t.shape[1:] != step.targets.shape[1:]:
            raise ValueError(
                f"x {x.shape} and t {t.shape} do not fit inputs {step.inputs.shape}, targets {step.targets.shape}"
            )
        self._x, self._t, self._inputs, self._targets = x, t, step.inputs, step.targets
        self._x_rows = np.empty(step.inputs.shape, x.dtype)
        self._t_rows = np.empty(step.targets.shape, t.dtype)

    def fill(self, indices: NDArray[np.intp]) -> None:
        """Bring the rows of these indices, (step.rows,), into the step. They must be valid: none is checked."""
        # mode="clip" is what lets take write into `out` without a buffer of its own.
        self._x.take(indices, 0, self._x_rows, "clip")
        self._t.take(indices, 0, self._t_rows, "clip")
        self._inputs[...] = self._x_rows
        self._targets[...] = self._t_rows

    def fill_all(self) -> None:
        """Bring all rows into the step, in order; it must be made for as many rows."""
        self._inputs[...] = self._x
        self._targets[...] = self._t
