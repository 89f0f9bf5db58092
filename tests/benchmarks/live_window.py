"""How the window feels and what it leaves of the training: ``python -m tests.benchmarks.live_window and|spiral|mnist``.

Event-loop latency is how much later than every 10 ms a timer fires. Throughput is the steps that the window
makes, as a share of what the same trainer makes without a window, measured before and after each round of
two seconds; the median of the rounds. Both are corrected for the time in which a thread could have run but
had no processor, where the system tells (Linux), so that a busy machine does not count against the program.
"""

import argparse
import itertools
import json
import os
import statistics
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, TypeAlias

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow, QVBoxLayout

from playground.experiment.config import ExperimentConfig, StopConfig, replace
from playground.experiment.presets import PRESETS
from playground.experiment.snapshot import RunInfo, Snapshot
from playground.experiment.trainer import Trainer
from playground.runtime.gate import Gate
from playground.runtime.preferences import Preferences
from playground.runtime.session import Session
from playground.runtime.store import Store
from playground.ui.frame_pump import FramePump
from playground.ui.panels.panel import Panel
from tests.benchmarks.heartbeat import Drag, Heartbeat, percentiles, wait
from tests.benchmarks.processor import Thread

if TYPE_CHECKING:
    from playground.ui.main_window import MainWindow

EXPERIMENTS = {"and": "and-gate", "spiral": "spiral", "digits": "digits", "mnist": "mnist-two-layer"}
HEADLESS_SECONDS = 0.5
ROUND_SECONDS = 2.0
WARM_UP_SECONDS = 1.5
SETTLING_SECONDS = 0.3
TOO_BUSY = 0.1  # share of the time for which the training had no processor


class LabelPanel(Panel):
    """The least that a window can show."""

    name = "label_panel"

    def __init__(self, store: Store, session: Session) -> None:
        super().__init__(store, session)
        self._label = QLabel()
        QVBoxLayout(self).addWidget(self._label)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show the step."""
        self._label.setText(f"{snapshot.step:,} steps, {snapshot.steps_per_second:,.0f} a second")


class BareWindow(QMainWindow):
    """A window with one label: what the threads alone cost."""

    def __init__(self, config: ExperimentConfig) -> None:
        super().__init__()
        self.store = Store(config, self)
        self.session = Session(self.store, self)
        panel = LabelPanel(self.store, self.session)
        self.setCentralWidget(panel)
        self._pump = FramePump(self.session, self)
        self._pump.add(panel)

    def closeEvent(self, event: QCloseEvent) -> None:
        """End the thread."""
        self.session.close()
        super().closeEvent(event)


Watched: TypeAlias = "MainWindow | BareWindow"


class Frames:
    """Notes what happens at the gate: what frames cost, and how long the screen waited there for a processor."""

    def __init__(self, screen: Thread) -> None:
        self._screen = screen
        self._enter, self._leave = Gate.__enter__, Gate.__exit__
        self._begin = (0.0, 0.0)
        self.waited = 0.0
        self.costs: list[float] = []

    def watch(self) -> None:
        """Listen at every gate from now on."""

        def enter(gate: Gate) -> Gate:
            self._begin = (time.perf_counter(), self._screen.waited())
            return self._enter(gate)

        def leave(gate: Gate, *reasons: Any) -> None:
            self._leave(gate, *reasons)
            waited = self._screen.waited() - self._begin[1]
            self.waited += waited
            self.costs.append(1000 * (time.perf_counter() - self._begin[0] - waited))

        Gate.__enter__, Gate.__exit__ = enter, leave  # type: ignore[method-assign]

    def unwatch(self) -> None:
        """Listen no more."""
        Gate.__enter__, Gate.__exit__ = self._enter, self._leave  # type: ignore[method-assign]


@dataclass(frozen=True)
class Rate:
    """Steps a second of processor and of wall time, frames a second, and the share of time without a processor."""

    corrected: float
    raw: float
    frames: float
    missed: float


def experiment(kind: str) -> ExperimentConfig:
    """Return the ready-made experiment, without an end."""
    config = PRESETS[EXPERIMENTS[kind]].config
    return replace(config, training=replace(config.training, stop=StopConfig()))


def headless(trainer: Trainer, screen: Thread) -> float:
    """Return the steps a second of a trainer without a window, as it goes on from where it is."""
    begin, waited, first = time.perf_counter(), screen.waited(), trainer.step_count
    while time.perf_counter() - begin < HEADLESS_SECONDS:
        trainer.run(200)
    return (trainer.step_count - first) / (time.perf_counter() - begin - (screen.waited() - waited))


def wait_until_built(window: Watched) -> RunInfo:
    """Let the event loop run until the window's experiment is built, and return its run."""
    end = time.monotonic() + 60
    while (info := window.session.info) is None or info.config != window.store.config:
        if time.monotonic() > end:
            raise SystemExit("The experiment was not built within 60 s: are its data here (PLAYGROUND_DATA)?")
        wait(0.01)
    return info


def native_id(session: Session) -> int:
    """Return the native id of the worker's thread."""
    found: list[int] = []

    def look(flat: np.ndarray) -> np.ndarray:
        found.append(threading.get_native_id())
        return flat

    session.update_parameters(look)
    while not found:
        wait(0.01)
    return found[0]


def make_window(config: ExperimentConfig, folder: str, bare: bool) -> Watched:
    """Return the window, or the one with a label, with the experiment in it and settings in `folder`."""
    if bare:
        return BareWindow(config)
    from playground.app import create_window  # not for the bare window, which measures without all that

    return create_window(config, Preferences(Path(folder) / "playground.ini"))


def play(window: Watched, seconds: float, screen: Thread, worker: Thread, frames: Frames, heart: Heartbeat) -> Rate:
    """Let the window train for a while and return its steps a second."""
    session = window.session
    session.play()
    wait(SETTLING_SECONDS)
    frames_waited, waited = frames.waited, worker.waited()
    begin, first, drawn = time.perf_counter(), session.step_count, len(frames.costs)
    heart.start()
    wait(seconds)
    heart.stop()
    spent, steps, drawn = time.perf_counter() - begin, session.step_count - first, len(frames.costs) - drawn
    session.pause()
    wait(SETTLING_SECONDS)
    missed = worker.waited() - waited + frames.waited - frames_waited
    return Rate(steps / max(spent - missed, 1e-9), steps / spent, drawn / spent, missed / spent)


def measure(kind: str, seconds: float, drag: bool, bare: bool, folder: str) -> dict[str, object]:
    """Run one experiment in the window, in rounds with the trainer alone between them, and return what was seen."""
    config = experiment(kind)
    screen = Thread(threading.get_native_id())
    frames = Frames(screen)
    window = make_window(config, folder, bare)
    window.resize(1280, 720)
    window.show()
    session = window.session
    info = wait_until_built(window)
    worker = Thread(native_id(session))
    reference = Trainer(config, info.data)
    session.play()
    wait(WARM_UP_SECONDS)
    session.pause()
    headless(reference, screen)  # warms up what is made on the first use
    heart, mouse = Heartbeat(screen), Drag(window)
    if drag:
        mouse.start()
    frames.watch()
    alone = [headless(reference, screen)]
    shown: list[Rate] = []
    for _ in range(max(1, round(seconds / ROUND_SECONDS))):
        shown.append(play(window, min(seconds, ROUND_SECONDS), screen, worker, frames, heart))
        alone.append(headless(reference, screen))
    frames.unwatch()
    if drag:
        mouse.stop()
    session.play()
    wait(SETTLING_SECONDS)
    begin = time.perf_counter()
    window.close()
    closing = time.perf_counter() - begin
    between = [(first + second) / 2 for first, second in itertools.pairwise(alone)]
    shares = [rate.corrected / base for rate, base in zip(shown, between, strict=True)]
    return {
        "experiment": kind,
        "drag": drag,
        "latency_ms": percentiles(heart.corrected),
        "latency_raw_ms": percentiles(heart.raw),
        "throughput": round(statistics.median(shares), 3),
        "throughput_by_round": [round(share, 3) for share in shares],
        "steps_per_second": round(statistics.median(rate.raw for rate in shown)),
        "headless_steps_per_second": [round(rate) for rate in alone],
        "frame_ms": percentiles(frames.costs),
        "frames_per_second": round(statistics.median(rate.frames for rate in shown), 1),
        "close_ms": round(1000 * closing, 1),
        "without_processor": round(statistics.median(rate.missed for rate in shown), 3),
        "corrected_for_processor_wait": screen.is_known,
    }


def table(results: list[dict[str, object]]) -> str:
    """Return the results as lines of text."""
    lines = ["experiment  drag  latency p50 / p95 / p99 / max, ms   throughput  frames/s  frame p95, ms  close, ms"]
    for result in results:
        latency, frame = result["latency_ms"], result["frame_ms"]
        assert isinstance(latency, dict)
        assert isinstance(frame, dict)
        late = " / ".join(f"{latency[name]:5.1f}" for name in ("p50", "p95", "p99", "max"))
        lines.append(
            f"{result['experiment']:<10}  {'yes' if result['drag'] else 'no':<4}  {late:<33}  "
            f"{result['throughput']:>9.1%}  {result['frames_per_second']:>8}  {frame['p95']:>13.1f}  "
            f"{result['close_ms']:>9}"
        )
    if any(float(str(result["without_processor"])) > TOO_BUSY for result in results):
        lines.append("(the machine was too busy for the throughput to mean much: measure again)")
    if not results[0]["corrected_for_processor_wait"]:
        lines.append("(not corrected for processor wait: this system does not tell)")
    return "\n".join(lines)


def main() -> None:
    """Read the command line, measure, print."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.live_window", description=__doc__)
    parser.add_argument("experiments", nargs="+", choices=EXPERIMENTS, help="what to train in the window")
    parser.add_argument("--seconds", type=float, default=6.0, help="how long to measure each (6)")
    parser.add_argument("--drag", action="store_true", help="drag the mouse over a plot all the time")
    parser.add_argument("--bare", action="store_true", help="a window with one label: what the threads alone cost")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    arguments = parser.parse_args()
    QApplication([])
    with TemporaryDirectory() as folder:
        results = [
            measure(kind, arguments.seconds, arguments.drag, arguments.bare, folder)
            for kind in dict.fromkeys(arguments.experiments)
        ]
    sys.stdout.write((json.dumps(results, indent=2) if arguments.json else table(results)) + "\n")


if __name__ == "__main__":
    main()
