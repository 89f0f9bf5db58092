"""A guess beside what happened."""

import math
from typing import Any

import pytest

from playground.experiment.lessons.progress import Guess
from playground.experiment.lessons.schema import Choice, Drawn, Explain, Measure, Number, Question, Ranking
from playground.experiment.lessons.scoring import fits, outcome, score
from playground.experiment.training.history import History
from playground.experiment.training.metrics import Metrics

OPTIONS = ("a", "b", "c")


@pytest.mark.parametrize(
    ("said", "right", "near"),
    [
        (16.0, True, True),
        (16.4, True, True),
        (16.7, False, True),
        (17.2, False, False),
        (4.0, False, False),
        (None, None, False),
    ],
)
def test_a_number_is_right_within_its_tolerance(said: float | None, right: bool | None, near: bool) -> None:
    found = score(Number(answer=16.0, tolerance=0.5), Guess(said), 16.0)
    assert (found.right, found.near) == (right, near)


def test_an_infinite_outcome_is_met_by_infinity_only() -> None:
    assert score(Number(answer=1.0), Guess(5.0), math.inf).right is False


@pytest.mark.parametrize(
    ("question", "said", "others"),
    [
        (Choice(OPTIONS), "b", ("d", 1.0, ["a"])),
        (Ranking(OPTIONS), ["c", "a", "b"], ("abc", ["a", "b"], [1, 2, 3])),
        (Number(answer=16.0), 0, ("16", True, [16.0])),
        (Drawn("train_loss", steps=100, top=1.0), [[0.0, 50.0], [1.0, 0.5]], ("a", [[0.0], [1.0, 2.0]], [[], []])),
        (Explain(), "Since it is so.", (5.0, ["a"])),
    ],
)
def test_a_kept_answer_fits_its_own_kind_of_question(question: Question, said: Any, others: tuple[Any, ...]) -> None:
    assert fits(question, said)
    assert not any(fits(question, other) for other in others)


def test_the_outcome_of_a_choice_is_the_largest_of_what_is_measured() -> None:
    measured = {key: Measure(quantity=key) for key in OPTIONS}
    readings = {"a": 1.0, "b": 3.0, "c": math.nan}
    assert outcome(Choice(OPTIONS, measured=measured, pick="largest"), readings, {}) == "b"
    assert outcome(Ranking(OPTIONS, measured=measured, pick="smallest"), readings, {}) == ["a", "b", "c"]
    assert outcome(Ranking(OPTIONS, pick="largest"), {}, {"a": 0, "b": 1, "c": 2}) == ["c", "b", "a"]
    assert outcome(Choice(OPTIONS, answer="c"), {}, {}) == "c"


def test_the_outcome_of_a_drawn_curve_is_that_of_the_run() -> None:
    history = History()
    for step, loss in ((0, 0.5), (10, 0.25)):
        history.add_evaluation(step, step, Metrics(loss, None), None)
    assert outcome(Drawn("train_loss", steps=10, top=1), {}, {}, history.view()) == ([0, 10], [0.5, 0.25])


@pytest.mark.parametrize(
    ("said", "right", "near"),
    [
        ("abcd", True, True),
        ("bacd", False, True),
        ("acbd", False, True),
        ("cbad", False, False),
        ("badc", False, False),
    ],
)
def test_an_order_with_two_neighbours_exchanged_is_near(said: str, right: bool, near: bool) -> None:
    found = score(Ranking(tuple("abcd"), answer=tuple("abcd")), Guess(list(said)), list("abcd"))
    assert (found.right, found.near) == (right, near)


def test_an_order_turned_round_is_not_near() -> None:
    assert not score(Ranking(OPTIONS, answer=OPTIONS), Guess(["c", "b", "a"]), list(OPTIONS)).near
    assert not score(Ranking(("a", "b"), answer=("a", "b")), Guess(["b", "a"]), ["a", "b"]).near


@pytest.mark.parametrize(
    ("drawn", "right", "near"),
    [([0.95, 0.05], True, True), ([0.8, 0.2], True, True), ([0.6, 0.4], False, True), ([0.3, 0.7], False, False)],
)
def test_a_curve_is_right_where_it_is_near_the_run(drawn: list[float], right: bool, near: bool) -> None:
    question = Drawn("train_loss", steps=10, top=1.0)
    run: Any = ([0.0, 10.0], [1.0, 0.0])
    found = score(question, Guess(([0.0, 10.0], drawn)), run)
    assert (found.right, found.near) == (right, near)


def test_own_words_are_not_scored() -> None:
    assert score(Explain(), Guess("because"), None).right is None
