"""When a card comes and goes."""

from functools import partial

import numpy as np
import pytest

from playground.experiment.config import edits
from playground.experiment.config.presets import PRESETS
from playground.experiment.config.schema import InitialChoice, StopConfig
from playground.experiment.diagnosis import Case, Watch, diagnose, examine
from playground.experiment.probes.probe import RunEvidence
from playground.experiment.training.trainer import Trainer
from tests.experiment.diagnosis.test_actions import one_neuron, plane


def preset(name, *changes):
    config = PRESETS[name].config
    for change in changes:
        config = change(config)
    return config


def rate(value):
    return lambda config: edits.change(config, "training.learning_rate", value)


def start(scheme, **options):
    return lambda config: edits.change(config, "network.initial", InitialChoice(scheme, **options))


def optimizer(name):
    return lambda config: edits.change(config, "training.optimizer", name)


def data(**options):
    return lambda config: edits.set_data(config, config.data.with_options(**options))


def seed(value):
    return lambda config: edits.change(config, "seed", value)


def on(config):
    return edits.change(config, "training.stop", StopConfig())


def deep(activation, units=8):
    return lambda config: edits.set_hidden(edits.change(config, "network.activation", activation), (units,) * 6)


def found_after(config, steps):
    trainer = Trainer(config)
    trainer.run(steps)
    return {found.rule: found for found in reversed(diagnose(trainer))}


SHOWS = {
    "diverged": (partial(preset, "sine-curve", optimizer("sgd"), rate(50.0)), 1_000),
    "rate-too-large": (partial(preset, "and-gate", rate(100.0)), 1_000),
    "identical-units": (partial(preset, "and-gate-zeros"), 10_000),
    "rate-zero": (partial(preset, "xor-gate", rate(0.0)), 100),
    "target-out-of-reach": (partial(preset, "sine-curve", lambda it: edits.set_output(it, "sigmoid")), 500),
    "dead-units": (partial(preset, "digits", start("uniform", low=-1.0, high=0.0)), 100),
    "saturated-output": (partial(one_neuron, 2), 200),
    "half-learnt": (partial(preset, "xor-gate", lambda it: edits.set_hidden(it, (2,)), rate(0.35), seed(2), on), 6_000),
    "underfitting": (partial(plane, "moons", lambda it: edits.set_hidden(it, ()), seed=42), 3_000),
    "saturated": (partial(plane, "moons", start("gaussian", std=10.0), seed=1), 100),
    "inputs-not-scaled": (partial(preset, "people", data(standardise=False)), 100),
    "exploding-gradient": (
        partial(preset, "circle", optimizer("sgd"), deep("relu"), rate(1e-6), start("gaussian", std=2.0)),
        100,
    ),
    "vanishing-gradient": (partial(preset, "circle", optimizer("sgd"), deep("sigmoid")), 100),
    "stuck": (partial(preset, "xor-gate", lambda it: edits.set_hidden(it, ())), 3_000),
    "rate-too-small": (partial(plane, "spiral", rate(1e-7), seed=42), 1_000),
    "overfitting": (
        partial(plane, "moons", data(samples=60, noise=0.35), lambda it: edits.set_hidden(it, (32, 32)), seed=42),
        1_000,
    ),
}


def test_a_run_of_few_steps_is_told_at_its_end():
    assert found_after(edits.change(preset("xor-gate-zeros"), "training.stop.steps", 5), 10).keys() == {
        "identical-units"
    }
    assert found_after(preset("xor-gate-zeros"), 20).keys() == {"identical-units"}


def test_a_card_comes_after_two_looks_and_goes_after_four_without():
    found = found_after(PRESETS["and-gate-zeros"].config, 100)["identical-units"]
    watch = Watch()
    watch.update([found])
    assert watch.shown == ()
    watch.update([])
    watch.update([found])
    assert watch.shown == ()
    watch.update([found])
    assert watch.shown == (found,)
    for _ in range(3):
        watch.update([])
        assert watch.shown == (found,)
    watch.update([])
    assert watch.shown == ()
    watch.update([found], settled=True)
    assert watch.shown == (found,)
    watch.clear()
    assert watch.shown == ()


@pytest.mark.parametrize("rule", SHOWS)
def test_rules_may_look_at_any_moment_after_any_change(rule):
    make, steps = SHOWS[rule]
    trainer = Trainer(make())
    for made in (1, 2, 18, 1, 30, 100, steps):
        trainer.run(made)
        now = trainer.step_count
        for since in {0, now // 2, now - 3, now - 1, now}:
            parts = (trainer.config, RunEvidence().compute(trainer), trainer.history.view(), trainer.steps_per_epoch)
            for found in examine(Case(*parts, trainer.divergence, max(since, 0))):
                assert np.isfinite(list(found.evidence.values())).all()
