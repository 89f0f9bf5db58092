"""The experiment of each step."""

import pytest

from playground.experiment.config.presets import PRESETS
from playground.experiment.config.schema import ConfigError, StopConfig
from playground.experiment.lessons import set_ups
from playground.experiment.lessons.schema import SetUp, Step, StopAt

STEPS = (
    Step("one", SetUp("and-gate", {"seed": 3}), run=StopAt(steps=5)),
    Step("two", run=StopAt(steps=9)),
    Step("three", SetUp(edits={"network.hidden": [2]})),
    Step("four", SetUp("mnist-zeros", otherwise=SetUp("digits"))),
)


def test_each_step_changes_the_experiment_of_the_step_before() -> None:
    one, two, three, four = set_ups.configs(STEPS)
    assert (one.seed, one.training.stop) == (3, StopConfig(steps=5))
    assert (two.seed, two.training.stop) == (3, StopConfig(steps=9))
    assert (three.network.hidden, three.seed) == ((2,), 3)
    assert four == PRESETS["mnist-zeros"].config
    assert set_ups.configs(STEPS, otherwise=True)[3].data.name == "digits"


def test_a_step_without_a_set_up_continues() -> None:
    assert [set_ups.continues(step) for step in STEPS] == [False, True, False, False]


def test_a_setting_is_found_by_its_path() -> None:
    config = PRESETS["and-gate-constant"].config
    assert set_ups.setting(config, "network.hidden") == [4]
    assert set_ups.setting(config, "network.initial[0].value") == 1.0
    assert set_ups.setting(config, "training.stop.epochs") is None
    with pytest.raises(ConfigError, match=r"Did you mean training\.learning_rate"):
        set_ups.setting(config, "training.learning_rat")
