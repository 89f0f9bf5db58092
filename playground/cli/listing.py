"""``playground list``: data sets, activations, optimisers and so on, each with its sentence."""

import argparse
import shutil
import sys
import textwrap
from collections.abc import Mapping
from typing import Any

from playground.cli import tables
from playground.cli.command import DONE, Window
from playground.data.catalog import CATALOG
from playground.engine.activations import ACTIVATIONS, OUTPUTS
from playground.engine.initializers import INITIALIZERS
from playground.engine.losses import LOSSES
from playground.engine.optimizers import OPTIMIZERS
from playground.experiment.config.presets import PRESETS
from playground.language import N_, _

NAME = "list"
SENTENCE = N_("Lists the experiments, data sets, activations, losses, initialisers and optimisers.")

GROUPS: dict[str, tuple[str, Mapping[str, Any]]] = {
    "experiments": (N_("Experiments"), PRESETS),
    "data": (N_("Data sets"), CATALOG),
    "activations": (N_("Activations"), ACTIVATIONS),
    "outputs": (N_("Outputs"), OUTPUTS),
    "losses": (N_("Losses"), LOSSES),
    "initializers": (N_("Initial weights"), INITIALIZERS),
    "optimizers": (N_("Optimisers"), OPTIMIZERS),
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("--json", action="store_true", help=_("print one JSON object"))


def command(arguments: argparse.Namespace, _window: Window) -> int:
    """Print every list."""
    if arguments.json:
        print(tables.to_json({key: [_described(it) for it in group.values()] for key, (_t, group) in GROUPS.items()}))
        return DONE
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else 10_000
    indent = 4 + max(len(name) for _t, group in GROUPS.values() for name in group)
    for title, group in GROUPS.values():
        print(_(title))
        for name, entry in group.items():
            start = f"  {name}".ljust(indent)
            print(
                textwrap.fill(_(entry.sentence), max(width, 60), initial_indent=start, subsequent_indent=" " * indent)
            )
        print()
    return DONE


def _described(entry: Any) -> dict[str, object]:
    described: dict[str, object] = {
        "name": getattr(entry, "name", None) or entry.id,
        "label": _(entry.label),
        "sentence": _(entry.sentence),
    }
    if hasattr(entry, "options"):
        described["options"] = {it.name: {"default": it.default, "sentence": _(it.sentence)} for it in entry.options}
    return described
