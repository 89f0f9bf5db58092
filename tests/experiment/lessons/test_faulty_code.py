"""What faulty code of the articles computes, and what it computes once it is mended."""

import pytest

from playground.experiment.lessons.computations import compute


def test_a_row_minus_a_column_is_the_mean_over_all_pairs() -> None:
    values = {"outputs": [1, 0, 0, 1], "targets": [1, 0, 0, 1]}
    assert compute("displayed_loss", values) == 0.5
    assert compute("displayed_loss", {**values, "mended": True}) == 0


@pytest.mark.parametrize("seed", range(5))
def test_a_shuffle_of_views_loses_rows_and_a_permutation_none(seed: int) -> None:
    rows = {"rows": 100, "seed": seed}
    assert 20 < len(set(compute("shuffled_rows", rows))) < 80
    mended = compute("shuffled_rows", {**rows, "mended": True})
    assert mended != sorted(mended) == list(range(1, 101))
