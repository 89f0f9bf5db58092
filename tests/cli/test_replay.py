"""``playground replay``: figures beside ours, by article and source."""

import dataclasses

import pytest

from playground import language
from playground.cli import tables
from playground.cli.replay import WIDTH, described
from playground.experiment.articles import replay
from playground.experiment.articles.figures import SOURCES
from tests.cli.conftest import Playground


def test_json_has_the_exact_figures_their_sources_and_the_ranks_among_the_starts(playground: Playground) -> None:
    answer = playground("replay", "C", "--json")
    assert answer.status == 0
    assert answer.json["matches"]
    figures = answer.json["figures"]
    assert {row["source"] for row in figures} == {"article", "mazur", "ours"}
    exact = [row for row in figures if row["kind"] == "exact"]
    assert len(exact) >= 15
    for row in exact:
        assert (row["matches"], row["verdict"]) == (True, "equal")
        assert all(number["expected"] == number["ours"] for number in row["numbers"])
        assert row["published"] == (None if row["source"] == "ours" else row["ours"])
    (losses,) = (row for row in figures if row["id"] == "and-gaussian-losses")
    assert losses["verdict"] == "among"
    assert all(1 <= number["rank"] <= number["of"] for number in losses["numbers"])
    assert all(float(number["low"]) < float(number["high"]) for number in losses["numbers"])


def test_a_digit_that_differs_is_shown_and_fails(playground: Playground, monkeypatch: pytest.MonkeyPatch) -> None:
    first = replay.FIGURES[0]
    wrong = dataclasses.replace(first, printed=("0.01821128", *first.printed[1:]))
    monkeypatch.setattr(replay, "FIGURES", (wrong, *replay.FIGURES[1:]))
    answer = playground("replay", "softmax", "gradient")
    assert answer.status == 1
    assert "✗ softmax of 0.3, 2.9, 4.0" in answer.out
    assert "0.01821128" in answer.out
    assert "0.01821127" in answer.out
    assert "✗    1  differs" in answer.out
    assert "✓    1  the same" in answer.out


def test_figures_stand_under_their_article_and_their_source(playground: Playground) -> None:
    lines = playground("replay", "B", "worked-example").out.splitlines()
    headings = [line for line in lines if line.startswith(("Article", "  — "))]
    assert headings == [
        "Article B: learning, step by step",
        "  — printed in the article —",
        "  — not printed, but what the article's code gives —",
        "  — our own reference, printed nowhere else —",
        "Article C: fully connected layers and the AND gate",
        "  — printed on Matt Mazur's page, which the article links to —",
    ]


def test_the_expected_number_stands_right_beside_ours(playground: Playground) -> None:
    lines = playground("replay", "worked-first-error").out.splitlines()
    (columns,) = (line for line in lines if line.endswith("rank"))
    (numbers,) = (line for line in lines if "0.298371109" in line)
    assert numbers.split() == ["0.298371109", "0.298371109"]
    published, ours = (columns.index(word) + len(word) for word in ("published", "ours"))
    assert numbers[:published].endswith("0.298371109")
    assert numbers[:ours].endswith("0.298371109")


def test_what_is_ours_is_not_headed_published(playground: Playground) -> None:
    out = playground("replay", "and-gate-textbook", "height-weight").out
    assert SOURCES["ours"] in out
    assert "expected" in out
    assert "published" not in out


@pytest.mark.parametrize("code", language.LANGUAGES)
def test_a_line_fits_into_100_columns(code: str) -> None:
    language.use(code)
    before = None
    for row in replay.replay(["B", "C", "D", "E"]):
        for line in described(row, before):
            assert tables.width(line) <= WIDTH == 100, line
        before = row


def test_data_that_are_not_here_are_no_mismatch(playground: Playground) -> None:
    assert playground("replay", "A").status == 0
    only_mnist = playground("replay", "mnist-nielsen")
    assert only_mnist.status == 2
    assert "mnist" in only_mnist.out
