"""A lesson played without a window."""

import copy
from pathlib import Path

import pytest

from playground.data.errors import DataMissing
from playground.experiment.lessons import files, playing
from tests.experiment.lessons.conftest import STRUCTURE, played, write


@pytest.mark.parametrize("name", ["one-neuron", "backpropagation-by-hand", "deeper"])
def test_every_step_comes_out_as_it_claims(name: str) -> None:
    attempts = played(name)
    assert [it.step for it in attempts] == list(files.load(files.find(name)).steps)
    for it in attempts:
        assert it.is_revealed
        assert not it.is_reached
        assert [figure.figure.id for figure in it.figures if not figure.holds] == []


def test_without_the_data_of_a_lesson_it_is_played_on_others(
    mnist_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lesson = files.load(files.find("deeper"))
    assert mnist_folder.is_dir()
    assert playing.configs_here(lesson) == lesson.configs
    monkeypatch.delenv("PLAYGROUND_DATA")
    assert playing.configs_here(lesson) == lesson.other_configs != lesson.configs


def test_without_data_and_without_others_it_is_not_played(tmp_path: Path) -> None:
    structure = copy.deepcopy(STRUCTURE)
    structure["steps"][2]["set_up"] = {"experiment": "mnist-zeros"}
    with pytest.raises(DataMissing):
        playing.play(files.load(write(tmp_path / "mine", structure)))


def test_it_says_how_far_it_is_and_a_stop_leaves_the_steps_after_it_out(tmp_path: Path) -> None:
    lesson = files.load(write(tmp_path / "mine", STRUCTURE))
    told: list[tuple[int, int]] = []
    playing.play(lesson, report=lambda *it: told.append(it))
    assert told == [(0, 3), (1, 3), (2, 3)]
    assert playing.play(lesson, should_stop=lambda: True) == ()
