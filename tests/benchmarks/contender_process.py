"""One contender in a process of its own; it takes orders from its parent, a line of JSON each.

``python -m tests.benchmarks.contender_process CASE CONTENDER``. Orders: ``{"check": n, "to": path}`` makes n units
of work and saves what came of it; ``{"time": n}`` answers how long n units took, in ns of processor and of wall
time.
"""

import contextlib
import io
import json
import os
import sys
import time

import numpy as np

from tests.benchmarks.cases import CASES
from tests.benchmarks.contenders import CONTENDERS, UnsuitedError, Work

ONE_THREAD = {
    **dict.fromkeys(
        ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS", "NPROC"), "1"
    ),
    "XLA_FLAGS": "--xla_cpu_multi_thread_eigen=false",
    "JAX_PLATFORMS": "cpu",
}
"""The environment in which every contender computes on one thread."""


def timed(work: Work, count: int) -> dict[str, int]:
    """Return how long `count` units of work took."""
    wall, cpu = time.perf_counter_ns(), time.process_time_ns()
    work.run(count)
    return {"cpu": time.process_time_ns() - cpu, "wall": time.perf_counter_ns() - wall}


def answer(work: Work, order: dict[str, object]) -> dict[str, object]:
    """Carry out an order."""
    if "check" in order:
        work.run(int(str(order["check"])))
        np.savez(str(order["to"]), *work.result())
        return {"done": True}
    return dict(timed(work, int(str(order["time"]))))


def main() -> None:
    case, contender = CASES[sys.argv[1]], CONTENDERS[sys.argv[2]]
    # What a library prints must not get between the answers.
    answers = io.TextIOWrapper(os.fdopen(os.dup(1), "wb", 0), write_through=True)
    os.dup2(2, 1)

    def say(what: dict[str, object]) -> None:
        answers.write(json.dumps(what) + "\n")

    try:
        work = contender.make(case)
    except UnsuitedError as reason:
        say({"unsuited": str(reason)})
        return
    say({"ready": True})
    with contextlib.suppress(KeyboardInterrupt):
        for line in sys.stdin:
            say(answer(work, json.loads(line)))


if __name__ == "__main__":
    main()
