"""What the commands answer, other than `run` and `replay`."""

from pathlib import Path

import pytest

from tests.cli.conftest import Playground
from tests.without_qt import needs_qt


@needs_qt
def test_picture_hands_on_what_was_asked(playground: Playground, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "xcb")
    argv = ("--out", "a.png", "--steps", "500", "--size", "1920x1080", "--theme", "dark", "--language", "zh_CN")
    answer = playground("picture", "xor-gate", "--set", "seed=7", *argv)
    config, *others = answer.opened[0]
    assert (config.name, config.seed) == ("xor-gate", 7)
    assert others == [Path("a.png"), 500, 1920, 1080, "dark", "zh_CN"]


@needs_qt
def test_a_picture_of_an_earlier_step_than_was_asked_says_so(playground: Playground) -> None:
    answer = playground("picture", "xor-gate", "--out", "a.png", "--steps", "100000000")
    assert answer.status == 0
    assert answer.err == ("The picture is of step 5,000: there the run stopped, before step 100,000,000.\n")
    assert playground("picture", "xor-gate", "--out", "a.png", "--steps", "5000").err == ""


@pytest.mark.parametrize("steps", ["2.0", "1_000"])
def test_steps_that_are_no_whole_number_get_a_whole_sentence(playground: Playground, steps: str) -> None:
    answer = playground("picture", "xor-gate", "--out", "a.png", "--steps", steps)
    assert (answer.status, answer.opened) == (2, [])
    assert answer.err == f"playground: --steps needs a whole number from 0 to 1,000,000,000,000, not {steps}.\n"
