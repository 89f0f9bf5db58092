"""Runs that a question compares."""

import pytest

from playground.experiment.config.presets import PRESETS
from playground.experiment.lessons import set_ups
from playground.experiment.lessons.comparing import compare
from playground.experiment.lessons.schema import StopAt, Variants


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_variants_differ_in_their_edits_only(seed: int) -> None:
    edits = {"slow": {"training.learning_rate": 0.01}, "fast": {"training.learning_rate": 1.0}}
    asked = Variants({key: {**it, "seed": seed} for key, it in edits.items()}, StopAt(steps=300), "train_loss")
    reports: list[tuple[int, int]] = []
    found = compare(
        set_ups.variants(PRESETS["and-gate"].config, asked, ""),
        asked.quantity,
        asked.curve,
        report=lambda *it: reports.append(it),
    )
    assert found.numbers["fast"] < found.numbers["slow"]
    assert found.curves["fast"][0][-1] == 300
    assert found.curves["fast"][1][0] == found.curves["slow"][1][0]
    assert reports == [(0, 2), (1, 2)]
