"""Each figure says where it stands."""

from collections import Counter

import pytest

from playground.experiment.articles.figures import ARTICLES, FIGURES, PUBLISHED, SOURCES
from playground.experiment.articles.measurements import MEASUREMENTS
from playground.experiment.articles.replay import SHOWN
from playground.experiment.articles.starts import BANDS
from playground.experiment.config.presets import PRESETS

BY_ID = {figure.id: figure for figure in FIGURES}


def test_every_figure_can_be_measured():
    assert len(BY_ID) == len(FIGURES)
    for figure in FIGURES:
        places = {"exact": MEASUREMENTS, "band": BANDS, "curve": BANDS, "shown": SHOWN}
        assert figure.id in places[figure.kind], figure.id
    assert {figure.experiment for figure in FIGURES} - {""} <= set(PRESETS)


def test_figures_stand_together_by_article_and_source():
    groups = [(figure.article, figure.source) for figure in FIGURES]
    assert len([k for k in range(1, len(groups)) if groups[k] != groups[k - 1]]) + 1 == len(set(groups))
    assert {article for article, _source in groups} == set(ARTICLES)
    assert {source for _article, source in groups} == set(SOURCES)


@pytest.mark.parametrize(
    ("source", "ids"),
    [
        ("article", ["softmax", "gradient", "numerical-hours", "mnist-loss", "derivative", "and-zeros-outputs"]),
        ("code", ["squared-error", "cross-entropy", "descent", "forward-passes"]),
        ("mazur", ["worked-first-outputs", "worked-first-error", "worked-w5-w8", "worked-layerwise-outputs"]),
        ("nielsen", ["nielsen-first-epoch", "nielsen-epochs", "nielsen-best-epoch"]),
        ("ours", ["and-textbook-outputs", "and-textbook-w1", "height-weight-loss", "height-weight-displayed"]),
    ],
)
def test_the_sources_are_the_true_ones(source, ids):
    assert {BY_ID[name].source for name in ids} == {source}


def test_what_stands_in_no_text_is_not_called_published():
    assert {"code", "ours"}.isdisjoint(PUBLISHED)
    # articles D and E print no result in their texts at all: D's are pictures, E ends with the question
    assert {figure.source for figure in FIGURES if figure.article in "DE"} == {"ours", "nielsen"}


def test_the_curve_of_article_b_has_all_its_17_rows_of_both_parts():
    rows = [figure for figure in FIGURES if figure.article == "B" and figure.id.startswith("mnist-accuracies")]
    assert [figure.step for figure in rows] == [1 + 600 * k for k in range(17)]
    assert all(len(figure.printed) == 2 for figure in rows)


def test_article_c_has_its_outputs_every_1000_steps():
    rows = [figure for figure in FIGURES if figure.id.startswith("and-gaussian-outputs")]
    assert [figure.step for figure in rows] == [1000 * k for k in range(11)]
    assert all(len(figure.printed) == 4 for figure in rows)
    assert len(BY_ID["and-gaussian-losses"].printed) == 10


def test_no_two_figures_are_told_by_the_same_words():
    told = Counter((figure.what, figure.step) for figure in FIGURES)
    assert max(told.values()) == 1
