"""What is written under images and said about lists of samples: mistakes, cells of the confusion matrix."""

from dataclasses import dataclass
from typing import Any

from numpy.typing import NDArray

from playground.experiment.probes.classification import ClassificationResult, Classifications
from playground.experiment.probes.probe import MOST_ROWS
from playground.language import _, ngettext


@dataclass(frozen=True)
class Captions:
    """A short text and a sentence for each image, and whether it was taken for a wrong class."""

    short: tuple[str, ...]
    long: tuple[str, ...]
    wrong: tuple[bool, ...]


def captions(
    names: tuple[str, ...],
    rows: NDArray[Any],
    found: NDArray[Any],
    true: NDArray[Any],
    sure: NDArray[Any],
    *,
    with_surety: bool,
) -> Captions:
    """Return the words for some samples.

    Parameters
    ----------
    names
        Of the classes.
    rows
        The numbers of the samples in their part, from 0.
    found, true, sure
        What they were taken for, what they are, how sure that was; all as long as `rows`.
    with_surety
        Whether the short text says how sure it was.
    """
    short: list[str] = []
    long: list[str] = []
    wrong = tuple((found != true).tolist())
    for row, f, t, s, bad in zip(rows.tolist(), found.tolist(), true.tolist(), sure.tolist(), wrong, strict=True):
        words = f"{names[f]} ({names[t]})" if bad else names[f]
        short.append(f"{words} {percent(100 * s)}" if with_surety else words)
        sentence = _("sample {n}: output {found} ({percent:.0f} %), true {true}")
        long.append(sentence.format(n=row + 1, found=names[f], percent=100 * s, true=names[t]))
    return Captions(tuple(short), tuple(long), wrong)


def percent(value: float) -> str:
    """Write a percentage; what is not wholly sure never looks so."""
    return f"{value:.0f} %" if value < 99 or value >= 99.95 else f"{value:.1f} %"


def mistakes_label(count: int | None) -> str:
    """Return what stands on the button of the mistakes: how many there are, if that is known."""
    return _("Mistakes") if count is None else _("Mistakes ({count:,})").format(count=count)


def about_confusion(judged: ClassificationResult, verdicts: Classifications) -> str:
    """Return the sentences below a confusion matrix."""
    count = len(verdicts)
    right = count - len(verdicts.mistakes)
    text = _(
        "{right:,} of {count:,} right ({percent:.1f} %). Click a cell, or use the arrow keys and "
        "Enter, to see its samples."
    ).format(right=right, count=count, percent=100 * right / max(1, count))
    return f"{text} {about_selection(judged)}".rstrip()


def about_selection(judged: ClassificationResult) -> str:
    """Return that not all rows were judged, or nothing where they were."""
    if len(judged.rows) == judged.total:
        return ""
    return _("{count:,} of the {total:,} samples are evaluated, evenly spaced.").format(
        total=judged.total, count=len(judged.rows)
    )


def about_samples(page: tuple[int, int] | None, count: int) -> str:
    """Return the sentence below all samples; `page` is the first and the last in sight, from 0, None for a table."""
    if page is not None:
        text = _("{first:,}–{last:,} of {count:,}. Below each: the prediction, and the true class if it differs.")
        return text.format(first=page[0] + 1, last=page[1] + 1, count=count)
    if count > MOST_ROWS:
        return _("The first {most:,} of {count:,} samples").format(most=MOST_ROWS, count=count)
    return _("{count:,} samples").format(count=count)


def about_list(
    judged: ClassificationResult,
    names: tuple[str, ...],
    cell: tuple[int, int] | None,
    page: tuple[int, int] | None,
    count: int,
) -> str:
    """Return the sentences below the mistakes, or below the samples of one `cell` of the confusion matrix."""
    if cell is None:
        sentence = ngettext(
            "{count:,} mistake, the most confident first.", "{count:,} mistakes, the most confident first.", count
        )
        text = sentence.format(count=count)
    else:
        sentence = ngettext(
            "{count:,} sample of class {true} predicted as {found}.",
            "{count:,} samples of class {true} predicted as {found}, the most confident first.",
            count,
        )
        text = sentence.format(count=count, true=names[cell[0]], found=names[cell[1]])
    if page is not None and page[1] - page[0] + 1 < count:
        text = _("{first:,}–{last:,} of {text}").format(first=page[0] + 1, last=page[1] + 1, text=text)
    if page is not None:
        text += " " + _("Below each: prediction (true class) and confidence.")
    return f"{text} {about_selection(judged)}".rstrip()


def why_nothing(is_regression: bool, names: tuple[str, ...], cell: tuple[int, int] | None, part: str) -> str:
    """Return why there is no sample to show: no classes, no mistakes, or nothing in a cell."""
    if is_regression:
        return _(
            "The targets are numbers, not classes: an output is more or less near, never a "
            "mistake. Under Samples, click the heading of the errors to sort by them."
        )
    if cell is not None:
        sentence = _("No sample of class {true} is predicted as {found}.")
        return sentence.format(true=names[cell[0]], found=names[cell[1]])
    if part == "train":
        return _("No mistakes: every training sample is right.")
    return _("No mistakes: every test sample is right.")
