"""``playground replay``: published figures beside ours."""

import dataclasses
from collections.abc import Callable

import pytest

from playground.experiment import replay
from tests.cli.conftest import Answer

Playground = Callable[..., Answer]


def test_the_exact_figures_match(playground: Playground) -> None:
    answer = playground("replay", "C", "--json")
    assert answer.status == 0
    assert answer.json["matches"]
    exact = [row for row in answer.json["figures"] if row["kind"] == "exact"]
    assert len(exact) >= 15
    assert all(row["matches"] and row["published"] == row["ours"] for row in exact)


def test_a_digit_that_differs_is_shown_and_fails(playground: Playground, monkeypatch: pytest.MonkeyPatch) -> None:
    first = replay.FIGURES[0]
    wrong = dataclasses.replace(first, printed=("0.01821128", *first.printed[1:]))
    monkeypatch.setattr(replay, "FIGURES", (wrong, *replay.FIGURES[1:]))
    answer = playground("replay", "A")
    assert answer.status == 1
    assert answer.out.startswith("✗ A")
    assert "0.01821128" in answer.out
    assert "0.01821127" in answer.out
    assert " 1 differ" in answer.out


def test_the_published_numbers_stand_right_above_ours(playground: Playground) -> None:
    lines = playground("replay", "worked-example").out.splitlines()
    published, ours = (next(line for line in lines if line.lstrip().startswith(word)) for word in ("published", "ours"))
    assert published.removeprefix("     published") == ours.removeprefix("     ours").replace("     ", "", 1)


def test_data_that_are_not_here_are_no_mismatch(playground: Playground) -> None:
    assert playground("replay", "A").status == 0
    only_mnist = playground("replay", "mnist-nielsen")
    assert only_mnist.status == 2
    assert "mnist" in only_mnist.out
