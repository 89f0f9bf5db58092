import json
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.engine.activations import ACTIVATIONS, OUTPUTS
from playground.engine.losses import LOSSES
from playground.experiment.config import schema as configs
from playground.experiment.config.schema import (
    ConfigError,
    DataChoice,
    ExperimentConfig,
    InitialChoice,
    OptimizerChoice,
)

REFUSALS = {
    "$.nmae": ({"nmae": "x"}, "there are name, data, network"),
    "$.seed": ({"seed": -1}, "expected 0 to"),
    "$.precision": ({"precision": "float16"}, "float32, float64"),
    "$.data": ({"data": 3}, "object with “name”, not 3"),
    "$.data.name": ({"data": {"name": "spirale"}}, "Did you mean spiral?"),
    "$.data.noise": ({"data": {"name": "spiral", "noise": 2}}, "0 to 0.5"),
    "$.data.colour": ({"data": {"name": "spiral", "colour": 2}}, "samples, noise"),
    "$.data.features[1]": ({"data": {"name": "spiral", "features": ["x1", "x9"]}}, "expected x1, x2"),
    "$.data.x[1][0]": ({"data": {"name": "rows", "x": [[1], [None]], "y": [0, 1]}}, "a number"),
    "$.network.hidden": ({"network": {"hidden": [1] * 17}}, "at most 16"),
    "$.network.hidden[1]": ({"network": {"hidden": [3, 0]}}, "1 to 10000, not 0"),
    "$.network.hidden[0]": ({"network": {"hidden": ["x"]}}, "a whole number, not “x”"),
    "$.training": ({"training": [1]}, "an object { … }, not a list [ … ]"),
    "$.training.learning_rat": ({"training": {"learning_rat": 1}}, "Did you mean learning_rate?"),
    "$.training.l1": ({"training": {"l1": 10**400}}, "too large"),
    "$.data.path": ({"data": {"name": "csv", "path": ""}}, "needs a value"),
    "$.data.target": ({"data": {"name": "csv", "path": "t.csv", "target": 0}}, "its number from 1, not 0"),
    "$.data.columns[1]": ({"data": {"name": "csv", "path": "t.csv", "columns": [1, True]}}, "not true"),
    "$.data.columns": ({"data": {"name": "csv", "path": "t.csv", "columns": 1.5}}, "expected a list, not 1.5"),
    "$.network.activation": ({"network": {"hidden": [3, 3], "activation": ["relu"]}}, "one per layer (2), not 1"),
    "$.network.activation[1]": ({"network": {"hidden": [3, 3], "activation": ["relu", "x"]}}, "expected sigmoid"),
    "$.network.output": ({"network": {"output": "relu"}}, "sigmoid, softmax"),
    "$.network.bias": ({"network": {"bias": "many"}}, "unit, layer, none, fixed"),
    "$.network.initial": ({"network": {"hidden": [3], "initial": ["zeros"]}}, "one per layer (2), not 1"),
    "$.network.initial.scheme": ({"network": {"initial": {"scheme": "nought"}}}, "known are zeros"),
    "$.network.initial[1].std": (
        {"network": {"hidden": [3], "initial": ["zeros", {"scheme": "gaussian", "std": -1}]}},
        "at least 0",
    ),
    "$.network.initial.weights": ({"network": {"initial": {"scheme": "given"}}}, "needs a value"),
    "$.training.loss": ({"training": {"loss": "cross-entropy"}, "network": {"output": "linear"}}, "sigmoid or softmax"),
    "$.training.learning_rate": ({"training": {"learning_rate": math.nan}}, "finite"),
    "$.training.l2": ({"training": {"l2": -1}}, "at least 0"),
    "$.training.batch_size": ({"training": {"batch_size": 0}}, "at least 1"),
    "$.training.optimizer.betta1": ({"training": {"optimizer": {"name": "adam", "betta1": 1}}}, "Did you mean beta1?"),
    "$.training.optimizer.beta1": ({"training": {"optimizer": {"name": "adam", "beta1": 1}}}, "0 to 0.999999, not 1"),
    "$.training.update": ({"training": {"update": "layerwise", "gradient": "numerical"}}, "updates layer by layer"),
    "$.training.stop.step": ({"training": {"stop": {"step": 3}}}, "steps, epochs"),
    "$.training.stop.accuracy_above": ({"training": {"stop": {"accuracy_above": 95}}}, "0 to 1"),
}


@pytest.mark.parametrize("path", REFUSALS)
def test_a_refusal_names_the_path_and_what_was_expected(path):
    raw, expected = REFUSALS[path]
    with pytest.raises(ConfigError) as refusal:
        configs.from_builtins(raw)
    assert refusal.value.path == path
    assert expected in refusal.value.sentence
    assert str(refusal.value).startswith(f"{path}: ")


@pytest.mark.parametrize("raw", [0.01, "spiral", [1], None, True])
def test_what_is_no_experiment_at_all_is_refused_without_a_path(raw):
    with pytest.raises(ConfigError) as refusal:
        configs.from_builtins(raw)
    assert refusal.value.path == "$"
    assert str(refusal.value).startswith("An experiment is an object { … }; this is ")
    assert "$" not in str(refusal.value)


@pytest.mark.parametrize("text", ["", "{", '{"seed": NaN}', b"\xff"])
def test_text_that_is_not_json_is_refused(text):
    with pytest.raises(ConfigError, match="not JSON"):
        configs.decode(text)


def test_columns_are_names_or_numbers_and_one_may_stand_alone():
    choice = DataChoice("csv", path="t.csv", target=2, columns=["width", 3])
    assert (choice["target"], choice["columns"]) == (2, ("width", 3))
    assert DataChoice("csv", path="t.csv", columns="width")["columns"] == ("width",)
    assert DataChoice.decode(choice.encode()) == choice


def test_lists_nested_without_end_are_refused():
    deep: list = []
    for _ in range(100_000):
        deep = [deep]
    with pytest.raises(ConfigError, match="nested too deeply"):
        configs.from_builtins({"data": {"name": "rows", "x": deep, "y": [1]}})
    with pytest.raises(ConfigError, match="nested too deeply"):
        configs.decode("[" * 100_000)


def test_the_documented_example_means_what_it_says():
    text = """{"name": "and-gate-zeros", "data": {"name": "and"},
      "network": {"hidden": [4], "activation": "sigmoid", "output": "sigmoid", "bias": "unit",
                  "initial": {"scheme": "zeros"}},
      "training": {"loss": "squared", "reduction": "mean", "learning_rate": 0.1, "batch_size": null,
                   "sampling": "shuffle", "optimizer": {"name": "sgd"}, "l1": 0.0, "l2": 0.0, "gradient": "backprop",
                   "update": "together", "stop": {"steps": 10000}}, "seed": 42, "precision": "float64"}"""
    config = configs.decode(text)
    assert config.network.initials == (InitialChoice("zeros"),) * 2
    assert config.training.stop.steps == 10_000
    assert configs.to_builtins(config) == json.loads(text)


def test_options_equal_to_their_default_are_the_same_choice():
    assert DataChoice("spiral", samples=500) == DataChoice("spiral")
    assert hash(DataChoice("spiral", samples=500)) == hash(DataChoice("spiral"))
    assert DataChoice("spiral", noise=0.2) != DataChoice("spiral")
    assert DataChoice("spiral", noise=0.2)["noise"] == 0.2
    assert OptimizerChoice("adam")["beta1"] == 0.9
    with pytest.raises(KeyError):
        DataChoice("spiral")["colour"]


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("seed", 7),
        ("training.learning_rate", 0.5),
        ("training.stop.steps", None),
        ("training.optimizer.name", "adam"),
        ("data.noise", 0.25),
        ("data.name", "circle"),
    ],
)
def test_one_field_is_replaced_by_its_path(path, value):
    config = configs.replace(ExperimentConfig(data=DataChoice("spiral")), path, value)
    part, name = config, path
    while "." in name:
        outer, _, name = name.partition(".")
        part = getattr(part, outer)
    assert (part[name] if name == "noise" else getattr(part, name)) == value


@pytest.mark.parametrize(("path", "value"), [("training.learning_rate", -1), ("network.bias", "many"), ("data.x", 1)])
def test_what_cannot_be_is_refused_by_its_path_too(path, value):
    with pytest.raises(ConfigError):
        configs.replace(ExperimentConfig(), path, value)


def _choices(kind, names):
    return st.sampled_from(names).map(kind)


hidden_sizes = st.lists(st.integers(1, 50), max_size=4)
unit_numbers = st.floats(0, 1)


@st.composite
def experiments(draw):
    hidden = tuple(draw(hidden_sizes))
    activation = draw(
        st.one_of(
            st.sampled_from(list(ACTIVATIONS)),
            st.tuples(*[st.sampled_from(list(ACTIVATIONS))] * len(hidden)),
        )
    )
    initial = st.one_of(
        _choices(InitialChoice, ["zeros", "constant", "gaussian", "uniform", "xavier", "he"]),
        st.builds(InitialChoice, st.just("gaussian"), std=unit_numbers, bias=st.sampled_from(["zeros", "same"])),
    )
    loss = draw(st.sampled_from(list(LOSSES)))
    outputs = ["sigmoid", "softmax"] if loss == "cross-entropy" else list(OUTPUTS)
    network = configs.NetworkConfig(
        hidden=hidden,
        activation=activation,
        output=draw(st.sampled_from(outputs)),
        bias=draw(st.sampled_from(configs.BIASES)),
        initial=draw(st.one_of(initial, st.tuples(*[initial] * (len(hidden) + 1)))),
    )
    training = configs.TrainingConfig(
        loss=loss,
        learning_rate=draw(st.floats(0, 1e6)),
        batch_size=draw(st.none() | st.integers(1, 10**6)),
        sampling=draw(st.sampled_from(configs.SAMPLINGS)),
        optimizer=draw(st.builds(OptimizerChoice, st.just("adam"), beta1=st.floats(0, 0.99))),
        l2=draw(unit_numbers),
        stop=configs.StopConfig(
            steps=draw(st.none() | st.integers(1, 10**9)), loss_below=draw(st.none() | unit_numbers)
        ),
    )
    data = draw(st.builds(DataChoice, st.just("spiral"), noise=st.floats(0, 0.5), train_share=st.floats(0.01, 1)))
    return ExperimentConfig(draw(st.text(max_size=20)), data, network, training, draw(st.integers(0, 2**63 - 1)))


@settings(max_examples=12)
@given(experiments())
def test_writing_and_reading_gives_the_same_experiment(config):
    assert configs.decode(configs.encode(config)) == config
    assert configs.from_builtins(configs.to_builtins(config)) == config


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
part_names = st.sampled_from(["network", "training", "data", "seed", "precision"])
field_names = st.sampled_from(["hidden", "initial", "activation", "loss", "stop", "optimizer", "name", "noise", "l1"])


@given(st.dictionaries(part_names, st.dictionaries(field_names, json_values, max_size=3) | json_values, max_size=3))
def test_whatever_comes_in_is_an_experiment_or_a_refusal_with_a_path(raw):
    try:
        config = configs.from_builtins(raw)
    except ConfigError as refusal:
        refused = refusal
    else:
        assert configs.decode(configs.encode(config)) == config
        return
    assert refused.path.startswith("$")
    assert refused.sentence
