"""What a learner has done: guesses, outcomes, where each lesson was left; as JSON to be carried."""

import json
from typing import Any

import msgspec

from playground.language import _
from playground.registry import UserError


class Answer(msgspec.Struct, frozen=True, omit_defaults=True):
    """One locked guess: what was said (None if skipped), how confident, and how it came out.

    `when` it was asked last, in ISO 8601 and UTC, and `again` whether it was right then, if it was asked again since.
    """

    said: Any = None
    sure: str | None = None
    was: Any = None
    right: bool | None = None
    hands: dict[str, int] = {}
    when: str = ""
    again: bool | None = None


class Attended(msgspec.Struct, frozen=True, omit_defaults=True):
    """What was done in one lesson: the step where it was left, the answers and the finished steps."""

    at: str = ""
    answers: dict[str, Answer] = {}
    done: tuple[str, ...] = ()


class Progress(msgspec.Struct, frozen=True, omit_defaults=True):
    """What was done in each lesson, by its id."""

    lessons: dict[str, Attended] = {}

    def of(self, lesson: str) -> Attended:
        """Return what was done in a lesson."""
        return self.lessons.get(lesson, Attended())

    def with_place(self, lesson: str, step: str) -> "Progress":
        """Return the progress with a lesson left at a step."""
        return self._with(lesson, msgspec.structs.replace(self.of(lesson), at=step))

    def with_answer(self, lesson: str, step: str, answer: Answer) -> "Progress":
        """Return the progress with the answer of a step."""
        before = self.of(lesson)
        return self._with(lesson, msgspec.structs.replace(before, answers={**before.answers, step: answer}))

    def with_done(self, lesson: str, step: str) -> "Progress":
        """Return the progress with a finished step."""
        before = self.of(lesson)
        done = tuple(dict.fromkeys((*before.done, step)))
        return self._with(lesson, msgspec.structs.replace(before, done=done))

    def _with(self, lesson: str, attended: Attended) -> "Progress":
        return Progress({**self.lessons, lesson: attended})


def encode(progress: Progress) -> str:
    """Return the progress as JSON text."""
    return json.dumps(msgspec.to_builtins(progress), ensure_ascii=False, indent=1)


def decode(text: str | bytes) -> Progress:
    """Return the progress of a JSON text.

    Raises
    ------
    UserError
        If it is none.
    """
    try:
        return msgspec.json.decode(text, type=Progress)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise UserError(_("This is not a file of lesson progress: {reason}.").format(reason=error)) from error


def decode_or_nothing(text: str | None) -> Progress:
    """Return the progress of settings, or none where they hold nonsense."""
    try:
        return decode(text or "{}")
    except UserError:
        return Progress()
