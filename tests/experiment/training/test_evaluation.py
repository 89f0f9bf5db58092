"""Evaluations of the training and the test part."""

import numpy as np
import pytest

from playground.experiment.config import edits
from playground.experiment.config.schema import DataChoice, StopConfig
from playground.experiment.training.trainer import Trainer
from tests.experiment.training.runs import BATCHED, assert_same, trained


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
