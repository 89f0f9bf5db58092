import pytest

from playground.experiment.config import edits
from playground.experiment.config.change_kind import ChangeKind, changed_fields, kind_of_change, reasons
from playground.experiment.config.schema import ExperimentConfig, InitialChoice, OptimizerChoice

CONFIG = ExperimentConfig()
ADAM = edits.set_optimizer(CONFIG, "adam")


@pytest.mark.parametrize(
    ("old", "new", "expected", "fields"),
    [
        (CONFIG, CONFIG, ChangeKind.NONE, ()),
        (CONFIG, edits.set_name(CONFIG, "mine"), ChangeKind.NONE, ("name",)),
        (CONFIG, edits.set_learning_rate(CONFIG, 0.5), ChangeKind.LIVE, ("training.learning_rate",)),
        (CONFIG, edits.set_l1(CONFIG, 0.5), ChangeKind.LIVE, ("training.l1",)),
        (CONFIG, edits.set_l2(CONFIG, 0.5), ChangeKind.LIVE, ("training.l2",)),
        (CONFIG, edits.set_batch_size(CONFIG, 2), ChangeKind.LIVE, ("training.batch_size",)),
        (
            CONFIG,
            edits.set_stop(CONFIG, steps=9, epochs=3),
            ChangeKind.LIVE,
            ("training.stop.steps", "training.stop.epochs"),
        ),
        (
            ADAM,
            edits.set_optimizer(CONFIG, OptimizerChoice("adam", beta1=0.5)),
            ChangeKind.LIVE,
            ("training.optimizer.beta1",),
        ),
        (CONFIG, ADAM, ChangeKind.RESTART, ("training.optimizer.name",)),
        (CONFIG, edits.set_seed(CONFIG, 1), ChangeKind.RESTART, ("seed",)),
        (CONFIG, edits.set_precision(CONFIG, "float32"), ChangeKind.RESTART, ("precision",)),
        (CONFIG, edits.add_layer(CONFIG), ChangeKind.RESTART, ("network.hidden",)),
        (CONFIG, edits.set_initial(CONFIG, InitialChoice("zeros")), ChangeKind.RESTART, ("network.initial.scheme",)),
        (CONFIG, edits.set_data(CONFIG, "or"), ChangeKind.RESTART, ("data.name",)),
        (CONFIG, edits.set_gradient(CONFIG, "numerical"), ChangeKind.RESTART, ("training.gradient",)),
        (CONFIG, edits.set_loss(CONFIG, "mse"), ChangeKind.RESTART, ("training.loss",)),
    ],
)
def test_each_field_has_its_impact(old, new, expected, fields):
    assert kind_of_change(old, new) is expected
    assert reasons(old, new) == fields
    assert kind_of_change(new, old) is expected


def test_the_heaviest_field_decides_and_is_the_reason():
    new = edits.add_layer(edits.set_learning_rate(edits.set_name(CONFIG, "mine"), 0.5))
    assert kind_of_change(CONFIG, new) is ChangeKind.RESTART
    assert reasons(CONFIG, new) == ("network.hidden",)
    assert set(changed_fields(CONFIG, new)) == {"name", "training.learning_rate", "network.hidden"}
