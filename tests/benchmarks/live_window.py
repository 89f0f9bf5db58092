"""How the window answers and how fast it trains meanwhile: ``python -m tests.benchmarks.live_window and spiral``.

Latency is how much later than every 10 ms a timer of the window fires. Training is compared with the same trainer
without a window: a second with, a second without, in turns, each from the start, as steps may become slower where
numbers become tiny; the median counts. With ``--drag`` the mouse moves
with its button held all along, in circles over the largest picture, 125 times per second. What else the machine does
counts against the program: look at several runs.
"""

import argparse
import itertools
import math
import os
import statistics
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject, QPointF, Qt, QTimer, Slot
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QGraphicsView, QWidget

from playground import testing
from playground.experiment.config.presets import PRESETS
from playground.experiment.config.schema import ExperimentConfig, from_builtins, to_builtins
from playground.experiment.training.trainer import Trainer
from playground.runtime.preferences import Preferences
from playground.ui.canvas.painted_view import PaintedView
from playground.ui.shell.main_window import MainWindow

EXPERIMENTS = {"and": "and-gate", "mnist": "mnist-two-layer"}
BEAT_MS, MOVE_MS = 10, 8
BEGINNING = 0.15  # seconds that are not measured, after each reset
RADIUS = 0.3  # of a drag's circle, in heights of what is dragged over


def experiment(name: str) -> ExperimentConfig:
    raw = to_builtins(PRESETS[EXPERIMENTS.get(name, name)].config)
    return from_builtins({**raw, "training": {**raw["training"], "stop": {}}})


class _Bot:
    """Stands in for pytest-qt's, which closes windows after a test."""

    def addWidget(self, widget: QWidget) -> None:  # noqa: N802
        pass


def open_window(config: ExperimentConfig, folder: str) -> MainWindow:
    """Return a window that is ready, on settings in a folder, as fast as can be."""
    settings = Preferences(Path(folder) / "settings.ini")
    settings.speed = None
    window = testing.open_window(_Bot(), config, settings)
    window.resize(1280, 720)
    testing.wait_until_ready(window)
    return window


def wait(seconds: float) -> None:
    loop = QEventLoop()
    QTimer.singleShot(round(1000 * seconds), loop.quit)
    loop.exec()


class Heartbeat(QObject):
    """Notes by how many ms a timer of 10 ms is late."""

    def __init__(self) -> None:
        super().__init__()
        self.late: list[float] = []
        self._last = time.perf_counter()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_beat)
        self._timer.start(BEAT_MS)

    @Slot()
    def _on_beat(self) -> None:
        now = time.perf_counter()
        self.late.append(max(0.0, 1000 * (now - self._last) - BEAT_MS))
        self._last = now


class Drag(QObject):
    """A mouse that moves in circles over the largest picture in sight, with the button held until `release`."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        plots = [*(view.viewport() for view in window.findChildren(QGraphicsView)), *window.findChildren(PaintedView)]
        seen = [plot for plot in plots if plot.isVisible() and not plot.visibleRegion().isEmpty()]
        self._target = max(seen, key=lambda plot: plot.width() * plot.height(), default=window)
        self._places = self._circle()
        self._send(QEvent.Type.MouseButtonPress)
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.move)

    def start(self) -> None:
        self._timer.start(MOVE_MS)

    @Slot()
    def move(self) -> None:
        self._send(QEvent.Type.MouseMove)

    def release(self) -> None:
        self._timer.stop()
        self._send(QEvent.Type.MouseButtonRelease)

    def _circle(self) -> Iterator[tuple[QPointF, QPointF]]:
        centre, radius = QPointF(self._target.rect().center()), RADIUS * self._target.height()
        places = [centre + QPointF(math.cos(angle), math.sin(angle)) * radius for angle in np.arange(0, 6.28, 0.1)]
        return itertools.cycle([(place, QPointF(self._target.mapToGlobal(place))) for place in places])

    def _send(self, kind: QEvent.Type) -> None:
        place, on_screen = next(self._places)
        button = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseMove else Qt.MouseButton.LeftButton
        held = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseButtonRelease else Qt.MouseButton.LeftButton
        event = QMouseEvent(kind, place, on_screen, button, held, Qt.KeyboardModifier.NoModifier)
        QCoreApplication.postEvent(self._target, event)  # as it comes from the system


def train(trainer: Trainer, seconds: float) -> float:
    begin, steps = time.perf_counter(), trainer.step_count
    while time.perf_counter() - begin < seconds:
        trainer.run(200)
    return (trainer.step_count - steps) / (time.perf_counter() - begin)


def measure(name: str, seconds: float, drag: bool) -> str:
    """Train in the window and without it, in turns, and return a line of the table."""
    config = experiment(name)
    with TemporaryDirectory() as folder:
        window = open_window(config, folder)
        session, alone = window.session, Trainer(config)
        session.play()
        wait(1.5)  # what is made on the first use
        hand = Drag(window) if drag else None
        late: list[float] = []
        shown, bare = [], []
        for _ in range(max(1, round(seconds))):
            session.reset()
            alone.reset()
            train(alone, BEGINNING)
            bare.append(train(alone, 1.0))
            session.play()
            wait(BEGINNING)
            if hand is not None:
                hand.start()
            heart, begin, steps = Heartbeat(), time.perf_counter(), session.step_count
            wait(1.0)
            shown.append((session.step_count - steps) / (time.perf_counter() - begin))
            late += heart.late
            heart.deleteLater()
        if hand is not None:
            hand.release()
        begin = time.perf_counter()
        window.close()
        closing = 1000 * (time.perf_counter() - begin)
        window.deleteLater()
    median, high, most = np.percentile(late, (50, 99, 100))
    keeps = statistics.median(with_it / without for with_it, without in zip(shown, bare, strict=True))
    mouse = "drags" if drag else "nothing"
    rate = statistics.median(shown)
    return f"| {name} | {mouse} | {median:.1f} | {high:.1f} | {most:.0f} | {keeps:.0%} | {rate:,.0f} | {closing:.0f} |"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.live_window", description=__doc__)
    parser.add_argument("experiments", nargs="+", help="and, spiral, digits, mnist or any ready-made experiment")
    parser.add_argument("--seconds", type=float, default=6.0, help="how long to measure each (6)")
    parser.add_argument("--drag", action="store_true", help="the mouse drags all the time")
    arguments = parser.parse_args()
    _application = QApplication([])
    late = "50 % within, ms | 99 % within, ms | at most, ms"
    print(f"| experiment | the mouse | {late} | training keeps | steps per second | closes in, ms |")  # noqa: T201
    print("|---|---|---:|---:|---:|---:|---:|---:|")  # noqa: T201
    for name in arguments.experiments:
        print(measure(name, arguments.seconds, arguments.drag), flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
