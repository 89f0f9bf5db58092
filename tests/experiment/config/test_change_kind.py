import pytest

from playground.experiment.config import edits
from playground.experiment.config.change_kind import ChangeKind, changed_fields, kind_of_change
from playground.experiment.config.schema import ExperimentConfig, InitialChoice, OptimizerChoice, StopConfig

CONFIG = ExperimentConfig()
ADAM = edits.change(CONFIG, "training.optimizer", "adam")


@pytest.mark.parametrize(
    ("old", "new", "expected", "fields"),
    [
        (CONFIG, CONFIG, ChangeKind.NONE, ()),
        (CONFIG, edits.change(CONFIG, "name", "mine"), ChangeKind.NONE, ("name",)),
        (CONFIG, edits.change(CONFIG, "training.learning_rate", 0.5), ChangeKind.LIVE, ("training.learning_rate",)),
        (CONFIG, edits.change(CONFIG, "training.l1", 0.5), ChangeKind.LIVE, ("training.l1",)),
        (CONFIG, edits.change(CONFIG, "training.l2", 0.5), ChangeKind.LIVE, ("training.l2",)),
        (CONFIG, edits.change(CONFIG, "training.batch_size", 2), ChangeKind.LIVE, ("training.batch_size",)),
        (
            CONFIG,
            edits.change(CONFIG, "training.stop", StopConfig(steps=9, epochs=3)),
            ChangeKind.LIVE,
            ("training.stop.steps", "training.stop.epochs"),
        ),
        (
            ADAM,
            edits.change(CONFIG, "training.optimizer", OptimizerChoice("adam", beta1=0.5)),
            ChangeKind.LIVE,
            ("training.optimizer.beta1",),
        ),
        (CONFIG, ADAM, ChangeKind.RESTART, ("training.optimizer.name",)),
        (CONFIG, edits.change(CONFIG, "seed", 1), ChangeKind.RESTART, ("seed",)),
        (CONFIG, edits.change(CONFIG, "precision", "float32"), ChangeKind.RESTART, ("precision",)),
        (CONFIG, edits.add_layer(CONFIG), ChangeKind.RESTART, ("network.hidden",)),
        (
            CONFIG,
            edits.change(CONFIG, "network.initial", InitialChoice("zeros")),
            ChangeKind.RESTART,
            ("network.initial.scheme",),
        ),
        (CONFIG, edits.set_data(CONFIG, "or"), ChangeKind.RESTART, ("data.name",)),
        (CONFIG, edits.set_gradient(CONFIG, "numerical"), ChangeKind.RESTART, ("training.gradient",)),
        (CONFIG, edits.set_loss(CONFIG, "mse"), ChangeKind.RESTART, ("training.loss",)),
    ],
)
def test_each_field_has_its_kind_of_change(old, new, expected, fields):
    assert kind_of_change(old, new) is expected
    assert changed_fields(old, new) == fields
    assert kind_of_change(new, old) is expected


def test_the_heaviest_field_decides():
    new = edits.add_layer(edits.change(edits.change(CONFIG, "name", "mine"), "training.learning_rate", 0.5))
    assert kind_of_change(CONFIG, new) is ChangeKind.RESTART
    assert set(changed_fields(CONFIG, new)) == {"name", "training.learning_rate", "network.hidden"}
