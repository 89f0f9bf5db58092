"""One contender in a process of its own; it takes orders from its parent, a line of JSON each.

``python -m tests.benchmarks.contender_process CASE CONTENDER``. Orders: ``{"check": n, "to": path}`` makes n units
of work and saves what came of it; ``{"time": n}`` answers how long n units took, in ns of processor and of wall
time.
"""

import sys
import time

import numpy as np

from tests.benchmarks.cases import CASES
from tests.benchmarks.child import Answer, Parent
from tests.benchmarks.contenders import CONTENDERS, UnsuitedError, Work


def timed(work: Work, count: int) -> Answer:
    """Return how long `count` units of work took."""
    wall, cpu = time.perf_counter_ns(), time.process_time_ns()
    work.run(count)
    return {"cpu": time.process_time_ns() - cpu, "wall": time.perf_counter_ns() - wall}


def answer(work: Work, order: dict[str, object]) -> Answer:
    """Carry out an order."""
    if "check" in order:
        work.run(int(str(order["check"])))
        np.savez(str(order["to"]), *work.result())
        return {"done": True}
    return timed(work, int(str(order["time"])))


def main() -> None:
    """Build the contender, and serve."""
    case, contender = CASES[sys.argv[1]], CONTENDERS[sys.argv[2]]
    with Parent() as parent:
        try:
            work = contender.make(case)
        except UnsuitedError as reason:
            parent.say({"unsuited": str(reason)})
            return
        parent.say({"ready": True})
        for order in parent.orders():
            parent.say(answer(work, order))


if __name__ == "__main__":
    main()
