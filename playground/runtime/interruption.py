"""Breaking off a long computation in the worker, between any two of its Python instructions.

Training hears an order between two steps, but one step with naive numerical gradients on MNIST takes
20 seconds, and nobody waits so long to close a window. What is broken off must be thrown away.
"""

import ctypes
import threading
import time
from collections import deque
from collections.abc import Callable
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class Interrupted(BaseException):
    """Raised in the thread that was interrupted; no `Exception`, so that nothing takes it for an error."""


class Interruption:
    """Lets one thread break off what another one does within `run`, and nothing else that it does.

    There are no locks, since the exception could come between taking one and giving it back. Instead a
    token lies there while the work runs. Who takes it decides: the worker, on leaving, or the
    interrupter, and then the worker waits for the exception that is on its way.
    """

    def __init__(self) -> None:
        self._token: deque[int] = deque()

    def run(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Return ``work(*args, **kwargs)``, or raise `Interrupted`."""
        try:
            self._token.append(threading.get_ident())
            result = work(*args, **kwargs)
        except Interrupted:
            raise
        except BaseException:
            self._leave()
            raise
        self._leave()
        return result

    def interrupt(self) -> None:
        """Break off what runs now, if anything does; called in another thread."""
        try:
            thread = self._token.pop()
        except IndexError:
            return
        ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), ctypes.py_object(Interrupted))

    def _leave(self) -> None:
        """Take the token back, or wait for the exception."""
        try:
            self._token.pop()
        except IndexError:
            time.sleep(0.05)  # the exception is raised here at the latest ...
            raise Interrupted from None  # ... unless something in the work has swallowed it
