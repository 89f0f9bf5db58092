import itertools
import math
import tracemalloc

import numpy as np
import pytest

from playground.experiment.config import edits
from playground.experiment.config.presets import PRESETS
from playground.experiment.config.schema import (
    ConfigError,
    DataChoice,
    InitialChoice,
    OptimizerChoice,
    StopConfig,
    from_builtins,
)
from playground.experiment.training.trainer import BLOCK, Trainer

BATCHED = from_builtins(
    {
        "data": {"name": "moons", "samples": 100, "noise": 0.2, "train_share": 0.75},
        "network": {"hidden": [5, 4], "activation": "tanh"},
        "training": {"batch_size": 10, "optimizer": "adam", "learning_rate": 0.01},
    }
)
AND = edits.change(PRESETS["and-gate"].config, "training.stop", StopConfig())
SINE = edits.change(PRESETS["sine-curve"].config, "training.stop", StopConfig())


def trained(config, *slices):
    trainer = Trainer(config)
    for steps in slices:
        trainer.run(steps)
    return trainer


def assert_same(one, other):
    np.testing.assert_array_equal(one.network.parameters, other.network.parameters)
    assert one.step_count == other.step_count
    assert one.epoch == other.epoch
    assert one.stopped_by == other.stopped_by
    assert one.loss == other.loss
    for ours, theirs in zip(vars(one.history.view()).values(), vars(other.history.view()).values(), strict=True):
        np.testing.assert_array_equal(ours, theirs)


@pytest.mark.parametrize("sampling", ["shuffle", "replacement", "in-order"])
@pytest.mark.parametrize("batch", [7, 75, 1000, None])
def test_one_step_at_a_time_is_the_same_run_bit_for_bit(sampling, batch):
    config = edits.change(edits.change(BATCHED, "training.batch_size", batch), "training.sampling", sampling)
    assert_same(trained(config, 700), trained(config, *[1] * 700))
    assert_same(trained(config, 700), trained(config, 13, 250, 1, 256, 180))


def test_being_told_to_yield_changes_nothing():
    often = Trainer(BATCHED)
    turns = itertools.count()
    while often.step_count < 1000:
        often.run(1000 - often.step_count, lambda: next(turns) % 3 == 0)
    assert_same(often, trained(BATCHED, 1000))


def test_a_run_that_is_told_to_yield_at_once_makes_a_step_all_the_same():
    trainer = Trainer(BATCHED)
    assert 1 <= trainer.run(10**6, lambda: True) <= BLOCK


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


def test_an_epoch_shows_every_row_once_and_ends_with_a_smaller_batch():
    config = edits.change(BATCHED, "training.batch_size", 20)
    trainer = Trainer(config)
    assert trainer.steps_per_epoch == 4
    seen = []
    for _ in range(8):
        seen.append(trainer.step_loop.next_inputs())
        trainer.run(1)
    assert [len(rows) for rows in seen] == [20, 20, 20, 15] * 2
    for epoch in (seen[:4], seen[4:]):
        rows = np.concatenate(epoch)
        np.testing.assert_array_equal(np.sort(rows, axis=0), np.sort(trainer.data.x_train, axis=0))
    assert not np.array_equal(seen[0], seen[4])
    assert trainer.epoch == 2


def test_with_replacement_every_batch_is_full_and_rows_repeat():
    trainer = Trainer(
        edits.change(edits.change(BATCHED, "training.batch_size", 50), "training.sampling", "replacement")
    )
    first = trainer.step_loop.next_inputs()
    trainer.run(1)
    second = trainer.step_loop.next_inputs()
    assert len(first) == len(second) == 50
    assert len(np.unique(np.concatenate([first, second]), axis=0)) < 75


def test_steps_in_order_are_plain_gradient_descent_on_each_row():
    config = edits.change(PRESETS["height-weight"].config, "training.stop.epochs", 3)
    trainer = trained(config, 10**6)
    weights, bias = trainer.network.copy_parameters()[:2] * 0, 0.0
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


def test_a_run_ends_at_the_steps_asked_for():
    trainer = Trainer(edits.change(BATCHED, "training.stop.steps", 300))
    assert trainer.run(1000) == 300
    assert trainer.stopped_by == "steps"
    assert trainer.run(1000) == 0
    assert trainer.evaluated_at == 300
    assert trainer.stop_progress() == 1


@pytest.mark.parametrize("slices", [(10**6,), (1,) * 3000, (100,) * 30])
def test_all_rows_a_step_end_at_the_first_loss_below(slices):
    trainer = trained(edits.change(AND, "training.stop.loss_below", 0.05), *slices)
    losses = trained(AND, trainer.step_count).history.view()
    assert trainer.stopped_by == "loss_below"
    assert trainer.loss < 0.05
    assert losses.stride == 1 or losses.low[:-1].min() >= 0.05
    assert losses.low.min() == trainer.loss


@pytest.mark.parametrize("slices", [(10**6,), (7,) * 1000])
@pytest.mark.parametrize("stop", [{"loss_below": 0.05}, {"accuracy_above": 0.93}])
def test_batches_end_at_the_first_evaluation_that_meets_the_condition(stop, slices):
    trainer = trained(edits.change(BATCHED, "training.stop", StopConfig(**stop)), *slices)
    view = trainer.history.view()
    assert trainer.stopped_by == next(iter(stop))
    assert_same(trainer, trained(edits.change(BATCHED, "training.stop", StopConfig(**stop)), 10**6))
    if "loss_below" in stop:
        assert view.train_loss[-1] < 0.05
        assert (view.train_loss[:-1] >= 0.05).all()
    else:
        assert view.test_accuracy[-1] > 0.93
        assert (view.test_accuracy[:-1] <= 0.93).all()


def test_a_look_at_all_rows_can_be_broken_off_and_changes_nothing():
    config = edits.set_data(
        edits.change(BATCHED, "training.batch_size", 1000), DataChoice("moons", samples=40_000, noise=0.2)
    )
    trainer = trained(config, 3)
    before = trainer.metrics_train, trainer.evaluated_at
    answers = iter([False, True])
    assert not trainer.refresh_metrics(lambda: next(answers))
    assert (trainer.metrics_train, trainer.evaluated_at) == before
    assert trainer.refresh_metrics()
    assert trainer.evaluated_at == 3
    data = trainer.data
    assert trainer.metrics_train.loss == pytest.approx(trainer.network.loss(data.x_train, data.t_train, "squared"))


def test_looking_at_the_metrics_does_not_change_when_a_run_ends():
    config = edits.change(BATCHED, "training.stop", StopConfig(accuracy_above=0.9, loss_below=0.1))
    watched = Trainer(config)
    while watched.stopped_by is None:
        watched.run(1)
        watched.evaluate()
    assert_same(watched, trained(config, 10**6))


def test_progress_towards_a_stop_grows_to_one():
    trainer = Trainer(edits.change(BATCHED, "training.stop.steps", 100))
    assert Trainer(BATCHED).stop_progress() is None
    shares = [trainer.stop_progress()]
    while trainer.stopped_by is None:
        trainer.run(25)
        shares.append(trainer.stop_progress())
    assert shares == [0, 0.25, 0.5, 0.75, 1]


def test_halving_the_loss_counts_the_same_all_the_way():
    trainer = trained(edits.change(AND, "training.stop.loss_below", 1e-3), 2000)
    expected = math.log(trainer.history.view().train_loss[0] / trainer.loss)
    expected /= math.log(trainer.history.view().train_loss[0] / 1e-3)
    assert trainer.stop_progress() == pytest.approx(expected)


def test_evaluations_come_at_epoch_ends_and_never_crowd():
    view = trained(BATCHED, 4000).history.view()
    assert view.metric_steps[0] == 0
    assert (view.metric_steps % 8 == 0).all()
    late = view.metric_steps[view.metric_steps > 500]
    assert (np.diff(late) >= 100).all()
    assert (np.diff(late) <= 108).all()


def test_evaluations_know_their_epoch_where_the_batch_size_was_changed_on_the_way():
    trainer = trained(BATCHED, 160)
    trainer.apply_live(edits.change(BATCHED, "training.batch_size", None))  # eight steps an epoch, then one
    trainer.run(200)
    view = trainer.history.view()
    before = view.metric_steps <= 160
    np.testing.assert_array_equal(view.metric_epochs[before], view.metric_steps[before] / 8)
    np.testing.assert_array_equal(view.metric_epochs[~before], 20 + view.metric_steps[~before] - 160)
    assert view.metric_epochs[-1] > 100


def test_it_is_known_how_far_the_end_of_the_epoch_is():
    trainer = trained(BATCHED, 13)
    assert trainer.step_loop.steps_to_epoch_end == 3
    trainer.apply_live(edits.change(BATCHED, "training.batch_size", None))
    assert trainer.step_loop.steps_to_epoch_end == 1
    trainer.run(1)
    assert (trainer.epoch, trainer.step_loop.steps_to_epoch_end) == (2, 1)


DIVERGING = edits.change(edits.change(SINE, "training.optimizer", "sgd"), "training.learning_rate", 3.0)


@pytest.mark.parametrize("slices", [(10**5,), (1,) * 400, (37,) * 20])
def test_divergence_is_located_exactly_and_the_last_good_weights_are_kept(slices):
    trainer = trained(DIVERGING, *slices)
    found = trainer.divergence
    assert trainer.stopped_by == "diverged"
    assert trainer.step_count == found.step - 1
    assert np.isfinite(trainer.network.parameters).all()
    assert np.isfinite(trainer.history.view().high).all()
    assert math.isfinite(trainer.metrics_train.loss)
    assert_same(trainer, trained(DIVERGING, 10**5))
    assert trainer.run(100) == 0


def test_divergence_names_the_layer_in_which_sums_overflow():
    config = from_builtins(
        {
            "data": {"name": "sine", "train_share": 1.0},
            "network": {"hidden": [4, 4], "activation": ["tanh", "linear"], "output": "linear"},
            "training": {"learning_rate": 0.01},
            "precision": "float32",
        }
    )
    trainer = Trainer(config)
    trainer.network.weights[1][...] = 3e38
    trainer.set_parameters(trainer.network.copy_parameters())
    trainer.run(10)
    assert (trainer.divergence.layer, trainer.divergence.what) == (2, "activations")


@pytest.mark.parametrize("preset", [AND, edits.change(AND, "training.batch_size", 2)])
def test_a_large_network_is_held_six_times_at_most_however_long_it_trains(preset):
    trainer_of = edits.set_hidden(preset, (600, 600))
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


def test_divergence_after_many_steps_is_found_behind_the_first_block():
    config = edits.change(SINE, "training.optimizer", "sgd")
    trainer = trained(edits.change(config, "training.learning_rate", 0.01), 3 * BLOCK + 5)
    trainer.apply_live(edits.change(config, "training.learning_rate", 30.0))
    trainer.run(10**5)
    assert trainer.divergence.step > 3 * BLOCK + 5
    trainer.apply_live(edits.change(config, "training.learning_rate", 0.001))
    assert trainer.stopped_by is None
    assert trainer.divergence is None
    assert trainer.run(100) == 100
    assert math.isfinite(trainer.loss)


def test_a_live_learning_rate_counts_from_the_next_step():
    slow = edits.change(BATCHED, "training.learning_rate", 0.0)
    trainer = trained(slow, 10)
    np.testing.assert_array_equal(trainer.network.parameters, trainer.start)
    trainer.apply_live(BATCHED)
    trainer.run(10)
    assert not np.array_equal(trainer.network.parameters, trainer.start)
    assert trainer.config == BATCHED


def test_live_regularisation_shrinks_the_weights():
    plain = trained(BATCHED, 1000)
    shrunk = trained(BATCHED, 10)
    shrunk.apply_live(edits.change(edits.change(BATCHED, "training.l1", 0.01), "training.l2", 0.01))
    shrunk.run(990)
    assert np.abs(shrunk.network.weights[0]).sum() < np.abs(plain.network.weights[0]).sum()


def test_a_live_batch_size_finishes_the_epoch_and_then_shows_every_row_again():
    trainer = trained(BATCHED, 3)
    trainer.apply_live(edits.change(BATCHED, "training.batch_size", 30))
    sizes = []
    for _ in range(5):
        sizes.append(len(trainer.step_loop.next_inputs()))
        trainer.run(1)
    assert sizes == [30, 15, 30, 30, 15]
    trainer.apply_live(edits.change(BATCHED, "training.batch_size", None))
    trainer.run(3)
    assert trainer.epoch == 5


def test_live_constants_of_the_optimiser_keep_its_memory():
    changed = edits.change(BATCHED, "training.optimizer", OptimizerChoice("adam", beta1=0.5))
    trainer = trained(BATCHED, 100)
    before = trainer.step_loop.checkpoint().optimizer
    trainer.apply_live(changed)
    after = trainer.step_loop.checkpoint().optimizer
    np.testing.assert_array_equal(before["square"], after["square"])
    assert after["steps"] == 100
    trainer.run(1)
    assert not np.array_equal(trainer.network.parameters, trained(BATCHED, 101).network.parameters)


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


def test_seconds_of_training_and_of_evaluation_are_counted_apart():
    trainer = trained(BATCHED, 1000)
    trained_for = trainer.training_seconds
    trainer.evaluate()
    assert trainer.training_seconds == trained_for > 0
    assert trainer.evaluation_seconds > 0


@pytest.mark.parametrize(
    ("config", "path"),
    [
        (edits.change(AND, "network.initial", InitialChoice("given", weights=[[[1, 2]], [[1]]])), "$.network.initial"),
        (edits.set_loss(edits.set_output(SINE, "sigmoid"), "cross-entropy"), "$.training.loss"),
    ],
)
def test_what_does_not_fit_the_data_is_refused_with_its_path(config, path):
    with pytest.raises(ConfigError) as refusal:
        Trainer(config)
    assert refusal.value.path == path


@pytest.mark.parametrize("name", PRESETS)
def test_every_preset_is_built_and_makes_steps(name, request):
    config = PRESETS[name].config
    if config.data.name == "mnist":
        request.getfixturevalue("mnist_folder")
        config = edits.set_data(config, DataChoice("mnist", samples=500))
    elif config.data.name == "fashion-mnist":
        config = edits.set_data(config, "digits")
    trainer = Trainer(config)
    assert trainer.run(20) == 20
    assert math.isfinite(trainer.loss)
    assert not np.array_equal(trainer.network.parameters, trainer.start) or name == "xor-gate-zeros"


@pytest.mark.parametrize("stop", [{"epochs": 6}, {"steps": 21}, {"epochs": 6, "steps": 40}])
@pytest.mark.parametrize("change", [None, 5, 75])
def test_the_planned_end_is_where_the_run_ends_whatever_its_batches(stop, change):
    trainer = Trainer(
        edits.change(edits.change(BATCHED, "training.batch_size", 20), "training.stop", StopConfig(**stop))
    )  # four steps an epoch, the last smaller
    assert trainer.planned_end() == (24, 6) if "epochs" in stop else (21, 5.25)
    trainer.run(6)
    if change is not None:
        trainer.apply_live(edits.change(trainer.config, "training.batch_size", change))
    planned = set()
    while trainer.stopped_by is None:
        planned.add(trainer.planned_end())
        trainer.run(1)
    assert len({round(step, 9) for step, _epoch in planned}) == 1
    assert len({round(epoch, 9) for _step, epoch in planned}) == 1
    assert trainer.planned_end()[0] == planned.pop()[0] == trainer.step_count


def test_without_a_condition_on_steps_or_epochs_no_end_is_planned():
    assert Trainer(edits.change(BATCHED, "training.stop.loss_below", 0.01)).planned_end() is None


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


def test_without_a_test_part_there_is_no_best_step():
    assert trained(AND, 100).best is None


def test_a_best_step_is_found_in_spite_of_a_start_that_overflows():
    trainer = trained(BATCHED, 1)
    trainer.set_parameters(np.full_like(trainer.start, np.nan))
    assert np.isfinite(trainer.best.test.loss)
    assert np.isfinite(trainer.best.parameters).all()
