"""The command that compares backpropagation with numerical differentiation."""

import pytest

from tests.cli.conftest import Playground


@pytest.mark.parametrize(
    "name", ["and-gate", "worked-example", "spiral", "hills", "sine-curve", "digits", "height-weight"]
)
def test_check_passes_for_the_experiments(playground: Playground, name: str) -> None:
    answer = playground("check", name, "--json")
    assert answer.status == 0
    assert answer.json["passes"]
    assert answer.json["error"] < answer.json["tolerance"]


def test_check_shows_a_table_layer_by_layer(playground: Playground) -> None:
    answer = playground("check", "spiral")
    assert answer.out.count("✓") == 6
    assert "They agree" in answer.out
