"""The names of a user's columns and classes are never looked up in the catalogue; the program's own are translated."""

from pathlib import Path

import pytest

from playground import language
from playground.experiment.config import schema as configs
from playground.experiment.config.own_points import own_rows
from playground.experiment.config.presets import PRESETS
from playground.experiment.explain import step_text
from playground.experiment.training.building import prepare_data
from playground.ui.core import labels

WORDS = ("Loss", "Steps", "Data", "digit", "")


@pytest.fixture(autouse=True)
def chinese() -> None:
    language.use("zh_CN")  # the next test finds English again: see `own_folders`


def test_a_table_keeps_its_names(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    rows = "".join(f"{k},{k * k % 7},{WORDS[k % 3]}\n" for k in range(30))
    path.write_text(f"Loss,Weights,female\n{rows}", encoding="utf-8")
    data = prepare_data(configs.from_builtins({"data": {"name": "csv", "path": str(path)}}))
    assert [labels.axis_name(data, k) for k in (0, 1)] == ["Loss", "Weights"]
    assert labels.class_names(data) == ("Data", "Loss", "Steps")
    assert labels.output_names(data) == ("Data", "Loss", "Steps")


@pytest.mark.parametrize(
    ("name", "unit", "shown"),
    [
        ("Glazing", "%", "Glazing (%)"),
        ("Glazing (%)", "%", "Glazing (%)"),
        ("Glazing%", "%", "Glazing%"),
        ("price [€]", "€", "price [€]"),
        ("价格（€）", "€", "价格（€）"),
        ("height_cm", "cm", "height_cm"),
        ("weight in kg", "kg", "weight in kg"),
        ("problem", "m", "problem (m)"),
        ("share (kg)", "g", "share (kg) (g)"),
        ("x", "", "x"),
    ],
)
def test_a_unit_that_the_name_ends_with_is_not_added_again(name: str, unit: str, shown: str) -> None:
    assert labels.with_unit(name, unit) == shown


def test_a_column_of_a_table_that_names_its_unit_has_it_once(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("Glazing (%),wall,price\n" + "".join(f"{k}%,{k}%,{k * k}\n" for k in range(30)), encoding="utf-8")
    data = prepare_data(configs.from_builtins({"data": {"name": "csv", "path": str(path)}}))
    assert [labels.axis_name(data, k) for k in (0, 1)] == ["Glazing (%)", "wall (%)"]


def test_rows_keep_their_names() -> None:
    y = ["", "Loss", "Data", ""]
    rows = {"name": "rows", "x": [[1, 2], [3, 4], [5, 6], [7, 8]], "y": y, "columns": ["Loss", ""]}
    data = prepare_data(configs.from_builtins({"data": rows}))
    assert labels.class_names(data) == ("", "Data", "Loss")
    assert labels.axis_name(data, 1) == ""


def test_the_program_s_own_names_are_translated_also_where_they_have_become_points() -> None:
    config = PRESETS["people"].config
    data = prepare_data(config)
    assert labels.axis_name(data, 0) == "体重 (kg)"
    names = labels.class_names(data)
    assert "female" not in names
    points = configs.replace(config, data=own_rows(config.data, data))
    assert labels.class_names(prepare_data(configs.decode(configs.encode(points)))) == names
    assert step_text.translated(data.input_names[1]) == "身高"
