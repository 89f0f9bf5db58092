"""What a learner has done is kept, and carried in a file."""

import math

import pytest

from playground.experiment.lessons import progress
from playground.experiment.lessons.progress import Answer, Guess, Progress
from playground.registry import UserError


def test_progress_survives_its_file() -> None:
    answer = Answer(said=["a", "b"], sure="certain", was=["b", "a"], right=False, hands={"a": 3})
    made = Progress().with_place("one", "s2").with_answer("one", "s1", answer).with_done("one", "s1")
    made = made.with_done("one", "s1").with_place("two", "s1").with_locked("two", "s1", Guess([[0.0], [1.0]], "guess"))
    assert progress.decode(progress.encode(made)) == made
    assert made.of("one").done == ("s1",)
    assert made.of("three").at == ""


def test_an_infinite_outcome_survives_its_file() -> None:
    made = Progress().with_answer("one", "s1", Answer(said=1.0, was=math.inf, right=False))
    assert progress.decode(progress.encode(made)) == made


@pytest.mark.parametrize("text", ["", "[]", "{", '{"lessons": 5}'])
def test_nonsense_is_no_progress(text: str) -> None:
    with pytest.raises(UserError):
        progress.decode(text)
    assert progress.decode_or_nothing(text) == Progress()
