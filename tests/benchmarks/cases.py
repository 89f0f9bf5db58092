"""What all contenders of the benchmark of a step train: the same data, the same start, the same batches.

The images are made up, so no file is needed: each class has a picture of its own, and every image is a noisy copy of
it. What is in them hardly changes how long a step takes.
"""

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

Arrays = list[np.ndarray]


class UnsuitedError(Exception):
    """A contender cannot do what a case asks."""


@dataclass(frozen=True)
class Work:
    """What a contender does.

    Attributes
    ----------
    run
        Makes so many steps, going on from where it is; may return the seconds they took, where it knows better.
    result
        Returns weight (n_in, n_out) and bias (n_out,) of each layer, in turn.
    """

    run: Callable[[int], float | None]
    result: Callable[[], Arrays]


@dataclass(frozen=True)
class Case:
    """A network and how it is trained; the loss is computed at every step.

    Attributes
    ----------
    batch
        Rows of a step, in the order of the data; None for all of them.
    std
        Of the initial weights; None for 1 / √n_in.
    is_article_c
        Whether it follows article C: the step is on the sum over the rows, a layer has one bias, and is updated before
        it passes its gradient back.
    """

    title: str
    sizes: tuple[int, ...]
    activation: str
    output: str
    loss: str
    rate: float
    batch: int | None
    rows: int
    dtype: str = "float64"
    std: float | None = None
    is_article_c: bool = False

    @property
    def is_of_images(self) -> bool:
        """Whether the inputs are pixels from 0 to 255, which the network divides by 255."""
        return self.sizes[0] == 784

    @cached_property
    def classes(self) -> np.ndarray:
        if self.rows == 4:
            return np.array([0, 0, 0, 1])
        rng = np.random.default_rng(0)
        return rng.integers(0, max(2, self.sizes[-1]), self.rows)

    @cached_property
    def x(self) -> np.ndarray:
        if self.rows == 4:
            return np.array([[0.0, 0], [0, 1], [1, 0], [1, 1]])
        rng = np.random.default_rng(1)
        if not self.is_of_images:
            return rng.standard_normal((self.rows, self.sizes[0])) + self.classes[:, None]
        pictures = rng.integers(100, 256, (10, 784), dtype=np.uint8)
        pictures[rng.random(pictures.shape) > 0.24] = 0
        x = pictures[self.classes]
        x[rng.integers(0, 256, x.shape, dtype=np.uint8) > 210] = 0
        return x

    @cached_property
    def t(self) -> np.ndarray:
        return self.classes[:, None].astype(float) if self.sizes[-1] == 1 else np.eye(10)[self.classes]

    def numbers(self, dtype: str | None = None) -> np.ndarray:
        """Return all inputs as floats, pixels from 0 to 1, as peers keep them."""
        x = self.x.astype(dtype or self.dtype)
        return x / x.dtype.type(255) if self.is_of_images else x

    @cached_property
    def start(self) -> list[tuple[np.ndarray, np.ndarray]]:
        """The initial weight (n_in, n_out) and bias (n_out,) of each layer, as float64."""
        rng = np.random.default_rng(2)
        pairs = []
        for n_in, n_out in itertools.pairwise(self.sizes):
            weight = rng.standard_normal((n_in, n_out)) * (self.std or n_in**-0.5)
            bias = np.full(n_out, 0.1) if self.is_article_c else rng.standard_normal(n_out) * 0.1
            pairs.append((weight, bias))
        return pairs

    @cached_property
    def batches(self) -> np.ndarray:
        """Which rows each step learns from, (steps, batch); after the last they begin again."""
        return np.arange(self.rows).reshape(-1, self.batch or self.rows)


CASES = {
    "mnist": Case(
        "MNIST 784-50-10, 100 rows per step, float32",
        *((784, 50, 10), "sigmoid", "softmax", "cross-entropy", 0.1, 100, 60_000, "float32"),
    ),
    "nielsen": Case(
        "MNIST 784-30-10, 10 rows per step, float32",
        *((784, 30, 10), "sigmoid", "sigmoid", "squared", 3.0, 10, 60_000, "float32", 1.0),
    ),
    "and": Case(
        "AND gate 2-4-1, 4 rows per step, float64",
        *((2, 4, 1), "sigmoid", "sigmoid", "squared", 0.1, None, 4, "float64", 1.0),
    ),
    "article": Case(
        "AND gate 2-4-1 in the manner of article C",
        *((2, 4, 1), "sigmoid", "sigmoid", "squared", 0.1, None, 4, "float64", 1.0, True),
    ),
    "spiral": Case(
        "Spiral 2-8-8-1, 10 rows per step, float64",
        *((2, 8, 8, 1), "tanh", "sigmoid", "cross-entropy", 0.03, 10, 250),
    ),
}
