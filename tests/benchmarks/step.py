"""How long a training step takes, beside its own matrix products and the peers, each in its own idiomatic way.

Run ``python -m tests.benchmarks.step [CASE …]``; without names it measures every case, in some minutes. Each contender
is a process of its own and computes on one thread. First all of them make the same 50 steps, from the same start on the
same batches: one that comes to other weights is shown so, and not timed. Then they are timed in turns; the fastest turn
counts, so that what else the machine does matters least. The peers are in the extra ``bench``.
"""

import argparse
import importlib.util
import multiprocessing
import os
import time
from collections.abc import Callable
from multiprocessing.connection import Connection

import numpy as np

from tests.benchmarks import books, ours, peers
from tests.benchmarks.cases import CASES, Arrays, Case, UnsuitedError, Work

CONTENDERS: dict[str, tuple[Callable[[Case], Work], str | None]] = {
    "Playground": (ours.trainer, None),
    "its matrix products alone": (ours.products, None),
    "JAX, lax.scan": (peers.jax_scan, "jax"),
    "JAX, jit": (peers.jax_jit, "jax"),
    "scikit-learn": (peers.scikit_learn, "sklearn"),
    "PyTorch, eager": (peers.torch_eager, "torch"),
    "Deep Learning from Scratch": (books.from_scratch, None),
    "Deep Learning from Scratch, trimmed": (books.from_scratch_trimmed, None),
    "Nielsen, row by row": (books.nielsen, None),
    "article C's program": (books.article_c, None),
}
"""Who takes part, and the package each needs; ours comes first."""

ONE_THREAD = {
    **dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "NPROC"), "1"),
    "XLA_FLAGS": "--xla_cpu_multi_thread_eigen=false",
    "JAX_PLATFORMS": "cpu",
}
CHECKED_STEPS = 50
TOLERANCES = {"float64": 1e-9, "float32": 2e-4}
"""How far results may be apart, as a share of what training has changed."""


def serve(pipe: Connection, case: Case, name: str) -> None:
    """Build a contender, and answer each number of steps with the seconds that they took: what its process does."""
    try:
        work = CONTENDERS[name][0](case)
    except UnsuitedError:
        pipe.send(None)
        return
    work.run(CHECKED_STEPS)
    pipe.send(work.result())
    while steps := pipe.recv():
        begin = time.perf_counter()
        seconds = work.run(steps)
        pipe.send(time.perf_counter() - begin if seconds is None else seconds)


def ask(pipe: Connection, steps: int) -> float:
    pipe.send(steps)
    return float(pipe.recv())


def steps_of_a_turn(pipe: Connection, seconds: float) -> int:
    """Return how many steps fill a turn, and leave the contender warm."""
    steps = 1
    while True:
        ask(pipe, steps)  # what is compiled for this many is compiled now
        taken = ask(pipe, steps)
        if taken > seconds / 4 or steps >= 100_000:
            steps = max(1, round(steps * seconds / max(taken, 1e-9)))
            ask(pipe, steps)
            return steps
        steps *= 4


def difference(ours: Arrays, theirs: Arrays, start: Arrays) -> float:
    """Return the largest difference between two results, as a share of the largest change since the start."""
    pairs = zip(ours, theirs, start, strict=True)
    return max(float(np.abs(our - their).max() / np.abs(our - first).max()) for our, their, first in pairs)


def measure(case: Case, names: list[str], rounds: int, turn: float) -> dict[str, float | str]:
    """Return the seconds of a step by contender, or why there are none; those that a case is not for are left out."""
    context = multiprocessing.get_context("spawn")
    found: dict[str, float | str] = {}
    pipes: dict[str, Connection] = {}
    expected: Arrays = []
    start = [array for pair in case.start for array in pair]
    for name in names:
        if (package := CONTENDERS[name][1]) and importlib.util.find_spec(package) is None:
            found[name] = "not installed"
            continue
        pipe, other = context.Pipe()
        context.Process(target=serve, args=(other, case, name), daemon=True).start()
        other.close()
        result = pipe.recv()
        expected = expected or result
        if result and (apart := difference(expected, result, start)) > TOLERANCES[case.dtype]:
            found[name] = f"comes to other weights: {apart:.0e}"
        elif result is not None:
            pipes[name], found[name] = pipe, np.inf
    steps = {name: steps_of_a_turn(pipe, turn) for name, pipe in pipes.items()}
    for _ in range(rounds):
        for name, pipe in pipes.items():
            found[name] = min(float(found[name]), ask(pipe, steps[name]) / steps[name])
    for pipe in pipes.values():
        pipe.send(0)
    return found


def table(case: Case, found: dict[str, float | str]) -> str:
    """Return a table in Markdown, as the page on performance has it."""
    own = found["Playground"]
    lines = [f"**{case.title}**", "", "| who | µs per step | × ours |", "|---|---:|---:|"]
    for name, seconds in found.items():
        if isinstance(seconds, str) or isinstance(own, str):
            lines.append(f"| {name} | {seconds} | |")
        else:
            amount = f"{1e6 * seconds:,.0f}" if seconds >= 1e-4 else f"{1e6 * seconds:.3g}"
            lines.append(f"| {name} | {amount} | {seconds / own:.2g} |")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.step", description=__doc__)
    parser.add_argument("cases", nargs="*", metavar="CASE", help=f"what to measure: {', '.join(CASES)} (all)")
    parser.add_argument("--rounds", type=int, default=21, help="how many turns each contender has (21)")
    parser.add_argument("--turn", type=float, default=40.0, metavar="MS", help="how long a turn is, in ms (40)")
    arguments = parser.parse_args()
    os.environ.update(ONE_THREAD)  # for the processes that are started
    for name in arguments.cases or CASES:
        case = CASES[name]
        print(table(case, measure(case, list(CONTENDERS), arguments.rounds, arguments.turn / 1000)), "\n", flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
