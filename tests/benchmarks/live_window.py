"""How the window feels and what it leaves of the training: ``python -m tests.benchmarks.live_window and spiral mnist``.

With ``--views all`` every view is opened in turn; with ``--hand drag`` (or resize, theme) somebody is busy all along.

Event-loop latency is how much later than every 10 ms a timer fires. Throughput is the steps that the window
makes, as a share of what the same trainer makes without a window, measured before and after each round of
a second; the median of the rounds. The two are measured in turns, since a timer that fires a hundred times
a second in Python takes a per cent of the steps. Both are corrected for the time in which a thread could have run but
had no processor, where the system tells (Linux), so that a busy machine does not count against the program.
"""

import argparse
import json
import os
import statistics
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, TypeAlias, cast

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PySide6.QtWidgets import QApplication

from playground.experiment.config.presets import PRESETS
from playground.experiment.config.schema import ExperimentConfig, StopConfig, replace
from playground.experiment.probes.snapshot import RunInfo
from playground.experiment.training.trainer import Trainer
from playground.runtime.gate import Gate
from playground.runtime.preferences import Preferences
from playground.runtime.session import Session
from tests.benchmarks.bare_window import BareWindow
from tests.benchmarks.hands import HANDS, Hand
from tests.benchmarks.heartbeat import Heartbeat, percentiles, wait
from tests.benchmarks.processor import Thread

if TYPE_CHECKING:
    from playground.ui.shell.main_window import MainWindow

EXPERIMENTS = {
    "and": "and-gate",
    "spiral": "spiral",
    "people": "people",
    "digits": "digits",
    "mnist": "mnist-two-layer",
}
DEFAULT = "default"  # the layout as it is at first
HEADLESS_SECONDS = 0.4
ROUND_SECONDS = 1.0
WARM_UP_SECONDS = 1.5
SETTLING_SECONDS = 0.15
TOO_BUSY = 0.1  # share of the time for which the training had no processor


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

    window = create_window(config, Preferences(Path(folder) / "playground.ini"))
    window.session.set_speed(None)
    return window


class Stage:
    """A window with one experiment in it, and the same trainer without a window beside it."""

    def __init__(self, kind: str, bare: bool, folder: str) -> None:
        self.kind = kind
        config = experiment(kind)
        self.screen = Thread(threading.get_native_id())
        self.frames = Frames(self.screen)
        self.window = make_window(config, folder, bare)
        self.window.resize(1280, 720)
        self.window.show()
        info = wait_until_built(self.window)
        self.worker = Thread(native_id(self.window.session))
        self._reference = Trainer(config, info.data)
        self.warm_up()

    def warm_up(self) -> None:
        """Make what is made on the first use, in the window and without it."""
        self.window.session.play()
        wait(WARM_UP_SECONDS)
        self.window.session.pause()
        self.headless()

    def views(self) -> list[str]:
        """Return the names of the views behind tabs."""
        from playground.ui.shell.panel_catalog import PANELS

        return [place.name for place in PANELS if place.area == "tabs"]

    def show(self, view: str) -> None:
        """Bring a view to the front."""
        if view != DEFAULT:
            dock = cast("MainWindow", self.window).area.docks[view]
            dock.show()
            dock.raise_()
            self.warm_up()

    def headless(self) -> float:
        """Return the steps a second without a window, as that run goes on from where it is."""
        return headless(self._reference, self.screen)

    def play(self, seconds: float, heart: Heartbeat | None = None) -> Rate:
        """Let the window train for a while, with the heart beating or without, and return its steps a second."""
        session, frames = self.window.session, self.frames
        session.play()
        wait(SETTLING_SECONDS)
        frames_waited, waited = frames.waited, self.worker.waited()
        begin, first, drawn = time.perf_counter(), session.step_count, len(frames.costs)
        if heart is not None:
            heart.start()
        wait(seconds)
        if heart is not None:
            heart.stop()
        spent, steps, drawn = time.perf_counter() - begin, session.step_count - first, len(frames.costs) - drawn
        session.pause()
        wait(SETTLING_SECONDS)
        missed = self.worker.waited() - waited + frames.waited - frames_waited
        return Rate(steps / max(spent - missed, 1e-9), steps / spent, drawn / spent, missed / spent)

    def measure(self, view: str, seconds: float, hand: Hand | None) -> dict[str, object]:
        """Train in rounds with the trainer alone between them, and return what was seen."""
        self.show(view)
        heart = Heartbeat(self.screen)
        self.frames.costs.clear()
        if hand is not None:
            hand.start()
        self.frames.watch()
        alone: list[tuple[float, float]] = []
        shown: list[Rate] = []
        for _ in range(max(1, round(seconds / ROUND_SECONDS / 2))):
            before = self.headless()
            shown.append(self.play(ROUND_SECONDS))
            alone.append((before, self.headless()))
            self.play(ROUND_SECONDS, heart)
        self.frames.unwatch()
        if hand is not None:
            hand.stop()
        shares = [rate.corrected / statistics.fmean(around) for rate, around in zip(shown, alone, strict=True)]
        return {
            "experiment": self.kind,
            "view": view,
            "latency_ms": percentiles(heart.corrected),
            "latency_raw_ms": percentiles(heart.raw),
            "throughput": round(statistics.median(shares), 3),
            "throughput_by_round": [round(share, 3) for share in shares],
            "steps_per_second": round(statistics.median(rate.raw for rate in shown)),
            "headless_steps_per_second": [round(statistics.fmean(around)) for around in alone],
            "frame_ms": percentiles(self.frames.costs),
            "frames_per_second": round(statistics.median(rate.frames for rate in shown), 1),
            "without_processor": round(statistics.median(rate.missed for rate in shown), 3),
            "corrected_for_processor_wait": self.screen.is_known,
        }

    def close(self) -> float:
        """Close the window in the middle of training, and return the ms that took."""
        self.window.session.play()
        wait(SETTLING_SECONDS)
        begin = time.perf_counter()
        self.window.close()
        return round(1000 * (time.perf_counter() - begin), 1)


def measure(kind: str, arguments: argparse.Namespace, folder: str) -> list[dict[str, object]]:
    """Measure one experiment with each of the views."""
    stage = Stage(kind, arguments.bare, folder)
    views = stage.views() if "all" in arguments.views else arguments.views
    hand = HANDS[arguments.hand](stage.window) if arguments.hand else None
    results = [stage.measure(view, arguments.seconds, hand) for view in views]
    closing = stage.close()
    return [{**result, "hand": arguments.hand or "none", "close_ms": closing} for result in results]


def table(results: list[dict[str, object]]) -> str:
    """Return the results as lines of text."""
    heading = "experiment  view                 hand    latency p50 / p95 / p99 / max, ms   throughput  frames/s"
    lines = [f"{heading}  frame p95, ms  close, ms"]
    for result in results:
        latency, frame = result["latency_ms"], result["frame_ms"]
        assert isinstance(latency, dict)
        assert isinstance(frame, dict)
        late = " / ".join(f"{latency[name]:5.1f}" for name in ("p50", "p95", "p99", "max"))
        lines.append(
            f"{result['experiment']:<10}  {result['view']:<19}  {result['hand']:<6}  {late:<33}  "
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
    parser.add_argument(
        "--views", nargs="+", default=[DEFAULT], help="the views to open in turn, such as flow_panel; all"
    )
    parser.add_argument("--hand", choices=HANDS, help="what somebody does all the time")
    parser.add_argument("--bare", action="store_true", help="a window with one label: what the threads alone cost")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    arguments = parser.parse_args()
    QApplication([])
    with TemporaryDirectory() as folder:
        results = [
            result for kind in dict.fromkeys(arguments.experiments) for result in measure(kind, arguments, folder)
        ]
    sys.stdout.write((json.dumps(results, indent=2) if arguments.json else table(results)) + "\n")


if __name__ == "__main__":
    main()
