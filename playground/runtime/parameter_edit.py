"""A change of weights and biases by hand, and its way back."""

from collections.abc import Callable, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from playground.runtime.commands import ParameterEdit

Flat = NDArray[np.floating]


class NumberEdit:
    """Gives some parameters one value, and remembers what they were: plain methods that the worker runs in turn.

    Parameters
    ----------
    places
        Their places in the flat parameter vector; several for a bias that a layer shares.
    value
        The number that they get.
    """

    def __init__(self, places: Sequence[int], value: float) -> None:
        self._places = list(places)
        self._value = value
        self._replaced: Flat | None = None
        self._size = 0

    def put(self, flat: Flat) -> Flat:
        """Return the parameters with the new number.

        A network of another size, which has come in place of the one that was edited, stays as it is.
        """
        if self._size in (0, flat.size):
            self._size, self._replaced = flat.size, flat[self._places]
            flat[self._places] = self._value
        return flat

    def put_back(self, flat: Flat) -> Flat:
        """Return the parameters with the numbers from before `put`; all others stay as they have become since."""
        if self._replaced is not None and flat.size == self._size:
            flat[self._places] = self._replaced
        return flat


class WholeEdit:
    """Changes all parameters at once, and remembers what they were, as `NumberEdit` does for a few.

    Parameters
    ----------
    change
        Given a copy of the flat parameter vector, returns the new one.
    """

    def __init__(self, change: ParameterEdit) -> None:
        self._change = change
        self._replaced: Flat | None = None

    def put(self, flat: Flat) -> Flat:
        """Return the changed parameters."""
        self._replaced = flat.copy()
        return self._change(flat)

    def put_back(self, flat: Flat) -> Flat:
        """Return the parameters from before `put`; what training has done since is taken back with it."""
        if self._replaced is None or flat.size != self._replaced.size:
            return flat
        return self._replaced.copy()


class _TwoWay(Protocol):
    """A change of the flat parameters and its way back."""

    def put(self, flat: Flat) -> Flat: ...

    def put_back(self, flat: Flat) -> Flat: ...


class ParameterChange:
    """A `NumberEdit` or a `WholeEdit` as an entry of the undo history."""

    def __init__(self, order: Callable[[ParameterEdit], None], edit: _TwoWay) -> None:
        self._order = order
        self._edit = edit

    def undo(self) -> None:
        """Put back what was there."""
        self._order(self._edit.put_back)

    def redo(self) -> None:
        """Make the change again."""
        self._order(self._edit.put)
