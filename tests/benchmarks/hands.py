"""What somebody at the window does while it is measured."""

import itertools
import math
import subprocess
import sys
from collections.abc import Iterator

import numpy as np
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPointF, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QMouseEvent
from PySide6.QtWidgets import QApplication, QGraphicsView, QWidget

from playground.ui.canvas.painted_view import PaintedView
from playground.ui.core import theme

RADIUS = 0.3  # of a drag's circle, in heights of what is dragged over


class Hand(QObject):
    """Does something to a window again and again, every `PERIOD_MS`."""

    PERIOD_MS = 8

    def __init__(self, window: QWidget) -> None:
        super().__init__()
        self.window = window
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.move)

    def start(self) -> None:
        """Begin."""
        self._timer.start(self.PERIOD_MS)

    def stop(self) -> None:
        """Let go."""
        self._timer.stop()

    def move(self) -> None:
        """Do it once."""
        raise NotImplementedError


class Drag(Hand):
    """Moves the mouse with the button held, in circles over the largest picture in sight, 125 times a second."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._target = window
        self._places: Iterator[tuple[QPointF, QPointF]] = iter(())

    def start(self) -> None:
        """Press the button and begin to move."""
        self._target = self._find_target()
        self._places = itertools.cycle(self._circle())
        self._send(QEvent.Type.MouseButtonPress)
        super().start()

    def stop(self) -> None:
        """Let go."""
        super().stop()
        self._send(QEvent.Type.MouseButtonRelease)

    def move(self) -> None:
        """Move on."""
        self._send(QEvent.Type.MouseMove)

    def _find_target(self) -> QWidget:
        plots = [view.viewport() for view in self.window.findChildren(QGraphicsView)]
        plots += self.window.findChildren(PaintedView)
        seen = [plot for plot in plots if plot.isVisible() and not plot.visibleRegion().isEmpty()]
        return max(seen, key=lambda plot: plot.width() * plot.height(), default=self.window)

    def _circle(self) -> list[tuple[QPointF, QPointF]]:
        """Return the places on the way, in the target and on the screen, worked out once: they are not measured."""
        centre, radius = QPointF(self._target.rect().center()), RADIUS * self._target.height()
        angles = np.arange(0, 2 * np.pi, 0.1).tolist()
        places = [centre + QPointF(radius * math.cos(angle), radius * math.sin(angle)) for angle in angles]
        return [(place, QPointF(self._target.mapToGlobal(place))) for place in places]

    def _send(self, kind: QEvent.Type) -> None:
        place, on_screen = next(self._places)
        button = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseMove else Qt.MouseButton.LeftButton
        held = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseButtonRelease else Qt.MouseButton.LeftButton
        event = QMouseEvent(kind, place, on_screen, button, held, Qt.KeyboardModifier.NoModifier)
        QCoreApplication.postEvent(self._target, event)  # as it comes from the system, without waiting for the answer


class Idle(Drag):
    """Moves the mouse as `Drag` does, over nothing that listens: what the hand itself takes, which no system would."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._nothing = QWidget(window)

    def _find_target(self) -> QWidget:
        return self._nothing


class RealMouse(Drag):
    """Drags as `Drag` does, but with the mouse of an X server, moved by a process of its own: as it is in real use.

    The events of `Drag` are made in the window's thread, in Python: they wait for the worker there, and it for them.
    """

    def __init__(self, window: QWidget) -> None:
        if QGuiApplication.platformName() != "xcb":
            raise SystemExit("A real mouse needs an X server: xvfb-run -a env QT_QPA_PLATFORM=xcb python -m …")
        super().__init__(window)
        self._mouse: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Press the button and begin to move."""
        target = self._find_target()
        middle = target.mapToGlobal(target.rect().center())
        place = (str(middle.x()), str(middle.y()), str(RADIUS * target.height()))
        command = [sys.executable, "-m", "tests.benchmarks.real_mouse", *place]
        self._mouse = subprocess.Popen(command, stdin=subprocess.PIPE)

    def stop(self) -> None:
        """Let go."""
        if self._mouse is not None:
            self._mouse.communicate()
            if self._mouse.returncode:
                raise SystemExit("The mouse could not be moved; the line above says why.")
            self._mouse = None


class Resize(Hand):
    """Makes the window larger and smaller by a few pixels, as the edge under a mouse does, 30 times a second."""

    PERIOD_MS = 33

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._angle = 0.0

    def move(self) -> None:
        """Give the window its next size."""
        self._angle += 0.2
        self.window.resize(round(1280 + 60 * np.sin(self._angle)), round(720 + 30 * np.cos(self._angle)))


class Theme(Hand):
    """Changes from light to dark and back, once a second."""

    PERIOD_MS = 1000

    def move(self) -> None:
        """Change the theme."""
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        theme.apply(application, "light" if theme.current() is theme.DARK else "dark")


HANDS: dict[str, type[Hand]] = {"drag": Drag, "mouse": RealMouse, "idle": Idle, "resize": Resize, "theme": Theme}
