"""Each rule on runs that show what it looks for; and runs that are well, on which no rule may find anything."""

from functools import partial

import numpy as np
import pytest

from playground import language
from playground.experiment.config import edits
from playground.experiment.config.presets import PRESETS
from playground.experiment.config.schema import InitialChoice, StopConfig, from_builtins
from playground.experiment.diagnosis import RULES, Case, Watch, about, diagnose, examine
from playground.experiment.diagnosis.finding import NUMBERS
from playground.experiment.diagnosis.rules import CAUSES
from playground.experiment.explain.number_text import loss_text, share_text
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
        assert action.edit or action.parameters or action.rivals
        if action.edit is not None:
            changed = action.edit(trainer.config)
            assert changed != trainer.config
            Trainer(changed).run(5)
        if action.parameters is not None:
            moved = action.parameters(trainer.network.copy_parameters())
            assert not np.array_equal(moved, trainer.network.parameters)
            assert moved.dtype == trainer.network.dtype


def test_every_rule_is_tested():
    assert SHOWS.keys() | {"class-never-predicted", "past-best"} == RULES.keys()


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


@pytest.mark.parametrize("seed_", [1, 42])
@pytest.mark.parametrize("name", HEALTHY)
def test_a_healthy_run_shows_no_card_from_start_to_end(name, seed_):
    trainer, watch = Trainer(preset(name, seed(seed_))), Watch()
    while trainer.stopped_by is None:
        watch.update(diagnose(trainer))
        assert [found.sentence for found in watch.shown] == [], trainer.step_count
        trainer.run(max(1, trainer.step_count // 3))
    watch.update(diagnose(trainer), settled=True)
    assert [found.sentence for found in watch.shown] == []


@pytest.mark.parametrize("name", ["and-gate-zeros", "and-gate-constant", "and-gate-textbook"])
def test_a_gate_that_is_learnt_by_copies_warns_of_nothing_at_its_end(name):
    trainer = Trainer(PRESETS[name].config)
    trainer.run(10_000)
    assert [(found.rule, found.is_harmless) for found in diagnose(trainer)] == [("identical-units", True)]


def test_a_short_look_at_mnist_shows_no_card(mnist_folder):
    trainer, watch = Trainer(PRESETS["mnist-two-layer"].config), Watch()
    for _ in range(8):
        watch.update(diagnose(trainer))
        assert watch.shown == ()
        trainer.run(300)


def test_zeros_are_one_unit_for_ever():
    found = found_after(PRESETS["and-gate-zeros"].config, 10_000)
    assert found.keys() == {"identical-units"}
    (units,) = found.values()
    assert (units.evidence["units"], units.evidence["distinct"]) == (4, 1)
    assert units.sentence == "4 hidden units that act as 1. It does no harm here: AND needs only one."
    assert units.is_harmless
    assert [action.key for action in units.actions] == ["race"]


def test_copies_that_are_in_the_way_are_a_warning():
    (units,) = found_after(PRESETS["xor-gate-zeros"].config, 3_000).values()
    assert units.sentence == "4 hidden units that act as 1. Equal weights get equal updates and stay equal."
    assert not units.is_harmless
    assert [action.key for action in units.actions] == ["break", "race"]


@pytest.mark.parametrize("activation", ["tanh", "relu", "leaky-relu", "elu", "swish"])
def test_zeros_that_pass_no_gradient_say_so(activation):
    config = preset("and-gate-zeros", lambda it: edits.change(it, "network.activation", activation))
    (units,) = found_after(config, 3_000).values()
    assert units.headline == "4 hidden units that act as 1."
    assert "only the output's bias can learn" in units.advice
    assert [action.key for action in units.actions] == ["break", "race"]


def test_fifty_hidden_units_from_zero_are_one_until_their_symmetry_is_broken(mnist_folder):
    trainer = Trainer(PRESETS["mnist-zeros"].config)
    trainer.run(600)
    found = {found.rule: found for found in diagnose(trainer)}["identical-units"]
    assert found.headline == "50 hidden units that act as 1."
    accuracy_of_one = trainer.evaluate()[0].accuracy
    (action,) = [action for action in found.actions if action.key == "break"]
    biases = [bias.copy() for bias in trainer.network.biases]
    trainer.set_parameters(action.parameters(trainer.network.copy_parameters()))
    for bias, before in zip(trainer.network.biases, biases, strict=True):
        np.testing.assert_array_equal(bias, before)
    assert RunEvidence().compute(trainer).layers[0].distinct == 50
    trainer.run(3_000)
    assert trainer.evaluate()[0].accuracy > 0.88 > 2 * accuracy_of_one
    assert "identical-units" not in {found.rule for found in diagnose(trainer)}


def test_a_wide_gaussian_start_on_mnist_is_saturated(mnist_folder):
    config = preset("mnist-two-layer", start("gaussian"))
    assert 0.55 < found_after(config, 20)["saturated"].evidence["share"] < 0.66
    assert "saturated" in found_after(config, 1_000)


@pytest.mark.parametrize("name", ["mnist-two-layer", "mnist-nielsen"])
def test_a_rate_of_100_on_mnist_is_explained(mnist_folder, name):
    trainer = Trainer(preset(name, rate(100.0)))
    trainer.run(700)
    assert np.isfinite(trainer.network.parameters).all()
    assert np.isfinite(trainer.history.view().mean).all()
    assert {found.rule for found in diagnose(trainer)} == {"rate-too-large"}


@pytest.mark.parametrize(
    ("activation", "speed"), [("sigmoid", 30.0), ("sigmoid", 100.0), ("tanh", 100.0), ("relu", 100.0)]
)
def test_mnist_at_a_far_too_large_rate_is_hopeless(mnist_folder, activation, speed):
    config = preset("mnist-two-layer", rate(speed), lambda it: edits.change(it, "network.activation", activation))
    trainer = Trainer(config)
    trainer.run(250)
    found = diagnose(trainer)[0]
    assert found.is_hopeless
    assert "loss" not in found.evidence  # the counters still show that of the start
    trainer.evaluate()  # as the pause does
    found = diagnose(trainer)[0]
    assert found.is_hopeless
    assert found.evidence["loss"] == trainer.metrics_train.loss > 2 * found.evidence["baseline"]
    assert found.actions[0].label == "Start again at 0.1"


@pytest.mark.parametrize("name", ["mnist-two-layer", "mnist-zeros", "mnist-nielsen"])
def test_no_ready_made_run_on_mnist_is_hopeless(mnist_folder, name):
    trainer = Trainer(PRESETS[name].config)
    for _ in range(6):
        trainer.run(150)
        assert not any(found.is_hopeless for found in diagnose(trainer)), trainer.step_count


def test_zeros_with_relu_are_copies_first_and_nothing_is_said_twice():
    assert found_after(from_builtins(ZERO_RELU), 20).keys() == {"identical-units"}


def test_divergence_says_where_and_what_to_try_and_nothing_else():
    found = found_after(*[make() if callable(make) else make for make in SHOWS["diverged"]])
    (only,) = found.values()
    assert "A learning rate of 50 is too large." in only.sentence
    assert f"at step {only.evidence['step']}:" in only.headline
    assert [action.label for action in only.actions] == ["Start again at 0.1"]


def test_what_happened_before_a_change_is_not_held_against_the_run():
    trainer = Trainer(preset("xor-gate", lambda it: edits.set_hidden(it, ())))
    trainer.run(3_000)
    parts = (trainer.config, RunEvidence().compute(trainer), trainer.history.view(), trainer.steps_per_epoch)
    assert "stuck" in {found.rule for found in examine(Case(*parts))}
    assert "stuck" not in {found.rule for found in examine(Case(*parts, since=2_900))}


@pytest.mark.parametrize("rule", SHOWS)
def test_nothing_is_said_before_something_has_happened(rule):
    make, _steps = SHOWS[rule]
    assert found_after(make(), 0) == {}
    if rule != "diverged":
        assert found_after(make(), 5) == {}


QUOTED = {
    **{rule: SHOWS[rule] for rule in ("rate-too-large", "stuck", "half-learnt", "overfitting", "saturated-output")},
    "rate-too-large, swinging or worse": (partial(plane, "spiral", rate(10.0), seed=42), 1_000),
}


@pytest.mark.parametrize("seed_", [2, 5])
@pytest.mark.parametrize("case", QUOTED)
def test_a_card_quotes_the_loss_of_the_counters_with_their_digits(case, seed_):
    make, steps = QUOTED[case]
    trainer = Trainer(edits.change(make(), "seed", seed_))
    trainer.run(steps)
    train, test = trainer.evaluate()
    for found in diagnose(trainer):
        quoted = {"loss": train, "test_loss": test, "accuracy": train}
        for key in quoted.keys() & found.evidence.keys():
            value = quoted[key].accuracy if key == "accuracy" else quoted[key].loss
            assert found.evidence[key] == value
            assert dict(found.table())[language._(NUMBERS[key][0])] in (loss_text(value), share_text(value))
        words = found.sentence.split()
        if found.rule in ("stuck", "half-learnt", "saturated-output"):
            assert loss_text(train.loss) in found.headline
        if found.rule == "overfitting":
            assert loss_text(test.loss) in found.headline
            assert loss_text(trainer.best.test.loss) in words


def test_a_spike_at_the_end_of_a_run_that_was_learnt_is_no_warning():
    trainer = Trainer(plane("moons", seed=42))
    trainer.run(1_500)
    noise = np.random.default_rng(0).normal(0, 3, trainer.network.parameters.size)
    trainer.set_parameters(trainer.network.parameters + noise)
    assert trainer.evaluate()[0].accuracy < 0.95
    assert diagnose(trainer) == ()


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


def test_causes_come_before_effects_and_effects_give_way():
    rank = list(RULES)
    for effect, causes in CAUSES.items():
        assert all(rank.index(cause) < rank.index(effect) for cause in causes)
    assert found_after(preset("xor-gate-zeros"), 3_000).keys() == {"identical-units"}
    assert found_after(preset("people", data(standardise=False)), 500).keys() == {"inputs-not-scaled"}


def test_the_best_step_is_named_and_gone_back_to():
    config, steps = SHOWS["overfitting"]
    trainer = Trainer(config())
    trainer.run(steps)
    found = {found.rule: found for found in diagnose(trainer)}["overfitting"]
    best = trainer.best
    action = found.actions[0]
    assert (action.key, action.label, action.pauses) == ("best", f"Back to step {best.step:,}", True)
    moved = action.parameters(trainer.network.copy_parameters())
    np.testing.assert_array_equal(moved, best.parameters)
    assert moved is not best.parameters
    other = np.zeros(3)
    assert action.parameters(other) is other


def test_an_article_is_asked_about_first_and_answered_when_it_is_seen():
    for name, steps, words in (
        ("and-gate-zeros", 10_000, "Article C calls the result of this start not reasonable. Yet every row is right"),
        ("and-gate-constant", 10_000, "Article C is surprised that this start learns"),
        ("xor-gate-zeros", 3_000, "Article A says that zero weights learn nothing. For XOR that is true"),
    ):
        trainer = Trainer(PRESETS[name].config)
        assert about(PRESETS[name], None).endswith("?")
        assert about(PRESETS[name], case_of(trainer)).endswith("?")
        trainer.run(steps)
        assert about(PRESETS[name], case_of(trainer)).startswith(words)
        rng = np.random.default_rng(0)
        trainer.set_parameters(trainer.network.parameters + rng.normal(size=trainer.network.parameters.size))
        assert about(PRESETS[name], case_of(trainer)) == ""
    assert about(PRESETS["spiral"], None) == PRESETS["spiral"].sentence


def case_of(trainer):
    return Case(trainer.config, RunEvidence().compute(trainer), trainer.history.view(), trainer.steps_per_epoch)
