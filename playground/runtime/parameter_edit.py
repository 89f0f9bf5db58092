"""A change of weights and biases by hand, as an entry of the undo history."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

Flat = NDArray[np.floating]
Change = Callable[[Flat], Flat]


class ParameterEdit:
    """Changes some or all parameters, and remembers what they were.

    A network of another size, which has come in place of the one that was edited, stays as it is.

    Parameters
    ----------
    apply
        Passes a function on to the worker, which replaces the flat parameter vector by what it returns for a copy.
    change
        Returns the new values for the old ones.
    places
        Which parameters of the flat vector change; several for a bias that a layer shares, None for all.
    """

    def __init__(self, apply: Callable[[Change], None], change: Change, places: Sequence[int] | None = None) -> None:
        self._apply = apply
        self._change = change
        self._places = slice(None) if places is None else list(places)
        self._before: Flat | None = None
        self._size = 0

    def redo(self) -> None:
        """Make the change, for the first time or again."""
        self._apply(self._changed)

    def undo(self) -> None:
        """Put back the values from before; parameters that were not changed stay as they have become since."""
        self._apply(self._restored)

    def _changed(self, flat: Flat) -> Flat:
        if self._size in (0, flat.size):
            self._size, self._before = flat.size, flat[self._places].copy()
            flat[self._places] = self._change(flat[self._places])
        return flat

    def _restored(self, flat: Flat) -> Flat:
        if self._before is not None and flat.size == self._size:
            flat[self._places] = self._before
        return flat
