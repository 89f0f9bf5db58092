"""Rules about the data."""

from playground.experiment.config import edits
from playground.experiment.config.schema import from_builtins
from playground.experiment.diagnosis import diagnose
from playground.experiment.training.trainer import Trainer
from tests.experiment.diagnosis.provoked import SHOWS, found_after, on, preset


def test_a_class_that_no_row_is_taken_for_is_named():
    rows = [[float(k % 7), float(k % 3)] for k in range(300)]
    labels = [[1] if k % 15 == 0 else [0] for k in range(300)]
    config = from_builtins(
        {
            "data": {"name": "rows", "x": rows, "y": labels, "task": "classification"},
            "network": {"hidden": [4], "activation": "tanh", "initial": "xavier"},
            "training": {"loss": "cross-entropy", "learning_rate": 0.1, "batch_size": 10},
        }
    )
    found = found_after(config, 2_000)["class-never-predicted"]
    assert found.headline == "Class 1 is never predicted."
    assert found.evidence["class_rows"] == 20


def test_a_table_that_overlaps_is_not_called_too_small_a_network():
    trainer = Trainer(on(preset("people")))
    trainer.run(8_000)
    assert trainer.evaluate()[0].accuracy < 0.95
    assert diagnose(trainer) == ()


def test_an_output_in_whose_reach_the_targets_lie_is_not_blamed():
    for activation in ("tanh", "linear"):
        found = found_after(preset("sine-curve", lambda it, name=activation: edits.set_output(it, name)), 500)
        assert "target-out-of-reach" not in found
    found = found_after(*[make() if callable(make) else make for make in SHOWS["target-out-of-reach"]])
    words = found["target-out-of-reach"].sentence
    assert "% of the targets are out of the output's reach. Sigmoid gives 0 to 1; the targets go from −1." in words
