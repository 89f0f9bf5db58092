"""Every weight and bias by step, for networks so small that each of them can be followed; in bounded memory."""

import sys
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.experiment.training.history import read_only

MOST_PARAMETERS = 200
"""Networks of more numbers are not followed: so many curves could not be distinguished."""

MOST = 512
"""Steps that are kept; beyond that every second one is dropped."""

GROWTH = 16
FARTHEST = 256
"""The next step that is taken down comes after a part of the steps made, as 1 / `GROWTH`, and so many at most.

Coming that seldom, it costs less than 1 % of the time of the quickest network; the limit doubles as the run grows.
"""


@dataclass(frozen=True, eq=False)
class WeightHistoryView:
    """A copy of the recorded parameters, with the present ones at the end; both arrays are read-only.

    Attributes
    ----------
    steps
        (n,) steps made, rising; a step stands there twice where the numbers were changed by hand at it.
    values
        (n, parameters) the flat parameters after so many steps.
    """

    steps: NDArray[np.float64]
    values: NDArray[Any]


class WeightHistory:
    """The parameters of one run at some of its steps, always the same ones however the run is sliced.

    Parameters
    ----------
    parameters
        (n,) all weights and biases at step 0.

    Attributes
    ----------
    due
        The parameters are to be recorded when so many steps have been made.
    is_kept
        Whether the network is small enough to be followed.
    """

    def __init__(self, parameters: NDArray[Any]) -> None:
        self.due = sys.maxsize
        self.is_kept = parameters.size <= MOST_PARAMETERS
        self._limit = FARTHEST
        self._rows: list[tuple[int, NDArray[Any]]] = []
        self.add(0, parameters)

    def add(self, step: int, parameters: NDArray[Any]) -> None:
        """Record a copy of the parameters after `step` steps."""
        if self.is_kept:
            if len(self._rows) == MOST:
                del self._rows[1::2]
                self._limit *= 2
            self._rows.append((step, parameters.copy()))
            self._plan(step)

    def add_change(self, step: int, before: NDArray[Any], after: NDArray[Any]) -> None:
        """Record that the parameters were changed by hand after `step` steps; of several changes, the whole."""
        if not self.is_kept:
            return
        self.discard_after(step)
        first = next((values for recorded, values in self._rows if recorded == step), before)
        while self._rows and self._rows[-1][0] == step:
            self._rows.pop()
        self.add(step, first)
        self.add(step, after)

    def discard_after(self, step: int) -> None:
        """Drop what was recorded after more than `step` steps."""
        while self._rows and self._rows[-1][0] > step:
            self._rows.pop()
        if self._rows:
            self._plan(self._rows[-1][0])
            self.due = max(self.due, step + 1)

    def view(self, step: int, parameters: NDArray[Any]) -> WeightHistoryView:
        """Return a copy of what is known, with the `parameters` of now, after `step` steps, at the end."""
        rows = self._rows if self._rows[-1][0] >= step else [*self._rows, (step, parameters)]
        steps, values = zip(*rows, strict=True)
        return WeightHistoryView(read_only(np.array(steps, np.float64)), read_only(np.array(values)))

    def _plan(self, step: int) -> None:
        self.due = step + max(1, min(self._limit, step // GROWTH))
