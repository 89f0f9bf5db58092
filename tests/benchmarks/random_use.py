"""Whether the window hangs, or fails, in real use: ``python -m tests.benchmarks.random_use --minutes 10 --seed 1``.

A hand does something at random several times a second, the same for the same seed. A stall is how late a timer of
10 ms comes, less the time for which there was no processor, and no more than the process itself was at work in
the meantime: a machine that is busy elsewhere, or holds the process, does not count against the program. While it is
late, another thread looks where the window's thread is. Every exception is a failure.
"""

import argparse
import faulthandler
import json
import os
import re
import sys
import threading
import time
import traceback
from collections import Counter, deque
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from types import TracebackType

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from playground.app import create_window
from playground.experiment.config.presets import PRESETS
from playground.runtime.preferences import Preferences
from playground.ui.shell.main_window import MainWindow
from tests.benchmarks.heartbeat import BEAT_MS, Heartbeat, percentiles, wait
from tests.benchmarks.processor import Thread
from tests.benchmarks.random_hand import RandomHand

GOAL_MS = 100.0
ACT_EVERY_MS = 120
NOTED_MS = 50.0
LOOK_EVERY_S = 0.015
SHOWN = 20
ACTIONS = 3  # that are told of a stall: what follows from one may come in later turns
OWN = ("/playground/", "/tests/")
FRAME = re.compile(r'File "([^"]+)", line (\d+) in (\S+)')


@dataclass(frozen=True)
class Stall:
    """One time that the window did not answer: how long, after which actions, and where its thread was seen."""

    ms: float
    second: float
    actions: str
    seen: tuple[str, ...]


class Lookout:
    """Looks from another thread where the window's thread is while a beat is overdue.

    It reads what `faulthandler` writes, and touches no frame: a frame kept by another thread, if only for a moment,
    keeps the painter in it beyond its widget's `paintEvent`, and Qt crashes.
    """

    def __init__(self) -> None:
        self._main = f"Thread 0x{threading.get_ident():016x}"
        self._places: Counter[str] = Counter()
        self._beat = time.perf_counter()
        self._ends = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def beat(self) -> tuple[str, ...]:
        """Begin anew; return where the thread was seen since the last beat, the most frequent place first."""
        places, self._places = self._places, Counter()  # the other thread may be adding one
        found = tuple(place for place, _count in places.copy().most_common(3))
        self._beat = time.perf_counter()
        return found

    def end(self) -> None:
        """Look no more."""
        self._ends.set()
        self._thread.join()

    def _run(self) -> None:
        with TemporaryFile("w+", encoding="utf-8") as file:
            while not self._ends.wait(LOOK_EVERY_S):
                if time.perf_counter() - self._beat > NOTED_MS / 2000:
                    file.seek(0)
                    file.truncate()
                    faulthandler.dump_traceback(file)
                    file.seek(0)
                    self._places[self._place(file.read())] += 1

    def _place(self, written: str) -> str:
        """Return the innermost lines of our own code in the window's thread."""
        _before, _main, rest = written.partition(self._main)
        lines = FRAME.findall(rest.partition("\n\n")[0])
        own = [(path, line, name) for path, line, name in lines if any(part in path for part in OWN)]
        return " < ".join(f"{Path(path).stem}.{name}:{line}" for path, line, name in own[:3])


class Watch(Heartbeat):
    """A heartbeat that remembers what was done before it was late."""

    def __init__(self, screen: Thread) -> None:
        super().__init__(screen)
        self.actions = deque(["start"], ACTIONS)
        self.stalls: list[Stall] = []
        self._begin = time.perf_counter()
        self._worked = time.process_time()
        self.lookout = Lookout()

    @property
    def action(self) -> str:
        """What was done last."""
        return self.actions[-1]

    def _on_beat(self) -> None:
        super()._on_beat()
        worked = time.process_time()
        late = min(self.corrected[-1], 1000 * (worked - self._worked) - BEAT_MS)
        self._worked = worked
        self.corrected[-1] = late
        seen = self.lookout.beat()
        if late > NOTED_MS:
            actions = ", ".join(self.actions)
            self.stalls.append(Stall(round(late, 1), round(time.perf_counter() - self._begin, 1), actions, seen))


class Failures:
    """Every exception that reached the top, and every traceback of the training."""

    def __init__(self, watch: Watch) -> None:
        self.texts: list[str] = []
        self._watch = watch

    def hook(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Note an exception; for `sys.excepthook`."""
        self.note("".join(traceback.format_exception(kind, error, trace)))

    def note(self, text: str) -> None:
        """Note a text."""
        self.texts.append(f"after {self._watch.action}:\n{text}")


def use(window: MainWindow, minutes: float, seed: int) -> dict[str, object]:
    """Use a window for a while and return what was seen."""
    watch = Watch(Thread(threading.get_native_id()))
    failures = Failures(watch)
    sys.excepthook = failures.hook
    window.session.failed.connect(failures.note)
    hand = RandomHand(window, seed)
    done: Counter[str] = Counter()

    end = time.monotonic() + 60 * minutes

    def act() -> None:
        if time.monotonic() > end:
            return
        QTimer.singleShot(
            ACT_EVERY_MS, act
        )  # first: a dialog may keep the rest waiting, until it is closed by the next
        try:
            watch.actions.append(hand.act())
        except Exception:  # noqa: BLE001 - a failure of the program or of the hand: both are told
            failures.note(traceback.format_exc())
        done[watch.action.split()[0]] += 1

    watch.start()
    act()
    wait(60 * minutes + 1)
    watch.stop()
    watch.lookout.end()
    sys.excepthook = sys.__excepthook__
    stalls = sorted(watch.stalls, key=lambda stall: -stall.ms)
    return {
        "seed": seed,
        "minutes": minutes,
        "actions": sum(done.values()),
        "latency_ms": percentiles(watch.corrected),
        "goal_ms": GOAL_MS,
        "over_goal": sum(stall.ms > GOAL_MS for stall in stalls),
        "stalls": [asdict(stall) for stall in stalls[:SHOWN]],
        "failures": failures.texts,
    }


def table(result: dict[str, object]) -> str:
    """Return the result as lines of text."""
    stalls, failures = result["stalls"], result["failures"]
    assert isinstance(stalls, list)
    assert isinstance(failures, list)
    lines = [
        f"{result['actions']} actions in {result['minutes']} minutes, seed {result['seed']}",
        f"latency, ms: {result['latency_ms']}",
        f"{result['over_goal']} stalls over {GOAL_MS:.0f} ms; {len(failures)} failures",
    ]
    lines += [
        f"{it['ms']:>8.1f} ms at {it['second']:>6.1f} s  {it['actions']}  {' | '.join(it['seen'])}" for it in stalls
    ]
    return "\n".join([*lines, *failures])


def main() -> int:
    """Read the command line, use the window, print; the exit status is 1 after a failure."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.random_use", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10.0, help="how long (10)")
    parser.add_argument("--seed", type=int, default=1, help="which random session (1)")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    arguments = parser.parse_args()
    application = QApplication([])
    with TemporaryDirectory() as folder:
        window = create_window(PRESETS["spiral"].config, Preferences(Path(folder) / "playground.ini"))
        window.session.set_speed(None)
        window.show()
        while not window.area.is_complete or window.session.info is None:
            application.processEvents()
        result = use(window, arguments.minutes, arguments.seed)
        window.close()
    sys.stdout.write((json.dumps(result, indent=2) if arguments.json else table(result)) + "\n")
    return 1 if result["failures"] else 0


if __name__ == "__main__":
    sys.exit(main())
