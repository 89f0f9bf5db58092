"""Where in a lesson one is, what comes next, and what is kept of it."""

from pathlib import Path

import pytest

from playground.experiment.config import edits
from playground.experiment.lessons import files
from playground.experiment.lessons.files import Lesson
from playground.experiment.lessons.open_lesson import OpenLesson
from playground.experiment.lessons.progress import Answer, Attended, Guess, Progress
from playground.experiment.lessons.review import Review, old_questions
from playground.experiment.lessons.scoring import Score
from playground.experiment.probes.snapshot import RunInfo
from playground.experiment.training.trainer import Trainer
from tests.experiment.lessons.conftest import STRUCTURE, write


@pytest.fixture
def lesson(tmp_path: Path) -> Lesson:
    return files.load(write(tmp_path / "mine", STRUCTURE))


def test_a_lesson_has_a_first_and_a_last_step_and_says_where_it_is(lesson: Lesson) -> None:
    last = len(lesson.steps) - 1
    places = [(at.is_first, at.is_last, at.place) for at in (OpenLesson(lesson, 0), OpenLesson(lesson, last))]
    assert places == [(True, False, f"1 of {last + 1}"), (False, True, f"{last + 1} of {last + 1}")]


def test_a_step_without_a_set_up_continues_the_run_only_as_it_was_and_where_it_should_be(lesson: Lesson) -> None:
    at = OpenLesson(lesson, 0)
    info = RunInfo.of(1, Trainer(at.config))
    assert [at.begins_at(k, info) for k in range(3)] == [0, 100, 0]
    assert at.continues_at(1, at.config, 100, info)
    assert not at.continues_at(1, at.config, 0, info)  # it was not run
    assert not at.continues_at(1, at.config, 101, info)
    assert not at.continues_at(1, edits.with_another_seed(at.config), 100, info)
    assert not at.continues_at(0, at.config, 100, info)  # again, from its start


def test_a_step_begins_anew_but_a_locked_guess_stays_locked_until_its_outcome(lesson: Lesson) -> None:
    at, guess = OpenLesson(lesson, 0, hints_shown=2, is_away=True), Guess("up", "certain")
    at.lock(Progress(), guess)
    at.enter(1)
    assert at.attempt.guess is None
    at.enter(0)
    assert (at.attempt.guess, at.attempt.phase, at.hints_shown, at.is_away) == (guess, "run", 0, False)
    at.attempt.score = Score(right=True, was="up", said="up")
    at.record_outcome(Progress(), guess)
    at.enter(0)
    assert (at.attempt.guess, at.attempt.phase) == (None, "ask")
    at.lock(Progress(), Guess())  # skipped
    at.enter(0)
    assert at.attempt.phase == "ask"


def test_a_step_whose_result_was_seen_shows_it_again_at_the_end_of_its_run(lesson: Lesson) -> None:
    at = OpenLesson(lesson, 0)
    info = RunInfo.of(1, Trainer(at.config))
    seen = at.revealed[0] = at.attempt
    at.enter(1)
    assert at.attempt is not seen
    at.enter(0)
    assert at.attempt is seen
    assert [at.stands_at(k, info) for k in range(2)] == [100, 100]
    at.missing_data = "mnist"  # others are used from now on
    seen.start = edits.with_another_seed(seen.start)
    at.enter(0)
    assert at.attempt is not seen
    assert at.stands_at(0, info) == 0


def test_a_locked_guess_is_kept_until_its_outcome_and_an_earlier_answer_with_it_and_its_hands(lesson: Lesson) -> None:
    name, guess = lesson.steps[0].id, Guess("up", "certain")
    before = Progress().with_answer(lesson.id, name, Answer("down", None, "down", True, {"up": 2}))
    at = OpenLesson(lesson, 0)
    kept = at.with_hands(at.lock(before, guess), {"up": 3})
    assert kept.of(lesson.id).locked == {name: guess}
    assert kept.of(lesson.id).answers == {name: Answer("down", None, "down", True, {"up": 3})}
    again = OpenLesson(lesson, 0, locked=dict(kept.of(lesson.id).locked))
    assert (again.attempt.guess, again.attempt.phase) == (guess, "run")
    again.attempt.score = Score(right=False, was="down", said="up")
    found = again.record_outcome(kept, guess)
    answer = again.answer_in(found)
    assert found.of(lesson.id).locked == {}
    assert answer == Answer("up", "certain", "down", False, {"up": 3}, answer.when)
    assert answer.when


def test_a_guess_that_was_kept_for_another_question_is_no_guess(lesson: Lesson) -> None:
    assert OpenLesson(lesson, 0, locked={lesson.steps[0].id: Guess("sideways")}).attempt.phase == "ask"


def test_an_experiment_without_a_name_has_that_of_the_lesson(tmp_path: Path) -> None:
    own = {**STRUCTURE["steps"][0], "set_up": {"experiment": {"data": {"name": "and"}}}}
    lesson = files.load(write(tmp_path / "mine", {**STRUCTURE, "steps": [own, *STRUCTURE["steps"][1:]]}))
    assert OpenLesson(lesson, 0).config.name == "A lesson"
    assert OpenLesson(lesson, 2).config.name == "and-gate"


def test_a_ready_made_experiment_on_other_data_has_the_name_of_the_lesson() -> None:
    lesson = files.load(files.find("how-weights-start"))
    names = [OpenLesson(lesson, lesson.index_of(step)).config.name for step in ("ones", "ones-xor")]
    assert names == ["and-gate-constant", lesson.text.title]


def test_an_old_question_leaves_the_first_answer_as_it_was(lesson: Lesson) -> None:
    name = lesson.steps[0].id
    progress = Progress({lesson.id: Attended(answers={name: Answer("up", None, "down", False)})})
    review = Review(tuple(old_questions([lesson], progress)))
    at = OpenLesson.next_of(review)
    assert (at.place, at.is_first, at.is_last, at.hints) == ("Old question 1 of 1", True, True, ())
    at.attempt.score = Score(right=True, was="down", said="down")
    assert (review.revealed, review.right) == (0, 0)
    kept = at.answer_in(at.record_outcome(progress, Guess("down")))
    assert (kept.said, kept.right, kept.again) == ("up", False, True)
    assert (review.revealed, review.right) == (1, 1)
