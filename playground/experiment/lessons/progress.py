"""What a learner has done: guesses, outcomes, where each lesson was left; as JSON to be carried."""

import json
from dataclasses import dataclass
from typing import Any

import msgspec

from playground.language import _
from playground.registry import UserError


@dataclass(frozen=True)
class Guess:
    """What was locked: an answer, or None where the question was skipped, and how confident it was."""

    said: Any = None
    sure: str | None = None


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
    """What was done in one lesson: where it was left, answers, finished steps, and guesses without an outcome yet."""

    at: str = ""
    answers: dict[str, Answer] = {}
    done: tuple[str, ...] = ()
    locked: dict[str, Guess] = {}


class Progress(msgspec.Struct, frozen=True, omit_defaults=True):
    """What was done in each lesson, by its id."""

    lessons: dict[str, Attended] = {}

    def of(self, lesson: str) -> Attended:
        """Return what was done in a lesson."""
        return self.lessons.get(lesson, Attended())

    def with_place(self, lesson: str, step: str) -> "Progress":
        """Return the progress with a lesson left at a step."""
        return self._with(lesson, msgspec.structs.replace(self.of(lesson), at=step))

    def with_locked(self, lesson: str, step: str, guess: Guess) -> "Progress":
        """Return the progress with a guess of a step that has no outcome yet."""
        before = self.of(lesson)
        return self._with(lesson, msgspec.structs.replace(before, locked={**before.locked, step: guess}))

    def with_outcome(self, lesson: str, step: str, answer: Answer) -> "Progress":
        """Return the progress with the answer of a step, which is no longer open."""
        before = self.of(lesson)
        locked = {key: guess for key, guess in before.locked.items() if key != step}
        return self._with(lesson, msgspec.structs.replace(before, locked=locked)).with_answer(lesson, step, answer)

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
        return msgspec.convert(json.loads(text), Progress)  # of the two readers the one that knows Infinity
    except (msgspec.ValidationError, ValueError, RecursionError) as error:
        raise UserError(_("This is not a file of lesson progress: {reason}.").format(reason=error)) from error


def decode_or_nothing(text: str | None) -> Progress:
    """Return the progress of settings, or none where they hold nonsense."""
    try:
        return decode(text or "{}")
    except UserError:
        return Progress()
