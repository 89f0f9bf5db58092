"""The gate at which the worker waits while the screen draws a frame."""

import threading
from types import TracebackType

LONGEST_PARKING = 0.05  # seconds; a screen that is stuck cannot stop the training


class Gate:
    """``with gate:`` draws one frame while the worker waits.

    Every call into Qt gives up the interpreter's lock; a worker in tight Python loops takes it and keeps
    it for a whole switch interval, again and again in one frame. `attention` is what the worker's inner
    loop checks between two steps.
    """

    def __init__(self, attention: threading.Event) -> None:
        self._attention = attention
        self._open = threading.Event()
        self._open.set()

    def __enter__(self) -> "Gate":
        self._open.clear()
        self._attention.set()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.set()

    @property
    def is_closed(self) -> bool:
        """Whether a frame is being drawn."""
        return not self._open.is_set()

    def park(self) -> None:
        """Wait until the frame is drawn, at most `LONGEST_PARKING`; called in the worker."""
        self._open.wait(LONGEST_PARKING)
