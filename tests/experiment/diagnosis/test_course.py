"""Whether a run is hopeless, by its course."""

from functools import partial

import pytest

from playground.experiment.config import edits
from playground.experiment.config.presets import PRESETS
from playground.experiment.config.schema import replace
from playground.experiment.diagnosis import diagnose, examine
from playground.experiment.diagnosis.actions import start_again
from playground.experiment.training.trainer import Trainer
from tests.experiment.diagnosis.provoked import (
    HEALTHY,
    activation,
    case_of,
    found_after,
    on,
    optimizer,
    preset,
    rate,
    seed,
    start,
)


@pytest.mark.parametrize("speed", [30.0, 100.0, 1_000.0])
@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "relu", "leaky-relu", "linear"])
def test_a_gate_at_a_far_too_large_rate_is_hopeless(activation, speed):
    config = preset("and-gate", rate(speed), lambda it: edits.change(it, "network.activation", activation))
    found = found_after(config, 200)["rate-too-large"]
    assert found.is_hopeless
    assert found.headline == f"Nothing learnt in 200 steps at a rate of {speed:g}."
    assert found.advice == "The loss is 0.12500; always giving the same answer would have 0.09375."
    assert found.evidence["ruined"] == 1.0
    again = found.actions[0]
    assert (again.label, again.resets, again.plays) == ("Start again at 0.1", True, True)
    assert again.edit(config).training.learning_rate == 0.1


OTHERS = [name for name in PRESETS if not name.startswith(("mnist", "fashion")) and name not in HEALTHY]
CONFIGS = [
    *(edits.change(PRESETS[name].config, "seed", seed) for name in OTHERS for seed in (1, 42)),
    *(edits.set_data(PRESETS["spiral"].config, name) for name in ("nand", "gauss", "plane")),
]


@pytest.mark.parametrize("config", CONFIGS, ids=lambda it: f"{it.name}, {it.data.name}, {it.seed}")
def test_no_run_that_comes_with_the_program_or_on_its_data_is_hopeless(config):
    trainer = Trainer(config)
    while trainer.stopped_by is None and trainer.step_count < 3_000:
        trainer.run(max(50, trainer.step_count // 4))
        assert not any(found.is_hopeless for found in diagnose(trainer)), trainer.step_count


@pytest.mark.parametrize("name", ["height-weight", "moons", "people"])
def test_a_large_rate_that_learns_all_the_same_is_not_hopeless(name):
    learnt = 0
    config = edits.change(preset(name, rate(10.0), optimizer("sgd")), "network.activation", "tanh")
    for seed_ in range(8):
        trainer = Trainer(edits.change(config, "seed", seed_))
        trainer.run(2_000)
        if trainer.evaluate()[0].accuracy > 0.8:  # what one start learns at such a rate another does not
            learnt += 1
            assert not any(found.is_hopeless for found in diagnose(trainer)), seed_
    assert learnt >= 4


def test_a_rate_that_was_lowered_since_gets_another_chance():
    trainer = Trainer(preset("and-gate", rate(100.0)))
    trainer.run(1_000)
    assert any(found.is_hopeless for found in examine(case_of(trainer)))
    assert not any(found.is_hopeless for found in examine(case_of(trainer, 900)))


@pytest.mark.parametrize("seed_", [1, 2, 42])
@pytest.mark.parametrize("name", ["swish", "relu", "softplus"])
def test_a_rate_that_is_raised_far_too_high_on_the_way_is_told_and_nothing_else(name, seed_):
    trainer = Trainer(preset("spiral", activation(name), start("he"), seed(seed_), on))
    trainer.run(4_000)
    learnt = trainer.evaluate()[0].loss
    trainer.apply_live(rate(3.0)(trainer.config))
    for made in (100, 100, 200, 600, 1_000, 2_000):
        trainer.run(made)
        assert trainer.evaluate()[0].loss > 1.2 * learnt
        (found,) = diagnose(trainer)
        assert found.rule == "rate-too-large"
        assert found.evidence["update_ratio"] > 0.5
        assert "igmoid" not in found.why
        assert [action.label for action in found.actions] == ["Start again at 0.007"]


@pytest.mark.parametrize("seed_", [1, 2, 42])
def test_what_strong_regularisation_takes_away_again_is_not_put_down_to_the_rate(seed_):
    trainer = Trainer(preset("spiral", seed(seed_), on))
    trainer.run(4_000)
    trainer.apply_live(edits.change(trainer.config, "training.l2", 1.0))
    for _look in range(10):
        trainer.run(300)
        trainer.evaluate()
        assert not {found.rule for found in diagnose(trainer)} & {"rate-too-large", "rate-too-small", "underfitting"}
    assert trainer.evaluate()[0].accuracy < 0.7


def test_the_usual_rate_goes_by_the_optimiser_and_the_rows_that_are_summed():
    renamed = partial(preset, "and-gate", lambda it: replace(it, name="mine"), rate(100.0))
    assert start_again(renamed(), 4).edit(renamed()).training.learning_rate == 0.1
    assert start_again(renamed(), 100).edit(renamed()).training.learning_rate == 0.01
    assert start_again(renamed(optimizer("adam")), 1).edit(renamed()).training.learning_rate == 0.01
    nielsen = preset("mnist-nielsen", rate(300.0))
    assert start_again(nielsen, 1).edit(nielsen).training.learning_rate == 3.0
    assert start_again(preset("and-gate", rate(0.2)), 4).label == "Start again at 0.02"
