"""Whether memory stays flat while the window trains: ``python -m tests.benchmarks.memory and mnist --minutes 3``.

With ``--steps`` it goes on until so many steps are made: ``and --steps 200_000_000`` takes half an hour.
Resident memory is sampled every second. The first minute, or half of a shorter time, is for what is made on the first
use; from then on a line through the samples is to rise by no more than 1 MB a minute.
"""

import argparse
import json
import os
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PySide6.QtWidgets import QApplication

from playground.app import create_window
from playground.runtime.preferences import Preferences
from tests.benchmarks.heartbeat import wait
from tests.benchmarks.live_window import EXPERIMENTS, experiment

SAMPLE_S = 1.0
SETTLING_S = 60.0
MB = 2**20
GOAL_MB_A_MINUTE = 1.0


def resident() -> float:
    """Return the resident memory of this process in MB (Linux only)."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / MB


def derivative(seconds: list[float], megabytes: list[float]) -> float:
    """Return by how many MB a minute a line through the samples rises."""
    return float(60 * np.polyfit(seconds, megabytes, 1)[0]) if len(seconds) > 1 else 0.0


def watch(kind: str, minutes: float, steps: int, folder: str) -> dict[str, object]:
    """Train one experiment in a window for so many minutes and steps at least, sample, and return what was seen."""
    window = create_window(experiment(kind), Preferences(Path(folder) / "playground.ini"))
    window.session.set_speed(None)
    window.show()
    while window.session.info is None or not window.area.is_complete:
        wait(0.05)
    window.session.play()
    begin = time.monotonic()
    seconds: list[float] = []
    megabytes: list[float] = []
    while (now := time.monotonic() - begin) < 60 * minutes or window.session.step_count < steps:
        seconds.append(now)
        megabytes.append(resident())
        wait(SAMPLE_S)
    reached = window.session.step_count
    window.close()
    window.deleteLater()
    settling = min(SETTLING_S, 30 * minutes)
    later = [k for k, second in enumerate(seconds) if second >= settling]
    rise = derivative([seconds[k] for k in later], [megabytes[k] for k in later])
    return {
        "experiment": kind,
        "minutes": round(now / 60, 1),
        "steps": reached,
        "first_mb": round(megabytes[0], 1),
        "settled_mb": round(megabytes[later[0]], 1),
        "last_mb": round(megabytes[-1], 1),
        "most_mb": round(max(megabytes), 1),
        "rise_mb_a_minute": round(rise, 3),
        "holds": rise <= GOAL_MB_A_MINUTE,
        "samples_mb": [round(one, 1) for one in megabytes[:: max(1, len(megabytes) // 60)]],
    }


def table(results: list[dict[str, object]]) -> str:
    """Return the results as lines of text."""
    lines = ["experiment       steps  minutes   first, MB  settled  last     most     rise, MB/min  holds"]
    lines += [
        f"{it['experiment']:<10} {it['steps']:>11,}  {it['minutes']:>7}   {it['first_mb']:>9}  {it['settled_mb']:<7}  "
        f"{it['last_mb']:<7}  "
        f"{it['most_mb']:<7}  {it['rise_mb_a_minute']:>12}  {'yes' if it['holds'] else 'NO'}"
        for it in results
    ]
    return "\n".join(lines)


def main() -> None:
    """Read the command line, measure, print."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.memory", description=__doc__)
    parser.add_argument("experiments", nargs="*", default=["and", "mnist"], help=", ".join(EXPERIMENTS))
    parser.add_argument("--minutes", type=float, default=3.0, help="how long to train each at least (3)")
    parser.add_argument("--steps", type=int, default=0, help="how many steps each is to make at least (any)")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    arguments = parser.parse_args()
    application = QApplication([])
    with TemporaryDirectory() as folder:
        results = [watch(kind, arguments.minutes, arguments.steps, folder) for kind in arguments.experiments]
    sys.stdout.write((json.dumps(results, indent=2) if arguments.json else table(results)) + "\n")
    application.quit()


if __name__ == "__main__":
    main()
