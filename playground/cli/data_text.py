"""What a run learns from, as people read it in the terminal."""

from collections.abc import Sequence

from playground.cli import tables
from playground.experiment.runner import DataReport
from playground.language import _
from playground.registry import shown

MOST_NAMES = 12
"""More columns or classes than this are counted; ``--json`` has them all."""


def described(data: DataReport) -> str:
    """Return rows, target, inputs, what was left out and why, one fact per line."""
    rows = [[_("rows"), tables.number(data["rows"])]]
    tested = data["rows"] - data["train_rows"]
    if tested:
        sentence = _("{rows}: {train} to learn from, {test} to test")
        counts = (tables.number(number) for number in (data["rows"], data["train_rows"], tested))
        rows[0][1] = sentence.format(**dict(zip(("rows", "train", "test"), counts, strict=True)))
    target = shown(data["target"])
    if data["task"] == "classification":
        sentence = _("{target}, a class: {names}")
        rows.append([_("predicted"), sentence.format(target=target, names=_list(data["classes"]))])
    else:
        rows.append([_("predicted"), _("{target}, a number").format(target=target)])
    rows.append([_("from"), _list(data["inputs"])])
    for place, (column, reason) in enumerate(data["left_out"].items()):
        if place == MOST_NAMES:
            rows.append(["", _("and {n} more columns").format(n=tables.number(len(data["left_out"]) - place))])
            break
        rows.append([_("left out") if place == 0 else "", f"{shown(column)}: {reason}"])
    rows += [[_("note") if place == 0 else "", note] for place, note in enumerate(data["notes"])]
    return tables.table(rows)


def _list(names: Sequence[str]) -> str:
    """Return names in one line, the first of them where they are many."""
    few = ", ".join(map(shown, names[:MOST_NAMES]))
    return few if len(names) <= MOST_NAMES else _("{names}, … ({n} in all)").format(names=few, n=f"{len(names):,}")
