"""The command that compares backpropagation with numerical differentiation."""

import pytest

from tests.cli.conftest import Playground


@pytest.mark.parametrize("name", ["worked-example", "sine-curve", "digits"])
def test_check_passes_for_the_experiments(playground: Playground, name: str) -> None:
    answer = playground("check", name, "--json")
    assert answer.status == 0
    assert answer.json["passes"]
    assert answer.json["error"] < answer.json["tolerance"]


def test_check_shows_a_table_layer_by_layer(playground: Playground) -> None:
    answer = playground("check", "spiral")
    assert answer.out.count("✓") == 6
    assert "They agree" in answer.out


def test_check_says_where_there_is_no_gradient_and_that_is_no_failure(playground: Playground) -> None:
    changes = ("network.hidden=[4,4]", "network.activation=leaky-relu", "seed=1")
    given = [part for change in changes for part in ("--set", change)]
    answer = playground("check", "xor-gate", *given)
    assert answer.status == 0
    assert "They differ" in answer.out
    assert "on the corner of Leaky ReLU: there no gradient is defined" in answer.out
    assert playground("check", "xor-gate", "--json", *given).json["corner"] == "leaky-relu"
    assert playground("check", "xor-gate", "--json").json["corner"] is None
