"""``python -m playground`` and the command ``playground``: joins the commands and the window."""

import sys
from collections.abc import Sequence
from pathlib import Path

from playground.cli.command import Window
from playground.cli.main import main as run_command
from playground.experiment.config import ExperimentConfig


def main(argv: Sequence[str] | None = None) -> int:
    """Do what the command line asks (the process's own where none is given) and return the exit status."""
    window = Window(open=_open_window, take_picture=_take_picture)
    return run_command(sys.argv[1:] if argv is None else argv, window)


def _open_window(config: ExperimentConfig | None) -> int:
    """Open the window; Qt is imported only now."""
    from playground import app

    return app.run_window(config)


def _take_picture(
    config: ExperimentConfig, out: Path, steps: int, width: int, height: int, theme: str, code: str
) -> None:
    """Write a picture of the window; Qt is imported only now."""
    from playground import app

    app.take_picture(config, out, steps, width, height, theme, code)


if __name__ == "__main__":
    sys.exit(main())
