"""Questions that were answered some time ago and are asked again: which ones, in which order."""

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from playground.experiment.config import edits
from playground.experiment.lessons.files import Lesson
from playground.experiment.lessons.progress import Answer, Progress
from playground.experiment.lessons.schema import Choice, Number, Ranking, Step
from playground.experiment.lessons.scoring import SURE

COUNT = 3
"""So many are asked one after another."""


@dataclass(frozen=True)
class OldQuestion:
    """A question of a lesson that was answered."""

    lesson: Lesson
    index: int
    answer: Answer

    @property
    def step(self) -> Step:
        """The step up to the answer, without the learner's own act."""
        return msgspec.structs.replace(self.lesson.steps[self.index], goal=(), solution=())


@dataclass
class Review:
    """Some old questions, and the place of the one that is open.

    It is asked on a `seed`, or (None) on that of the lesson. So many have come to their outcome so far (`revealed`),
    and so many of them were answered rightly.
    """

    old: tuple[OldQuestion, ...]
    place: int = -1
    seed: int | None = None
    revealed: int = 0
    right: int = 0

    @property
    def question(self) -> OldQuestion:
        """The question that is open."""
        return self.old[self.place]

    @property
    def is_last(self) -> bool:
        """Whether no other comes after it."""
        return self.place + 1 == len(self.old)

    def go_on(self) -> None:
        """Open the next question; on another seed where what is said of it holds on any."""
        self.place += 1
        lesson, index = self.question.lesson, self.question.index
        any_seed = lesson.steps[index].any_seed
        self.seed = edits.with_another_seed(lesson.configs[index]).seed if any_seed else None


def old_questions(lessons: Sequence[Lesson], progress: Progress) -> list[OldQuestion]:
    """Return the scored questions that were answered: the wrong ones first, then the uncertain, then the oldest."""
    found = [
        OldQuestion(lesson, index, progress.of(lesson.id).answers[step.id])
        for lesson in lessons
        for index, step in enumerate(lesson.steps)
        if isinstance(step.question, Choice | Number | Ranking) and step.id in progress.of(lesson.id).answers
    ]
    return sorted((it for it in found if it.answer.right is not None), key=_order)


def _order(question: OldQuestion) -> tuple[bool, int, str]:
    answer = question.answer
    was_right = bool(answer.right if answer.again is None else answer.again)
    return was_right, SURE.index(answer.sure) if answer.sure in SURE else 0, answer.when
