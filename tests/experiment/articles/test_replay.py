"""Figures beside ours, measured now."""

import dataclasses

import numpy as np
import pytest

from playground.experiment.articles import replay as replaying
from playground.experiment.articles.figures import FIGURES
from playground.experiment.articles.replay import chosen, replay
from playground.registry import UserError

EXACT = [figure for figure in FIGURES if figure.kind == "exact"]


def test_every_exact_figure_comes_out():
    rows = list(replay([figure.id for figure in EXACT]))
    assert len(rows) >= 26
    for row in rows:
        assert (row.verdict, row.matches) == ("equal", True), row


def changed(printed, digit=-1):
    """Return a printed number with another digit."""
    places = [k for k, sign in enumerate(printed.partition("e")[0]) if sign.isdigit()]
    place = places[digit]
    return printed[:place] + str((int(printed[place]) + 1) % 10) + printed[place + 1 :]


@pytest.mark.parametrize("figure", EXACT, ids=lambda it: it.id)
def test_one_changed_digit_does_not_match(figure, monkeypatch):
    wrong = dataclasses.replace(figure, printed=(changed(figure.printed[0]), *figure.printed[1:]))
    monkeypatch.setattr(replaying, "FIGURES", (wrong,))
    (row,) = replay()
    assert row.matches is False


def test_the_random_start_of_article_c_is_told_by_ranks():
    rows = list(replay(["and-gate"]))
    assert len(rows) == 12
    for row in rows:
        assert row.verdict == "among", row
        assert all(1 < number.rank <= number.of for number in row.numbers)
        assert all(number.of == 101 for number in row.numbers)


def test_the_neuron_is_exact_from_a_given_start_as_plain_python_finds_it():
    w, b = [1.0, 0.5], 0.0
    people = [((-2, -1), 1), ((25, 6), 0), ((17, 4), 0), ((-15, -6), 1)]

    def output(x):
        return 1 / (1 + np.exp(-(w[0] * x[0] + w[1] * x[1] + b)))

    for _epoch in range(100):
        for x, t in people:
            y = output(x)
            derivative = -2 * (t - y) * y * (1 - y)
            w, b = [w[0] - 0.1 * derivative * x[0], w[1] - 0.1 * derivative * x[1]], b - 0.1 * derivative
    outputs, targets = [output(x) for x, _t in people], [t for _x, t in people]
    true = np.mean([(y - t) ** 2 for y, t in zip(outputs, targets, strict=True)])
    shown = np.mean([(y - t) ** 2 for y in outputs for t in targets])
    by_id = {row.id: row for row in replay(["height-weight"])}
    assert float(by_id["height-weight-loss"].ours) == pytest.approx(true, abs=1e-9)
    assert float(by_id["height-weight-displayed"].ours) == pytest.approx(shown, abs=1e-9)
    assert by_id["height-weight-loss"].matches is True
    assert by_id["height-weight-displayed"].matches is True


def test_the_middle_of_many_neurons_is_ours_and_not_judged():
    (row,) = replay(["height-weight-starts"])
    assert (row.source, row.published, row.verdict, row.matches) == ("ours", None, "shown", None)
    assert row.note == "Of 2,000 starts 65.5 % end at 0.0008 to 0.0017, and 2.9 % above 0.2: they learn nothing."


def test_forward_passes_are_counted_and_hours_only_shown():
    passes, hours = replay(["forward-passes", "numerical-hours"])
    if passes.id != "forward-passes":
        passes, hours = hours, passes
    assert (passes.ours, passes.matches) == ("79520", True)
    assert (hours.published, hours.verdict, hours.matches) == ("17", "shown", None)
    assert float(hours.ours) > 0


def test_figures_are_chosen_by_their_id_their_experiment_or_their_article():
    assert [figure.id for figure in chosen(["softmax"])] == ["softmax"]
    assert {figure.experiment for figure in chosen(["worked-example"])} == {"worked-example"}
    assert {figure.article for figure in chosen(["A", "E"])} == {"A", "E"}
    assert chosen([]) == FIGURES


def test_an_unknown_id_is_refused_before_anything_is_measured():
    with pytest.raises(UserError, match="softmaxx"):
        replay(["softmax", "softmaxx"])


def test_without_mnist_its_figures_say_so_and_do_not_fail():
    rows = list(replay(["mnist-loss", "mnist-curve", "nielsen-best-epoch"]))
    assert [row.verdict for row in rows] == ["missing"] * 3
    for row in rows:
        assert row.matches is None
        assert "mnist" in row.note


def test_with_mnist_every_figure_comes_out_but_the_rare_start(mnist_folder):
    rows = {row.id: row for row in replay(["A", "B", "E"])}
    first = rows.pop("mnist-accuracies-0")
    assert (first.verdict, first.matches) == ("rare", None)
    assert first.note == "A rare start: 3 of 400 starts get as far."
    assert rows.pop("numerical-hours").verdict == "shown"
    for row in rows.values():
        assert row.matches is True, row


def test_progress_counts_figures():
    told = []
    list(replay(["softmax", "gradient"], lambda done, total: told.append((done, total))))
    assert told == [(0, 2), (1, 2), (2, 2)]
