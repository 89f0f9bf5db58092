"""``python -m playground`` and the command ``playground``: joins the commands and the window."""

import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import ModuleType

from playground.cli.command import Window


def main(argv: Sequence[str] | None = None) -> int:
    """Do what the command line asks (the process's own where none is given) and return the exit status."""
    with _ended_by_ctrl_c():
        from playground.cli.main import main as run_command
    window = Window(
        open=lambda *arguments: _app().run_window(*arguments),
        take_picture=lambda *arguments: _app().take_picture(*arguments),
        check_lessons=lambda *arguments: _app().check_lessons(*arguments),
    )
    return run_command(sys.argv[1:] if argv is None else argv, window)


@contextmanager
def _ended_by_ctrl_c() -> Iterator[None]:
    """Make Ctrl-C end the process at once while modules are imported.

    A `KeyboardInterrupt` in the midst of an extension's first steps is a traceback at best; NumPy was seen to crash.
    """
    is_main = threading.current_thread() is threading.main_thread()
    if not is_main or signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        yield
        return
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def _app() -> ModuleType:
    """Return the module of the window; Qt is imported only now."""
    with _ended_by_ctrl_c():
        from playground import app
    return app


if __name__ == "__main__":
    sys.exit(main())
