"""How long a training step takes, beside its own matrix products, PyTorch and the article's way.

Run ``python -m tests.benchmarks.step [--json]``. All contenders run on one thread, in turns, in one
process; the figures are medians of processor time, so compare within a table only. PyTorch is in the
extra ``bench``; without it its rows are left out.
"""

import importlib.util
import itertools
import json
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass

import numpy as np

from playground.engine.batches import BatchGatherer
from playground.engine.network import Network
from playground.engine.program import Call, link
from playground.engine.training_step import TrainingStep

ROUNDS = 25
ROUND_MS = 8.0


@dataclass(frozen=True)
class Row:
    """One contender's median and quartiles in microseconds of processor time for a step."""

    case: str
    contender: str
    median_us: float
    low_us: float
    high_us: float
    ratio: float


def measure(case: str, contenders: dict[str, Callable[[int], None]]) -> list[Row]:
    """Time the contenders in turns; each is a function that makes n steps. Ratios are to the first."""
    counts = {}
    for name, run in contenders.items():
        run(5)
        start = time.process_time_ns()
        run(10)
        counts[name] = max(1, int(ROUND_MS * 1e6 * 10 / max(1, time.process_time_ns() - start)))
    times: dict[str, list[float]] = {name: [] for name in contenders}
    for _ in range(ROUNDS):
        for name, run in contenders.items():
            start = time.process_time_ns()
            run(counts[name])
            times[name].append((time.process_time_ns() - start) / counts[name] / 1000)
    first = statistics.median(next(iter(times.values())))
    rows = []
    for name, values in times.items():
        low, median, high = statistics.quantiles(values, n=4)
        rows.append(Row(case, name, median, low, high, median / first))
    return rows


def is_matrix_product(one: Call) -> bool:
    """Say whether a call of a step multiplies two matrices (the loss is a product of two vectors)."""
    return one.function.__name__ == "dot" and np.ndim(one.arguments[0]) == 2


def ours(sizes, activation, output, loss, x, t, rate, batch=None, dtype=np.float64) -> dict[str, Callable[[int], None]]:
    """Return our step with the loss recorded, gathering included, and its own matrix products alone."""
    network = Network(sizes, activation, output, dtype=dtype)
    if x.dtype == np.uint8:
        network.input_scale = 1 / 255
    network.initialize([("xavier", {})] * network.layers, np.random.default_rng(0))
    rows = len(x) if batch is None else batch
    step = TrainingStep(network, rows, loss, learning_rate=rate)
    gatherer = BatchGatherer(x, t.astype(dtype), step)
    gatherer.fill_all() if batch is None else gatherer.fill(np.arange(rows))
    order = np.random.default_rng(1).permutation(len(x))
    losses = np.empty(100_000)
    run = step.run

    def whole(steps: int) -> None:
        with np.errstate(over="ignore"):
            for k in range(steps):
                losses[k] = run()

    def batches(steps: int) -> None:
        with np.errstate(over="ignore"):
            for k in range(steps):
                at = k * rows % (len(x) - rows)
                gatherer.fill(order[at : at + rows])
                losses[k] = run()

    step.run()
    products = [one for stage in step.stages() for one in stage.calls if is_matrix_product(one)]
    floor = link(products)

    def multiply(steps: int) -> None:
        for _ in range(steps):
            floor()

    contenders = {"playground": whole, f"its {len(products)} matrix products": multiply}
    return contenders if batch is None else {"playground, gathering": batches} | contenders


def torch_eager(sizes, activation, output, loss, x, t, rate, batch=None, dtype=np.float64) -> dict:
    """Return PyTorch's step in its idiomatic form, with the loss recorded and the batch gathered."""
    if importlib.util.find_spec("torch") is None:
        return {}
    import torch

    torch.set_num_threads(1)
    kind = {np.dtype(np.float32): torch.float32, np.dtype(np.float64): torch.float64}[np.dtype(dtype)]
    functions = {"sigmoid": torch.nn.Sigmoid, "tanh": torch.nn.Tanh}
    layers: list[torch.nn.Module] = []
    for k, (n_in, n_out) in enumerate(itertools.pairwise(sizes)):
        layers.append(torch.nn.Linear(n_in, n_out, dtype=kind))
        if k < len(sizes) - 2:
            layers.append(functions[activation]())
        elif output != "softmax":
            layers.append(functions[output]())
    model = torch.nn.Sequential(*layers)
    optimizer = torch.optim.SGD(model.parameters(), lr=rate)
    inputs = torch.tensor(x / 255 if x.dtype == np.uint8 else x, dtype=kind)
    targets = torch.tensor(t.argmax(1)) if output == "softmax" else torch.tensor(t, dtype=kind)
    order = torch.randperm(len(inputs))
    losses = []

    def train(steps: int) -> None:
        losses.clear()
        for k in range(steps):
            chosen, wanted = inputs, targets
            if batch is not None:
                at = k * batch % (len(x) - batch)
                chosen, wanted = inputs[order[at : at + batch]], targets[order[at : at + batch]]
            optimizer.zero_grad()
            y = model(chosen)
            if loss == "cross-entropy":
                value = torch.nn.functional.cross_entropy(y, wanted)
            else:
                value = 0.5 * ((y - wanted) ** 2).sum() / len(y)
            value.backward()
            optimizer.step()
            losses.append(value.item())

    return {"PyTorch eager": train}


class FullyConnected:
    """The layer of article C, in its own way: samples in columns, new arrays in every step."""

    def __init__(self, n_in: int, n_out: int, rate: float, rng: np.random.Generator) -> None:
        self.weight, self.bias, self.rate = rng.standard_normal((n_in, n_out)), np.zeros((n_out, 1)), rate

    def forward(self, x):
        self.top = 1 / (1 + np.exp(-(np.dot(self.weight.T, x) + self.bias)))
        self.bottom = x
        return self.top

    def backward(self, delta):
        residual = delta * self.top * (1 - self.top)
        self.weight -= self.rate * np.dot(self.bottom, residual.T)
        self.bias -= self.rate * np.sum(residual)
        return np.dot(self.weight, residual)


def article_c(sizes, x, t, rate) -> dict[str, Callable[[int], None]]:
    """Return the step of article C's program, with its loss recorded."""
    rng = np.random.default_rng(0)
    layers = [FullyConnected(n_in, n_out, rate, rng) for n_in, n_out in itertools.pairwise(sizes)]
    inputs, targets = x.T.copy(), t.T.copy()
    losses = []

    def train(steps: int) -> None:
        losses.clear()
        for _ in range(steps):
            a = inputs
            for layer in layers:
                a = layer.forward(a)
            delta = a - targets
            losses.append(np.sum(delta * delta) / delta.shape[1] / 2)
            for layer in reversed(layers):
                delta = layer.backward(delta)

    return {"article C's way": train}


def pixels(rows: int = 20_000) -> tuple[np.ndarray, np.ndarray]:
    """Return made-up images and one-hot classes: what is in them does not change how long a step takes."""
    rng = np.random.default_rng(0)
    x = rng.integers(0, 256, (rows, 784), dtype=np.uint8)
    x[rng.random(x.shape) < 0.8] = 0
    return x, np.eye(10)[rng.integers(0, 10, rows)]


def cases() -> list[Row]:
    """Measure every case."""
    x, t = pixels()
    mnist = ((784, 50, 10), "sigmoid", "softmax", "cross-entropy", x, t, 0.1)
    rows = measure(
        "MNIST 784-50-10, 100 rows, float32",
        ours(*mnist, batch=100, dtype=np.float32) | torch_eager(*mnist, batch=100, dtype=np.float32),
    )
    rows += measure("MNIST 784-50-10, 100 rows, float64", ours(*mnist, batch=100))
    nielsen = ((784, 30, 10), "sigmoid", "sigmoid", "squared", x, t, 3.0)
    rows += measure(
        "MNIST 784-30-10, 10 rows, float32",
        ours(*nielsen, batch=10, dtype=np.float32) | torch_eager(*nielsen, batch=10, dtype=np.float32),
    )
    and_x, and_t = np.array([[0.0, 0], [0, 1], [1, 0], [1, 1]]), np.array([[0.0], [0], [0], [1]])
    gate = ((2, 4, 1), "sigmoid", "sigmoid", "squared", and_x, and_t, 0.1)
    rows += measure(
        "AND 2-4-1, 4 rows, float64", ours(*gate) | article_c((2, 4, 1), and_x, and_t, 0.1) | torch_eager(*gate)
    )
    rng = np.random.default_rng(0)
    spiral_x, spiral_t = rng.standard_normal((250, 2)), rng.integers(0, 2, (250, 1)).astype(float)
    spiral = ((2, 8, 8, 1), "tanh", "sigmoid", "squared", spiral_x, spiral_t, 0.03)
    return rows + measure("spiral 2-8-8-1, 10 rows, float64", ours(*spiral, batch=10) | torch_eager(*spiral, batch=10))


def main() -> None:
    rows = cases()
    if "--json" in sys.argv:
        print(json.dumps([asdict(row) for row in rows], indent=2))  # noqa: T201
        return
    case = ""
    for row in rows:
        if row.case != case:
            case = row.case
            print(f"\n{case}\n{'':28}{'µs a step':>12}{'quartiles':>22}{'×':>8}")  # noqa: T201
        quartiles = f"{row.low_us:.1f} to {row.high_us:.1f}"
        print(f"{row.contender:28}{row.median_us:12.2f}{quartiles:>22}{row.ratio:8.2f}")  # noqa: T201


if __name__ == "__main__":
    main()
