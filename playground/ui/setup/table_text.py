"""What is learnt from a table, in a few words: what is predicted from what, and what was left out."""

from collections.abc import Sequence

from playground.data.dataset import Dataset
from playground.experiment.config.tables import SUFFIXES
from playground.language import _
from playground.registry import shown

MOST_NAMES, MOST_REASONS = 4, 20
LONGEST_NAME = 24


def table_files() -> str:
    """Return the filter of a file dialog for tables."""
    return _("Tables ({endings})").format(endings=" ".join(f"*{suffix}" for suffix in SUFFIXES))


def reading_text(dataset: Dataset) -> str:
    """Return which column is predicted from which, and which are left out."""
    target = shown(", ".join(dataset.target_names), LONGEST_NAME)
    if dataset.class_names:
        target = _("{target} ({classes})").format(target=target, classes=_few(dataset.class_names))
    words = _("Predicts {target} from {inputs}.").format(target=target, inputs=_few(dataset.feature_names))
    if dataset.left_out:
        words += " " + _("Left out: {columns}.").format(columns=_few([name for name, _reason in dataset.left_out]))
    return words


def left_out_words(dataset: Dataset) -> str:
    """Return a line for each column that is left out, with the reason, and for what else there is to say."""
    lines = [f"{shown(name)}: {reason}" for name, reason in dataset.left_out[:MOST_REASONS]]
    if len(dataset.left_out) > MOST_REASONS:
        lines.append("…")
    return "\n".join([shown(dataset.source, 200), *lines, *dataset.notes[:MOST_REASONS]])


def _few(names: Sequence[str]) -> str:
    """Return the first of some names, and that there are more."""
    few = ", ".join(shown(name, LONGEST_NAME) for name in names[:MOST_NAMES])
    return (
        few
        if len(names) <= MOST_NAMES
        else _("{names} and {n} more").format(names=few, n=f"{len(names) - MOST_NAMES:,}")
    )
