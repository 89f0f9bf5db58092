"""How the cost of a step, and memory, grow with hidden units, layers, batch and data.

Run ``python -m tests.benchmarks.growth [AXIS …] [--json]``; without names it follows every axis, in some minutes.
The step is measured in turns with its own matrix products alone, on buffers of the same size: its cost should grow
as theirs does. Times are medians of processor time on one thread. ``memory`` is the peak of what is traced while a
trainer is made, trains and evaluates, with the data themselves, beside data + parameters + the activations of one
batch.
"""

import argparse
import json
import statistics
import sys
import time
import tracemalloc
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace

import numpy as np

from playground.data.dataset import Dataset
from playground.data.preparation import PreparedData, prepare
from playground.experiment.config import schema as configs
from playground.experiment.config.presets import PRESETS
from playground.experiment.training.trainer import Trainer
from tests.benchmarks.cases import MNIST, Case, images
from tests.benchmarks.contenders import Work, ours
from tests.benchmarks.statistics_of_turns import ratios
from tests.benchmarks.tables import amount

ROUNDS = 15
TURN_MS = 30.0
TABLE = Case("table", "a table, all rows", (2, 8, 1), "tanh", "sigmoid", "cross-entropy", rate=0.01, batch=None, rows=4)
TIME_GOAL = 1.3
MEMORY_GOAL = 1.5


@dataclass(frozen=True)
class Point:
    """One place on an axis.

    Attributes
    ----------
    step, gathering, products
        Microseconds: the step on a batch in place, with its gathering, and its matrix products alone.
    ratio, ratio_gathering
        Both as multiples of the products, turn by turn.
    has_goal
        Whether the goal of 1.3 × is meant to hold here.
    """

    axis: str
    value: int
    step: float
    gathering: float
    products: float
    ratio: float
    ratio_gathering: float
    has_goal: bool


@dataclass(frozen=True)
class Memory:
    """What a trainer needs at one shape, in MB; `needed` is data + parameters + one batch's activations."""

    shape: str
    peak: float
    needed: float

    @property
    def ratio(self) -> float:
        """The peak as a multiple of what is needed."""
        return self.peak / self.needed


def with_hidden(units: int) -> Case:
    """Return the case of so many hidden units."""
    return replace(MNIST, sizes=(784, units, 10), rows=20_000)


def with_layers(count: int) -> Case:
    """Return the case of so many hidden layers of 50 units."""
    return replace(MNIST, sizes=(784, *(50,) * count, 10), rows=20_000)


def with_batch(rows: int) -> Case:
    """Return the case of so many rows in a batch, of 60,000."""
    return replace(MNIST, batch=rows)


def with_images(rows: int) -> Case:
    """Return the case of so many images, of which a batch is a hundred at most."""
    return replace(MNIST, rows=rows, batch=min(rows, 100))


def with_table(rows: int) -> Case:
    """Return the case of a small network that learns from all rows of a table at every step."""
    return replace(TABLE, rows=rows, name=f"table{rows}")


AXES: dict[str, tuple[str, Callable[[int], Case], tuple[int, ...], range]] = {
    "hidden": ("784-hidden-10, 100 rows", with_hidden, (10, 20, 50, 100, 200, 500, 1000, 2000), range(50, 2001)),
    "depth": ("784-50-…-50-10, 100 rows", with_layers, (1, 2, 3, 4, 6, 8), range(0)),
    "batch": ("784-50-10, rows in a batch", with_batch, (1, 10, 100, 1000, 10_000, 60_000), range(100, 10_001)),
    "rows": ("784-50-10, rows of data", with_images, (4, 100, 1000, 10_000, 60_000), range(0)),
    "table": ("2-8-1, all rows at once, float64", with_table, (4, 100, 1000, 10_000, 60_000), range(0)),
}
"""Title, case by value, values, and the values for which the goal is meant."""


def take_turns(works: Sequence[Work]) -> list[list[float]]:
    """Return each one's microseconds of processor time for a unit of work, in each round."""

    def spent(work: Work, count: int) -> int:
        begin = time.process_time_ns()
        work.run(count)
        return time.process_time_ns() - begin

    counts = []
    for work in works:
        count = 1
        spent(work, 1)
        while (taken := spent(work, count)) < TURN_MS * 1e5 and count < 200_000:
            count *= 4
        counts.append(max(1, min(200_000, round(count * TURN_MS * 1e6 / taken))))
    times: list[list[float]] = [[] for _ in works]
    for _ in range(ROUNDS):
        for kept, work, count in zip(times, works, counts, strict=True):
            kept.append(spent(work, count) / count / 1000)
    return times


def measure(axis: str, value: int) -> Point:
    """Measure one place on an axis."""
    _, make, _, with_goal = AXES[axis]
    case = make(value)
    if case.batch is None:
        step, products = take_turns([ours.gathering(case), ours.products(case)])
        gathering = step
    else:
        step, gathering, products = take_turns([ours.filled(case), ours.gathering(case), ours.products(case)])
    return Point(
        axis,
        value,
        step=statistics.median(step),
        gathering=statistics.median(gathering),
        products=statistics.median(products),
        ratio=statistics.median(ratios(step, products)),
        ratio_gathering=statistics.median(ratios(gathering, products)),
        has_goal=value in with_goal,
    )


MEMORY_STEPS = 600
"""So many steps at most: checkpoints have been made, and taken the place of others."""

MEMORY_SHAPES: tuple[tuple[tuple[int, ...], int, int], ...] = (
    ((50,), 100, 60_000),
    ((2000,), 100, 60_000),
    ((50,) * 8, 100, 60_000),
    ((50,), 10_000, 60_000),
    ((50,), 60_000, 60_000),
    ((50,), 100, 10_000),
)
"""Hidden layers, rows in a batch, rows of data."""


def prepared_images(rows: int) -> PreparedData:
    """Return made-up images as a trainer is given them, with a test part of a sixth as many."""
    x, t = images(rows + rows // 6)
    dataset = Dataset(
        "mnist",
        x[:rows],
        t[:rows].argmax(1),
        "classification",
        tuple(f"pixel {k}" for k in range(784)),
        class_names=tuple("0123456789"),
        image_shape=(28, 28),
        x_scale=1 / 255,
        x_test=x[rows:],
        y_test=t[rows:].argmax(1),
    )
    return prepare(dataset, PRESETS["mnist-two-layer"].config.data.options(), 0, "softmax", np.float32)


def measure_memory(hidden: tuple[int, ...], batch: int, rows: int) -> Memory:
    """Return what a trainer needs: it is made, trains for an epoch at most, and evaluates all rows."""
    preset = PRESETS["mnist-two-layer"].config
    network = configs.replace(preset.network, hidden=hidden)
    sampling = "in-order" if batch >= rows else "shuffle"
    training = configs.replace(preset.training, batch_size=batch, sampling=sampling, stop=configs.StopConfig())
    config = configs.replace(preset, network=network, training=training)
    data = prepared_images(rows)
    arrays = (data.x_train, data.t_train, data.labels_train, data.x_test, data.t_test, data.labels_test)
    held = sum(array.nbytes for array in arrays if array is not None)
    tracemalloc.start()
    trainer = Trainer(config, data)
    trainer.run(max(2, min(MEMORY_STEPS, rows // batch)))
    trainer.evaluate()
    peak = held + tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    needed = held + trainer.network.parameters.nbytes + 4 * batch * sum(trainer.network.sizes)
    shape = f"{'-'.join(map(str, trainer.network.sizes))}, {batch:,} of {rows:,} rows"
    return Memory(shape, peak / 1e6, needed / 1e6)


def verdict(value: float, goal: float) -> str:
    """Say whether a goal is reached."""
    return f"{'reached' if value <= goal else 'MISSED'} (at most {goal:g} ×)"


def point_line(point: Point) -> str:
    """Return a line of an axis's table."""
    goal = ""
    if point.has_goal:
        goal = f"{verdict(point.ratio, TIME_GOAL)}; with gathering {verdict(point.ratio_gathering, TIME_GOAL)}"
    times = "".join(f"{amount(value):>12}" for value in (point.products, point.step, point.gathering))
    return f"{point.value:>10,}{times}{point.ratio:12.2f}{point.ratio_gathering:12.2f}   {goal}".rstrip()


def memory_line(memory: Memory) -> str:
    """Return a line of the table of memory."""
    goal = verdict(memory.ratio, MEMORY_GOAL)
    return f"{memory.shape:49}{memory.needed:9.1f} MB{memory.peak:9.1f} MB{memory.ratio:8.2f}   {goal}"


def follow(axis: str, found: list[dict[str, object]]) -> Iterator[str]:
    """Measure along an axis; give the table line by line, and put what is found into a list."""
    if axis == "memory":
        yield f"\n{'memory':52}{'needed':>9}{'peak':>12}{'×':>8}"
        for shape in MEMORY_SHAPES:
            memory = measure_memory(*shape)
            found.append({**asdict(memory), "ratio": memory.ratio})
            yield memory_line(memory)
        return
    title, _, values, _ = AXES[axis]
    yield f"\n{axis}: {title}"
    yield f"{'':>10}{'products':>12}{'step':>12}{'gathering':>12}{'step ×':>12}{'gathering ×':>12}"
    for value in values:
        point = measure(axis, value)
        found.append(asdict(point))
        yield point_line(point)


def main() -> None:
    """Read the command line, measure, print."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.growth", description=__doc__)
    names = (*AXES, "memory")
    parser.add_argument("axes", nargs="*", metavar="AXIS", help=f"what to follow: {', '.join(names)} (all)")
    parser.add_argument("--json", action="store_true", help="print JSON instead of tables")
    arguments = parser.parse_args()
    if unknown := [name for name in arguments.axes if name not in names]:
        parser.error(f"there is no axis {unknown[0]!r}; there are {', '.join(names)}")
    chosen = arguments.axes or names
    found: dict[str, list[dict[str, object]]] = {}
    lines = (line for axis in names if axis in chosen for line in follow(axis, found.setdefault(axis, [])))
    for line in lines:
        if not arguments.json:
            print(line, flush=True)  # noqa: T201
    if arguments.json:
        json.dump(found, sys.stdout, indent=2)


if __name__ == "__main__":
    main()
