"""Whether anything breaks under a random hand: ``python -m tests.benchmarks.random_actions --actions 5000 --seed 1``.

Nothing is timed. Every exception, every traceback of the training and every warning of Qt's is a failure, and so is a
run that is not the one shown: now and then the hand rests until the window does, and then experiment, run, network,
counters and pictures must be of one mind. Without a seed each of four is used, in a process of its own.
"""

import argparse
import faulthandler
import os
import subprocess
import sys
import time
import traceback
from collections import Counter, deque
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PySide6.QtCore import QEventLoop, QMessageLogContext, QTimer, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication, QLabel

from playground.app import create_window
from playground.experiment.config.change_kind import ChangeKind, kind_of_change
from playground.experiment.config.presets import PRESETS
from playground.runtime.preferences import Preferences
from playground.ui.core import number_text
from playground.ui.core.experiment_text import shown_name
from playground.ui.diagram.panel import NetworkDiagramPanel
from playground.ui.shell.main_window import MainWindow
from tests.benchmarks.random_hand import RandomHand

SEEDS = (1, 2, 3, 4)
REST_EVERY = 40  # actions
PATIENCE_S = 60.0
REMEMBERED = 8
IGNORED = ("This plugin does not support", "Detected locale")


@dataclass
class Outcome:
    """What came of some actions."""

    actions: int = 0
    rests: int = 0
    seconds: float = 0.0
    kinds: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)


class Watcher:
    """Lets the hand act, one action in each turn of the event loop, and notes what fails."""

    def __init__(self, window: MainWindow, hand: RandomHand, count: int) -> None:
        self.outcome = Outcome()
        self._window, self._hand, self._count = window, hand, count
        self._recent: deque[str] = deque(maxlen=REMEMBERED)
        self._is_resting = False
        self._loop = QEventLoop()

    def watch(self) -> Outcome:
        """Act as often as asked, rest once more, and return what was seen."""
        began = time.monotonic()
        hook, handler = sys.excepthook, qInstallMessageHandler(self._on_message)
        sys.excepthook = self._on_exception
        self._window.session.failed.connect(self._note)
        try:
            self._act()
            self._loop.exec()
            self._rest()
        finally:
            sys.excepthook = hook
            qInstallMessageHandler(handler)
        self.outcome.seconds = time.monotonic() - began
        return self.outcome

    def _act(self) -> None:
        """Do the next thing; what opens a dialog may keep this one waiting, until it is closed by a later one."""
        nested = QApplication.activeModalWidget() is not None or QApplication.activePopupWidget() is not None
        if self.outcome.actions >= self._count and not nested:
            self._loop.quit()
            return
        QTimer.singleShot(0, self._act)
        if self._is_resting:
            return
        if self.outcome.actions % REST_EVERY == REST_EVERY - 1 and not nested:
            self._rest()
        self.outcome.actions += 1
        try:
            done = self._hand.act()
        except Exception:  # noqa: BLE001 - a failure of the program or of the hand: both are told
            self._note(traceback.format_exc())
        else:
            self._recent.append(done)
            self.outcome.kinds[done.split()[0]] += 1

    def _rest(self) -> None:
        """Pause, wait until the window rests, and compare what is shown with what runs."""
        self._is_resting = True
        end = time.monotonic() + PATIENCE_S
        self._window.session.pause()
        while not self._is_at_rest() and time.monotonic() < end:
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
            time.sleep(0.001)
        if not self._is_at_rest():
            self._note(f"the window did not come to rest within {PATIENCE_S:.0f} s")
        else:
            try:
                for difference in differences(self._window):
                    self._note(f"not the run that is shown: {difference}")
            except Exception:  # noqa: BLE001 - told like any other failure
                self._note(traceback.format_exc())
        self.outcome.rests += 1
        self._is_resting = False

    def _is_at_rest(self) -> bool:
        """Return whether what was ordered last is what runs and is shown, or it is known why nothing runs."""
        session = self._window.session
        return self._window.refresh_loop.is_resting and (session.is_current or session._has_failed)

    def _note(self, text: str) -> None:
        """Note a failure, with what was done last."""
        self.outcome.failures.append(f"after {', '.join(self._recent)}:\n{text}")

    def _on_exception(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        self._note("".join(traceback.format_exception(kind, error, trace)))

    def _on_message(self, kind: QtMsgType, context: QMessageLogContext, message: str) -> None:  # noqa: ARG002
        if kind != QtMsgType.QtDebugMsg and not message.startswith(IGNORED):
            self._note(f"Qt: {message}")


def differences(window: MainWindow) -> list[str]:
    """Return in words where a window at rest shows another run than the one that its worker has."""
    session, config = window.session, window.store.config
    found = [] if shown_name(config) in window.windowTitle() else [f"the title is {window.windowTitle()}"]
    trainer, info = session._worker._trainer, session.info
    if session._has_failed or info is None:
        return found if trainer is None else [*found, "there is a run, though none could be built"]
    if trainer is None:
        return [*found, "there is no run"]
    if kind_of_change(info.config, config) >= ChangeKind.WARM_START:
        found.append("the run was built of another experiment")
    if kind_of_change(trainer.config, config) != ChangeKind.NONE:
        found.append("the training goes by other settings")
    if trainer.network.sizes != info.sizes or info.sizes[1:-1] != config.network.hidden:
        found.append(f"the network is {trainer.network.sizes}, the run {info.sizes}, asked for {config.network.hidden}")
    if trainer.step_count != session.step_count:
        found.append(f"step {trainer.step_count} counts as {session.step_count}")
    steps = window.transport.findChild(QLabel, "steps_value")
    if steps is None or steps.text() != number_text.count(trainer.step_count):
        found.append(f"step {trainer.step_count} is shown as {steps and steps.text()}")
    diagram = next(panel for panel in window.area.panels.values() if isinstance(panel, NetworkDiagramPanel))
    scene = diagram.view.scene
    if scene is not None and not diagram.visibleRegion().isEmpty():
        pairs = zip(scene.weights, trainer.network.weights, strict=False)
        if not all(shown.shape == real.shape and np.array_equal(shown, real, equal_nan=True) for shown, real in pairs):
            found.append("the diagram shows other weights")
    return found


def act_at_random(actions: int, seed: int, folder: Path) -> Outcome:
    """Open a window of its own in a folder, use it at random, close it, and return what was seen."""
    window = create_window(PRESETS["and-gate"].config, Preferences(folder / "playground.ini"))
    files = folder / "files"
    files.mkdir(exist_ok=True)
    window.show()
    while not window.area.is_complete or window.session.info is None:
        QApplication.processEvents()
    try:
        return Watcher(window, RandomHand(window, seed, files), actions).watch()
    finally:
        window.close()
        window.deleteLater()


def main() -> int:
    """Read the command line, use windows, print; the exit status is 1 after a failure."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.random_actions", description=__doc__)
    parser.add_argument("--actions", type=int, default=5_000, help="how many, for each seed (5000)")
    parser.add_argument("--seed", type=int, help="which random hand; without it each of 1 to 4")
    arguments = parser.parse_args()
    if arguments.seed is None:
        command = [sys.executable, "-m", "tests.benchmarks.random_actions", "--actions", str(arguments.actions)]
        return max(abs(subprocess.run([*command, "--seed", str(seed)], check=False).returncode) for seed in SEEDS)
    faulthandler.enable()
    _application = QApplication([])
    with TemporaryDirectory() as folder:
        outcome = act_at_random(arguments.actions, arguments.seed, Path(folder))
    kinds = ", ".join(f"{kind} {count}" for kind, count in outcome.kinds.most_common())
    summary = (
        f"seed {arguments.seed}: {outcome.actions} actions in {outcome.seconds:.0f} s, {outcome.rests} comparisons"
    )
    sys.stdout.write("\n".join([f"{summary}, {len(outcome.failures)} failures ({kinds})", *outcome.failures]) + "\n")
    return 1 if outcome.failures else 0


if __name__ == "__main__":
    sys.exit(main())
