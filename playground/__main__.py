"""``python -m playground`` and the command ``playground``: joins the commands and the window."""

import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from playground.cli.command import Window

if TYPE_CHECKING:
    from playground.experiment.config.schema import ExperimentConfig
    from playground.experiment.lessons.report import LessonReport


def main(argv: Sequence[str] | None = None) -> int:
    """Do what the command line asks (the process's own where none is given) and return the exit status."""
    with _ended_by_ctrl_c():
        from playground.cli.main import main as run_command
    window = Window(open=_open_window, take_picture=_take_picture, check_lessons=_check_lessons)
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


def _open_window(config: "ExperimentConfig | None", table: Path | None = None, lesson: Path | None = None) -> int:
    """Open the window; Qt is imported only now."""
    with _ended_by_ctrl_c():
        from playground import app
    return app.run_window(config, table, lesson)


def _take_picture(
    config: "ExperimentConfig", out: Path, steps: int, width: int, height: int, theme: str, code: str
) -> None:
    """Write a picture of the window; Qt is imported only now."""
    with _ended_by_ctrl_c():
        from playground import app
    app.take_picture(config, out, steps, width, height, theme, code)


def _check_lessons(folders: Sequence[Path], languages: Sequence[str]) -> Iterator["LessonReport"]:
    """Play lessons in a window that is not shown on a screen; Qt is imported only now."""
    with _ended_by_ctrl_c():
        from playground import app
    yield from app.check_lessons(folders, languages)


if __name__ == "__main__":
    sys.exit(main())
