"""``playground [ID|FILE]``: opens the window, or trains in the terminal where there can be none."""

import argparse

from playground import preflight
from playground.cli import experiments, run
from playground.cli.command import Window, tell
from playground.experiment.config.presets import DEFAULT, PRESETS
from playground.language import N_, _
from playground.registry import UserError, shown

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
    """Open the window on the experiment or the table, or train it here where no window can be opened."""
    name = arguments.experiment
    if sentence := preflight.unknown_platform():
        raise UserError(sentence)
    has_display, lacking = preflight.has_display(), preflight.missing_libraries()
    can_open = has_display and lacking is None
    table = experiments.table(name) if name is not None else None
    if table is not None and can_open:
        return window.open(None, table)  # the window reads it while it is up, and asks what to learn from it
    config = None if name is None else experiments.find(name)
    if can_open:
        return window.open(config)
    if lacking is not None:
        tell(f"{lacking}.")
    if has_display:
        explanation = _("No window can be opened without them, so {name} is trained here instead.")
    else:
        explanation = _("There is no display to open a window on, so {name} is trained here instead.")
    config = config or PRESETS[DEFAULT].config
    tell(explanation.format(name=shown(config.name)))
    return run.train_and_report(config)
