"""Which old questions are asked again, and on which seed."""

import copy
from pathlib import Path

from playground.experiment.lessons import files
from playground.experiment.lessons.files import Lesson
from playground.experiment.lessons.progress import Answer, Attended, Progress
from playground.experiment.lessons.review import Review, old_questions
from tests.experiment.lessons.conftest import STRUCTURE, write


def order_of(lesson: Lesson, **answers: Answer) -> list[str]:
    progress = Progress({lesson.id: Attended(answers=answers)})
    return [it.step.id for it in old_questions([lesson], progress)]


def test_the_wrong_ones_come_first_then_the_uncertain_then_the_oldest(tmp_path: Path) -> None:
    lesson = files.load(write(tmp_path / "mine", STRUCTURE))
    right, sure = Answer("up", "guess", "up", True, when="2026-02-01"), Answer("up", "certain", "up", True)
    wrong, late = Answer("up", "certain", "down", False), Answer("up", "guess", "up", True, when="2026-03-01")
    assert order_of(lesson, guess=sure, count=right, order=wrong) == ["order", "count", "guess"]
    assert order_of(lesson, guess=late, count=right, order=sure) == ["count", "guess", "order"]


def test_what_came_of_it_the_last_time_counts(tmp_path: Path) -> None:
    lesson = files.load(write(tmp_path / "mine", STRUCTURE))
    mended = Answer("up", "certain", "down", False, again=True)
    forgotten = Answer("up", "certain", "up", True, again=False)
    assert order_of(lesson, guess=mended, count=forgotten) == ["count", "guess"]


def test_what_was_skipped_is_not_asked_again(tmp_path: Path) -> None:
    lesson = files.load(write(tmp_path / "mine", STRUCTURE))
    assert order_of(lesson, guess=Answer()) == []


def test_another_seed_is_taken_only_where_all_that_is_said_holds_on_any(tmp_path: Path) -> None:
    structure = copy.deepcopy(STRUCTURE)
    structure["steps"][2]["any_seed"] = True
    lesson = files.load(write(tmp_path / "mine", structure))
    answers = {name: Answer("up", None, "up", True) for name in ("guess", "count", "order")}
    review = Review(tuple(old_questions([lesson], Progress({"mine": Attended(answers=answers)}))))
    seeds = {}
    for k in range(3):
        review.go_on()
        assert review.is_last == (k == 2)
        assert (review.question.step.goal, review.question.step.solution) == ((), ())
        seeds[review.question.step.id] = review.seed
    assert (seeds["guess"], seeds["count"]) == (None, None)
    assert seeds["order"] not in (None, lesson.configs[2].seed)
