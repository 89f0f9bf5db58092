"""The sentences of the lesson player."""

import math
from typing import Any

import pytest

from playground.experiment.lessons.schema import Action, Choice, Number, Ranking, StopAt
from playground.experiment.lessons.scoring import Guess, score
from playground.ui.lessons import text


@pytest.mark.parametrize(
    ("value", "digits", "shown"),
    [
        (0.0975, 4, "0.0975"),
        (16.0, 4, "16"),
        (6e-10, 4, "6e−10"),
        (-0.5, 2, "−0.50"),
        (79520.0, 0, "79,520"),
        (math.inf, 4, "∞"),
        (math.nan, 4, "NaN"),
    ],
)
def test_a_number_has_as_many_digits_as_count(value: float, digits: int, shown: str) -> None:
    assert text.number(value, digits) == shown


@pytest.mark.parametrize(
    ("said", "sure", "sentence"),
    [
        (16.0, None, "You said: 16. It was: 16. Well estimated."),
        (18.0, None, "You said: 18. It was: 16. That is near."),
        (4.0, "guess", "You said: 4. It was: 16. Below is why."),
        (4.0, "certain", "You said: 4. It was: 16. You were certain, so this one is worth a second look"),
        (None, None, "You skipped this one. It was: 16"),
    ],
)
def test_a_guess_is_never_scolded(said: float | None, sure: str | None, sentence: str) -> None:
    question, guess = Number(answer=16.0, tolerance=1.0), Guess(said, sure)
    assert text.result(question, guess, score(question, guess, 16.0), {}).startswith(sentence)


def test_options_are_named_by_their_words() -> None:
    options = {"a": "**First**", "b": "Second.", "c": "Line 5: `x -= lr * grad`"}
    choice, order = Choice(("a", "b"), answer="a"), Ranking(("a", "b"), answer=("b", "a"))
    guess: Any = Guess("b")
    assert text.result(choice, guess, score(choice, guess, "a"), options).startswith("You said: Second. It was: First.")
    assert text.plain(options["c"]) == "Line 5: x -= lr * grad"
    guess = Guess(["b", "a"])
    assert text.result(order, guess, score(order, guess, ["b", "a"]), options) == "You said: Second › First. So it is."


@pytest.mark.parametrize(
    ("action", "sentence", "control"),
    [
        (Action(set="training.learning_rate", value=0.5), "Set Learning rate to 0.5", "learning_rate"),
        (Action(set="network.hidden", value=[4, 2]), "Set Hidden layers to 4, 2", "hidden_layer_1"),
        (Action(set="network.initial", value="zeros"), "Set Initial weights to zeros", "initial_scheme_zeros"),
        (Action(set="data", value={"name": "xor"}), "Set data to xor", "data_xor"),
        (Action(set="training.stop.steps", value=5), "Set training.stop.steps to 5", "stop_steps"),
        (
            Action(weight="weight[1][0][0]", value=-3),
            "Set the weight from input 1 to unit 1 in layer 1 to −3",
            "network_view",
        ),
        (Action(weight="bias[1][0]", value=1), "Set the bias of unit 1 in layer 1 to 1", "network_view"),
        (
            Action(set="network.initial", value={"scheme": "gaussian", "std": 0.14}),
            "Set Initial weights to Gaussian, Standard deviation 0.14",
            "initial_scheme_gaussian",
        ),
        (Action(set="training.update", value="together"), "Set Update to at the end", "update"),
        (Action(press="reset_button"), "Press Reset", "reset_button"),
        (Action(press="training_more"), "Press the marked control", "training_more"),
        (Action(run=StopAt(steps=1000)), "Now press Play: it trains to step 1,000 and stops.", "play_button"),
    ],
)
def test_an_action_is_said_and_its_control_known(action: Action, sentence: str, control: str) -> None:
    assert text.action(action) == sentence
    assert text.control_of(action) == control
