"""Large changes of the window, such as other colours, in several turns of the event loop.

Each turn is short, so that the window goes on answering; and none of them is seen: it keeps its picture and its layout
until the change is whole.
"""

import sys
from collections import deque
from collections.abc import Iterator
from contextlib import ExitStack
from weakref import WeakSet

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication, QDockWidget, QMainWindow, QWidget
from shiboken6 import isValid

from playground.runtime.gate import Gate

Change = Iterator[None]
"""A change that stops wherever the rest may wait for the next turn."""


_made: list["InTurns"] = []


def at_once(change: Change) -> None:
    """Make a whole change now."""
    for _stop in change:
        pass


class InTurns(QObject):
    """Makes one change after the other, a part of it in each turn of the event loop.

    One that fails is reported and dropped: those after it are made, and the windows are seen again.

    Attributes
    ----------
    gates
        The gates of the sessions whose workers wait during each turn: else they would take the interpreter at every
        call into Qt, and a turn would last longer.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.gates: WeakSet[Gate] = WeakSet()
        self._changes: deque[Change] = deque()
        self._still: list[QWidget] = []
        self._is_seen_next = False
        self._is_at_it = False

    @property
    def is_at_rest(self) -> bool:
        """Whether every change is made, and can be seen."""
        return not self._changes and not self._still

    def make(self, change: Change) -> None:
        """Begin with a change now, or when those before it are made."""
        self._changes.append(change)
        if len(self._changes) == 1 and not self._still:
            self._hold_still()
            self._go_on()

    def no_work(self) -> ExitStack:
        """Let the workers of all sessions wait: ``with turns().no_work():``."""
        waiting = ExitStack()
        for gate in tuple(self.gates):
            waiting.enter_context(gate)
        return waiting

    def finish(self) -> None:
        """Make now what is left of all changes, but for one whose part has brought this about."""
        while not (self.is_at_rest or self._is_at_it):
            self._take_turn()

    @Slot()
    def _go_on(self) -> None:
        if self.is_at_rest or self._is_at_it:
            return  # it was finished in between, or the part under way waits for events
        self._take_turn()
        QTimer.singleShot(0, self, self._go_on)

    def _take_turn(self) -> None:
        """Make the next part; at the end lay out what has changed, and in a turn of its own let it be seen."""
        with self.no_work():
            if self._changes:
                self._make_part()
            elif not self._is_seen_next:
                self._is_seen_next = True
                self.lay_out()
            else:
                self._is_seen_next = False
                self._show()

    def _make_part(self) -> None:
        """Make the next part of the first change."""
        self._is_at_it = True
        try:
            next(self._changes[0])
        except StopIteration:
            self._changes.popleft()
        except Exception:  # noqa: BLE001 - nothing may stay as it is in the midst, nor a window unable to close
            self._changes.popleft()
            sys.excepthook(*sys.exc_info())
        finally:
            self._is_at_it = False

    def _hold_still(self) -> None:
        """Keep the picture of every window, and do not lay it out."""
        self._still = [it for it in QApplication.topLevelWidgets() if it.isVisible() and it.updatesEnabled()]
        for window in self._still:
            window.setUpdatesEnabled(False)
            for widget in _with_columns(window):
                _set_layout_enabled(widget, False)

    def lay_out(self) -> None:
        """Give everything its place, from the outside in, though it is not seen yet."""
        for window in filter(isValid, self._still):
            for widget in _with_columns(window):
                _set_layout_enabled(widget, True)

    def _show(self) -> None:
        still, self._still = self._still, []
        for window in filter(isValid, still):
            window.setUpdatesEnabled(True)
            for dock in window.findChildren(QDockWidget):
                if dock.isFloating():  # since just now, perhaps: Qt then lets it be painted, but nothing that is in it
                    dock.setUpdatesEnabled(False)
                    dock.setUpdatesEnabled(True)


def turns() -> InTurns:
    """Return what makes the large changes of this process."""
    if not _made:
        _made.append(InTurns(QApplication.instance()))
    return _made[0]


def _with_columns(window: QWidget) -> list[QWidget]:
    """Return a window and what it has of docks: the layouts of both ask all that is in them for its size."""
    return [window, *window.findChildren(QMainWindow)]


def _set_layout_enabled(widget: QWidget, enabled: bool) -> None:
    """Let a widget's layout follow what is in it, or rest."""
    layout = widget.layout()
    if layout is not None:
        layout.setEnabled(enabled)
        if enabled:
            layout.invalidate()  # while it rested it took no note of a window of another size
            layout.activate()
