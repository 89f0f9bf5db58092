"""What the commands answer, other than `run` and `replay`."""

from collections.abc import Callable
from pathlib import Path

import pytest

from playground.cli import listing
from tests.cli.conftest import Answer
from tests.without_qt import needs_qt

Playground = Callable[..., Answer]


def test_list_has_each_choice_with_its_sentence(playground: Playground) -> None:
    shown = playground("list").out
    answer = playground("list", "--json").json
    assert set(answer) == set(listing.GROUPS)
    for key, (_title, group) in listing.GROUPS.items():
        assert [it["name"] for it in answer[key]] == list(group)
        for it in answer[key]:
            assert it["sentence"].endswith((".", "?"))
            assert f"  {it['name']} " in shown
            assert it["sentence"] in shown


@pytest.mark.parametrize(
    "name", ["and-gate", "worked-example", "spiral", "hills", "sine-curve", "digits", "height-weight"]
)
def test_check_passes_for_the_experiments(playground: Playground, name: str) -> None:
    answer = playground("check", name, "--json")
    assert answer.status == 0
    assert answer.json["passes"]
    assert answer.json["error"] < answer.json["tolerance"]


def test_check_shows_a_table_layer_by_layer(playground: Playground) -> None:
    answer = playground("check", "spiral")
    assert answer.out.count("✓") == 6
    assert "They agree" in answer.out


@needs_qt
def test_picture_hands_on_what_was_asked(playground: Playground, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "xcb")
    argv = ("--out", "a.png", "--steps", "500", "--size", "1920x1080", "--theme", "dark", "--language", "zh_CN")
    answer = playground("picture", "xor-gate", "--set", "seed=7", *argv)
    config, *others = answer.opened[0]
    assert (config.name, config.seed) == ("xor-gate", 7)
    assert others == [Path("a.png"), 500, 1920, 1080, "dark", "zh_CN"]


def test_fetch_takes_a_data_set_from_a_folder(playground: Playground, mnist_folder: Path) -> None:
    answer = playground("fetch", "mnist", "--from", str(mnist_folder))
    assert answer.status == 0
    assert answer.out.startswith("mnist is ready, in ")
