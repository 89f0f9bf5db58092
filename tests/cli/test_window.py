"""A table given where an experiment is expected, and what a run says of it."""

import json
from pathlib import Path

import pytest

from playground.cli.command import Window
from playground.cli.main import main
from tests.cli.conftest import run


def test_a_table_opens_the_window_with_the_question_about_it(table: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("playground.preflight.has_display", lambda: True)
    monkeypatch.setattr("playground.preflight.missing_libraries", lambda: None)
    asked: list[tuple[object, ...]] = []
    window = Window(open=lambda *about: asked.append(about) or 0, take_picture=lambda *_asked: None)
    assert main([str(table)], window) == 0
    assert asked == [(None, table)]


def test_a_table_that_cannot_be_learnt_from_is_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = tmp_path / "bad.csv"
    table.write_text("area,price\n" + "".join(f"{k},{'n.a.' if k == 3 else 7 * k}\n" for k in range(12)), "utf-8")
    assert run("run", str(table)) == 2
    assert "line 5, column “price”: “n.a.” is not a number" in capsys.readouterr().err


def test_an_experiment_given_as_a_table_is_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "experiment.json"
    file.write_text('{"data": {"name": "and"}}', encoding="utf-8")
    data = json.dumps({"name": "csv", "path": str(file)})
    assert run("run", "and-gate", "--set", f"data={data}") == 2
    assert "holds JSON, such as an experiment, not a table" in capsys.readouterr().err


def test_a_table_beside_the_experiment_is_found_from_anywhere(
    table: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    lesson = tmp_path / "lesson.json"
    for path in ("buys.csv", "/gone/buys.csv", "C:\\\\gone\\\\buys.csv"):
        text = '{"data": {"name": "csv", "path": "%s"}, "training": {"stop": {"steps": 2}}}'
        lesson.write_text(text % path, encoding="utf-8")
        monkeypatch.chdir(elsewhere)
        assert run("run", str(lesson)) == 0, path
        assert "buys, a class" in capsys.readouterr().out


def test_a_table_that_is_gone_is_said_with_where_it_was_looked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "folder").mkdir()
    lesson = tmp_path / "folder" / "lesson.json"
    lesson.write_text('{"data": {"name": "csv", "path": "gone.csv"}}', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert run("run", str(lesson)) == 2
    said = capsys.readouterr().err
    assert f"There is no file gone.csv in {tmp_path / 'folder'}, nor in {tmp_path}." in said
