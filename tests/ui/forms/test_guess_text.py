"""What was guessed beside what happened."""

import math
from typing import Any

import pytest

from playground import language
from playground.experiment.lessons.progress import Guess
from playground.experiment.lessons.schema import Choice, Number, Ranking
from playground.experiment.lessons.scoring import score
from playground.ui.forms.guess_text import number, plain, result


@pytest.mark.parametrize(
    ("value", "digits", "shown"),
    [
        (0.0975, 4, "0.0975"),
        (16.0, 4, "16"),
        (6e-10, 4, "6e-10"),
        (-0.5, 2, "−0.50"),
        (79520.0, 0, "79,520"),
        (math.inf, 4, "∞"),
        (math.nan, 4, "NaN"),
    ],
)
def test_a_number_has_as_many_digits_as_count(value: float, digits: int, shown: str) -> None:
    assert number(value, digits) == shown


@pytest.mark.parametrize(
    ("said", "sure", "sentence"),
    [
        (16.0, None, "You said: 16. It was: 16. Well estimated."),
        (17.5, None, "You said: 17.5. It was: 16. That is near."),
        (17.5, "certain", "You said: 17.5. It was: 16. You were certain, so this one is worth a second look"),
        (4.0, "guess", "You said: 4. It was: 16. Below is why."),
        (4.0, "certain", "You said: 4. It was: 16. You were certain, so this one is worth a second look"),
        (None, None, "You skipped this one. It was: 16"),
    ],
)
def test_a_guess_is_never_scolded(said: float | None, sure: str | None, sentence: str) -> None:
    question, guess = Number(answer=16.0, tolerance=1.0), Guess(said, sure)
    assert result(question, guess, score(question, guess, 16.0), {}).startswith(sentence)


def test_there_is_no_space_between_chinese_sentences() -> None:
    language.use("zh_CN")
    question, guess = Number(answer=16.0, tolerance=1.0), Guess(4.0)
    said = result(question, guess, score(question, guess, 16.0), {})
    language.use("en")
    assert said.count("。") == 3
    assert " " not in said


def test_what_came_out_has_the_digits_that_are_asked_for() -> None:
    question, guess = Number(answer=60.05, tolerance=8), Guess(70.25)
    said = result(question, guess, score(question, guess, 60.05), {}, digits=1)
    assert said.startswith("You said: 70.25. It was: 60.0.")
    skipped = Guess()
    assert result(question, skipped, score(question, skipped, 60.05), {}, digits=1).endswith("It was: 60.0")


def test_options_are_named_by_their_words() -> None:
    options = {"a": "**First**", "b": "Second."}
    assert plain("Line 5: `x -= lr * grad`") == "Line 5: x -= lr * grad"
    choice, order = Choice(("a", "b"), answer="a"), Ranking(("a", "b"), answer=("b", "a"))
    guess: Any = Guess("b")
    assert result(choice, guess, score(choice, guess, "a"), options).startswith("You said: Second. It was: First.")
    guess = Guess(["b", "a"])
    assert result(order, guess, score(order, guess, ["b", "a"]), options) == "You said: Second › First. So it is."
