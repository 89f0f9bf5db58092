"""Moves the mouse of an X server in circles with the button held: ``python -m tests.benchmarks.real_mouse X Y RADIUS``.

A process of its own, as a mouse is: what it does takes nothing from the window's threads. It ends when what it reads
from ends, and lets the button go.
"""

import ctypes
import itertools
import math
import sys
import threading
from ctypes.util import find_library

PERIOD_SECONDS = 0.008
ANGLE = 0.1  # from one place to the next
LEFT = 1


class XServer:
    """The X server that ``DISPLAY`` names, with its extension for tests."""

    def __init__(self) -> None:
        base, tests = find_library("X11"), find_library("Xtst")
        if base is None or tests is None:
            raise SystemExit("The libraries of the X server (libX11 and libXtst) are not here: install them.")
        self._base, self._tests = ctypes.CDLL(base), ctypes.CDLL(tests)
        self._base.XOpenDisplay.restype = ctypes.c_void_p
        opened = self._base.XOpenDisplay(None)
        if not opened:
            raise SystemExit("No X server answers: set DISPLAY, or begin the command with xvfb-run -a.")
        self._display = ctypes.c_void_p(opened)

    def move(self, x: float, y: float) -> None:
        """Move the mouse to a place of the screen, in pixels."""
        self._tests.XTestFakeMotionEvent(self._display, -1, round(x), round(y), ctypes.c_ulong(0))
        self._base.XFlush(self._display)

    def press(self, down: bool) -> None:
        """Press the left button, or let it go."""
        self._tests.XTestFakeButtonEvent(self._display, LEFT, int(down), ctypes.c_ulong(0))
        self._base.XFlush(self._display)


def main() -> None:
    """Drag until standard input ends."""
    x, y, radius = map(float, sys.argv[1:4])
    server, ended = XServer(), threading.Event()

    def read() -> None:
        sys.stdin.read()
        ended.set()

    threading.Thread(target=read, daemon=True).start()
    server.move(x + radius, y)
    server.press(True)
    for angle in itertools.count(0.0, ANGLE):
        if ended.wait(PERIOD_SECONDS):
            break
        server.move(x + radius * math.cos(angle), y + radius * math.sin(angle))
    server.press(False)


if __name__ == "__main__":
    main()
