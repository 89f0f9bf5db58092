import json
from pathlib import Path

import pytest

from playground.experiment.config import edits, files, tables
from playground.experiment.config.schema import DataChoice, ExperimentConfig, replace
from playground.experiment.config.traits import traits_of
from playground.experiment.training.trainer import Trainer

KINDS = "a,b,kind\n" + "".join(f"{k % 5},{k % 7},{'rgb'[k % 3]}\n" for k in range(30))


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "kinds.csv"
    path.write_text(KINDS, encoding="utf-8")
    return path


def with_table(path: str) -> ExperimentConfig:
    return replace(ExperimentConfig(), data=DataChoice("csv", path=path))


def saved_path(file: Path) -> str:
    path: str = json.loads(file.read_text(encoding="utf-8"))["data"]["path"]
    return path


def test_a_table_beside_the_file_is_saved_by_its_relative_path(table: Path, tmp_path: Path) -> None:
    file = tmp_path / "lesson.json"
    files.save(file, with_table(str(table)))
    assert saved_path(file) == "kinds.csv"
    assert files.load(file) == with_table(str(table))


def test_a_table_in_a_folder_below_is_saved_with_a_slash(table: Path, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    moved = table.rename(tmp_path / "data" / "kinds.csv")
    files.save(tmp_path / "lesson.json", with_table(str(moved)))
    assert saved_path(tmp_path / "lesson.json") == "data/kinds.csv"
    assert files.load(tmp_path / "lesson.json") == with_table(str(moved))


def test_a_table_elsewhere_is_saved_by_its_whole_path(table: Path, tmp_path: Path) -> None:
    (tmp_path / "lessons").mkdir()
    files.save(tmp_path / "lessons" / "lesson.json", with_table(str(table)))
    assert saved_path(tmp_path / "lessons" / "lesson.json") == str(table)


def test_the_folder_of_the_experiment_comes_before_the_working_directory(
    table: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "here").mkdir()
    (tmp_path / "here" / "kinds.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    (tmp_path / "here" / "other.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path / "here")
    assert tables.found_beside(with_table("kinds.csv"), tmp_path).data["path"] == str(table)
    assert tables.found_beside(with_table("other.csv"), tmp_path).data["path"] == str(tmp_path / "here" / "other.csv")


@pytest.mark.parametrize("path", ["a\0b", "~nobody-at-all/x.csv"])
def test_a_path_that_is_none_is_left_for_the_loader_to_refuse(path: str, tmp_path: Path) -> None:
    config = tables.found_beside(with_table(path), tmp_path)
    with pytest.raises(Exception, match="There is no file"):
        Trainer(config)


@pytest.mark.parametrize(
    ("name", "content", "is_table"),
    [
        ("a.csv", "a,b\n1,2\n", True),
        ("a.tsv", "a\tb\n1\t2\n", True),
        ("a", "a,b\n1,2\n", True),
        ("a.csv", '{"data": "and"}', False),
        ("a.json", "a,b\n1,2\n", False),
        ("a", "no table", False),
    ],
)
def test_a_table_is_told_from_an_experiment(tmp_path: Path, name: str, content: str, is_table: bool) -> None:
    file = tmp_path / name
    file.write_text(content, encoding="utf-8")
    assert tables.is_table(file) == is_table


def test_traits_of_a_table_are_known_once_it_was_read_and_never_read_for_that(
    table: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = with_table(str(table))
    assert traits_of(config.data, 1) is None
    Trainer(replace(config, network=replace(config.network, output="softmax")))
    monkeypatch.setattr("playground.data.table.reading.read_sheet", pytest.fail)
    known = traits_of(config.data, 1)
    assert (known.classes, known.rows) == (3, 30)


def test_options_of_a_known_table_are_changed_without_reading(table: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config = tables.opened(table)
    monkeypatch.setattr("playground.data.table.reading.read_sheet", pytest.fail)
    changed = edits.change(config, "data.train_share", 0.5)
    assert changed.network == config.network
    assert edits.set_loss(edits.set_output(changed, "linear"), "cross-entropy").network.output == "softmax"
