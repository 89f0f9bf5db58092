"""The runs that are kept with the program: many enough, and narrow enough to tell another network from theirs."""

import dataclasses

import numpy as np
import pytest

from playground.experiment.articles.comparison import compare_band, compare_curve
from playground.experiment.articles.figures import FIGURES, PUBLISHED
from playground.experiment.articles.runs import CASES, OUR_SEED
from playground.experiment.articles.starts import BANDS, measured
from tests.experiment.articles.measure import SEEDS, TWINS

BY_ID = {figure.id: figure for figure in FIGURES}


def rows_for(case, run):
    """The rows of all figures of a case, were this run ours."""
    rows = []
    for figure in FIGURES:
        band = BANDS.get(figure.id)
        if band is None or band.case != case or figure.kind == "shown":
            continue
        compare = compare_curve if figure.kind == "curve" else compare_band
        rows.append(compare(figure, band.of(run), band.starts()))
    return rows


@pytest.mark.parametrize("case", CASES)
def test_a_band_is_made_of_30_starts_or_more_and_never_of_ours(case):
    assert len(measured(case)) == len(SEEDS[case])
    assert OUR_SEED not in SEEDS[case]
    for figure, band in BANDS.items():
        if band.case == case:
            assert len(band.starts()) >= 30, figure


def test_every_printed_figure_lies_among_the_starts():
    for figure in [it for it in FIGURES if it.kind in ("band", "curve")]:
        starts = BANDS[figure.id].starts()
        compare = compare_curve if figure.kind == "curve" else compare_band
        middle = np.median(starts, axis=0)
        row = compare(figure, middle, starts)
        assert row.verdict == ("rare" if figure.id == "mnist-accuracies-0" else "among"), row


def test_another_first_digit_of_a_figure_of_images_does_not_match():
    for figure in [
        it for it in FIGURES if it.experiment.startswith("mnist-") and it.id in BANDS and it.source in PUBLISHED
    ]:
        first = figure.printed[0]
        place = next(k for k, sign in enumerate(first) if sign in "123456789")
        wrong = first[:place] + str((int(first[place]) + 1) % 10) + first[place + 1 :]
        starts = BANDS[figure.id].starts()
        compare = compare_curve if figure.kind == "curve" else compare_band
        changed = dataclasses.replace(figure, printed=(wrong, *figure.printed[1:]))
        assert compare(changed, np.median(starts, axis=0), starts).matches is False, figure.id


@pytest.mark.parametrize("twin", TWINS)
def test_the_runs_measured_of_another_network_all_fail(twin):
    for run in measured(twin):
        rows = rows_for(TWINS[twin].experiment, run)
        assert len(rows) >= 3
        assert any(row.matches is False for row in rows)


@pytest.mark.parametrize("case", ["mnist-two-layer", "mnist-nielsen"])
def test_nine_of_ten_starts_pass_when_held_against_the_others(case):
    figures = [it for it in FIGURES if it.kind in ("band", "curve") and BANDS[it.id].case == case]
    starts = {figure.id: BANDS[figure.id].starts() for figure in figures}
    runs = len(starts[figures[0].id])

    def passes(figure, k):
        others = np.delete(starts[figure.id], k, axis=0)
        middle = dataclasses.replace(figure, printed=tuple(str(value) for value in np.median(others, axis=0)))
        compare = compare_curve if figure.kind == "curve" else compare_band
        return compare(middle, starts[figure.id][k], others).matches

    passed = [all(passes(figure, k) for figure in figures) for k in range(runs)]
    assert np.mean(passed) >= 0.9


def test_the_runs_are_those_that_the_experiment_makes_now():
    case = CASES["and-gate"]
    kept = measured("and-gate")
    for k, seed in enumerate(SEEDS["and-gate"][:3]):
        np.testing.assert_allclose(case.record(case.trainer(seed)), kept[k], rtol=1e-5)


def test_the_first_step_of_the_images_is_the_one_measured(mnist_folder):
    case = CASES["mnist-first-step"]
    run = case.record(case.trainer(SEEDS["mnist-first-step"][0]))
    np.testing.assert_allclose(run, measured("mnist-first-step")[0], atol=2e-4)


def test_figures_that_depend_on_the_start_tell_the_median_of_ours():
    losses = BANDS["height-weight-starts"].starts()
    assert f"{np.median(losses):.4f}" == BY_ID["height-weight-starts"].printed[0]
