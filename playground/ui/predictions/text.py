"""What is written under images and said about lists of samples: mistakes, cells of the confusion matrix."""

from typing import Any

from numpy.typing import NDArray

from playground.experiment.probes.classification import ClassificationResult
from playground.experiment.probes.probe import MOST_ROWS
from playground.language import _, ngettext, sentences
from playground.ui.core import number_text

Captions = tuple[tuple[str, ...], tuple[str, ...], tuple[bool, ...]]
Cell = tuple[int, int]


def captions(
    names: tuple[str, ...],
    rows: NDArray[Any],
    predicted: NDArray[Any],
    true: NDArray[Any],
    confidence: NDArray[Any],
    *,
    with_confidence: bool,
) -> Captions:
    """Return for each sample a short text, a sentence, and whether the prediction is wrong.

    `rows` are the samples in their part, from 0; `predicted` and `true` their classes, `confidence` 0 to 1, which
    stands in the short text too if asked for.
    """
    short, long, wrong = [], [], (predicted != true).tolist()
    sentence = _("sample {n}: output {found} ({percent:.0f} %), true {true}")
    numbers = (array.tolist() for array in (rows, predicted, true, confidence))
    for is_wrong, row, found, label, share in zip(wrong, *numbers, strict=True):
        words = f"{names[found]} ({names[label]})" if is_wrong else names[found]
        short.append(f"{words} {percent(100 * share)}" if with_confidence else words)
        long.append(sentence.format(n=row + 1, found=names[found], percent=100 * share, true=names[label]))
    return tuple(short), tuple(long), tuple(wrong)


def percent(value: float) -> str:
    """Write a percentage; only what rounds to 100.0 is written as 100."""
    return f"{value:.0f} %" if value < 99 or value >= 99.95 else f"{value:.1f} %"


def about_confusion(result: ClassificationResult) -> str:
    """Return the sentences below a confusion matrix."""
    assert result.classifications is not None
    count = len(result.rows)
    right = count - len(result.classifications.mistakes)
    text = _(
        "{right:,} of {count:,} right ({share}). Click a cell, or use the arrow keys and Enter, to see its samples."
    ).format(right=right, count=count, share=number_text.share(right / max(1, count)))
    return sentences(text, _about_selection(result))


def about_samples(page: tuple[int, int] | None, count: int) -> str:
    """Return the sentence below all samples; `page` is the first and the last visible one, from 0, None for a table."""
    if page is not None:
        text = _("{first:,}–{last:,} of {count:,}. Below each: the prediction, and the true class if it differs.")
        return text.format(first=page[0] + 1, last=page[1] + 1, count=count)
    if count > MOST_ROWS:
        return _("The first {most:,} of {count:,} samples").format(most=MOST_ROWS, count=count)
    return _("{count:,} samples").format(count=count)


def about_list(
    result: ClassificationResult, names: tuple[str, ...], cell: Cell | None, page: tuple[int, int] | None, count: int
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
        text = sentences(text, _("Below each: prediction (true class) and confidence."))
    return sentences(text, _about_selection(result))


def _about_selection(result: ClassificationResult) -> str:
    if len(result.rows) == result.total:
        return ""
    text = _("{count:,} of the {total:,} samples are evaluated, evenly spaced.")
    return text.format(total=result.total, count=len(result.rows))


def why_nothing(is_regression: bool, names: tuple[str, ...], cell: Cell | None, part: str) -> str:
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
