"""What was guessed beside what happened, and the numbers of both."""

import math
from collections.abc import Mapping
from typing import Any

from playground.experiment.lessons import scoring
from playground.experiment.lessons.progress import Guess
from playground.experiment.lessons.schema import Choice, Drawn, Number, Question, Ranking
from playground.experiment.lessons.scoring import Score, curve_distance
from playground.language import _, sentences
from playground.ui.core.number_text import not_finite, significant
from playground.ui.forms.number_field import format_number

SMALL_DIGITS = 4


def number(value: float, digits: int = SMALL_DIGITS) -> str:
    """Return a number with so many digits after the point; a smaller one with as many digits that count."""
    if not math.isfinite(value):
        return not_finite(value)
    if value == int(value) and abs(value) < 1e15:
        return f"{int(value):,}".replace("-", "−")
    is_small = abs(value) < 10.0**-digits
    return significant(value, 3) if is_small else f"{value:,.{digits}f}".replace("-", "−")


def result(
    question: Question,
    guess: Guess,
    score: Score,
    options: Mapping[str, str],
    *,
    digits: int | None = None,
    explained: bool = True,
) -> str:
    """Return what was guessed beside what happened, without a reproach; the reason may be `explained` below it.

    A number that came out has so many `digits` after the point, if that is given.
    """
    if isinstance(question, Drawn):
        return _drawn_result(question, guess, score)
    was = answer(question, score.was, options, digits)
    if score.said is None:
        return _("You skipped this one. It was: {was}").format(was=was) if score.was is not None else ""
    if score.right is None:
        return ""
    said = _shown(question, score.said, options)
    if score.right and not isinstance(question, Number):
        return _("You said: {said}. So it is.").format(said=said)
    both = _("You said: {said}. It was: {was}.").format(said=said, was=was)
    return sentences(both, _remark(guess, score, explained))


def answer(question: Question, was: Any, options: Mapping[str, str], digits: int | None = None) -> str:
    """Return what came out; a number with so many `digits` after the point, if that is given."""
    return _shown(question, was, options) if digits is None or was is None else number(was, digits)


def smallest(guess: Guess, numbers: Mapping[str, float], options: Mapping[str, str]) -> str:
    """Return what was guessed to be smallest beside what is; equal ones are all right. Empty where it was skipped."""
    if guess.said is None:
        return ""
    question = Choice(tuple(numbers), pick="smallest")
    was = scoring.outcome(question, {}, numbers)
    if numbers[guess.said] == numbers[was]:
        was = guess.said
    return result(question, guess, scoring.score(question, guess, was), options, explained=False)


def _remark(guess: Guess, score: Score, explained: bool = True) -> str:
    if score.right:
        return _("Well estimated.")
    if guess.sure == "certain":
        return _("You were certain, so this one is worth a second look: it will stay with you.")
    if score.near:
        return _("That is near.")
    return _("Below is why.") if explained else ""


def _drawn_result(question: Drawn, guess: Guess, score: Score) -> str:
    if score.said is None:
        return _("You skipped this one. The curve of the run is drawn above.")
    off = curve_distance(score.said, score.was, question)
    sentence = _("On the average your curve is off by {share} of the height.")
    return sentences(sentence.format(share=f"{100 * off:.0f} %"), _remark(guess, score))


def _shown(question: Question, value: Any, options: Mapping[str, str]) -> str:
    if value is None:
        return "–"
    if isinstance(question, Number):
        return format_number(value) if math.isfinite(value) and len(format_number(value)) < 9 else number(value)
    if isinstance(question, Ranking):
        return " › ".join(plain(options.get(key, key)) for key in value)
    return plain(options.get(value, str(value)))


def plain(markdown: str) -> str:
    """Return the words of a short text in Markdown, without its marks; in code a ``*`` is none."""
    parts = markdown.split("`")
    words = "".join(part if k % 2 else part.replace("*", "") for k, part in enumerate(parts))
    return words.removesuffix(".").removesuffix("。")
