"""Which experiment a command is about."""

import os
from pathlib import Path

import pytest

from playground.cli.experiments import changed, find
from playground.experiment.config.presets import PRESETS
from playground.experiment.config.schema import ConfigError, ExperimentConfig, encode
from playground.registry import UserError


def test_an_experiment_is_found_by_its_id_or_file(tmp_path: Path) -> None:
    assert find("and-gate-zeros") == PRESETS["and-gate-zeros"].config
    file = tmp_path / "mine.json"
    file.write_text(encode(PRESETS["spiral"].config), encoding="utf-8")
    assert find(str(file)) == PRESETS["spiral"].config


def test_a_folder_and_a_device_are_told_from_what_is_not_there(tmp_path: Path) -> None:
    for there, said in ((tmp_path, "is a folder"), (Path(os.devnull), "is not a file that can be opened")):
        with pytest.raises(UserError, match=said):
            find(str(there))
    with pytest.raises(UserError, match="no file called"):
        find(str(tmp_path / "nowhere"))


def test_fields_are_set_as_json_or_as_a_bare_word() -> None:
    config = changed(
        ExperimentConfig(),
        [
            "training.learning_rate=0.5",
            "network.hidden=[3, 2]",
            "$.network.hidden[1]=5",
            "network.activation=tanh",
            "training.optimizer.name=adam",
            "training.stop.epochs=7",
            'data={"name": "spiral", "noise": 0.2}',
        ],
    )
    assert config.training.learning_rate == 0.5
    assert config.network.hidden == (3, 5)
    assert config.network.activation == "tanh"
    assert config.training.optimizer.name == "adam"
    assert config.training.stop.epochs == 7
    assert (config.data.name, config.data["noise"]) == ("spiral", 0.2)


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ("training.learning_rate=NaN", "$.training.learning_rate"),
        ("training.rate=1", "$.training.rate"),
        ("network.hidden[9]=1", "$.network.hidden"),
        ("network.hidden.first=1", "$.network.hidden"),
        ("seed.low=1", "$.seed"),
        ("data.noise=1", "$.data.noise"),
        ("data=nowhere", "$.data"),
    ],
)
def test_what_cannot_be_set_is_refused_with_its_path(change: str, path: str) -> None:
    with pytest.raises(ConfigError) as refused:
        changed(ExperimentConfig(), [change])
    assert refused.value.path.startswith(path)
