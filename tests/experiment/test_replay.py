import dataclasses

import numpy as np
import pytest

from playground.experiment import replay as replaying
from playground.experiment.measurements import MEASUREMENTS
from playground.experiment.presets import PRESETS
from playground.experiment.published import FIGURES, Figure
from playground.experiment.replay import chosen, compare, replay
from playground.registry import UserError

EXACT = [figure.id for figure in FIGURES if figure.kind == "exact"]


def test_every_figure_can_be_measured():
    assert {figure.id for figure in FIGURES} == set(MEASUREMENTS)
    assert {figure.experiment for figure in FIGURES} - {""} <= set(PRESETS)
    assert len({figure.id for figure in FIGURES}) == len(FIGURES)


def test_every_exact_figure_matches_digit_for_digit():
    rows = {row.id: row for row in replay(EXACT)}
    assert len(rows) == 22
    for row in rows.values():
        assert row.ours == row.published
        assert row.matches is True


def test_random_starts_of_the_small_articles_hold_the_published_figures():
    for row in replay(["and-gaussian-losses", "and-gaussian-outputs", "height-weight"]):
        assert row.matches is True, row


@pytest.mark.parametrize("figure", [figure for figure in FIGURES if figure.kind == "exact"], ids=lambda it: it.id)
def test_one_changed_digit_does_not_match(figure, monkeypatch):
    first = figure.printed[0]
    digits = first.partition("e")[0]
    changed = digits[:-1] + str((int(digits[-1]) + 1) % 10) + first[len(digits) :]
    wrong = dataclasses.replace(figure, printed=(changed, *figure.printed[1:]))
    monkeypatch.setattr(replaying, "FIGURES", (wrong,))
    (row,) = replay()
    assert row.matches is False


def test_a_single_printed_number_must_be_all_of_ours():
    figure = Figure("f", "C", "", "every w1", ("0.50",))
    assert compare(figure, np.array([0.501, 0.499])).matches is True
    assert compare(figure, np.array([0.501, 0.489])).matches is False


def test_a_band_of_many_seeds_is_their_range():
    figure = Figure("f", "C", "", "a loss", ("0.5",), "band")
    values = np.linspace(0.4, 0.6, 30)[:, None]
    assert compare(figure, values).matches is True
    assert compare(figure, values).ours == "0.4 … 0.6"
    assert compare(figure, values + 0.2).matches is False


def test_a_band_of_three_seeds_holds_99_percent_of_what_they_let_expect():
    figure = Figure("f", "C", "", "a loss", ("0.5",), "band")
    seeds = np.array([[-1.0], [0.0], [1.0]])
    assert compare(figure, 0.5 + 0.05 * (seeds + 11.4)).matches is True
    assert compare(figure, 0.5 + 0.05 * (seeds + 11.5)).matches is False


def test_figures_are_chosen_by_their_id_their_experiment_or_their_article():
    assert [figure.id for figure in chosen(["softmax"])] == ["softmax"]
    assert {figure.experiment for figure in chosen(["worked-example"])} == {"worked-example"}
    assert {figure.article for figure in chosen(["A", "E"])} == {"A", "E"}
    assert chosen([]) == FIGURES


def test_an_unknown_id_is_refused_before_anything_is_measured():
    with pytest.raises(UserError, match="softmaxx"):
        replay(["softmax", "softmaxx"])


def test_without_mnist_its_figures_say_so_and_do_not_fail():
    rows = list(replay(["mnist-loss", "nielsen-best-epoch"]))
    for row in rows:
        assert row.matches is None
        assert "mnist" in row.ours


def test_the_untrained_networks_hold_the_first_published_accuracy(mnist_folder):
    (row,) = replay(["mnist-accuracies-0"])
    assert row.matches is True


def test_progress_counts_figures():
    told = []
    list(replay(["softmax", "gradient"], lambda done, total: told.append((done, total))))
    assert told == [(0, 2), (1, 2), (2, 2)]
