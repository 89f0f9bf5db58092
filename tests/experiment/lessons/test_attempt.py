"""What comes next at a step."""

import pytest

from playground.experiment.config import raw_edits
from playground.experiment.config.presets import PRESETS
from playground.experiment.config.schema import replace
from playground.experiment.lessons.attempt import Attempt, all_hold
from playground.experiment.lessons.comparing import Compared
from playground.experiment.lessons.progress import Guess
from playground.experiment.lessons.schema import Choice, Condition, Figure, Measure, Number, Step, StopAt, Variants
from playground.experiment.training.history import History

CONFIG = PRESETS["and-gate"].config
START = PRESETS["xor-gate"].config
LATER = replace(START, seed=7)
NOTHING = History().view()


def test_a_step_goes_from_the_question_over_the_run_to_the_goal() -> None:
    figure = Figure("loss", Measure(quantity="train_loss"), 0.5, 0.1)
    only_mnist = Figure("other", Measure(quantity="train_loss"), 0.1, 0.1, data="mnist")
    question = Number(Measure(quantity="output[0][0]"), tolerance=0.1)
    goal = (Condition(setting="seed", above=50), Condition(quantity="train_loss", below=0.6))
    step = Step("s", run=StopAt(steps=3), question=question, goal=goal, figures=(figure, only_mnist))
    attempt = Attempt(step, CONFIG)
    assert attempt.phase == "ask"
    attempt.guess = Guess(0.3, "certain")
    assert attempt.phase == "run"
    assert attempt.names() == ("output[0][0]", "train_loss")
    attempt.reveal({"output[0][0]": 0.25, "train_loss": 0.55}, NOTHING)
    assert attempt.phase == "act"
    assert attempt.score.right
    assert [(it.figure.id, it.holds) for it in attempt.figures] == [("loss", True)]
    assert not attempt.look(CONFIG, {"train_loss": 0.5})
    assert attempt.look(raw_edits.with_values(CONFIG, {"seed": 51}), {"train_loss": 0.5})
    assert attempt.phase == "done"


def test_a_number_is_asked_with_the_digits_of_its_figure() -> None:
    asked = Measure(quantity="train_loss")
    figures = (Figure("other", asked, 0.5, 0.1, digits=3, data="mnist"), Figure("loss", asked, 0.5, 0.1, digits=2))
    assert Attempt(Step("s", question=Number(asked), figures=figures), CONFIG).digits == 2
    assert Attempt(Step("s", question=Number(3.0), figures=figures), CONFIG).digits is None
    assert Attempt(Step("s", figures=figures), CONFIG).digits is None


def test_a_figure_that_does_not_come_out_does_not_hold() -> None:
    step = Step("s", figures=(Figure("loss", Measure(quantity="train_loss"), 0.5, 0.1),))
    attempt = Attempt(step, CONFIG)
    attempt.reveal({"train_loss": 0.7}, NOTHING)
    assert [it.holds for it in attempt.figures] == [False]
    attempt.reveal({"train_loss": None}, NOTHING)
    assert [it.measured for it in attempt.figures] == [None]


def test_variants_are_compared_after_the_guess() -> None:
    variants = Variants({"a": {}, "b": {"seed": 1}}, StopAt(steps=1), "train_loss")
    attempt = Attempt(Step("s", variants=variants, question=Choice(("a", "b"), pick="smallest")), CONFIG)
    attempt.guess = Guess("a")
    assert attempt.phase == "compare"
    attempt.compared = Compared({"a": 2.0, "b": 1.0}, {})
    attempt.reveal({}, NOTHING)
    assert (attempt.score.was, attempt.phase) == ("b", "done")


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (Condition(setting="seed", changed=True), True),
        (Condition(setting="network.hidden", changed=True), False),
        (Condition(setting="seed", equals=7), True),
        (Condition(setting="data.name", equals="and"), False),
        (Condition(quantity="train_loss", below=0.1), True),
        (Condition(quantity="train_loss", above=0.1), False),
        (Condition(quantity="train_loss", equals=0.06, tolerance=0.02), True),
        (Condition(quantity="train_loss", equals=0.06, tolerance=0.001), False),
        (Condition(quantity="test_accuracy", above=0), False),  # there is none without test rows
    ],
)
def test_a_condition_is_of_a_setting_or_of_what_is_measured(condition: Condition, expected: bool) -> None:
    assert all_hold([condition], LATER, START, {"train_loss": 0.05}) is expected


def test_a_goal_needs_all_its_conditions() -> None:
    reached, missed = Condition(setting="seed", equals=7), Condition(setting="seed", equals=8)
    assert all_hold([reached], LATER, START, {})
    assert not all_hold([reached, missed], LATER, START, {})
