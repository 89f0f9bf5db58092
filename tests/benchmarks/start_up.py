"""How long one waits for the window, its first step, MNIST and its end: ``python -m tests.benchmarks.start_up``.

Every figure is the median of several fresh processes; the window is drawn offscreen, or on the display that
``QT_QPA_PLATFORM`` asks for.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

GOALS_MS = {
    "window shown": 1000,
    "window complete": 1500,
    "play to first step": 200,
    "pause in mid-training": 100,
    "close in mid-training": 100,
    "MNIST, from local files": 500,
}
TRAINING_S = 0.5


def use_window(since: float, folder: str) -> dict[str, float]:
    """Open the window, play, pause, switch to MNIST, play and close; return the seconds that each took."""
    from PySide6.QtWidgets import QApplication

    from playground.app import create_window
    from playground.experiment.config.presets import PRESETS
    from playground.runtime.preferences import Preferences
    from playground.testing import wait_until_ready
    from tests.benchmarks.live_window import experiment

    found: dict[str, float] = {}

    def until(is_so: Callable[[], bool], name: str, begin: float | None = None) -> None:
        begin = time.time() if begin is None else begin
        while not is_so():
            application.processEvents()
            if time.time() - begin > 60:
                raise SystemExit(f"{name} did not come within a minute: are the data here (PLAYGROUND_DATA)?")
            time.sleep(0.0005)
        found[name] = time.time() - begin

    def train() -> None:
        session.play()
        end = time.time() + TRAINING_S
        until(lambda: time.time() > end, "training")

    application = QApplication([])
    window = create_window(experiment("spiral"), Preferences(Path(folder) / "settings.ini"))
    session = window.session
    window.show()
    application.processEvents()
    found["window shown"] = time.time() - since
    wait_until_ready(window)
    found["window complete"] = time.time() - since
    session.play()
    until(lambda: session.step_count > 0, "play to first step")
    train()
    begin = time.time()
    session.pause()
    until(lambda: not session.is_running, "pause in mid-training", begin)
    window.store.apply(PRESETS["mnist-two-layer"].config)
    until(lambda: session.info is not None and session.info.config == window.store.config, "MNIST, from local files")
    train()
    begin = time.time()
    window.close()
    found["close in mid-training"] = time.time() - begin
    return found


def child(folder: str) -> dict[str, float]:
    """Return what a fresh process measured, with its caches in a folder."""
    homes = {name: str(Path(folder) / name) for name in ("XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME")}
    environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ, **homes}
    command = [sys.executable, "-m", "tests.benchmarks.start_up", "--child", repr(time.time()), folder]
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.start_up", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="fresh processes for each figure (5)")
    parser.add_argument("--child", nargs=2, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.child:
        since, folder = arguments.child
        json.dump(use_window(float(since), folder), sys.stdout)
        return
    found: dict[str, list[float]] = {name: [] for name in GOALS_MS}
    for k in range(arguments.rounds + 1):
        with TemporaryDirectory() as folder:
            for name, seconds in child(folder).items():
                if k and name in found:  # the first round warms up the disk
                    found[name].append(1000 * seconds)
    for name, times in found.items():
        median, goal = statistics.median(times), GOALS_MS[name]
        verdict = "" if median <= goal else "  MISSED"
        print(f"{name:<32} {median:8.0f} ms  (at most {goal:,} ms){verdict}")  # noqa: T201


if __name__ == "__main__":
    main()
