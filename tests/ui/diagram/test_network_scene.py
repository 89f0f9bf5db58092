"""Which units of a wide layer are shown."""

import numpy as np
import pytest

from playground.ui.diagram.network_scene import UnitChoice, farthest_first, reach


def groups(rng: np.random.Generator, size: int) -> np.ndarray:
    """Return weights (3, size) of units that fall into four groups far apart."""
    centres = np.array([[9.0, 0, 0], [0, 9, 0], [0, 0, 9], [-9, -9, -9]])
    return (centres[np.arange(size) % 4] + rng.normal(0, 0.1, (size, 3))).T


def test_units_of_every_kind_come_first():
    weight = groups(np.random.default_rng(0), 40)
    assert {k % 4 for k in farthest_first(weight.T, 4)} == {0, 1, 2, 3}


def test_equal_units_are_taken_in_their_order_and_none_twice():
    assert farthest_first(np.zeros((6, 3)), 4) == (0, 1, 2, 3)
    assert reach(np.zeros((6, 3)), (0, 1, 2)) == 0


@pytest.mark.parametrize("huge", [1e200, np.inf, np.nan])
def test_numbers_too_large_for_a_square_are_compared_all_the_same(huge: float) -> None:
    weight = np.ones((2, 20))
    weight[0, 7] = huge
    choice = UnitChoice()
    assert choice.update([weight], [np.zeros(20)], 8)
    assert (7 in choice.units(1, 20, 9)) or np.isnan(huge)
    assert UnitChoice().update([np.full((3, 40), huge)], [np.full(40, np.inf)], widest=10)


def test_a_wide_layer_shows_different_units_in_their_order():
    choice = UnitChoice()
    assert choice.update([groups(np.random.default_rng(1), 40)], [np.zeros(40)], widest=10)
    shown = choice.units(1, 40, 4)
    assert list(shown) == sorted(set(shown))
    assert {k % 4 for k in shown} == {0, 1, 2, 3}


def test_the_choice_stays_while_the_weights_move_a_little():
    rng = np.random.default_rng(2)
    choice, weight = UnitChoice(), rng.normal(size=(5, 40))
    choice.update([weight], [np.zeros(40)], widest=10)
    before = choice.units(1, 40, 9)
    for _step in range(20):
        weight = weight + rng.normal(0, 0.02, weight.shape)
        assert not choice.update([weight], [np.zeros(40)], widest=10)
    assert choice.units(1, 40, 9) == before


def test_the_choice_changes_when_units_become_different_at_all():
    choice, weight = UnitChoice(), np.zeros((3, 40))
    choice.update([weight], [np.zeros(40)], widest=10)
    weight = groups(np.random.default_rng(3), 40)
    weight[:, :30] = 0
    assert choice.update([weight], [np.zeros(40)], widest=10)
    assert max(choice.units(1, 40, 9)) >= 30


@pytest.mark.parametrize(("size", "count"), [(50, 9), (11, 10), (18, 9), (19, 9)])
def test_the_pages_show_every_unit_once(size: int, count: int):
    choice = UnitChoice()
    choice.update([np.random.default_rng(4).normal(size=(2, size))], [np.zeros(size)], widest=10)
    seen = []
    pages = -(-size // count)
    for page in range(pages):
        shown = choice.units(1, size, count)
        assert 0 < len(shown) <= count
        seen += shown
        expected = f"+{size - count} more" if page == 0 else f"page {page + 1} of {pages}"
        assert choice.note(1, size, count) == expected
        choice.turn(1, size, count)
    assert sorted(seen) == list(range(size))
    assert choice.note(1, size, count) == f"+{size - count} more"


def test_a_page_that_is_looked_at_stays_whatever_the_weights_do():
    choice, rng = UnitChoice(), np.random.default_rng(5)
    choice.update([np.zeros((3, 40))], [np.zeros(40)], widest=10)
    choice.turn(1, 40, 9)
    before = choice.units(1, 40, 9)
    assert not choice.update([groups(rng, 40)], [np.zeros(40)], widest=10)
    assert choice.units(1, 40, 9) == before


def test_in_a_larger_window_the_last_page_is_shown_where_there_are_fewer():
    choice = UnitChoice()
    for _turn in range(4):
        choice.turn(1, 25, 5)
    assert len(choice.units(1, 25, 9)) == 7


def test_layers_that_fit_are_shown_whole():
    choice = UnitChoice()
    assert not choice.update([np.ones((3, 8))], [np.zeros(8)], widest=10)
    assert choice.units(1, 8, 10) == tuple(range(8))
