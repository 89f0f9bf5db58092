"""What is true of a whole run."""

import numpy as np
import pytest

from playground.experiment.config.presets import PRESETS
from playground.experiment.config.schema import ExperimentConfig, StopConfig, replace
from playground.experiment.probes.snapshot import RunInfo, Snapshot
from playground.experiment.training.trainer import Trainer


def info_of(stop: StopConfig, batch_size: int | None) -> RunInfo:
    config = replace(
        ExperimentConfig(), training=replace(ExperimentConfig().training, stop=stop, batch_size=batch_size)
    )
    trainer = Trainer(config)
    return RunInfo(1, config, trainer.data, tuple(trainer.network.sizes), trainer.start, trainer.steps_per_epoch)


@pytest.mark.parametrize(
    ("stop", "last"),
    [
        (StopConfig(), None),
        (StopConfig(steps=30), 30.0),
        (StopConfig(epochs=10), 20.0),
        (StopConfig(steps=30, epochs=10), 20.0),
        (StopConfig(steps=15, epochs=10), 15.0),
        (StopConfig(loss_below=0.1), None),
    ],
)
def test_the_last_step_is_that_of_the_stop_condition_that_comes_first(stop: StopConfig, last: float | None) -> None:
    info = info_of(stop, batch_size=2)  # of four rows
    assert info.steps_per_epoch == 2
    assert info.last_step == last


def test_flat_parameters_come_apart_into_the_layers_of_the_network() -> None:
    info = info_of(StopConfig(), None)
    network = Trainer(info.config).network
    weights, biases = info.layers_of(network.parameters)
    assert all(np.array_equal(a, b) for a, b in zip(weights, network.weights, strict=True))
    assert all(np.array_equal(a, b) for a, b in zip(biases, network.biases, strict=True))


@pytest.mark.parametrize("name", ["and-gate", "height-weight", "people", "digits"])
def test_no_run_takes_longer_than_the_time_that_is_said_to_be_left(name: str) -> None:
    """A step a second; runs that may end at a loss may take less."""
    trainer = Trainer(PRESETS[name].config)
    told: list[tuple[int, float]] = []
    while trainer.stopped_by is None:
        trainer.run(100)
        left = Snapshot.of(1, trainer, {}, playing=True, rate=1.0).seconds_left
        assert left is not None
        told.append((trainer.step_count, left))
    taken = [trainer.step_count - step for step, _left in told]
    assert all(left >= seconds - 1e-6 for (_step, left), seconds in zip(told, taken, strict=True))
    if trainer.config.training.stop.loss_below is None:
        assert [left for _step, left in told] == pytest.approx(taken, abs=1e-6)


def test_where_only_a_loss_ends_a_run_no_time_is_said_to_be_left() -> None:
    stop = StopConfig(loss_below=1e-9)
    trainer = Trainer(replace(ExperimentConfig(), training=replace(ExperimentConfig().training, stop=stop)))
    trainer.run(100)
    snapshot = Snapshot.of(1, trainer, {}, playing=True, rate=1.0)
    assert snapshot.stop_progress is not None
    assert snapshot.seconds_left is None
