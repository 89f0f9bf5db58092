"""What the interpreter is told while a session lives, and what it was told before."""

import gc
import sys

from PySide6.QtCore import QObject, QTimer, Slot

SWITCH_INTERVAL = 0.0005  # seconds; a handler on the screen waits this long for the worker, not Python's 5 ms
TIDY_PERIOD = 250  # ms


class InterpreterSettings(QObject):
    """Sets the short switch interval, and collects cyclic garbage in the thread of the screen only.

    Python collects in whichever thread happens to allocate; in the worker's that would delete widgets
    outside their own thread. So the automatic collection rests while a session lives, and a timer here
    does what it would have done. What is there when the session begins (modules, above all) is left out
    meanwhile: looking through it takes 17 ms. So is what outlives the first full collection (the window, and what it
    imported late). Several sessions share one setting.
    """

    _users = 0
    _has_settled = False
    _before = (0.0, True)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setInterval(TIDY_PERIOD)
        self._timer.timeout.connect(self._on_timeout)
        self._active = False

    def begin(self) -> None:
        """Set them, remembering what was."""
        if self._active:
            return
        self._active = True
        cls = InterpreterSettings
        if cls._users == 0:
            cls._before = (sys.getswitchinterval(), gc.isenabled())
            sys.setswitchinterval(SWITCH_INTERVAL)
            gc.disable()
            gc.freeze()
            cls._has_settled = False
        cls._users += 1
        self._timer.start()

    def end(self) -> None:
        """Put everything back."""
        if not self._active:
            return
        self._active = False
        self._timer.stop()
        cls = InterpreterSettings
        cls._users -= 1
        if cls._users == 0:
            interval, collecting = cls._before
            sys.setswitchinterval(interval)
            gc.unfreeze()
            if collecting:
                gc.enable()

    @Slot()
    def _on_timeout(self) -> None:
        """Collect the oldest generation that is due, by Python's own thresholds."""
        counts, thresholds = gc.get_count(), gc.get_threshold()
        due = [generation for generation in range(3) if counts[generation] > thresholds[generation] > 0]
        if due:
            gc.collect(due[-1])
        if due[-1:] == [2] and not InterpreterSettings._has_settled:
            InterpreterSettings._has_settled = True
            gc.freeze()  # once: none of it is looked at again, not even when nobody needs it any more
