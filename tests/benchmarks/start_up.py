"""How long one waits for the window, its first step, other data and its end: ``python -m tests.benchmarks.start_up``.

Every figure comes from several fresh processes; the median is shown. `wall` is what a user waits; `processor` is
what the process spent of that, which a busy machine does not change. The window is drawn offscreen.
"""

import argparse
import json
import os
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

GOALS_MS = {
    "window painted": 1000.0,
    "all panels made": None,
    "play to first step": 200.0,
    "pause in mid-training": 100.0,
    "close in mid-training": 100.0,
    "MNIST, cold, from local files": 500.0,
    "MNIST, cached": 100.0,
}
PATIENCE_S = 60.0
TRAINING_S = 0.5
SLOWEST = 15


@dataclass(frozen=True)
class Spent:
    """Seconds of wall time and of processor time."""

    wall: float
    processor: float


class Watch:
    """Notes what has been spent since it was made; from the start of the process where `since` tells when that was."""

    def __init__(self, since: float | None = None) -> None:
        self._wall = time.time() if since is None else since
        self._processor = time.process_time() if since is None else 0.0

    def spent(self) -> Spent:
        """Return what has been spent so far."""
        return Spent(time.time() - self._wall, time.process_time() - self._processor)


def use_window(since: float) -> dict[str, Spent]:
    """Open the window, play, pause, play, and close it, in this process."""
    from PySide6.QtWidgets import QApplication

    from playground import __main__, app
    from playground.experiment.config import edits
    from playground.experiment.config.presets import PRESETS
    from playground.experiment.config.schema import StopConfig

    assert __main__
    found: dict[str, Spent] = {}
    application = app._application()
    window = app.create_window(edits.change(PRESETS["spiral"].config, "training.stop", StopConfig()))
    window.show()
    until(application, lambda: window.area.is_painted)
    found["window painted"] = Watch(since).spent()
    until(application, lambda: window.area.is_complete)
    found["all panels made"] = Watch(since).spent()
    until(application, lambda: window.session.info is not None)
    watch = Watch()
    window.transport.play_button.click()
    until(application, lambda: window.session.step_count > 0)
    found["play to first step"] = watch.spent()
    rest(application, TRAINING_S)
    watch = Watch()
    window.transport.play_button.click()
    until(application, lambda: not window.session.is_running)
    found["pause in mid-training"] = watch.spent()
    window.transport.play_button.click()
    rest(application, TRAINING_S)
    watch = Watch()
    window.close()
    found["close in mid-training"] = watch.spent()
    assert isinstance(application, QApplication)
    return found


def switch_to_mnist(name: str) -> dict[str, Spent]:
    """Open the window on something small and switch to MNIST, in this process."""
    from playground import app
    from playground.experiment.config.presets import PRESETS

    application = app._application()
    window = app.create_window(PRESETS["and-gate"].config)
    window.show()
    until(application, lambda: window.area.is_complete and window.session.info is not None)
    rest(application, TRAINING_S)
    config = PRESETS["mnist-two-layer"].config
    watch = Watch()
    window.store.apply(config)
    until(application, lambda: window.session.info is not None and window.session.info.config == config)
    spent = watch.spent()
    window.close()
    return {name: spent}


def until(application: Any, done: Callable[[], bool]) -> None:
    """Let events be handled until something is so."""
    end = time.monotonic() + PATIENCE_S
    while not done():
        application.processEvents()
        if time.monotonic() > end:
            raise SystemExit("It did not come about within a minute: are the data here (PLAYGROUND_DATA)?")
        time.sleep(0.0005)


def rest(application: Any, seconds: float) -> None:
    """Let events be handled for a while."""
    end = time.monotonic() + seconds
    until(application, lambda: time.monotonic() > end)


def child(task: str, home: Path) -> dict[str, Spent]:
    """Return what a fresh process measured, with settings and caches in `home`."""
    folders = {name: str(home / name) for name in ("XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME")}
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", **folders}
    words = [sys.executable, "-m", "tests.benchmarks.start_up", "--child", task, "--since", repr(time.time())]
    done = subprocess.run(words, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    return {name: Spent(*spent) for name, spent in json.loads(done.stdout).items()}


def measure(rounds: int) -> dict[str, list[Spent]]:
    """Return every figure of every round."""
    found: dict[str, list[Spent]] = {name: [] for name in GOALS_MS}
    for k in range(rounds + 1):
        with TemporaryDirectory() as folder:
            seen = child("window", Path(folder))
            seen |= child("cold", Path(folder))
            seen |= child("cached", Path(folder))
        for name, spent in seen.items():
            if k:  # the first round warms up the disk
                found[name].append(spent)
    return found


def slowest_imports(lines: str) -> list[tuple[str, float]]:
    """Return what took longest by itself of what ``-X importtime`` wrote: packages of others as one, in ms."""
    spent: dict[str, float] = {}
    for match in re.finditer(r"import time:\s+(\d+) \|\s+\d+ \|\s+(\S+)", lines):
        parts = match[2].split(".")
        name = match[2] if parts[0] == "playground" else parts[0]
        spent[name] = spent.get(name, 0.0) + int(match[1]) / 1000
    return sorted(spent.items(), key=lambda pair: -pair[1])[:SLOWEST]


def import_times() -> str:
    """Return what Python says of the imports of the window."""
    words = [sys.executable, "-X", "importtime", "-c", "import playground.__main__, playground.app"]
    return subprocess.run(words, stderr=subprocess.PIPE, text=True, check=True).stderr


def summary(found: Mapping[str, list[Spent]]) -> list[dict[str, object]]:
    """Return each figure's medians in ms, its goal, and whether that is met."""
    lines: list[dict[str, object]] = []
    for name, spent in found.items():
        wall = 1000 * statistics.median(one.wall for one in spent)
        processor = 1000 * statistics.median(one.processor for one in spent)
        goal = GOALS_MS[name]
        holds = None if goal is None else wall <= goal
        lines.append(
            {
                "what": name,
                "wall_ms": round(wall, 1),
                "processor_ms": round(processor, 1),
                "goal_ms": goal,
                "holds": holds,
            }
        )
    return lines


def table(lines: list[dict[str, object]], imports: list[tuple[str, float]]) -> str:
    """Return all of it as lines of text."""
    said = {True: "yes", False: "NO", None: ""}
    rows = [f"{'':<30} {'wall, ms':>9} {'processor, ms':>14} {'goal, ms':>9}  holds"]
    for line in lines:
        goal = "" if line["goal_ms"] is None else f"{line['goal_ms']:.0f}"
        holds = said[line["holds"]]  # type: ignore[index]
        rows.append(f"{line['what']:<30} {line['wall_ms']:>9} {line['processor_ms']:>14} {goal:>9}  {holds}")
    rows += ["", "Slowest imports, ms:", *(f"  {name:<40} {ms:>7.1f}" for name, ms in imports)]
    return "\n".join(rows)


def main() -> None:
    """Read the command line, measure, print."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.start_up", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="fresh processes for each figure (5)")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    parser.add_argument("--child", choices=("window", "cold", "cached"), help=argparse.SUPPRESS)
    parser.add_argument("--since", type=float, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.child:
        names = {"cold": "MNIST, cold, from local files", "cached": "MNIST, cached"}
        window = arguments.child == "window"
        seen = use_window(arguments.since) if window else switch_to_mnist(names[arguments.child])
        sys.stdout.write(json.dumps({name: (spent.wall, spent.processor) for name, spent in seen.items()}))
        return
    lines, imports = summary(measure(arguments.rounds)), slowest_imports(import_times())
    as_json = json.dumps({"figures": lines, "imports_ms": dict(imports)}, indent=2)
    sys.stdout.write((as_json if arguments.json else table(lines, imports)) + "\n")


if __name__ == "__main__":
    main()
