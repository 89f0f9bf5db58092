"""Random streams: one for each purpose, so that a change of one never disturbs another.

The data draw from ``[seed, 1]``, the initial weights from ``[seed, 2]`` and the order of the batches
from ``[seed, 3]``; the split into training and test rows has the sub-stream ``[seed, 1, 1]``.
"""

import numpy as np


def sample_stream(seed: int) -> np.random.Generator:
    """Return the generator that draws the samples of a data set."""
    return np.random.default_rng([seed, 1])


def split_stream(seed: int) -> np.random.Generator:
    """Return the generator that splits a data set into training and test rows."""
    return np.random.default_rng([seed, 1, 1])
