import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.ui.frame_budget import periods


def used(costs, shared):
    return sum(cost / period for cost, period in zip(costs, shared, strict=True))


def test_cheap_panels_are_drawn_as_often_as_they_like():
    assert periods([0.0002, 0.0005], [0.033, 0.1], 0.25, 0.06) == [0.033, 0.1]


def test_a_panel_that_costs_four_times_as_much_is_drawn_half_as_often():
    light, heavy = periods([0.001, 0.004], [0.01, 0.01], 9.0, 0.06)
    assert heavy == pytest.approx(2 * light)
    assert used([0.001, 0.004], [light, heavy]) == pytest.approx(0.06)


def test_a_panel_that_costs_nothing_yet_is_drawn_at_once():
    assert periods([0.0, 0.010], [0.033, 0.033], 0.25, 0.06)[0] == 0.033


def test_no_panel_waits_longer_than_the_longest_period():
    assert periods([0.5, 0.5], [0.033, 0.033], 0.25, 0.06) == [0.25, 0.25]


@given(st.lists(st.tuples(st.floats(0, 0.05), st.sampled_from([0.033, 0.1])), min_size=1, max_size=12))
def test_the_budget_is_kept_and_used_up(panels):
    costs, shortest = zip(*panels, strict=True)
    shared = periods(costs, shortest, 1e9, 0.06)
    assert all(period >= least for period, least in zip(shared, shortest, strict=True))
    wanted = used(costs, shortest)
    assert used(costs, shared) == pytest.approx(min(wanted, 0.06), rel=1e-6, abs=1e-12)
