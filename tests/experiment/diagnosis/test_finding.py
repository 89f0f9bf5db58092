"""Which findings are shown."""

from playground.experiment.config.schema import from_builtins
from playground.experiment.diagnosis import RULES
from playground.experiment.diagnosis.rules import CAUSES
from tests.experiment.diagnosis.provoked import SHOWS, data, found_after, preset

ZERO_RELU = {"data": "circle", "network": {"hidden": [6], "activation": "relu", "initial": "zeros"}, "training": {}}


def test_zeros_with_relu_are_copies_first_and_nothing_is_said_twice():
    assert found_after(from_builtins(ZERO_RELU), 20).keys() == {"identical-units"}


def test_divergence_says_where_and_what_to_try_and_nothing_else():
    found = found_after(*[make() if callable(make) else make for make in SHOWS["diverged"]])
    (only,) = found.values()
    assert "A learning rate of 50 is too large." in only.sentence
    assert f"at step {only.evidence['step']}:" in only.headline
    assert [action.label for action in only.actions] == ["Start again at 0.1"]


def test_causes_come_before_effects_and_effects_give_way():
    rank = list(RULES)
    for effect, causes in CAUSES.items():
        assert all(rank.index(cause) < rank.index(effect) for cause in causes)
    assert found_after(preset("xor-gate-zeros"), 3_000).keys() == {"identical-units"}
    assert found_after(preset("people", data(standardise=False)), 500).keys() == {"inputs-not-scaled"}
