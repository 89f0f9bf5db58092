import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.experiment.training.history import BUCKETS, EVALUATIONS, SINGLE, SINGLES, History
from playground.experiment.training.metrics import Metrics


def filled(losses, cuts=()):
    history = History()
    start = 0
    for end in [*sorted(cuts), len(losses)]:
        history.extend(start, losses[start:end])
        start = end
    return history


def test_up_to_the_limit_every_loss_is_there():
    losses = np.linspace(1, 0, BUCKETS)
    view = filled(losses).view()
    assert view.stride == 1
    np.testing.assert_array_equal(view.steps, np.arange(BUCKETS))
    for array in (view.mean, view.low, view.high):
        np.testing.assert_array_equal(array, losses)


@settings(max_examples=40)
@given(st.integers(1, 20_000), st.lists(st.integers(0, 20_000), max_size=6), st.integers(0, 100))
def test_buckets_hold_mean_and_extremes_and_single_losses_are_kept_however_they_came(count, cuts, seed):
    losses = np.random.default_rng(seed).random(count)
    history = filled(losses, [cut for cut in cuts if cut < count])
    for step in range(0, count, SINGLE if count > BUCKETS else 1):
        assert history.loss_after(step) == losses[step]
    assert history.loss_after(count) is None
    assert history.loss_after(SINGLE + 1) == (losses[SINGLE + 1] if SINGLE + 1 < count <= BUCKETS else None)
    view = history.view()
    assert len(view.mean) <= BUCKETS
    parts = [losses[k : k + view.stride] for k in range(0, count, view.stride)]
    np.testing.assert_allclose(view.mean, [part.mean() for part in parts], rtol=1e-12)
    np.testing.assert_array_equal(view.low, [part.min() for part in parts])
    np.testing.assert_array_equal(view.high, [part.max() for part in parts])
    np.testing.assert_allclose(view.steps, [k * view.stride + (len(p) - 1) / 2 for k, p in enumerate(parts)])


def test_memory_stays_bounded_over_a_long_run():
    history = History()
    block = np.full(100_000, 0.5)
    for k in range(1_000):
        history.extend(k * len(block), block)
        for step in range(5):
            history.add_evaluation(k * len(block) + step, float(k), Metrics(0.5, None), None)
    view = history.view()
    assert history.step_count == 10**8
    assert len(view.mean) <= BUCKETS
    assert history.loss_after((SINGLES - 1) * SINGLE) == 0.5
    assert history.loss_after(SINGLES * SINGLE) is None
    assert len(view.metric_steps) <= EVALUATIONS
    np.testing.assert_allclose(view.mean, 0.5)
    assert view.metric_steps[0] == 0
    assert view.metric_steps[-1] == 999 * len(block) + 4
    assert (np.diff(view.metric_steps) > 0).all()


def test_steps_that_are_known_are_passed_over():
    history = filled(np.array([3.0, 2.0, 1.0]))
    history.extend(2, np.array([1.0, 0.5]))
    np.testing.assert_array_equal(history.view().mean, [3, 2, 1, 0.5])


def test_an_evaluation_takes_the_place_of_those_it_takes_back():
    history = History()
    for step in (0, 10, 20):
        history.add_evaluation(step, step / 10, Metrics(1.0, 0.5), Metrics(2.0, 0.4))
    history.add_evaluation(10, 0.5, Metrics(0.1, None), None)
    view = history.view()
    np.testing.assert_array_equal(view.metric_steps, [0, 10])
    np.testing.assert_array_equal(view.metric_epochs, [0, 0.5])
    np.testing.assert_array_equal(view.train_loss, [1.0, 0.1])
    np.testing.assert_array_equal(view.test_accuracy, [0.4, np.nan])


def test_a_view_is_a_read_only_copy():
    history = filled(np.ones(3))
    view = history.view()
    history.extend(3, np.zeros(1))
    assert len(view.mean) == 3
    with pytest.raises(ValueError, match="read-only"):
        view.mean[0] = 2
