"""What the benchmarks of the window share: how late the event loop is, and waiting."""

import time

import numpy as np
from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer

from tests.benchmarks.processor import Thread

BEAT_MS = 10


class Heartbeat(QObject):
    """Notes by how much a timer of 10 ms is late, with and without the wait for a processor."""

    def __init__(self, screen: Thread) -> None:
        super().__init__()
        self._screen = screen
        self._last = (0.0, 0.0)
        self.raw: list[float] = []
        self.corrected: list[float] = []
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_beat)

    def start(self) -> None:
        """Begin to note."""
        self._last = (time.perf_counter(), self._screen.waited())
        self._timer.start(BEAT_MS)

    def stop(self) -> None:
        """Note no more."""
        self._timer.stop()

    def _on_beat(self) -> None:
        now, waited = time.perf_counter(), self._screen.waited()
        late = 1000 * (now - self._last[0]) - BEAT_MS
        self.raw.append(late)
        self.corrected.append(late - 1000 * (waited - self._last[1]))
        self._last = (now, waited)


def wait(seconds: float) -> None:
    """Let the event loop run."""
    loop = QEventLoop()
    QTimer.singleShot(round(1000 * seconds), loop.quit)
    loop.exec()


def percentiles(values: list[float]) -> dict[str, float]:
    """Return p50, p95, p99 and the largest, in ms."""
    kept = np.clip(values, 0, None)
    return {
        name: round(float(np.percentile(kept, share)), 2)
        for name, share in {"p50": 50, "p95": 95, "p99": 99, "max": 100}.items()
    }
