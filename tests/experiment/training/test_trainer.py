import itertools
import math
import tracemalloc

import numpy as np
import pytest

from playground.experiment.config import edits
from playground.experiment.config.presets import PRESETS
from playground.experiment.training.trainer import BLOCK, Trainer
from tests.experiment.training.runs import AND, BATCHED, assert_same, trained


@pytest.mark.parametrize("sampling", ["shuffle", "replacement", "in-order"])
@pytest.mark.parametrize("batch", [7, 1000])
def test_one_step_at_a_time_is_the_same_run_bit_for_bit(sampling, batch):
    config = edits.change(edits.change(BATCHED, "training.batch_size", batch), "training.sampling", sampling)
    at_once = trained(config, 400)
    assert_same(at_once, trained(config, *[1] * 400))
    assert_same(at_once, trained(config, 13, 130, 1, 256))


def test_being_told_to_yield_changes_nothing():
    often = Trainer(BATCHED)
    turns = itertools.count()
    while often.step_count < 1000:
        often.run(1000 - often.step_count, lambda: next(turns) % 3 == 0)
    assert_same(often, trained(BATCHED, 1000))
    assert 1 <= often.run(10**6, lambda: True) <= BLOCK


@pytest.mark.parametrize("optimizer", ["sgd", "momentum", "rmsprop", "adam"])
def test_reset_gives_the_same_start_and_the_same_run_bit_for_bit(optimizer):
    trainer = Trainer(edits.change(BATCHED, "training.optimizer", optimizer))
    start = trainer.network.copy_parameters()
    trainer.run(500)
    first = trainer.network.copy_parameters(), trainer.history.view()
    trainer.reset()
    np.testing.assert_array_equal(trainer.network.parameters, start)
    assert (trainer.step_count, trainer.epoch, trainer.loss) == (0, 0, None)
    trainer.run(500)
    np.testing.assert_array_equal(trainer.network.parameters, first[0])
    np.testing.assert_array_equal(trainer.history.view().mean, first[1].mean)
    np.testing.assert_array_equal(trainer.history.view().test_loss, first[1].test_loss)


def test_the_same_seed_gives_the_same_run_and_another_seed_another():
    assert_same(trained(BATCHED, 100), trained(BATCHED, 100))
    other = trained(edits.change(BATCHED, "seed", 7), 100)
    assert not np.array_equal(other.start, Trainer(BATCHED).start)


def test_steps_in_order_are_plain_gradient_descent_on_each_row():
    config = edits.change(PRESETS["height-weight"].config, "training.stop.epochs", 3)
    trainer = trained(config, 10**6)
    weights, bias = trainer.start[:2].copy(), trainer.start[2]
    for x, t in zip([(-2, -1), (25, 6), (17, 4), (-15, -6)] * 3, [1, 0, 0, 1] * 3, strict=True):
        y = 1 / (1 + math.exp(-(np.dot(weights, x) + bias)))
        derivative = -2 * (t - y) * y * (1 - y)
        weights -= 0.1 * derivative * np.array(x)
        bias -= 0.1 * derivative
    np.testing.assert_allclose(trainer.network.parameters, [*weights, bias], rtol=1e-12)
    assert trainer.step_count == 12


@pytest.mark.parametrize("config", [AND, BATCHED], ids=["all rows", "batches"])
def test_the_noted_loss_is_that_of_the_batch_before_the_update(config):
    trainer = trained(config, 50)
    x = trainer.step_loop.next_inputs()
    rows = [np.flatnonzero((trainer.data.x_train == row).all(axis=1))[0] for row in x]
    expected = trainer.network.loss(x, trainer.data.t_train[rows], config.training.loss)
    trainer.run(1)
    assert trainer.loss == pytest.approx(expected, rel=1e-12)
    assert trainer.history.view().mean[-1] == trainer.loss


@pytest.mark.parametrize("gradient", ["numerical", "numerical-naive"])
@pytest.mark.parametrize("optimizer", ["sgd", "adam"])
def test_a_numerical_gradient_leads_where_backpropagation_leads(gradient, optimizer):
    config = edits.change(
        edits.change(edits.change(BATCHED, "training.optimizer", optimizer), "training.l1", 1e-3), "training.l2", 1e-3
    )
    by_trying = trained(edits.set_gradient(config, gradient), 20)
    np.testing.assert_allclose(by_trying.network.parameters, trained(config, 20).network.parameters, atol=1e-5)


def test_it_is_known_how_far_the_end_of_the_epoch_is():
    trainer = trained(BATCHED, 13)
    assert trainer.step_loop.steps_to_epoch_end == 3
    trainer.apply_live(edits.change(BATCHED, "training.batch_size", None))
    assert trainer.step_loop.steps_to_epoch_end == 1
    trainer.run(1)
    assert (trainer.epoch, trainer.step_loop.steps_to_epoch_end) == (2, 1)


@pytest.mark.parametrize("preset", [AND, edits.change(AND, "training.batch_size", 2)])
def test_a_large_network_is_held_six_times_at_most_however_long_it_trains(preset):
    trainer_of = edits.set_hidden(preset, (250, 250))
    tracemalloc.start()
    try:
        trainer = Trainer(trainer_of)
        size = trainer.network.parameters.nbytes
        trainer.run(BLOCK // 2)
        trainer.evaluate()
        tracemalloc.reset_peak()
        for steps in (BLOCK // 2 + 1, BLOCK, 2 * BLOCK):
            trainer.run(steps)
            trainer.evaluate()
        # As it is, as it was at first, its gradient, two checkpoints, and for a while a new one or what is watched.
        assert tracemalloc.get_traced_memory()[1] / size < 6.5
    finally:
        tracemalloc.stop()


def test_a_later_stop_lets_a_run_go_on():
    trainer = trained(edits.change(BATCHED, "training.stop.steps", 100), 1000)
    trainer.apply_live(edits.change(BATCHED, "training.stop.steps", 150))
    assert trainer.stopped_by is None
    assert trainer.run(1000) == 50


def test_edited_weights_are_what_training_goes_on_from():
    trainer = trained(AND, 100)
    flat = trainer.network.copy_parameters()
    flat[0] = 5.0
    trainer.set_parameters(flat)
    assert trainer.network.weights[0][0, 0] == 5.0
    assert trainer.metrics_train.loss == trainer.network.loss(trainer.data.x_train, trainer.data.t_train, "squared")
    trainer.run(1)
    trainer.reset()
    np.testing.assert_array_equal(trainer.network.parameters, trainer.start)


def test_a_change_of_settings_or_weights_is_noted_and_what_follows_is_watched_as_closely_as_a_start():
    trainer = trained(BATCHED, 2_000)
    trainer.apply_live(edits.change(BATCHED, "training.stop.steps", 10_000))
    trainer.apply_live(edits.change(trainer.config, "name", "mine"))
    assert trainer.changed_at == 0
    trainer.apply_live(edits.change(trainer.config, "training.learning_rate", 0.02))
    assert trainer.changed_at == 2_000
    trainer.run(3)
    np.testing.assert_array_equal(trainer.flow.view().steps[-3:], [2_001, 2_002, 2_003])
    trainer.set_parameters(trainer.network.copy_parameters())
    assert trainer.changed_at == 2_003
    trainer.reset()
    assert trainer.changed_at == 0


def test_seconds_of_training_and_of_evaluation_are_counted_apart():
    trainer = trained(BATCHED, 1000)
    trained_for = trainer.training_seconds
    trainer.evaluate()
    assert trainer.training_seconds == trained_for > 0
    assert trainer.evaluation_seconds > 0


def test_the_network_at_the_lowest_test_loss_is_there_to_go_back_to():
    trainer = trained(BATCHED, 2_000)
    view = trainer.history.view()
    assert trainer.best.test.loss == view.test_loss.min()
    assert trainer.best.step == view.metric_steps[view.test_loss.argmin()] < 2_000
    lowest = trainer.best
    again = trained(BATCHED, lowest.step)
    np.testing.assert_array_equal(lowest.parameters, again.network.parameters)
    trainer.set_parameters(lowest.parameters)
    assert trainer.evaluate()[1].loss == lowest.test.loss
    trainer.reset()
    assert trainer.best.step == 0
    assert trained(AND, 100).best is None  # without a test part


def test_a_run_with_the_weights_of_an_earlier_step_knows_which_until_it_goes_on():
    trainer = trained(BATCHED, 2_000)
    assert trainer.restored_step is None
    trainer.set_parameters(trainer.best.parameters)
    assert trainer.restored_step == trainer.best.step < trainer.step_count == 2_000
    trainer.run(1)
    assert trainer.restored_step is None


def test_a_best_step_is_found_in_spite_of_a_start_that_overflows():
    trainer = trained(BATCHED, 1)
    trainer.set_parameters(np.full_like(trainer.start, np.nan))
    assert np.isfinite(trainer.best.test.loss)
    assert np.isfinite(trainer.best.parameters).all()
