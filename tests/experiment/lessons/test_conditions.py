"""Goals of a lesson's steps."""

import pytest

from playground.experiment.config.presets import PRESETS
from playground.experiment.config.schema import replace
from playground.experiment.lessons.conditions import all_hold
from playground.experiment.lessons.schema import Condition

START = PRESETS["xor-gate"].config
LATER = replace(START, seed=7)


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
