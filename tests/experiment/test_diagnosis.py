"""Each rule on runs that show what it looks for; and runs that are well, on which no rule may find anything."""

from functools import partial

import numpy as np
import pytest

from playground.experiment import edits
from playground.experiment.config import InitialChoice, from_builtins, replace
from playground.experiment.diagnosis import RULES, Case, Watch, diagnose, examine
from playground.experiment.diagnosis.actions import usual_rate
from playground.experiment.diagnosis.finding import NUMBERS
from playground.experiment.presets import PRESETS
from playground.experiment.probe import Look
from playground.experiment.trainer import Trainer


def preset(name, *changes):
    config = PRESETS[name].config
    for change in changes:
        config = change(config)
    return config


def rate(value):
    return lambda config: edits.set_learning_rate(config, value)


def start(scheme, **options):
    return lambda config: edits.set_initial(config, InitialChoice(scheme, **options))


def optimizer(name):
    return lambda config: edits.set_optimizer(config, name)


def data(**options):
    return lambda config: edits.set_data_option(config, **options)


def deep(activation, units=8):
    return lambda config: edits.set_hidden(edits.set_activation(config, activation), (units,) * 6)


def found_after(config, steps):
    trainer = Trainer(config)
    trainer.run(steps)
    return {found.rule: found for found in reversed(diagnose(trainer))}


ZERO_RELU = {"data": "circle", "network": {"hidden": [6], "activation": "relu", "initial": "zeros"}, "training": {}}

SHOWS = {
    "diverged": (partial(preset, "sine-curve", optimizer("sgd"), rate(50.0)), 1_000),
    "rate-too-large": (partial(preset, "and-gate", rate(100.0)), 1_000),
    "identical-units": (partial(preset, "and-gate-zeros"), 10_000),
    "dead-units": (partial(from_builtins, ZERO_RELU), 10),
    "saturated": (partial(preset, "circle", deep("tanh"), rate(0.3)), 500),
    "inputs-not-scaled": (partial(preset, "people", data(standardise=False)), 0),
    "exploding-gradient": (
        partial(preset, "circle", optimizer("sgd"), deep("relu"), rate(1e-6), start("gaussian", std=2.0)),
        100,
    ),
    "vanishing-gradient": (partial(preset, "circle", optimizer("sgd"), deep("sigmoid")), 100),
    "stuck": (partial(preset, "xor-gate-zeros"), 3_000),
    "rate-too-small": (partial(preset, "spiral", rate(1e-7)), 1_000),
    "overfitting": (
        partial(preset, "moons", data(samples=60, noise=0.35), lambda it: edits.set_hidden(it, (32, 32))),
        1_000,
    ),
}


@pytest.mark.parametrize("rule", SHOWS)
def test_a_rule_finds_what_it_looks_for_and_says_it_with_numbers(rule):
    config, steps = SHOWS[rule]
    found = found_after(config(), steps)[rule]
    assert any(letter.isdigit() for letter in found.headline)
    assert found.headline.endswith(".")
    assert found.sentence == f"{found.headline} {found.advice}"
    assert len(found.why) > 100
    assert found.evidence.keys() <= NUMBERS.keys()
    assert np.isfinite(list(found.evidence.values())).all()
    assert len(found.table()) == len(found.evidence) >= 2
    assert found.actions


@pytest.mark.parametrize("rule", SHOWS)
def test_whatever_an_action_does_can_be_done(rule):
    config, steps = SHOWS[rule]
    trainer = Trainer(config())
    trainer.run(steps)
    found = {found.rule: found for found in diagnose(trainer)}[rule]
    for action in found.actions:
        assert action.label
        assert action.tip
        assert action.edit or action.parameters or action.resets or action.rivals
        if action.edit is not None:
            changed = action.edit(trainer.config)
            assert changed != trainer.config
            Trainer(changed).run(5)
        if action.parameters is not None:
            moved = action.parameters(trainer.network.copy_parameters())
            assert not np.array_equal(moved, trainer.network.parameters)
            assert moved.dtype == trainer.network.dtype


def test_every_rule_is_tested():
    assert SHOWS.keys() | {"class-never-predicted"} == RULES.keys()


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


HEALTHY = (
    "and-gate", "or-gate", "xor-gate", "people", "height-weight", "worked-example", "simple-net", "circle", "moons",
    "spiral", "hills", "sine-curve", "digits",
)  # fmt: skip


@pytest.mark.parametrize("name", HEALTHY)
def test_a_healthy_run_shows_no_card_from_start_to_end(name):
    trainer, watch = Trainer(PRESETS[name].config), Watch()
    while trainer.stopped_by is None:
        watch.look(diagnose(trainer))
        assert [found.sentence for found in watch.shown] == [], trainer.step_count
        trainer.run(max(1, trainer.step_count // 3))
    assert diagnose(trainer) == ()


def test_a_short_look_at_mnist_shows_no_card(mnist_folder):
    trainer, watch = Trainer(PRESETS["mnist-two-layer"].config), Watch()
    for _ in range(8):
        watch.look(diagnose(trainer))
        assert watch.shown == ()
        trainer.run(300)


def test_zeros_are_one_unit_for_ever():
    found = found_after(PRESETS["and-gate-zeros"].config, 10_000)
    assert found.keys() == {"identical-units"}
    assert found["identical-units"].evidence == {"units": 4, "distinct": 1}
    assert found["identical-units"].headline == "4 hidden units, 1 distinct."


def test_fifty_hidden_units_from_zero_are_one_until_their_symmetry_is_broken(mnist_folder):
    trainer = Trainer(PRESETS["mnist-zeros"].config)
    trainer.run(600)
    found = {found.rule: found for found in diagnose(trainer)}["identical-units"]
    assert found.headline == "50 hidden units, 1 distinct."
    accuracy_of_one = trainer.evaluate()[0].accuracy
    (action,) = [action for action in found.actions if action.key == "break"]
    biases = [bias.copy() for bias in trainer.network.biases]
    trainer.set_parameters(action.parameters(trainer.network.copy_parameters()))
    for bias, before in zip(trainer.network.biases, biases, strict=True):
        np.testing.assert_array_equal(bias, before)
    assert Look().compute(trainer).layers[0].distinct == 50
    trainer.run(3_000)
    assert trainer.evaluate()[0].accuracy > 0.88 > 2 * accuracy_of_one
    assert "identical-units" not in {found.rule for found in diagnose(trainer)}


def test_a_wide_gaussian_start_on_mnist_is_saturated(mnist_folder):
    config = preset("mnist-two-layer", start("gaussian"))
    assert 0.55 < found_after(config, 0)["saturated"].evidence["share"] < 0.66
    assert "saturated" in found_after(config, 1_000)


@pytest.mark.parametrize("name", ["mnist-two-layer", "mnist-nielsen"])
def test_a_rate_of_100_on_mnist_is_explained(mnist_folder, name):
    trainer = Trainer(preset(name, rate(100.0)))
    trainer.run(700)
    assert np.isfinite(trainer.network.parameters).all()
    assert np.isfinite(trainer.history.view().mean).all()
    assert {"rate-too-large", "saturated"} <= {found.rule for found in diagnose(trainer)}


@pytest.mark.parametrize("name", ["and-gate", "and-gate-textbook", "xor-gate"])
def test_a_rate_of_100_on_a_gate_is_explained(name):
    found = found_after(preset(name, rate(100.0)), 200)
    assert "rate-too-large" in found
    smaller = next(action for action in found["rate-too-large"].actions if action.key == "slower")
    assert smaller.resets
    assert smaller.edit(preset(name, rate(100.0))).training.learning_rate == 10.0


@pytest.mark.parametrize("speed", [30.0, 100.0, 1_000.0])
@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "relu", "leaky-relu", "linear"])
def test_a_gate_at_a_far_too_large_rate_is_hopeless(activation, speed):
    config = preset("and-gate", rate(speed), lambda it: edits.set_activation(it, activation))
    found = found_after(config, 200)["rate-too-large"]
    assert found.is_hopeless
    assert found.headline == f"Nothing learnt in 200 steps at a rate of {speed:g}: the loss is 0.125."
    assert found.evidence["ruined"] == 1.0
    again = found.actions[0]
    assert (again.label, again.resets, again.plays) == ("Start again at 0.1", True, True)
    assert again.edit(config).training.learning_rate == 0.1


@pytest.mark.parametrize(
    ("activation", "speed"), [("sigmoid", 30.0), ("sigmoid", 100.0), ("tanh", 100.0), ("relu", 100.0)]
)
def test_mnist_at_a_far_too_large_rate_is_hopeless(mnist_folder, activation, speed):
    config = preset("mnist-two-layer", rate(speed), lambda it: edits.set_activation(it, activation))
    found = found_after(config, 250)["rate-too-large"]
    assert found.is_hopeless
    assert found.evidence["loss"] > 2 * found.evidence["baseline"]
    assert found.actions[0].label == "Start again at 0.1"


@pytest.mark.parametrize("seed", [1, 2, 42])
@pytest.mark.parametrize("name", [name for name in PRESETS if not name.startswith(("mnist", "fashion"))])
def test_no_ready_made_run_is_hopeless(name, seed):
    trainer = Trainer(edits.set_seed(PRESETS[name].config, seed))
    while trainer.stopped_by is None and trainer.step_count < 3_000:
        trainer.run(max(50, trainer.step_count // 4))
        assert not any(found.is_hopeless for found in diagnose(trainer)), trainer.step_count


@pytest.mark.parametrize("name", ["nand", "gauss", "plane"])
def test_no_run_on_the_other_data_sets_is_hopeless(name):
    trainer = Trainer(edits.set_data(PRESETS["spiral"].config, name))
    while trainer.stopped_by is None and trainer.step_count < 3_000:
        trainer.run(max(50, trainer.step_count // 4))
        assert not any(found.is_hopeless for found in diagnose(trainer)), trainer.step_count


@pytest.mark.parametrize("name", ["mnist-two-layer", "mnist-zeros", "mnist-nielsen"])
def test_no_ready_made_run_on_mnist_is_hopeless(mnist_folder, name):
    trainer = Trainer(PRESETS[name].config)
    for _ in range(6):
        trainer.run(150)
        assert not any(found.is_hopeless for found in diagnose(trainer)), trainer.step_count


@pytest.mark.parametrize("name", ["height-weight", "moons", "people"])
def test_a_large_rate_that_learns_all_the_same_is_not_hopeless(name):
    learnt = 0
    config = edits.set_activation(preset(name, rate(10.0), optimizer("sgd")), "tanh")
    for seed in range(8):
        trainer = Trainer(edits.set_seed(config, seed))
        trainer.run(2_000)
        if trainer.evaluate()[0].accuracy > 0.8:  # what one start learns at such a rate another does not
            learnt += 1
            assert not any(found.is_hopeless for found in diagnose(trainer)), seed
    assert learnt >= 4


def test_a_rate_that_was_lowered_since_gets_another_chance():
    trainer = Trainer(preset("and-gate", rate(100.0)))
    trainer.run(1_000)
    parts = (trainer.config, Look().compute(trainer), trainer.history.view(), trainer.steps_per_epoch)
    assert any(found.is_hopeless for found in examine(Case(*parts)))
    assert not any(found.is_hopeless for found in examine(Case(*parts, since=900)))


def test_the_usual_rate_goes_by_the_optimiser_and_the_rows_that_are_summed():
    renamed = partial(preset, "and-gate", lambda it: replace(it, name="mine"), rate(100.0))
    assert usual_rate(renamed(), 4).edit(renamed()).training.learning_rate == 0.1
    assert usual_rate(renamed(), 100).edit(renamed()).training.learning_rate == 0.01
    assert usual_rate(renamed(optimizer("adam")), 1).edit(renamed()).training.learning_rate == 0.01
    nielsen = preset("mnist-nielsen", rate(300.0))
    assert usual_rate(nielsen, 1).edit(nielsen).training.learning_rate == 3.0


def test_zeros_with_relu_are_dead():
    found = found_after(from_builtins(ZERO_RELU), 10)
    assert found["dead-units"].headline == "6 of 6 units of layer 1 are dead."


def test_divergence_says_where_and_what_to_try_and_nothing_else():
    found = found_after(*[make() if callable(make) else make for make in SHOWS["diverged"]])
    (only,) = found.values()
    assert "below 50, such as 5." in only.sentence
    assert f"step {only.evidence['step']}" in only.sentence


def test_what_happened_before_a_change_is_not_held_against_the_run():
    trainer = Trainer(preset("xor-gate-zeros"))
    trainer.run(3_000)
    parts = (trainer.config, Look().compute(trainer), trainer.history.view(), trainer.steps_per_epoch)
    assert "stuck" in {found.rule for found in examine(Case(*parts))}
    assert "stuck" not in {found.rule for found in examine(Case(*parts, since=2_900))}


def test_a_run_that_has_just_begun_is_judged_by_what_can_be_seen():
    found = found_after(preset("xor-gate-zeros"), 0)
    assert found.keys() == {"identical-units"}


def test_a_card_comes_after_two_looks_and_goes_after_four_without():
    found = found_after(PRESETS["and-gate-zeros"].config, 10)["identical-units"]
    watch = Watch()
    watch.look([found])
    assert watch.shown == ()
    watch.look([])
    watch.look([found])
    assert watch.shown == ()
    watch.look([found])
    assert watch.shown == (found,)
    for _ in range(3):
        watch.look([])
        assert watch.shown == (found,)
    watch.look([])
    assert watch.shown == ()
    watch.look([found], settled=True)
    assert watch.shown == (found,)
    watch.clear()
    assert watch.shown == ()
