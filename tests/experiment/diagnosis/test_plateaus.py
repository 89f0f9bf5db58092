"""Overfitting that lasts is told for as long, and a recovery from a change by hand is no failure."""

from functools import partial

import pytest

from playground.experiment.diagnosis import diagnose
from playground.experiment.training.trainer import Trainer
from tests.experiment.diagnosis.provoked import data, preset, rectified_spiral, seed


@pytest.mark.parametrize(
    ("seed_", "samples", "noise", "steps"), [(1, 500, 0.4, 25_000), (5, 300, 0.1, 20_000), (6, 200, 0.0, 18_000)]
)
def test_overfitting_that_lasts_is_found_at_every_look(seed_, samples, noise, steps):
    trainer = Trainer(rectified_spiral(data(samples=samples, noise=noise), seed(seed_)))
    found = []
    while trainer.step_count < steps:
        trainer.run(701)
        trainer.evaluate()
        found.append("overfitting" in {found.rule for found in diagnose(trainer)})
    assert found[-1]
    assert all(found[found.index(True) :])


@pytest.mark.parametrize("layer", [0, 1, 2])
@pytest.mark.parametrize("seed_", [1, 2, 42])
@pytest.mark.parametrize("make", [rectified_spiral, partial(preset, "spiral")])
def test_a_network_that_recovers_from_a_weight_set_by_hand_has_units_enough_and_a_good_rate(make, seed_, layer):
    trainer = Trainer(make(seed(seed_)))
    trainer.run(3_000)
    parameters = trainer.network.copy_parameters()
    parameters[trainer.network.parts[layer].start] = 50.0
    trainer.set_parameters(parameters)
    for _look in range(16):  # for longer than any rule takes
        trainer.run(150)
        trainer.evaluate()
        assert {found.rule for found in diagnose(trainer)} <= {"overfitting"}, trainer.step_count
