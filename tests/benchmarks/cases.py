"""The cases that all contenders are given: the same data, the same start, the same batches.

The images are made up, so no file is needed: each class has a picture of its own, and every image is a noisy
copy of it. What is in them hardly changes how long a step takes, but they can be learnt, so that training goes
its ordinary way however long it is timed.
"""

import itertools
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

CHECKED_STEPS = 50


@dataclass(frozen=True)
class Case:
    """What is to be trained, and how.

    Attributes
    ----------
    name, title
        What it is called on the command line, and in the table.
    sizes, activation, output, loss
        The network; the loss is recorded at every step.
    batch
        Rows in a batch, gathered for each step; None: all rows, every time.
    rows
        Rows of the data set.
    dtype
        ``"float32"`` or ``"float64"``: what the weights are kept in.
    std
        Of the first weights of each layer; None: 1 / √n_in.
    rule
        ``"textbook"``, or ``"article C"``: the step is on the sum over the rows, a layer has one bias, and is
        updated before it hands its gradient down.
    task
        ``"training"``: a unit of work is a step; ``"numerical gradient"``: it is one whole gradient.
    """

    name: str
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
    rule: str = "textbook"
    task: str = "training"

    @property
    def is_of_images(self) -> bool:
        """Whether the inputs are pixels, 0 to 255, of which the network is given 1/255."""
        return self.sizes[0] == 784

    @property
    def unit(self) -> str:
        """What is timed."""
        return "step" if self.task == "training" else "gradient"

    @property
    def checked(self) -> int:
        """How many units of work are made before the results are compared."""
        return CHECKED_STEPS if self.task == "training" else 1

    @cached_property
    def data(self) -> tuple[np.ndarray, np.ndarray]:
        """Inputs (n, n_in), uint8 or float64, and targets (n, n_out), float64."""
        if self.is_of_images:
            return images(self.rows)
        rng = np.random.default_rng(0)
        if self.sizes[0] == 2 and self.rows == 4:
            return np.array([[0.0, 0], [0, 1], [1, 0], [1, 1]]), np.array([[0.0], [0], [0], [1]])
        x = rng.standard_normal((self.rows, self.sizes[0]))
        if self.sizes[-1] == 1:
            return x, (x[:, :1] * x[:, 1:2] > 0).astype(float)
        return x, np.eye(self.sizes[-1])[rng.integers(0, self.sizes[-1], self.rows)]

    def pixels_as_numbers(self, dtype: str | None = None) -> np.ndarray:
        """Return all inputs as floats from 0 to 1, as peers keep them that do not gather pixels."""
        x = self.data[0].astype(dtype or self.dtype)
        if self.is_of_images:
            x /= 255
        return x

    @cached_property
    def start(self) -> list[tuple[np.ndarray, np.ndarray]]:
        """The first weight (n_in, n_out) and bias (n_out,) of each layer, as float64."""
        rng = np.random.default_rng(1)
        pairs = []
        for n_in, n_out in itertools.pairwise(self.sizes):
            weight = rng.standard_normal((n_in, n_out)) * (self.std or n_in**-0.5)
            bias = np.full(n_out, 0.1) if self.rule == "article C" else rng.standard_normal(n_out) * 0.1
            pairs.append((weight, bias))
        return pairs

    @cached_property
    def batches(self) -> np.ndarray:
        """Which rows each step takes, (steps, batch); after the last it begins anew."""
        assert self.batch is not None
        order = np.random.default_rng(2).permutation(self.rows)
        return order[: self.rows // self.batch * self.batch].reshape(-1, self.batch)


def images(rows: int) -> tuple[np.ndarray, np.ndarray]:
    """Return made-up images, (rows, 784) of uint8 of which a fifth is not black, and one-hot classes."""
    rng = np.random.default_rng(0)
    pictures = rng.integers(100, 256, (10, 784), dtype=np.uint8)
    pictures[rng.random(pictures.shape) > 0.24] = 0
    classes = rng.integers(0, 10, rows)
    x = pictures[classes]
    x[rng.integers(0, 256, x.shape, dtype=np.uint8) > 210] = 0
    return x, np.eye(10)[classes]


MNIST = Case(
    "mnist",
    "MNIST 784-50-10, 100 rows",
    (784, 50, 10),
    "sigmoid",
    "softmax",
    "cross-entropy",
    rate=0.1,
    batch=100,
    rows=60_000,
    dtype="float32",
)
NIELSEN = Case(
    "nielsen",
    "MNIST 784-30-10, 10 rows",
    (784, 30, 10),
    "sigmoid",
    "sigmoid",
    "squared",
    rate=3.0,
    batch=10,
    rows=60_000,
    dtype="float32",
    std=1.0,
)
AND = Case(
    "and", "AND gate 2-4-1, 4 rows", (2, 4, 1), "sigmoid", "sigmoid", "squared", rate=0.1, batch=None, rows=4, std=1.0
)
SPIRAL = Case(
    "spiral", "spiral 2-8-8-1, 10 rows", (2, 8, 8, 1), "tanh", "sigmoid", "cross-entropy", rate=0.03, batch=10, rows=250
)
GRADIENT = Case(
    "gradient",
    "numerical gradient of 64-16-10, 10 rows",
    (64, 16, 10),
    "sigmoid",
    "softmax",
    "cross-entropy",
    rate=0.0,
    batch=None,
    rows=10,
    task="numerical gradient",
)

CASES = {
    case.name: case
    for case in (
        MNIST,
        replace(MNIST, name="mnist64", dtype="float64"),
        NIELSEN,
        replace(NIELSEN, name="nielsen64", dtype="float64"),
        AND,
        replace(AND, name="and32", dtype="float32"),
        replace(AND, name="article", title="AND gate 2-4-1 as article C trains it", rule="article C"),
        SPIRAL,
        replace(SPIRAL, name="spiral32", dtype="float32"),
        GRADIENT,
    )
}
