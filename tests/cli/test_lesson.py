"""``playground lesson``."""

from pathlib import Path

import pytest

from playground.experiment.lessons import files
from tests.cli.conftest import Playground
from tests.experiment.lessons.conftest import STRUCTURE, write


def test_lessons_are_listed(playground: Playground) -> None:
    listed = playground("lesson", "list")
    assert listed.status == 0
    assert "one-neuron" in listed.out
    facts = playground("lesson", "list", "--json").json
    assert facts[0]["id"] == "one-neuron"
    assert facts[0]["articles"] == ["D"]


def test_a_lesson_is_opened_by_id_and_file(
    playground: Playground, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("playground.preflight.has_display", lambda: True)
    folder = write(tmp_path / "mine", STRUCTURE)
    assert playground("lesson", str(folder / files.FILE)).opened == [(None, None, folder)]
    assert playground("lesson", "one-neuron").opened[0][2].name == "one-neuron"


def test_a_faulty_lesson_is_a_sentence_and_status_2(playground: Playground, tmp_path: Path) -> None:
    folder = write(tmp_path / "mine", {**STRUCTURE, "format": 9})
    answer = playground("lesson", str(folder))
    assert answer.status == 2
    assert "mine/lesson.json, field format: this program reads format 1, not 9." in answer.err


def test_checking_asks_the_window_for_every_language(playground: Playground) -> None:
    answer = playground("lesson", "check", "one-neuron")
    assert answer.status == 0
    assert "one-neuron (en)" in answer.out
    assert "one-neuron (zh_CN)" in answer.out
    one = playground("lesson", "check", "--language", "zh_CN", "--json")
    assert {it["language"] for it in one.json} == {"zh_CN"}


def test_control_characters_out_of_a_folder_never_reach_the_terminal(playground: Playground, tmp_path: Path) -> None:
    answer = playground("lesson", "check", str(write(tmp_path / "mi\x1b[31mne", STRUCTURE)))
    assert r"mi\x1b[31mne (en)" in answer.out
    assert all(letter.isprintable() or letter == "\n" for letter in answer.out + answer.err)


def test_words_that_make_no_sense_are_a_sentence(playground: Playground) -> None:
    assert playground("lesson", "one-neuro").status == 2
    assert "One lesson at a time" in playground("lesson", "one-neuron", "x").err
