"""Settings of the interpreter for a process that has a window and a worker."""

import gc
import sys
from itertools import count

from PySide6.QtCore import QObject, QTimer

SWITCH_INTERVAL = 0.0005  # seconds; a handler on the screen waits this long for the worker, not Python's 5 ms
PERIOD_MS = 250
PERIODS_OF_ALL = 20
"""Every so many periods all garbage is collected, not the young generations alone."""


def collect_garbage_in_this_thread(parent: QObject) -> QTimer:
    """Collect cyclic garbage in the calling thread only, the window's, as long as the returned timer runs.

    Python collects in whichever thread happens to allocate; in the worker's that would delete widgets outside their
    own thread. What outlives the first full collection is left out of later ones: looking through it takes 50 ms.
    """
    if gc.isenabled():  # the first time in this process
        sys.setswitchinterval(SWITCH_INTERVAL)
        gc.disable()
        gc.freeze()
    timer, periods = QTimer(parent), count(1)

    def collect() -> None:
        period = next(periods)
        gc.collect(1 if period % PERIODS_OF_ALL else 2)
        if period == PERIODS_OF_ALL:
            gc.freeze()

    timer.timeout.connect(collect)
    timer.start(PERIOD_MS)
    return timer
