"""Every weight and bias by step, for networks so small that each of them can be followed; in bounded memory."""

import sys
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

MOST_PARAMETERS = 200
"""Networks of more numbers are not followed: nobody could tell so many curves apart."""

MOST = 512
"""Steps that are kept; beyond that every second one is dropped."""

GROWTH = 16
FARTHEST = 256
"""The next step that is taken down comes after a part of the steps made, as 1 / `GROWTH`, and so many at most.

Coming that seldom, it costs less than 1 % of the time of the quickest network; the limit doubles as the run grows.
"""


@dataclass(frozen=True, eq=False)
class WeightHistoryView:
    """A copy of what was taken down, and the state of now at its end; both arrays are read-only.

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

    Attributes
    ----------
    due
        The parameters are to be taken down when so many steps have been made.
    """

    def __init__(self, parameters: NDArray[Any]) -> None:
        self._count = 0
        self._limit = FARTHEST
        self.is_kept = parameters.size <= MOST_PARAMETERS
        self.due = sys.maxsize
        if self.is_kept:
            self._steps = np.empty(MOST)
            self._values = np.empty((MOST, parameters.size), parameters.dtype)
            self.add(0, parameters)

    def add(self, step: int, parameters: NDArray[Any]) -> None:
        """Take down the parameters after `step` steps."""
        if not self.is_kept:
            return
        if self._count == MOST:
            self._thin_out()
        self._steps[self._count] = step
        self._values[self._count] = parameters
        self._count += 1
        self.due = step + max(1, min(self._limit, step // GROWTH))

    def add_change(self, step: int, before: NDArray[Any], after: NDArray[Any]) -> None:
        """Take down that the parameters were changed by hand after `step` steps; of several changes, the whole."""
        if not self.is_kept:
            return
        self.forget_after(step)
        if self._count and self._steps[self._count - 1] == step:
            first = self._count - 1
            self._count -= int(first > 0 and self._steps[first - 1] == step)
        else:
            self.add(step, before)
        self.add(step, after)

    def forget_after(self, step: int) -> None:
        """Drop what was taken down after more than `step` steps."""
        while self._count and self._steps[self._count - 1] > step:
            self._count -= 1
        if self.is_kept and self._count:
            last = int(self._steps[self._count - 1])
            self.due = max(step + 1, last + max(1, min(self._limit, last // GROWTH)))

    def view(self, step: int, parameters: NDArray[Any]) -> WeightHistoryView:
        """Return a copy of what is known, with the `parameters` of now, after `step` steps, at the end."""
        steps, values = self._steps[: self._count], self._values[: self._count]
        if steps[-1] < step:
            steps, values = np.append(steps, step), np.vstack([values, parameters])
        else:
            steps, values = steps.copy(), values.copy()
        steps.setflags(write=False)
        values.setflags(write=False)
        return WeightHistoryView(steps, values)

    def _thin_out(self) -> None:
        """Drop every second entry but the start, which frees half of them."""
        half = MOST // 2
        self._steps[:half] = self._steps[::2].copy()
        self._values[:half] = self._values[::2].copy()
        self._count = half
        self._limit *= 2
