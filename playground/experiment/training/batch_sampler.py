"""Which rows each step learns from: the order of the training rows, epoch by epoch."""

import numpy as np
from numpy.typing import NDArray

Indices = NDArray[np.intp]

DRAWN_AT_ONCE = 8192
STREAM = 3
"""Orders are drawn from the random numbers of (seed, 3, …); data and weights have streams of their own."""


class BatchSampler:
    """The order of the rows in any epoch.

    An epoch's order depends on the seed and the number of the epoch alone, so it can be resumed at any
    epoch, however the steps before it were made. For short tables the orders of several epochs are drawn
    at once, which saves most of the time that setting up a generator takes. With `sampling` (a name in `SAMPLINGS`)
    ``"replacement"`` batches are full, and rows may repeat.
    """

    def __init__(self, rows: int, sampling: str, batch: int, seed: int) -> None:
        self._rows = rows
        self._sampling = sampling
        self._seed = seed
        self._length = -(-rows // batch) * batch if sampling == "replacement" else rows
        self._epochs_at_once = max(1, DRAWN_AT_ONCE // self._length)
        self._drawn: NDArray[np.intp] = np.empty((0, 0), np.intp)
        self._drawn_number = -1

    def epoch(self, number: int) -> Indices:
        """Return the row numbers of epoch `number`, from 0, in the order of training, (n,)."""
        bundle, place = divmod(number, self._epochs_at_once)
        if self._sampling == "in-order":
            bundle = place = 0
        if bundle != self._drawn_number:
            self._drawn, self._drawn_number = self._draw(bundle), bundle
        order: Indices = self._drawn[place]
        return order

    def _draw(self, bundle: int) -> NDArray[np.intp]:
        if self._sampling == "in-order":
            return np.arange(self._rows)[None, :]
        random = np.random.default_rng([self._seed, STREAM, bundle])
        if self._sampling == "replacement":
            drawn: Indices = random.integers(0, self._rows, (self._epochs_at_once, self._length), np.intp)
            return drawn
        orders: Indices = np.tile(np.arange(self._rows), (self._epochs_at_once, 1))
        random.permuted(orders, axis=1, out=orders)
        return orders
