"""What faulty code of the articles computes, and what it computes once it is mended."""

import random
from typing import Any

import numpy as np

MOST_ROWS = 10_000


def displayed_loss(outputs: Any, targets: Any, mended: bool = False) -> float:
    """Return the mean square of targets minus outputs: a row minus a column, or, `mended`, a row minus a row."""
    out = np.ravel(outputs) if mended else np.reshape(outputs, (-1, 1))
    return float(np.mean((np.ravel(targets) - out) ** 2))


def shuffled_rows(rows: int, seed: int, mended: bool = False) -> Any:
    """Return the rows 1, 2, 3, … of an array after ``random.shuffle``, or, `mended`, after NumPy's ``permutation``.

    ``random.shuffle`` exchanges two rows by ``x[i], x[j] = x[j], x[i]``; both are views of the same array, so one of
    them is lost.
    """
    x = np.arange(1, max(1, min(int(rows), MOST_ROWS)) + 1).reshape(-1, 1)
    if mended:
        x = np.random.default_rng(int(seed)).permutation(x)
    else:
        random.Random(int(seed)).shuffle(x)  # type: ignore[arg-type]
    return x.ravel()


def different_rows_after_shuffle(rows: int, seed: int) -> int:
    """Return how many different rows are left after ``random.shuffle``."""
    return len(np.unique(shuffled_rows(rows, seed)))


FUNCTIONS = (displayed_loss, shuffled_rows, different_rows_after_shuffle)
