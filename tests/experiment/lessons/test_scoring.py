"""A guess beside what happened."""

import math
from typing import Any

import pytest

from playground.experiment.lessons.schema import Choice, Drawn, Explain, Measure, Number, Ranking
from playground.experiment.lessons.scoring import Guess, outcome, score

OPTIONS = ("a", "b", "c")


@pytest.mark.parametrize(
    ("said", "right", "near"),
    [(16.0, True, True), (16.4, True, True), (17.2, False, True), (4.0, False, False), (None, None, False)],
)
def test_a_number_is_right_within_its_tolerance(said: float | None, right: bool | None, near: bool) -> None:
    found = score(Number(answer=16.0, tolerance=0.5), Guess(said), 16.0)
    assert (found.right, found.near) == (right, near)


def test_an_infinite_outcome_is_met_by_infinity_only() -> None:
    assert score(Number(answer=1.0), Guess(5.0), math.inf).right is False


def test_the_outcome_of_a_choice_is_the_largest_of_what_is_measured() -> None:
    measured = {key: Measure(quantity=key) for key in OPTIONS}
    readings = {"a": 1.0, "b": 3.0, "c": math.nan}
    assert outcome(Choice(OPTIONS, measured=measured, pick="largest"), readings, {}) == "b"
    assert outcome(Ranking(OPTIONS, measured=measured, pick="smallest"), readings, {}) == ["a", "b", "c"]
    assert outcome(Ranking(OPTIONS, pick="largest"), {}, {"a": 0, "b": 1, "c": 2}) == ["c", "b", "a"]
    assert outcome(Choice(OPTIONS, answer="c"), {}, {}) == "c"


def test_an_order_with_one_exchange_is_near() -> None:
    question = Ranking(OPTIONS, answer=OPTIONS)
    assert score(question, Guess(["b", "a", "c"]), list(OPTIONS)).near
    assert not score(question, Guess(["b", "c", "a"]), list(OPTIONS)).near
    assert score(question, Guess(list(OPTIONS)), list(OPTIONS)).right


def test_a_curve_is_right_where_it_is_near_the_run() -> None:
    question = Drawn("train_loss", steps=10, top=1.0, tolerance=0.1)
    run: Any = ([0.0, 10.0], [1.0, 0.0])
    assert score(question, Guess(([0.0, 10.0], [0.95, 0.05])), run).right
    assert not score(question, Guess(([0.0, 10.0], [0.0, 1.0])), run).right


def test_own_words_are_not_scored() -> None:
    assert score(Explain(), Guess("because"), None).right is None
