"""Processes that work on order: what their parent holds, and what they hold of it. A line of JSON each way."""

import contextlib
import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Self

ROOT = Path(__file__).parents[2]
MOST_UNITS = 200_000

ONE_THREAD = {
    **dict.fromkeys(
        ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS", "NPROC"), "1"
    ),
    "XLA_FLAGS": "--xla_cpu_multi_thread_eigen=false",
    "JAX_PLATFORMS": "cpu",
}
"""The environment in which everybody computes on one thread."""

Answer = dict[str, int | str | bool]


class ChildError(Exception):
    """A process ended; the message is the last line that it wrote."""


class Child:
    """A Python process that is given orders."""

    def __init__(self, command: Sequence[str], log: Path, environment: dict[str, str] | None = None) -> None:
        self._errors = log.open("w+b")
        self._process = subprocess.Popen(
            [sys.executable, *command],
            cwd=ROOT,
            env={**os.environ, **ONE_THREAD, **(environment or {})},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
        )

    def read(self) -> Answer:
        """Return its next answer.

        Raises
        ------
        ChildError
            Where it has ended instead.
        """
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            self._process.wait()
            self._errors.seek(0)
            written = self._errors.read().decode(errors="replace").strip().splitlines()
            raise ChildError(written[-1] if written else f"it ended with status {self._process.returncode}")
        answer: Answer = json.loads(line)
        return answer

    def ask(self, **order: object) -> Answer:
        """Give it an order, and return what it answers."""
        assert self._process.stdin is not None
        with contextlib.suppress(BrokenPipeError):  # what it wrote last is read below
            self._process.stdin.write(json.dumps(order).encode() + b"\n")
            self._process.stdin.flush()
        return self.read()

    def close(self) -> None:
        """End it; it may have ended already."""
        if not self._errors.closed:
            self._process.kill()
            self._process.communicate()
            self._errors.close()


class Parent:
    """The other end, in the process: ``with Parent() as parent``."""

    def __enter__(self) -> Self:
        # What a library prints must not get between the answers.
        self._answers = io.TextIOWrapper(os.fdopen(os.dup(1), "wb", 0), write_through=True)
        os.dup2(2, 1)
        return self

    def __exit__(self, *_reasons: object) -> None:
        self._answers.close()

    def say(self, answer: Answer) -> None:
        """Answer."""
        self._answers.write(json.dumps(answer) + "\n")

    def orders(self) -> Iterator[dict[str, object]]:
        """Give the orders as they come, until the parent has gone."""
        with contextlib.suppress(KeyboardInterrupt):
            for line in sys.stdin:
                yield json.loads(line)


def units_in_a_turn(child: Child, turn_ms: float) -> int:
    """Return how many units of work fill a turn, and leave the process warm for that many."""
    count = 1
    while True:
        child.ask(time=count)  # what is compiled for this many is compiled now
        taken = int(child.ask(time=count)["cpu"]) / 1e6
        if taken >= turn_ms / 4 or count >= MOST_UNITS:
            break
        count = min(MOST_UNITS, count * 10 if taken < turn_ms / 40 else count * 4)
    best = max(1, min(MOST_UNITS, round(count * turn_ms / max(taken, 1e-3))))
    child.ask(time=best)
    return best
