"""Runs that a question compares."""

import pytest

from playground.experiment.config.presets import PRESETS
from playground.experiment.lessons import set_ups
from playground.experiment.lessons.comparing import compare
from playground.experiment.lessons.schema import StopAt, Variants
from playground.experiment.training.trainer import Trainer


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


def test_curves_of_several_losses_show_one_of_them() -> None:
    edits = {"own": {}, "other": {"training.loss": "cross-entropy"}}
    asked = Variants(edits, StopAt(steps=50), "output[0][0]")
    found = compare(set_ups.variants(PRESETS["and-gate"].config, asked, ""), asked.quantity, asked.curve)
    assert found.loss == PRESETS["and-gate"].config.training.loss
    own, other = (found.curves[key][1] for key in edits)
    assert own[0] == other[0]
    assert own[-1] != other[-1]


def test_the_curve_shows_how_it_went_within_an_epoch_too() -> None:
    """With one value an epoch, the chart of a run of one epoch would be a straight line."""
    digits = PRESETS["digits"].config
    asked = Variants({"all": {}}, StopAt(epochs=1), "test_loss", "test_accuracy")
    found = compare(set_ups.variants(digits, asked, ""), asked.quantity, asked.curve)
    steps, values = found.curves["all"]
    assert steps[:4] == (0, 1, 2, 3)
    assert len(steps) == len(values) > 15
    trainer = Trainer(set_ups.variants(digits, asked, "")["all"])
    trainer.run(steps[-1])
    assert trainer.stopped_by == "epochs"
    assert trainer.metrics_test is not None
    assert values[-1] == trainer.metrics_test.accuracy
    assert found.numbers["all"] == trainer.metrics_test.loss
