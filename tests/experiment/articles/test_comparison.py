"""When a figure comes out, and what is told of it."""

import numpy as np
import pytest

from playground.experiment.articles.comparison import compare_band, compare_curve, compare_exact
from playground.experiment.articles.figures import Figure

STARTS = np.linspace(0.4, 0.6, 30)[:, None]


def a_band(*printed):
    return Figure("f", "C", "article", "a loss", printed, kind="band")


def test_a_single_printed_number_must_be_all_of_ours():
    figure = Figure("f", "C", "article", "every w1", ("0.50",))
    assert compare_exact(figure, np.array([0.501, 0.499])).verdict == "equal"
    assert compare_exact(figure, np.array([0.501, 0.489])).verdict == "differs"


def test_an_exact_figure_may_have_a_tolerance():
    figure = Figure("f", "B", "article", "a derivative", ("0.2",), tolerance=1e-9)
    assert compare_exact(figure, np.array([0.2 + 9e-10])).matches is True
    assert compare_exact(figure, np.array([0.2 + 2e-9])).matches is False


def test_a_figure_among_many_starts_is_told_by_its_rank():
    row = compare_band(a_band("0.5"), np.array([0.45]), STARTS)
    (number,) = row.numbers
    assert (row.verdict, row.matches) == ("among", True)
    assert (number.rank, number.of, number.low, number.high) == (16, 31, "0.4", "0.6")


@pytest.mark.parametrize(
    ("printed", "ours", "matches", "said"),
    [
        (["0.61"], [0.45], False, "outside"),
        (["0.39"], [0.5], False, "outside"),
        (["0.5"], [0.34], False, "42"),
        (["0.5"], [0.36], True, ""),  # a run of ours may leave the range a little
        (["0.5"], [0.64], True, ""),
        (["0.5", "0.5"], [0.5, 0.5], True, ""),
        (["0.5", "0.5"], [0.5, 0.7], False, "42"),
        (["0.5", "0.7"], [0.5, 0.5], False, "outside"),
    ],
)
def test_a_figure_or_a_run_of_ours_outside_the_range_differs(printed, ours, matches, said):
    row = compare_band(a_band(*printed), np.array(ours), np.hstack([STARTS] * len(ours)))
    assert row.matches is matches
    assert said in row.note


def test_the_very_edge_of_many_starts_is_rare_and_no_match():
    starts = np.linspace(0.0, 1.0, 401)[:, None]
    row = compare_band(a_band("0.995"), np.array([0.5]), starts)
    assert (row.verdict, row.matches) == ("rare", None)
    assert "3 of 401" in row.note


def test_a_figure_of_ours_is_never_called_published():
    for source, published in (("article", "0.5"), ("mazur", "0.5"), ("code", None), ("ours", None)):
        figure = Figure("f", "C", source, "a loss", ("0.5",))
        assert compare_exact(figure, np.array([0.5])).published == published


def test_few_numbers_that_are_judged_together_are_told_one_by_one_and_by_their_distance():
    rng = np.random.default_rng(0)
    starts = rng.normal(size=(30, 3))
    top = f"{starts[:, 0].max() + 0.1:.3f}"
    figure = Figure("f", "E", "nielsen", "epochs", (top, "0", "0"), kind="curve", labels=("0", "1", "2"))
    row = compare_curve(figure, np.zeros(3), starts)
    assert row.matches is True  # one number alone is outside, all together are not
    assert [number.label for number in row.numbers] == ["0", "1", "2", "distance"]
    assert row.numbers[0].rank == row.numbers[0].of == 31
    assert row.published == f"{top}, 0, 0"


def test_a_curve_is_compared_as_a_whole():
    rng = np.random.default_rng(0)
    starts = rng.normal(size=(30, 1)) + 0.1 * rng.normal(size=(30, 8))
    curve = Figure("f", "B", "ours", "a curve", ("0",) * 8, kind="curve")
    assert compare_curve(curve, np.zeros(8), starts).matches is True
    assert compare_curve(curve, np.full(8, 4.0), starts).matches is False
    jagged = np.array([1.0, -1.0] * 4)  # each number is in its range, the curve as a whole is like none of them
    assert np.all((starts.min(axis=0) < jagged) & (jagged < starts.max(axis=0)))
    assert float(compare_curve(curve, jagged, starts).ours) > float(compare_curve(curve, np.zeros(8), starts).ours)
