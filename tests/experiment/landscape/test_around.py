"""The loss around the network of a run: along a weight, along the next step, in a plane with the path."""

import numpy as np
import pytest

from playground.engine.gradients import loss_gradient
from playground.experiment.config import edits
from playground.experiment.config.presets import PRESETS
from playground.experiment.landscape.around import (
    FACTORS,
    LossPlaneProbe,
    StepLineProbe,
    WeightLineProbe,
    batch_of,
    next_update,
)
from playground.experiment.training.trainer import Trainer

NAMES = ["worked-example", "digits", "sine-curve"]


def trained(name: str, steps: int = 20) -> Trainer:
    trainer = Trainer(PRESETS[name].config)
    trainer.run(steps)
    return trainer


@pytest.mark.parametrize("name", NAMES)
def test_the_next_update_is_what_the_next_step_does(name: str) -> None:
    trainer = trained(name)
    update = next_update(trainer, batch_of(trainer))
    before = trainer.network.copy_parameters()
    StepLineProbe().compute(trainer)
    assert (trainer.network.parameters == before).all()
    trainer.run(1)
    tolerance = 1e-12 if before.dtype == np.float64 else 1e-6
    assert np.abs(trainer.network.parameters - before - update).max() < tolerance


@pytest.mark.parametrize("name", NAMES)
def test_the_line_starts_at_the_loss_of_the_batch_and_passes_the_marks(name: str) -> None:
    trainer = trained(name)
    line, batch = StepLineProbe().compute(trainer), batch_of(trainer)
    network, loss = trainer.network.copy(np.float64), trainer.config.training.loss
    assert line.loss_at(0.0) == pytest.approx(network.loss(batch.x, batch.t, loss))
    network.restore(network.parameters + 2 * next_update(trainer, batch))
    assert line.loss_at(2.0) == pytest.approx(network.loss(batch.x, batch.t, loss))
    assert {0.5, 1.0, 2.0, 10.0} <= set(FACTORS.tolist())
    assert line.losses[np.searchsorted(FACTORS, line.best_factor)] == line.losses.min()
    first = float(FACTORS[1])
    assert (line.losses[1] - line.losses[0]) / first == pytest.approx(line.slope, rel=0.2)


def test_of_a_large_batch_some_rows_are_taken_and_counted() -> None:
    trainer = Trainer(edits.change(PRESETS["digits"].config, "training.batch_size", None))
    line = StepLineProbe().compute(trainer)
    assert line.rows == 500 < line.whole == len(trainer.data.x_train)


@pytest.mark.parametrize("name", NAMES)
def test_the_curve_of_a_weight_has_the_slope_of_backprop(name: str) -> None:
    trainer = trained(name)
    index = trainer.network.parts[-1].start
    line = WeightLineProbe(index).compute(trainer)
    batch = batch_of(trainer, 100)
    network, loss = trainer.network.copy(np.float64), trainer.config.training.loss
    assert line.slope == pytest.approx(float(loss_gradient(network, batch.x, batch.t, loss)[index]))
    near = np.abs(np.log10(line.central.h) + 4).argmin()
    assert line.central.quotients[near] == pytest.approx(line.slope, abs=1e-7)
    assert line.central.measured.shape == line.one_sided.measured.shape == line.central.h.shape
    is_parabola = trainer.config.network.output == "linear"  # of the loss by a weight of the last layer
    assert line.central.truncation.any() != is_parabola
    assert line.one_sided.truncation.all()
    assert line.loss == pytest.approx(float(np.interp(line.weight, line.weights, line.losses)), rel=1e-2)


def test_the_curve_of_a_weight_is_of_the_sum_where_training_takes_that() -> None:
    config = PRESETS["xor-gate"].config
    lines = []
    for reduction in ("mean", "sum"):
        trainer = Trainer(edits.change(config, "training.reduction", reduction))
        lines.append(WeightLineProbe(trainer.network.parts[-1].start).compute(trainer))
    mean, whole = lines
    assert (whole.reduction, whole.rows, whole.whole) == ("sum", 4, 4)
    assert whole.slope == pytest.approx(4 * mean.slope, rel=1e-12)
    assert whole.losses.tolist() == pytest.approx((4 * mean.losses).tolist(), rel=1e-12)
    near = np.abs(np.log10(whole.central.h) + 4).argmin()
    assert whole.central.quotients[near] == pytest.approx(whole.slope, abs=1e-7)


def test_a_weight_that_is_not_there_has_no_curve() -> None:
    assert WeightLineProbe(10_000).compute(trained("and-gate", 1)) is None


@pytest.mark.parametrize("name", NAMES)
def test_the_plane_goes_through_the_present_network(name: str) -> None:
    trainer = trained(name, 60)
    plane = LossPlaneProbe().compute(trainer)
    assert plane.path[-1].tolist() == pytest.approx([0, 0], abs=1e-6)
    (left, right), (low, high) = plane.bounds
    points = np.vstack([plane.path, plane.step[None]])
    assert (points >= [left, low]).all()
    assert (points <= [right, high]).all()
    assert np.isfinite(plane.losses).all()
    batch = batch_of(trainer, 100)
    here = trainer.network.copy(np.float64).loss(batch.x, batch.t, trainer.config.training.loss)
    assert plane.losses.min() <= here <= plane.losses.max()


def test_the_plane_of_a_small_network_holds_most_of_its_path_and_of_a_large_one_its_start() -> None:
    small, large = (LossPlaneProbe().compute(trained(name, 60)) for name in ("and-gate", "digits"))
    assert small.share is not None
    assert small.share > 0.9
    assert len(small.path) > 10
    assert large.share is None
    assert len(large.path) == 2
    at_first = LossPlaneProbe().compute(trained("and-gate", 0))
    assert np.isfinite(at_first.losses).all()
    assert not at_first.path.any()


@pytest.mark.parametrize("name", ["and-gate", "spiral", "digits"])
def test_the_plane_does_not_turn_over_during_a_run(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("playground.experiment.landscape.around._WORK", 1.0)  # few losses: only the path is looked at
    trainer = trained(name, 0)
    for _ in range(12):
        trainer.run(30)
        start = LossPlaneProbe().compute(trainer).path[0]
        assert (start < 1e-6).all()  # always on the left and below
