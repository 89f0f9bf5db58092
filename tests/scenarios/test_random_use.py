"""A short walk of the random hand; ``python -m tests.benchmarks.random_actions`` takes it as far as you like."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from tests.benchmarks.random_actions import act_at_random


def test_nothing_breaks_and_what_is_shown_is_what_runs(qtbot: QtBot, tmp_path: Path) -> None:
    walk = act_at_random(120, seed=11, folder=tmp_path)
    assert walk.failures == []
    assert walk.actions >= 120  # a dialog that is open then is closed first
    assert walk.rests >= 2
