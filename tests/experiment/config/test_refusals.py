"""Whatever a value is, it is refused in one short sentence: texts of megabytes, numbers of 5,000 digits, −0."""

import json

import numpy as np
import pytest

from playground.experiment.config import schema as configs
from playground.experiment.config.presets import PRESETS
from playground.experiment.config.raw_edits import with_values
from playground.experiment.config.schema import ConfigError
from playground.experiment.training.building import build_network, prepare_data
from playground.experiment.training.trainer import Trainer
from playground.registry import LONGEST_SENTENCE, UserError

LONG = "wide\x1b[31m " * 100_000
HUGE = "1" + 400 * "0"
PLACES = (
    '{"network": {"activation": %s}}',
    '{"network": {"activation": [%s]}}',
    '{"network": {"output": %s}}',
    '{"network": {"hidden": %s}}',
    '{"network": {"hidden": [%s]}}',
    '{"network": {"initial": %s}}',
    '{"network": {"initial": {"scheme": %s}}}',
    '{"network": {"initial": {"scheme": "gaussian", "std": %s}}}',
    '{"network": {"initial": {"scheme": "xavier", "distribution": %s}}}',
    '{"network": {"initial": {"scheme": "given", "weights": %s}}}',
    '{"network": {"initial": {"scheme": "given", "weights": [[%s]]}}}',
    '{"training": {"loss": %s}}',
    '{"training": {"learning_rate": %s}}',
    '{"training": {"batch_size": %s}}',
    '{"training": {"optimizer": %s}}',
    '{"training": {"optimizer": {"name": "adam", "beta1": %s}}}',
    '{"training": {"stop": {"steps": %s}}}',
    '{"training": {"stop": {"accuracy_above": %s}}}',
    '{"data": %s}',
    '{"data": {"name": %s}}',
    '{"data": {"name": "spiral", "noise": %s}}',
    '{"data": {"name": "spiral", "features": [%s]}}',
    '{"data": {"name": "csv", "path": "t.csv", "columns": [[%s]]}}',
    '{"data": {"name": "csv", "path": "t.csv", "task": %s}}',
    '{"data": {"name": "rows", "x": %s, "y": [1]}}',
    '{"data": {"name": "rows", "x": [[%s], [0.5]], "y": [0, 1]}}',
    '{"data": {"name": "rows", "x": [[0.1], [0.5]], "y": [0.5, %s]}}',
    '{"data": {"name": "rows", "x": [[0.1], [0.5]], "y": [0, 1], "classes": [%s]}}',
    '{"data": {"name": "rows", "x": [[0.1], [0.5]], "y": [0, 1], "view": [[0, %s]]}}',
    '{"seed": %s}',
    '{"precision": %s}',
)
KEYS = (
    "{%s: 1}",
    '{"network": {%s: 1}}',
    '{"data": {"name": "spiral", %s: 1}}',
    '{"network": {"initial": {"scheme": "gaussian", %s: 1}}}',
    '{"training": {"stop": {%s: 1}}}',
)


def refusal(text: str) -> str:
    """Return the sentence with which an experiment is refused, if not as it is read, then as it is built."""
    with pytest.raises(UserError) as caught:
        Trainer(configs.decode(text))
    return str(caught.value)


@pytest.mark.parametrize("place", [*PLACES, *KEYS])
def test_a_text_of_megabytes_is_refused_in_one_short_line_without_control_characters(place: str) -> None:
    sentence = refusal(place % json.dumps(LONG))
    assert len(sentence) <= LONGEST_SENTENCE + 1
    assert sentence.isprintable()


@pytest.mark.parametrize("place", PLACES)
def test_a_whole_number_that_no_float_holds_is_refused(place: str) -> None:
    for digits in ["-" + HUGE, "1" * 5_000]:
        sentence = refusal(place % digits)
        assert len(sentence) < 300
        assert HUGE not in sentence


def test_the_name_of_an_experiment_may_be_anything() -> None:
    assert configs.decode(json.dumps({"name": LONG})).name == LONG


@pytest.mark.parametrize(
    "initial",
    [
        {"scheme": "gaussian", "std": -0.0},
        {"scheme": "uniform", "low": 0, "high": -0.0},
        {"scheme": "uniform", "low": -0.0, "high": 0.5},
        {"scheme": "constant", "value": -0.0},
    ],
)
def test_minus_zero_is_zero(initial: dict[str, object]) -> None:
    config = configs.from_builtins({"network": {"initial": initial}})
    network = build_network(config, prepare_data(config))
    assert np.isfinite(network.parameters).all()


GAUSSIAN, UNIFORM = {"scheme": "gaussian", "std": 1e308}, {"scheme": "uniform", "low": -1e308, "high": 1e308}
CONSTANT = {"scheme": "constant", "value": 1e308}
GIVEN = {"scheme": "given", "weights": [[[1e300]] * 2], "biases": [[0.0]]}


def extreme(initial: dict[str, object], precision: str) -> Trainer:
    """Return a run that starts from extreme weights."""
    network = {"hidden": [], "initial": initial}
    return Trainer(configs.from_builtins({"network": network, "precision": precision}))


@pytest.mark.parametrize("initial", [GAUSSIAN, UNIFORM, CONSTANT, GIVEN])
def test_first_weights_that_the_type_cannot_hold_are_refused(initial: dict[str, object]) -> None:
    with pytest.raises(ConfigError, match=r"^\$\.network\.initial: "):
        extreme(initial, "float32")


def test_limits_too_far_apart_are_refused() -> None:
    with pytest.raises(ConfigError, match="too far apart"):
        extreme(UNIFORM, "float64")


@pytest.mark.parametrize("initial", [GAUSSIAN, CONSTANT, GIVEN])
def test_extreme_first_weights_that_can_be_held_break_nothing(initial: dict[str, object]) -> None:
    trainer = extreme(initial, "float64")
    trainer.run(20)
    assert trainer.step_count == 20 or trainer.stopped_by == "diverged"


@pytest.mark.parametrize(
    "text",
    [
        '{"seed": 1, "seed": 2}',
        '{"network": {"hidden": [4], "output": "sigmoid", "hidden": [5]}}',
        '{"network": {"initial": [{"scheme": "zeros"}, {"scheme": "constant", "value": 1, "value": 2}]}}',
        '{"data": {"name": "spiral", "n\\u0061me": "circle"}}',
    ],
)
def test_a_key_that_is_given_twice_is_refused(text: str) -> None:
    for form in (text, text.encode()):
        with pytest.raises(ConfigError, match="is given twice"):
            configs.decode(form)


def test_what_only_looks_like_a_repeated_key_is_taken() -> None:
    assert configs.decode(json.dumps({"name": '"seed": 1, "seed": 2, "seed": 3'})).seed == 42


@pytest.mark.parametrize("data", [{"x": [["1.5"], [2]], "y": [0, 1]}, {"x": [[1], [2]], "y": ["1.5", 0.5]}])
def test_a_text_among_numbers_is_no_number(data: dict[str, object]) -> None:
    with pytest.raises(UserError, match=r"contains the text “1\.5”"):
        Trainer(configs.from_builtins({"data": {"name": "rows", **data}}))


@pytest.mark.parametrize("value", ["1e999", "-1e999", "NaN", "Infinity"])
@pytest.mark.parametrize(
    "path",
    ["training.learning_rate", "training.stop.steps", "training.stop.loss_below", "data.noise", "data.samples"],
)
def test_a_number_that_is_infinite_or_none_is_called_so_wherever_one_is_expected(path: str, value: str) -> None:
    with pytest.raises(ConfigError, match=f"“{value}” is not a finite number"):
        with_values(PRESETS["spiral"].config, {path: value})


def test_a_name_may_be_written_like_a_number_that_is_none() -> None:
    assert with_values(PRESETS["spiral"].config, {"name": "NaN"}).name == "NaN"
