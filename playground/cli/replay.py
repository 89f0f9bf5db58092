"""``playground replay``: every published figure beside ours."""

import argparse
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from playground.cli import progress, tables
from playground.cli.command import BAD_INPUT, DONE, FAILED, Window
from playground.language import N_, _

if TYPE_CHECKING:
    from playground.experiment.replay import Row

NAME = "replay"
SENTENCE = N_("Shows every published figure beside ours; exit status 1 where one does not match.")

SIGNS = {True: "✓", False: "✗", None: "–"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("ids", metavar="ID", nargs="*", help=_("figures, experiments or letters of articles; else all"))
    parser.add_argument("--json", action="store_true", help=_("print one JSON object"))


def command(arguments: argparse.Namespace, _window: Window) -> int:
    """Measure the figures and show them as they come."""
    from playground.experiment import replay  # all that measures: no other command needs it

    rows: list[Row] = []
    with progress.bar(_("figure")) as bar:
        for row in replay.replay(arguments.ids, bar.advance):
            rows.append(row)
            if not arguments.json:
                bar.say(described(row))
    if arguments.json:
        print(tables.to_json({"matches": _status(rows) == DONE, "figures": [asdict(row) for row in rows]}))
    else:
        print(_summary(rows))
    return _status(rows)


def described(row: "Row") -> str:
    """Return a figure as people read it: the published numbers right above ours.

    From a random start the published ones must lie in the band that ours make over several seeds.
    """
    ours = _("ours") if row.kind == "exact" or row.matches is None else _("our band")
    numbers = [[_("published"), row.published], [ours, row.ours]]
    return f"{SIGNS[row.matches]} {row.article}  {row.what}  ({row.id})\n" + tables.table(numbers, indent="     ")


def _summary(rows: "Sequence[Row]") -> str:
    """Return how many figures match, differ and could not be measured."""
    counts = {sign: sum(row.matches is sign for row in rows) for sign in SIGNS}
    sentence = _("{matching} of {n} figures match, {differing} differ, {missing} need data that are not here.")
    return sentence.format(n=len(rows), matching=counts[True], differing=counts[False], missing=counts[None])


def _status(rows: "Sequence[Row]") -> int:
    """Return the exit status: failed where a figure differs, bad input where none could be measured."""
    if any(row.matches is False for row in rows):
        return FAILED
    return DONE if any(row.matches for row in rows) else BAD_INPUT
