import pytest

from playground.experiment import edits
from playground.experiment.config import ExperimentConfig, InitialChoice, OptimizerChoice
from playground.experiment.impact import Impact, changed_fields, impact, reasons

CONFIG = ExperimentConfig()
ADAM = edits.set_optimizer(CONFIG, "adam")


@pytest.mark.parametrize(
    ("old", "new", "expected", "fields"),
    [
        (CONFIG, CONFIG, Impact.NONE, ()),
        (CONFIG, edits.set_name(CONFIG, "mine"), Impact.NONE, ("name",)),
        (CONFIG, edits.set_learning_rate(CONFIG, 0.5), Impact.LIVE, ("training.learning_rate",)),
        (CONFIG, edits.set_l1(CONFIG, 0.5), Impact.LIVE, ("training.l1",)),
        (CONFIG, edits.set_l2(CONFIG, 0.5), Impact.LIVE, ("training.l2",)),
        (CONFIG, edits.set_batch_size(CONFIG, 2), Impact.LIVE, ("training.batch_size",)),
        (
            CONFIG,
            edits.set_stop(CONFIG, steps=9, epochs=3),
            Impact.LIVE,
            ("training.stop.steps", "training.stop.epochs"),
        ),
        (
            ADAM,
            edits.set_optimizer(CONFIG, OptimizerChoice("adam", beta1=0.5)),
            Impact.LIVE,
            ("training.optimizer.beta1",),
        ),
        (CONFIG, ADAM, Impact.REBUILD, ("training.optimizer.name",)),
        (CONFIG, edits.set_seed(CONFIG, 1), Impact.REBUILD, ("seed",)),
        (CONFIG, edits.set_precision(CONFIG, "float32"), Impact.REBUILD, ("precision",)),
        (CONFIG, edits.add_layer(CONFIG), Impact.REBUILD, ("network.hidden",)),
        (CONFIG, edits.set_initial(CONFIG, InitialChoice("zeros")), Impact.REBUILD, ("network.initial.scheme",)),
        (CONFIG, edits.set_data(CONFIG, "or"), Impact.REBUILD, ("data.name",)),
        (CONFIG, edits.set_gradient(CONFIG, "numerical"), Impact.REBUILD, ("training.gradient",)),
        (CONFIG, edits.set_loss(CONFIG, "mse"), Impact.REBUILD, ("training.loss",)),
    ],
)
def test_each_field_has_its_impact(old, new, expected, fields):
    assert impact(old, new) is expected
    assert reasons(old, new) == fields
    assert impact(new, old) is expected


def test_the_heaviest_field_decides_and_is_the_reason():
    new = edits.add_layer(edits.set_learning_rate(edits.set_name(CONFIG, "mine"), 0.5))
    assert impact(CONFIG, new) is Impact.REBUILD
    assert reasons(CONFIG, new) == ("network.hidden",)
    assert set(changed_fields(CONFIG, new)) == {"name", "training.learning_rate", "network.hidden"}
