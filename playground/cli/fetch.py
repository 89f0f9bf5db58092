"""``playground fetch``: gets and verifies a data set; safe to interrupt."""

import argparse
from contextlib import closing

from playground.cli import progress
from playground.cli.command import DONE, Window
from playground.data.download import fetching
from playground.data.sets.image_sets import IMAGE_SETS
from playground.language import N_, _
from playground.registry import printable

NAME = "fetch"
SENTENCE = N_("Gets and verifies a data set, from its mirrors, a folder or an address.")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("name", metavar=_("NAME"), help=", ".join(IMAGE_SETS))
    parser.add_argument(
        "--from", metavar=_("FOLDER_OR_URL"), dest="source", help=_("the folder or address to get it from")
    )


def command(arguments: argparse.Namespace, _window: Window) -> int:
    """Fetch the data set and print its folder."""
    with closing(progress.Bar("B", scale=True)) as bar:
        folder = fetching.fetch(arguments.name, arguments.source, progress=bar.advance)
    print(printable(_("{name} is ready, in {folder}").format(name=arguments.name, folder=folder)))
    return DONE
