"""Programs: which calls a formula makes, and that they are linked into one function."""

import numpy as np
import pytest

from playground.engine.program import call, calls_of, execute, link


def test_linked_calls_take_what_varies_from_round_to_round():
    made, fixed, varies = [], object(), object()
    run = link([call(lambda *them: made.append(them), fixed, varies)], [varies])
    run([1, 2])
    link([call(lambda *them: made.append(them), varies, fixed)], [varies, fixed])("ab", "cd")
    assert made == [(fixed, 1), (fixed, 2), ("a", "c"), ("b", "d")]
    link([])()


def test_a_formula_becomes_calls_that_can_be_made_again_with_other_numbers():
    x, y = np.array([1.0, 2.0]), np.array([5.0, 7.0])
    out = np.empty(2)
    calls = calls_of(lambda x, y: np.maximum(x * y, 6) - x / 2, [x, y], [out])
    for numbers in ([1.0, 2.0], [-3.0, 4.0]):
        x[:] = numbers
        execute(calls)
        np.testing.assert_array_equal(out, np.maximum(x * y, 6) - x / 2)
    np.testing.assert_array_equal(y, [5, 7])


def test_results_may_take_the_place_of_arguments():
    a, b = np.array([1.0, 2.0]), np.array([10.0, 20.0])
    execute(calls_of(lambda a, b: (a + 2 * b, b * b), [a, b], [a, b]))
    np.testing.assert_array_equal(a, [21, 42])
    np.testing.assert_array_equal(b, [100, 400])
    execute(calls_of(lambda a: a, [a], [b]))
    np.testing.assert_array_equal(b, a)


def test_a_result_never_overwrites_what_is_still_to_be_read():
    a, b = np.array([1.0, 2.0]), np.array([10.0, 20.0])

    def swapped(a, b):
        first = b + 0
        return first, a + 0

    with pytest.raises(ValueError, match="overwrite"):
        calls_of(swapped, [a, b], [a, b])
