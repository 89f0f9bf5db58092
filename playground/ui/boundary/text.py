"""What is said beside the picture of what the network has learned: the key to its colours, and a sentence below."""

from typing import Literal

from playground.data.preparation import PreparedData
from playground.experiment.probes.probe import Part
from playground.language import _, ngettext
from playground.ui.canvas.images import class_colour
from playground.ui.canvas.legend import Entries
from playground.ui.core.labels import class_names

Mode = Literal["plane", "curve", "scatter", "confusion"]

MOST_CLASSES_IN_LEGEND, FEW_CLASSES = 6, 3
LONGEST_NAME, LONGEST_NAME_OF_MANY = 24, 8


def picture_title(mode: Mode, *, is_regression: bool) -> str:
    """Return what the picture is called."""
    return {
        "plane": _("Fitted surface") if is_regression else _("Decision boundary"),
        "curve": _("Fitted curve"),
        "scatter": _("Predicted and true values"),
        "confusion": _("Confusion"),
    }[mode]


def colour_key(data: PreparedData, mode: Mode, *, shows_test: bool, whole: bool = False) -> Entries:
    """Return the key to the colours; if `whole`, of many classes, too, and with names of any length."""
    entries: list[tuple[str, str]] = []
    names = class_names(data)
    if mode == "plane" and (whole or len(names) <= MOST_CLASSES_IN_LEGEND):
        longest = LONGEST_NAME if len(names) <= FEW_CLASSES else LONGEST_NAME_OF_MANY
        shown = [name if whole or len(name) <= longest else f"{name[: longest - 1]}…" for name in names]
        entries = [(class_colour(k, len(names)).name(), name) for k, name in enumerate(shown)]
    if mode in ("curve", "scatter"):
        entries = [("train", _("train"))]
    if mode == "curve":
        entries.append(("high", _("network")))
    if mode != "confusion" and data.x_test is not None and (shows_test or mode == "scatter"):
        entries.append(("○test" if mode != "plane" else "○muted", _("test")))
    return tuple(entries)


def caption(mode: Mode, inputs: int, counted: int, part: Part) -> str:
    """Return the sentence below the picture; empty where the picture needs none.

    `counted` are the samples of `part` in a confusion matrix, of a network with so many `inputs`.
    """
    if mode == "scatter":
        return _("On the diagonal, the prediction is exact.")
    if mode != "confusion":
        return ""
    kind = _("test") if part == "test" else _("train")
    return ngettext(
        "With {inputs} input there is no plane to draw a boundary in. Instead: how often each true "
        "class (row) was predicted as each class (column), for {rows:,} {part} samples.",
        "With {inputs} inputs there is no plane to draw a boundary in. Instead: how often each "
        "true class (row) was predicted as each class (column), for {rows:,} {part} samples.",
        inputs,
    ).format(inputs=inputs, rows=counted, part=kind)
