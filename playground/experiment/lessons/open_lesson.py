"""A lesson that is open: its step at hand, and what has been done there."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

import msgspec

from playground.experiment.config.presets import PRESETS
from playground.experiment.config.schema import ExperimentConfig, replace
from playground.experiment.lessons import scoring, set_ups
from playground.experiment.lessons.attempt import Attempt
from playground.experiment.lessons.files import Lesson
from playground.experiment.lessons.progress import Answer, Guess, Progress
from playground.experiment.lessons.review import Review
from playground.experiment.lessons.schema import Drawn, Step
from playground.experiment.lessons.texts import StepText
from playground.experiment.probes.snapshot import RunInfo
from playground.experiment.training.stop_conditions import planned_end
from playground.language import _


@dataclass
class OpenLesson:
    """A lesson, or a review of old questions, at one of its steps.

    Attributes
    ----------
    lesson, index
        What is open, and the place of its step.
    review
        Old questions, of which this step asks one; None in a lesson.
    missing_data
        The data set that is not on this machine, so that others are used; an empty text where all are.
    attempt
        What has been done at the step.
    locked
        The guesses of steps, by their ids, that were left before the outcome.
    revealed
        What has been done at steps, by their places, whose results were seen.
    hints_shown
        So many hints have been given there.
    is_away, left_at
        Whether it is left for a while, and the experiment and the steps of its run then; None where it was left to
        get the missing data.
    """

    lesson: Lesson
    index: int
    review: Review | None = None
    missing_data: str = ""
    attempt: Attempt = field(init=False)
    locked: dict[str, Guess] = field(default_factory=dict)
    revealed: dict[int, Attempt] = field(default_factory=dict)
    hints_shown: int = 0
    is_away: bool = False
    left_at: tuple[ExperimentConfig, int] | None = None

    def __post_init__(self) -> None:
        self.enter(self.index)

    @classmethod
    def next_of(cls, review: Review) -> "OpenLesson":
        """Return the next old question of a review, open."""
        review.go_on()
        return cls(review.question.lesson, review.question.index, review)

    def enter(self, index: int) -> None:
        """Begin a step, or show its result again; a guess that was locked there and has no outcome yet stays locked."""
        self.index, self.is_away, self.hints_shown = index, False, 0
        known = self.revealed.pop(index, None)
        if known is not None and known.start == self.config:  # on the same data
            self.attempt = self.revealed[index] = known
            return
        step = self.step if self.review is None else self.review.question.step
        guess = self.locked.get(step.id)
        fits = guess is not None and step.question is not None and scoring.fits(step.question, guess.said)
        self.attempt = Attempt(step, self.config, guess if fits else None)

    def lock(self, progress: Progress, guess: Guess) -> Progress:
        """Take the answer to the step's question, or a skipped one; return the progress with it."""
        self.attempt.guess = guess
        if guess.said is None:
            return progress
        self.locked[self.step.id] = guess
        return progress if self.review is not None else progress.with_locked(self.lesson.id, self.step.id, guess)

    @property
    def step(self) -> Step:
        """The step as it stands in the lesson."""
        return self.lesson.steps[self.index]

    @property
    def words(self) -> StepText:
        """The texts of the step in the language in use."""
        return self.lesson.text.steps[self.step.id]

    @property
    def hints(self) -> tuple[str, ...]:
        """The hints of the step; an old question has none."""
        return self.words.hints if self.review is None else ()

    @property
    def place(self) -> str:
        """Which step of how many it is, in words."""
        if self.review is None:
            return _("{k} of {n}").format(k=self.index + 1, n=len(self.lesson.steps))
        place = _("Old question {k} of {n}")
        if self.review.seed is not None:
            place = _("Old question {k} of {n}, another seed")
        return place.format(k=self.review.place + 1, n=len(self.review.old))

    @property
    def is_first(self) -> bool:
        """Whether there is no way back."""
        return self.review is not None or self.index == 0

    @property
    def is_last(self) -> bool:
        """Whether no other step, or old question, follows."""
        return self.review.is_last if self.review is not None else self.index + 1 == len(self.lesson.steps)

    @property
    def config(self) -> ExperimentConfig:
        """The experiment of the step: on the data that are here, on the seed of the review, and with a name."""
        configs = self.lesson.other_configs if self.missing_data else self.lesson.configs
        config = configs[self.index]
        preset = PRESETS.get(config.name)
        is_on_others = preset is not None and preset.config.data.name != config.data.name  # which its name would belie
        if is_on_others or config.name == ExperimentConfig().name:
            config = replace(config, "name", self.lesson.text.title)
        if self.review is None or self.review.seed is None:
            return config
        return replace(config, "seed", self.review.seed)

    @property
    def uses_other_data(self) -> bool:
        """Whether the step uses other data than the lesson names, since those are missing."""
        return self.config.data != self.lesson.configs[self.index].data

    def begins_at(self, index: int, info: RunInfo) -> int | None:
        """Return after how many steps of its run a step of the lesson begins; None where that is not known."""
        return self.ends_at(index - 1, info) if index and set_ups.continues(self.lesson.steps[index]) else 0

    def ends_at(self, index: int, info: RunInfo) -> int | None:
        """Return after how many steps of its run the result of a step of the lesson is shown."""
        moment = self.lesson.steps[index].run
        if moment is None:
            return self.begins_at(index, info)
        stop = set_ups.with_moment(info.config, moment).training.stop
        end = planned_end(stop, info.steps_per_epoch, 1, info.steps_per_epoch)
        return None if end is None else round(end[0])

    def stands_at(self, index: int, info: RunInfo) -> int | None:
        """Return after how many steps its run stands where one comes to a step: at its end where that was seen."""
        return self.ends_at(index, info) if index in self.revealed else self.begins_at(index, info)

    def continues_at(self, index: int, config: ExperimentConfig, step: int, info: RunInfo) -> bool:
        """Return whether a step continues the run of `config` as it is, after `step` steps: it has come to there."""
        follows = index == self.index + 1 and set_ups.continues(self.lesson.steps[index])
        is_same = config == self.attempt.start and not self.attempt.step.goal
        return follows and is_same and self.stands_at(index, info) in (step, None)

    def answer_in(self, progress: Progress) -> Answer:
        """Return the answer to the step's question that a learner's progress has."""
        return progress.of(self.lesson.id).answers.get(self.step.id, Answer())

    def with_hands(self, progress: Progress, hands: dict[str, int]) -> Progress:
        """Return the progress with the hands that were raised for each option."""
        answer = msgspec.structs.replace(self.answer_in(progress), hands=hands)
        return progress.with_answer(self.lesson.id, self.step.id, answer)

    def record_outcome(self, progress: Progress, guess: Guess) -> Progress:
        """Return the progress with a guess and how it came out; count it in a review, and unlock the step."""
        attempt, known = self.attempt, self.answer_in(progress)
        self.locked.pop(self.step.id, None)
        now = datetime.now(UTC).isoformat(timespec="seconds")
        score, is_drawn = attempt.score, isinstance(attempt.step.question, Drawn)
        right = None if score is None else score.right
        if self.review is not None:
            self.review.revealed += 1
            self.review.right += bool(right)
            answer = msgspec.structs.replace(known, again=bool(right), when=now)
            return progress.with_answer(self.lesson.id, self.step.id, answer)
        was = None if score is None or is_drawn else score.was
        answer = Answer(guess.said, guess.sure, was, right, known.hands, now)
        return progress.with_outcome(self.lesson.id, self.step.id, answer)
