"""Rules about the data."""

from functools import partial

from playground.experiment.config import edits
from playground.experiment.config.presets import PRESETS
from playground.experiment.config.schema import InitialChoice, StopConfig, from_builtins
from playground.experiment.diagnosis import diagnose
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


def test_a_class_that_no_row_is_taken_for_is_named():
    rows = [[float(k % 7), float(k % 3)] for k in range(300)]
    labels = [[1] if k % 15 == 0 else [0] for k in range(300)]
    config = from_builtins(
        {
            "data": {"name": "rows", "x": rows, "y": labels, "task": "classification"},
            "network": {"hidden": [4], "activation": "tanh", "initial": "xavier"},
            "training": {"loss": "cross-entropy", "learning_rate": 0.1, "batch_size": 10},
        }
    )
    found = found_after(config, 2_000)["class-never-predicted"]
    assert found.headline == "Class 1 is never predicted."
    assert found.evidence["class_rows"] == 20


def test_a_table_that_overlaps_is_not_called_too_small_a_network():
    trainer = Trainer(on(preset("people")))
    trainer.run(8_000)
    assert trainer.evaluate()[0].accuracy < 0.95
    assert diagnose(trainer) == ()


def test_an_output_in_whose_reach_the_targets_lie_is_not_blamed():
    for activation in ("tanh", "linear"):
        found = found_after(preset("sine-curve", lambda it, name=activation: edits.set_output(it, name)), 500)
        assert "target-out-of-reach" not in found
    found = found_after(*[make() if callable(make) else make for make in SHOWS["target-out-of-reach"]])
    words = found["target-out-of-reach"].sentence
    assert "% of the targets are out of the output's reach. Sigmoid gives 0 to 1; the targets go from -1." in words
