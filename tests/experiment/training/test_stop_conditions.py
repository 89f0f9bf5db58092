"""When a run ends, and how far it is."""

import math

import pytest

from playground.experiment.config import edits
from playground.experiment.config.schema import StopConfig
from playground.experiment.training.trainer import Trainer
from tests.experiment.training.runs import AND, BATCHED, assert_same, trained


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
