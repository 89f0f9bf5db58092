"""Which findings are shown."""

from functools import partial

from playground.experiment.config import edits
from playground.experiment.config.presets import PRESETS
from playground.experiment.config.schema import InitialChoice, StopConfig, from_builtins
from playground.experiment.diagnosis import RULES, diagnose
from playground.experiment.diagnosis.rules import CAUSES
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


ZERO_RELU = {"data": "circle", "network": {"hidden": [6], "activation": "relu", "initial": "zeros"}, "training": {}}


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


def test_zeros_with_relu_are_copies_first_and_nothing_is_said_twice():
    assert found_after(from_builtins(ZERO_RELU), 20).keys() == {"identical-units"}


def test_divergence_says_where_and_what_to_try_and_nothing_else():
    found = found_after(*[make() if callable(make) else make for make in SHOWS["diverged"]])
    (only,) = found.values()
    assert "A learning rate of 50 is too large." in only.sentence
    assert f"at step {only.evidence['step']}:" in only.headline
    assert [action.label for action in only.actions] == ["Start again at 0.1"]


def test_causes_come_before_effects_and_effects_give_way():
    rank = list(RULES)
    for effect, causes in CAUSES.items():
        assert all(rank.index(cause) < rank.index(effect) for cause in causes)
    assert found_after(preset("xor-gate-zeros"), 3_000).keys() == {"identical-units"}
    assert found_after(preset("people", data(standardise=False)), 500).keys() == {"inputs-not-scaled"}
