"""``python -m playground`` and the command ``playground``: joins the commands and the window."""

import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from playground.cli.command import INTERRUPTED, Window

if TYPE_CHECKING:
    from playground.experiment.config.schema import ExperimentConfig


def main(argv: Sequence[str] | None = None) -> int:
    """Do what the command line asks (the process's own where none is given) and return the exit status."""
    with _interrupts_held_back() as interrupted:
        from playground.cli.main import main as run_command
    if interrupted():
        return INTERRUPTED
    window = Window(open=_open_window, take_picture=_take_picture)
    return run_command(sys.argv[1:] if argv is None else argv, window)


@contextmanager
def _interrupts_held_back() -> Iterator[Callable[[], bool]]:
    """Note Ctrl-C while modules are imported, and tell of it afterwards.

    A `KeyboardInterrupt` in the midst of an extension's first steps is a traceback at best; NumPy was seen to crash.
    """
    noted: list[int] = []
    before = signal.getsignal(signal.SIGINT)
    if before is not signal.default_int_handler or threading.current_thread() is not threading.main_thread():
        yield lambda: False
        return
    signal.signal(signal.SIGINT, lambda number, _frame: noted.append(number))
    try:
        yield lambda: bool(noted)
    finally:
        signal.signal(signal.SIGINT, before)


def _open_window(config: "ExperimentConfig | None", table: Path | None = None) -> int:
    """Open the window; Qt is imported only now."""
    with _interrupts_held_back() as interrupted:
        from playground import app
    if interrupted():
        raise KeyboardInterrupt
    return app.run_window(config, table)


def _take_picture(
    config: "ExperimentConfig", out: Path, steps: int, width: int, height: int, theme: str, code: str
) -> None:
    """Write a picture of the window; Qt is imported only now."""
    with _interrupts_held_back() as interrupted:
        from playground import app
    if interrupted():
        raise KeyboardInterrupt
    app.take_picture(config, out, steps, width, height, theme, code)


if __name__ == "__main__":
    sys.exit(main())
