"""Whether memory stays flat while the window trains: ``python -m tests.benchmarks.memory and mnist --minutes 3``.

Resident memory is sampled every second (Linux only). The first third is for what is made on the first use; from then on
a line through the samples is to rise by no more than 1 MB per minute.
"""

import argparse
import os
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from PySide6.QtWidgets import QApplication

from tests.benchmarks.live_window import experiment, open_window, wait

GOAL_MB_PER_MINUTE = 1.0


def resident() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def measure(name: str, minutes: float) -> tuple[str, bool]:
    """Train an experiment in a window, and return a line of the table and whether memory stays flat."""
    with TemporaryDirectory() as folder:
        window = open_window(experiment(name), folder)
        window.session.play()
        begin, samples = time.monotonic(), []
        while (now := time.monotonic() - begin) < 60 * minutes:
            samples.append((now, resident()))
            wait(1.0)
        steps = window.session.step_count
        window.close()
        window.deleteLater()
    seconds, megabytes = np.array(samples[len(samples) // 3 :]).T
    rise = 60 * float(np.polyfit(seconds, megabytes, 1)[0])
    holds = rise <= GOAL_MB_PER_MINUTE
    line = f"{name:<12} {steps:>12,} steps  {megabytes[0]:7.1f} MB → {megabytes[-1]:7.1f} MB, {rise:+.2f} MB per minute"
    return f"{line}  {'holds' if holds else 'RISES'}", holds


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.memory", description=__doc__)
    parser.add_argument("experiments", nargs="*", default=["and", "mnist"], help="and, spiral, digits, mnist, …")
    parser.add_argument("--minutes", type=float, default=3.0, help="how long to train each (3)")
    arguments = parser.parse_args()
    _application = QApplication([])
    flat = True
    for name in arguments.experiments:
        line, holds = measure(name, arguments.minutes)
        flat = flat and holds
        print(line, flush=True)  # noqa: T201
    return 0 if flat else 1


if __name__ == "__main__":
    sys.exit(main())
