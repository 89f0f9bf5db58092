"""``playground replay``: every figure of the articles beside ours, with its source."""

import argparse
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import asdict

from playground.cli import progress, tables
from playground.cli.command import BAD_INPUT, DONE, FAILED, Window
from playground.experiment.articles import replay
from playground.experiment.articles.comparison import Number, Row
from playground.experiment.articles.figures import ARTICLES, PUBLISHED, SOURCES
from playground.language import N_, _, ngettext

NAME = "replay"
SENTENCE = N_("Shows every figure of the articles beside ours; exit status 1 where one does not match.")

SIGNS = {"equal": "✓", "among": "≈", "rare": "~", "shown": "·", "differs": "✗", "missing": "–"}
MEANINGS = {
    "equal": N_("the same"),
    "among": N_("from a random start: the figure and a run of ours lie in the range of many starts"),
    "rare": N_("from a random start: at the very edge of that range"),
    "shown": N_("shown, not judged"),
    "differs": N_("differs"),
    "missing": N_("needs data that are not here"),
}

WIDTH = 100
LABEL_WIDTH, AT_WIDTH = 28, 20
CELL_WIDTHS = (16, 16, 22, 10)
"""In columns of a terminal: what a number is, which begins with its step; published, ours, range, rank."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("ids", metavar="ID", nargs="*", help=_("figures, experiments or letters of articles; else all"))
    parser.add_argument("--json", action="store_true", help=_("print one JSON object"))


def command(arguments: argparse.Namespace, _window: Window) -> int:
    """Measure the figures, and print each as soon as it is measured."""
    rows: list[Row] = []
    with closing(progress.Bar(_("figure"))) as bar:
        for row in replay.replay(arguments.ids, bar.advance):
            if not arguments.json:
                bar.say("\n".join(described(row, rows[-1] if rows else None)))
            rows.append(row)
    if arguments.json:
        print(tables.to_json({"matches": _status(rows) == DONE, "figures": [asdict(row) for row in rows]}))
    else:
        print("\n" + "\n".join(_summary(rows)))
    return _status(rows)


def described(row: Row, before: Row | None) -> Iterator[str]:
    """Yield the lines of a figure as people read it, after the figure before it.

    A heading comes first where the article or the source is another one. What the figure is is said once for a series
    of them.
    """
    if before is None or before.article != row.article:
        yield from [""] if before is not None else []
        yield _("Article {letter}: {title}").format(letter=row.article, title=_(ARTICLES[row.article]))
    if before is None or (before.article, before.source) != (row.article, row.source):
        yield ""
        yield f"  — {_(SOURCES[row.source])} —"
        expected = _("published") if row.source in PUBLISHED else _("expected")
        yield "    " + _columns("", expected, _("ours"), _("range of starts"), _("rank"))
    sign = SIGNS[row.verdict]
    goes_on = before is not None and row.step is not None and before.what == row.what
    if not goes_on:
        yield from _title(sign, row)
    for k, number in enumerate(row.numbers):
        after = (
            ngettext("after {n:,} step", "after {n:,} steps", row.step or 0).format(n=row.step or 0) if k == 0 else ""
        )
        at = "" if row.step is None else tables.padded(after, AT_WIDTH)
        yield f"{sign if k == 0 and goes_on else ' '}   {_line(at + number.label, number)}".rstrip()
    if row.note and (before is None or before.note != row.note):
        yield f"      {row.note}"


def _title(sign: str, row: Row) -> Iterator[str]:
    """Yield what a figure is and its id, of the first where it is a series."""
    what, name = f"{sign} {row.what}", f"({row.id})" if row.step is None else f"({row.id} …)"
    if tables.width(f"{what}  {name}") <= WIDTH:
        yield f"{what}  {name}"
    else:
        yield from (what, f"  {name}")


def _line(label: str, number: Number) -> str:
    between = "" if number.low is None else f"{number.low} … {number.high}"
    rank = "" if number.rank is None else _("{rank} of {of}").format(rank=number.rank, of=number.of)
    return _columns(label, number.expected, number.ours, between, rank)


def _columns(label: str, *cells: str) -> str:
    padded = [tables.padded(cell, width, True) for cell, width in zip(cells, CELL_WIDTHS, strict=True)]
    return " ".join([tables.padded(label, LABEL_WIDTH), *padded])


def _summary(rows: Sequence[Row]) -> Iterator[str]:
    for verdict, sign in SIGNS.items():
        count = sum(row.verdict == verdict for row in rows)
        if count:
            yield f"{sign} {count:4}  {_(MEANINGS[verdict])}"


def _status(rows: Sequence[Row]) -> int:
    """Return the exit status: failed where a figure differs, bad input where none could be measured."""
    if any(row.verdict == "differs" for row in rows):
        return FAILED
    return BAD_INPUT if all(row.verdict == "missing" for row in rows) else DONE
