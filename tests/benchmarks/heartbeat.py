"""What the benchmarks of the window share: how late the event loop is, a hand that drags the mouse, and waiting."""

import time

import numpy as np
from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject, QPointF, Qt, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QGraphicsView, QWidget

from tests.benchmarks.processor import Thread

BEAT_MS = 10
DRAG_MS = 8


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


class Drag(QObject):
    """Moves the mouse with the button held, in circles over the largest plot of the window, 125 times a second."""

    def __init__(self, window: QWidget) -> None:
        super().__init__()
        plots = [view.viewport() for view in window.findChildren(QGraphicsView) if view.isVisible()]
        self._target = max(plots, key=lambda plot: plot.width() * plot.height(), default=window)
        self._angle = 0.0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_move)

    def start(self) -> None:
        """Press the button and begin to move."""
        self._send(QEvent.Type.MouseButtonPress)
        self._timer.start(DRAG_MS)

    def stop(self) -> None:
        """Let go."""
        self._timer.stop()
        self._send(QEvent.Type.MouseButtonRelease)

    def _on_move(self) -> None:
        self._angle += 0.1
        self._send(QEvent.Type.MouseMove)

    def _send(self, kind: QEvent.Type) -> None:
        centre, radius = QPointF(self._target.rect().center()), 0.3 * self._target.height()
        place = centre + QPointF(radius * np.cos(self._angle), radius * np.sin(self._angle))
        button = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseMove else Qt.MouseButton.LeftButton
        held = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseButtonRelease else Qt.MouseButton.LeftButton
        modifiers = Qt.KeyboardModifier.NoModifier
        event = QMouseEvent(kind, place, QPointF(self._target.mapToGlobal(place)), button, held, modifiers)
        QCoreApplication.sendEvent(self._target, event)


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
