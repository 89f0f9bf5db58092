"""A table given where an experiment is expected, and what a run says of it."""

from pathlib import Path

import pytest

from playground.cli.main import main
from tests.cli.conftest import Playground, no_window


def test_a_table_opens_the_window_with_the_question_about_it(table: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("playground.preflight.has_display", lambda: True)
    monkeypatch.setattr("playground.preflight.missing_libraries", lambda: None)
    asked: list[tuple[object, ...]] = []
    window = no_window(open=lambda *about: asked.append(about) or 0)
    assert main([str(table)], window) == 0
    assert asked == [(None, table)]


def test_a_table_beside_the_experiment_is_found_from_anywhere(
    table: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, playground: Playground
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    lesson = tmp_path / "lesson.json"
    for path in ("buys.csv", "/gone/buys.csv", "C:\\\\gone\\\\buys.csv"):
        text = '{"data": {"name": "csv", "path": "%s"}, "training": {"stop": {"steps": 2}}}'
        lesson.write_text(text % path, encoding="utf-8")
        monkeypatch.chdir(elsewhere)
        answer = playground("run", str(lesson))
        assert answer.status == 0, path
        assert "buys, a class" in answer.out


def test_a_table_that_is_gone_is_said_with_where_it_was_looked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, playground: Playground
) -> None:
    (tmp_path / "folder").mkdir()
    lesson = tmp_path / "folder" / "lesson.json"
    lesson.write_text('{"data": {"name": "csv", "path": "gone.csv"}}', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    answer = playground("run", str(lesson))
    assert answer.status == 2
    said = answer.err
    assert f"There is no file gone.csv in {tmp_path / 'folder'}, nor in {tmp_path}." in said
