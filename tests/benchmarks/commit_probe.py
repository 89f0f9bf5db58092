"""What one commit's program costs, measured by this benchmark's code: a process for one commit and one probe.

``python -P commit_probe.py TREE PROBE``, where TREE is where the commit is checked out. The program is imported
from there, the benchmark from beside this file, so both commits are measured by the same code. Order:
``{"time": n}`` answers with the ns of processor time that n units took.
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playground.experiment.config.schema import ExperimentConfig

STEPS = ("and", "spiral", "mnist", "nielsen")
RUNS = ("and-gate", "spiral", "digits", "mnist-two-layer")
FRAMES = ("and-gate", "mnist-two-layer")
PROBES = (
    *(f"step:{name}" for name in STEPS),
    *(f"run:{name}" for name in RUNS),
    *(f"frame:{name}" for name in FRAMES),
)
"""A bare step of a case, a step of a ready-made experiment's trainer, a frame of the window."""

STEPS_BEFORE = 1000
SIZE = (1280, 720)
PATIENCE = 300.0  # seconds
LOOK_MS = 10

Take = Callable[[int], int]
"""Does so many units of work, and returns ns of processor time."""


def step(name: str) -> Take:
    """Return the steps of a case, on our engine alone."""
    from tests.benchmarks.cases import CASES
    from tests.benchmarks.contenders import ours

    return of_process(ours.gathering(CASES[name]).run)


def run(name: str) -> Take:
    """Return the steps of a trainer, with its evaluations and its history."""
    from playground.experiment.training.trainer import Trainer

    return of_process(Trainer(endless(name)).run)


def of_process(make: Callable[[int], object]) -> Take:
    """Return a function that takes the processor time of this process."""

    def take(count: int) -> int:
        begin = time.process_time_ns()
        make(count)
        return time.process_time_ns() - begin

    return take


def endless(name: str) -> "ExperimentConfig":
    """Return a ready-made experiment without its end."""
    from playground.experiment.config.presets import PRESETS
    from playground.experiment.config.schema import StopConfig, replace

    config = PRESETS[name].config
    return replace(config, training=replace(config.training, stop=StopConfig()))


def frame(name: str, folder: str) -> Take:
    """Return frames of the default window.

    While it is paused, each order brings one frame of every panel that can be seen; here all weights are moved by
    some percent. A frame's cost is what the screen's thread takes from the order until all of them rest.
    """
    import numpy as np
    from PySide6.QtCore import QEventLoop, QTimer
    from PySide6.QtWidgets import QApplication

    from playground.app import create_window
    from playground.runtime.preferences import Preferences

    application = QApplication([])
    assert application is QApplication.instance()
    window = create_window(endless(name), Preferences(Path(folder) / "playground.ini"))
    window.session.set_speed(None)
    window.resize(*SIZE)
    window.show()
    problems: list[str] = []
    for signal in (window.session.data_missing, window.session.refused, window.session.failed):
        signal.connect(problems.append)
    pump = window.refresh_loop

    def wait(met: Callable[[], bool]) -> None:
        # The loop sleeps between events: looking all the time would cost more than the frame.
        end, loop, timer = time.monotonic() + PATIENCE, QEventLoop(), QTimer()
        timer.timeout.connect(lambda: loop.quit() if met() or problems or time.monotonic() > end else None)
        timer.start(LOOK_MS)
        loop.exec()
        timer.stop()
        if problems or not met():
            window.close()
            raise SystemExit(f"the window has nothing to show: {problems[0]}" if problems else "the window never rests")

    rng = np.random.default_rng(0)

    def move(parameters: np.ndarray) -> np.ndarray:
        return parameters * rng.uniform(0.9, 1.1, parameters.shape)

    def one() -> int:
        begin = time.thread_time_ns()
        window.session.update_parameters(move)
        wait(lambda: pump.is_resting)
        return time.thread_time_ns() - begin

    wait(lambda: window.session.info is not None)
    window.session.step(STEPS_BEFORE)
    wait(lambda: pump.is_resting)
    return lambda count: sum(one() for _ in range(count))


def probe(name: str, folder: str) -> Take:
    """Return a probe by its name."""
    kind, what = name.split(":")
    if kind == "frame":
        return frame(what, folder)
    return {"step": step, "run": run}[kind](what)


def main() -> None:
    """Build what is to be measured, and serve."""
    from tests.benchmarks.child import Parent

    with Parent() as parent, TemporaryDirectory() as folder:
        take = probe(sys.argv[2], folder)
        parent.say({"ready": True})
        for order in parent.orders():
            parent.say({"cpu": take(int(str(order["time"])))})


if __name__ == "__main__":
    tree = Path(sys.argv[1])
    sys.path.insert(0, str(tree))
    import playground

    sys.path.insert(0, str(Path(__file__).parents[2]))
    if not Path(playground.__file__).is_relative_to(tree):
        raise SystemExit(f"the program was imported from {playground.__file__}, not from {tree}")
    main()
