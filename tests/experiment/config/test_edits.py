import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.data.catalog import CATALOG
from playground.engine.activations import ACTIVATIONS, OUTPUTS
from playground.engine.losses import LOSSES
from playground.experiment.config import edits
from playground.experiment.config import schema as configs
from playground.experiment.config.presets import PRESETS
from playground.experiment.config.schema import DataChoice, ExperimentConfig, InitialChoice, StopConfig
from playground.experiment.training.trainer import Trainer

OFFLINE = [name for name in CATALOG if name not in ("mnist", "fashion-mnist", "csv", "rows")]
ROWS = DataChoice("rows", x=[[0.0, 1.0], [1.0, 0.0]], y=[0, 1])


@pytest.mark.parametrize("preset", ["worked-example", "sine-curve", "digits"])
@pytest.mark.parametrize("data", OFFLINE)
def test_any_data_after_any_experiment_can_be_trained(preset, data):
    config = edits.change(PRESETS[preset].config, "data.name", data)
    trainer = Trainer(edits.change(config, "training.stop", StopConfig()))
    trainer.run(5)
    assert trainer.loss is not None


def test_other_data_get_the_output_the_precision_and_the_batches_that_suit_them():
    config = edits.set_data(PRESETS["and-gate"].config, "mnist")
    assert (config.network.output, config.training.loss, config.precision) == ("softmax", "cross-entropy", "float32")
    assert (config.training.batch_size, config.training.reduction) == (100, "mean")
    assert config.network.hidden == (50,)
    config = edits.set_data(PRESETS["digits"].config, "sine")
    assert (config.network.output, config.training.loss, config.precision) == ("linear", "squared", "float64")
    assert edits.set_data(PRESETS["spiral"].config, "xor").training.batch_size is None
    assert edits.set_data(PRESETS["spiral"].config, ROWS).training.batch_size is None


def test_a_data_set_of_the_same_kind_changes_nothing_else():
    old = PRESETS["spiral"].config
    new = edits.set_data(old, "circle")
    assert (new.network, new.training) == (old.network, old.training)
    assert new.data == DataChoice("circle")


def test_inputs_made_of_the_columns_stay_where_they_can():
    spiral = edits.change(PRESETS["spiral"].config, "data.features", ["x1", "x2", "sin(x1)"])
    assert edits.set_data(spiral, "circle").data["features"] == ("x1", "x2", "sin(x1)")
    assert edits.set_data(spiral, "sine").data["features"] == ("x1",)
    assert "features" not in edits.set_data(spiral, "digits").data


def test_given_weights_give_way_where_they_cannot_fit():
    example = PRESETS["worked-example"].config
    for changed in (edits.add_layer(example), edits.set_units(example, 0, 3), edits.set_data(example, "and")):
        assert "given" not in {choice.name for choice in changed.network.initials}
        Trainer(changed)


def test_layers_come_and_go_with_what_is_set_for_each():
    config = edits.set_hidden(ExperimentConfig(), (4, 3))
    config = edits.change(
        edits.set_initial(config, InitialChoice("zeros"), 2), "network.activation", ("sigmoid", "relu")
    )
    assert config.network.activations == ("sigmoid", "relu")
    longer = edits.add_layer(config)
    assert longer.network.hidden == (4, 3, 3)
    assert longer.network.activations == ("sigmoid", "relu", "relu")
    assert [choice.name for choice in longer.network.initials] == ["gaussian", "gaussian", "gaussian", "zeros"]
    shorter = edits.remove_layer(edits.remove_layer(config))
    assert shorter.network.hidden == ()
    assert [choice.name for choice in shorter.network.initials] == ["zeros"]
    assert edits.remove_layer(shorter) == shorter
    assert edits.add_layer(shorter).network.hidden == (4,)
    assert edits.add_layer(config, at=0).network.hidden == (4, 4, 3)
    assert edits.add_layer(config, at=1).network.hidden == (4, 4, 3)
    assert edits.remove_layer(config, 0).network.hidden == (3,)


def test_the_same_choice_for_every_layer_is_one_choice():
    config = edits.set_hidden(ExperimentConfig(), (4, 3))
    for layer in range(3):
        config = edits.set_initial(config, InitialChoice("he"), layer)
    assert config.network.initial == InitialChoice("he")


def test_impossible_pairs_of_output_and_loss_are_mended():
    config = edits.set_loss(ExperimentConfig(), "cross-entropy")
    assert edits.set_output(config, "linear").training.loss == "squared"
    assert edits.set_loss(edits.set_output(config, "tanh"), "cross-entropy").network.output == "sigmoid"
    digits = edits.set_output(PRESETS["digits"].config, "linear")
    assert edits.set_loss(digits, "cross-entropy").network.output == "softmax"


def test_numerical_gradients_and_layerwise_updates_give_way_to_one_another():
    config = edits.set_update(ExperimentConfig(), "layerwise")
    numerical = edits.set_gradient(config, "numerical")
    assert (numerical.training.gradient, numerical.training.update) == ("numerical", "together")
    layerwise = edits.set_update(numerical, "layerwise")
    assert (layerwise.training.gradient, layerwise.training.update) == ("backprop", "layerwise")


def test_stop_conditions_are_set_one_by_one_and_cleared():
    config = edits.change(edits.change(ExperimentConfig(), "training.stop.steps", 5), "training.stop.loss_below", 0.1)
    assert (config.training.stop.steps, config.training.stop.loss_below) == (5, 0.1)
    assert edits.change(config, "training.stop.steps", None).training.stop.steps is None
    assert edits.change(config, "training.stop", StopConfig()).training.stop == configs.StopConfig()


values = st.one_of(
    st.tuples(st.just("data.name"), st.sampled_from(OFFLINE)),
    st.tuples(st.just("network.output"), st.sampled_from(list(OUTPUTS))),
    st.tuples(st.just("training.loss"), st.sampled_from(list(LOSSES))),
    st.tuples(st.just("network.activation"), st.sampled_from(list(ACTIVATIONS))),
    st.tuples(st.just("network.bias"), st.sampled_from(configs.BIASES)),
    st.tuples(st.just("network.hidden"), st.lists(st.integers(1, 8), max_size=6).map(tuple)),
    st.tuples(st.just("training.gradient"), st.sampled_from(configs.GRADIENTS)),
    st.tuples(st.just("training.update"), st.sampled_from(configs.UPDATES)),
    st.tuples(st.just("training.reduction"), st.sampled_from(configs.REDUCTIONS)),
    st.tuples(st.just("training.sampling"), st.sampled_from(configs.SAMPLINGS)),
    st.tuples(st.just("precision"), st.sampled_from(configs.PRECISIONS)),
    st.tuples(st.just("training.optimizer"), st.sampled_from(["sgd", "adam", "rmsprop"])),
    st.tuples(st.just("training.batch_size"), st.none() | st.integers(1, 50)),
    st.tuples(st.just("seed"), st.integers(0, 100)),
)


@given(st.sampled_from(["and-gate", "worked-example", "digits"]), st.lists(values, max_size=8))
def test_every_chain_of_edits_gives_a_valid_experiment(preset, chain):
    config = PRESETS[preset].config
    for path, value in chain:
        config = edits.change(config, path, value)
        assert configs.decode(configs.encode(config)) == config
