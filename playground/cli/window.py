"""``playground [ID|FILE]``: opens the window, or trains in the terminal where there is no display."""

import argparse
import sys

from playground import preflight
from playground.cli import experiments, run
from playground.cli.command import Window
from playground.experiment.presets import DEFAULT, PRESETS
from playground.language import N_, _
from playground.registry import UserError

NAME = "window"
SENTENCE = N_("Opens the window; the default when no command is given.")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument(
        "experiment",
        metavar=_("ID|FILE"),
        nargs="?",
        help=_("a ready-made experiment, an experiment's file, or a table"),
    )


def command(arguments: argparse.Namespace, window: Window) -> int:
    """Open the window on the experiment, or say why that cannot be."""
    name = arguments.experiment
    table = experiments.table(name) if name is not None else None
    if table is not None and preflight.has_display() and not preflight.missing_libraries():
        return window.open(None, table)  # the window reads it while it is up, and asks what to learn from it
    config = None if name is None else experiments.find(name)
    if not preflight.has_display():
        config = config or PRESETS[DEFAULT].config
        explanation = _("There is no display to open a window on, so {name} is trained here instead.")
        print(explanation.format(name=config.name), file=sys.stderr)
        return run.train_and_report(config)
    if sentence := preflight.missing_libraries():
        raise UserError(sentence)
    return window.open(config)
