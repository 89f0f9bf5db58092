"""Experiments that go wrong, each in its own way, and the changes that lead there."""

from dataclasses import replace
from functools import partial

from playground.experiment.config import edits
from playground.experiment.config.presets import PRESETS
from playground.experiment.config.schema import InitialChoice, StopConfig, from_builtins
from playground.experiment.diagnosis import Case, diagnose
from playground.experiment.probes.probe import RunEvidence
from playground.experiment.training.trainer import Trainer


def preset(name, *changes):
    config = PRESETS[name].config
    for change in changes:
        config = change(config)
    return config


def rate(value):
    return lambda config: edits.change(config, "training.learning_rate", value)


def activation(name):
    return lambda config: edits.change(config, "network.activation", name)


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


def deep(name, units=8):
    return lambda config: edits.set_hidden(activation(name)(config), (units,) * 6)


def plane(data, *changes, seed):
    """Return two classes on the plane and tanh units for them, whatever the ready-made experiments have."""
    config = from_builtins(
        {
            "data": {"name": data, **({"noise": 0.15} if data == "moons" else {})},
            "network": {"hidden": [8, 8] if data == "spiral" else [6], "activation": "tanh", "initial": "xavier"},
            "training": {"loss": "cross-entropy", "learning_rate": 0.01, "batch_size": 10, "optimizer": "adam"},
            "seed": seed,
        }
    )
    for change in changes:
        config = change(config)
    return config


def rectified_spiral(*changes):
    """Return the spiral with ReLU, He's weights, two more inputs and no end."""
    more = data(features=("x1", "x2", "x1^2", "sin(x2)"))
    return preset("spiral", more, activation("relu"), start("he"), on, *changes)


def one_neuron(seed):
    """Return the one neuron of article D from weights so wide that some start at the wrong end, and stay there."""
    return from_builtins(
        {
            "data": "people-4",
            "network": {"hidden": [], "initial": {"scheme": "gaussian", "std": 5.0, "bias": "same"}},
            "training": {"loss": "mse", "learning_rate": 0.1, "batch_size": 1, "sampling": "in-order"},
            "seed": seed,
        }
    )


def case_of(trainer, since=None):
    """Return what the rules look at, as if something had last been changed at step `since` where it is given."""
    evidence = RunEvidence().compute(trainer)
    if since is not None:
        evidence = replace(evidence, changed_at=since)
    return Case(trainer.config, evidence, trainer.history.view(), trainer.steps_per_epoch, trainer.divergence)


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
"""By the rule that finds it: how the experiment is made, and how many steps show it."""

HEALTHY = (
    "and-gate", "or-gate", "xor-gate", "people", "height-weight", "worked-example", "simple-net", "circle", "moons",
    "spiral", "hills", "sine-curve", "digits",
)  # fmt: skip
"""Ready-made experiments of which no rule may find anything."""
