"""Each rule on runs that show what it looks for; and runs that are well, on which no rule may find anything."""

from functools import partial

import numpy as np
import pytest

from playground import language
from playground.experiment.config import edits
from playground.experiment.config.presets import PRESETS
from playground.experiment.diagnosis import RULES, Watch, diagnose, examine
from playground.experiment.diagnosis.finding import NUMBERS
from playground.experiment.explain.number_text import loss_text, share_text
from playground.experiment.training.trainer import Trainer
from tests.experiment.diagnosis.provoked import HEALTHY, SHOWS, case_of, plane, preset, rate, seed

EARLY = (1, 3, 5, 21, 22, 52)
"""Steps after which every rule looks, besides those that show what it looks for."""


@pytest.mark.parametrize("rule", SHOWS)
def test_a_rule_finds_what_it_looks_for_says_it_with_numbers_and_offers_what_can_be_done(rule):
    make, steps = SHOWS[rule]
    trainer = Trainer(make())
    assert diagnose(trainer) == ()
    for reached in (*(step for step in EARLY if step < steps), steps):
        trainer.run(reached - trainer.step_count)
        assert reached != 5 or rule == "diverged" or diagnose(trainer) == (), "nothing has happened yet"
        look_at_any_moment(trainer)
    found = {found.rule: found for found in diagnose(trainer)}[rule]
    assert any(letter.isdigit() for letter in found.headline)
    assert found.headline.endswith(".")
    assert found.sentence == f"{found.headline} {found.advice}"
    assert len(found.why) > 100
    language.use("zh_CN")
    assert all("。 " not in text for it in diagnose(trainer) for text in (it.sentence, it.why))
    language.use("en")
    assert found.evidence.keys() <= NUMBERS.keys()
    assert np.isfinite(list(found.evidence.values())).all()
    assert len(found.table()) == len(found.evidence) >= 2
    assert found.actions
    for action in found.actions:
        assert action.label
        assert action.tip
        assert action.edit or action.parameters or action.competitors
        if action.edit is not None:
            changed = action.edit(trainer.config)
            assert changed != trainer.config
            Trainer(changed).run(5)
        if action.parameters is not None:
            moved = action.parameters(trainer.network.copy_parameters())
            assert not np.array_equal(moved, trainer.network.parameters)
            assert moved.dtype == trainer.network.dtype


def look_at_any_moment(trainer):
    """Look as if a setting had been changed at one moment or another."""
    now = trainer.step_count
    for since in {0, now // 2, now - 3, now - 1, now}:
        for found in examine(case_of(trainer, max(since, 0))):
            assert np.isfinite(list(found.evidence.values())).all()


def test_every_rule_is_tested():
    assert SHOWS.keys() | {"class-never-predicted", "past-best"} == RULES.keys()


@pytest.mark.parametrize("seed_", [1, 42])
@pytest.mark.parametrize("name", HEALTHY)
def test_a_healthy_run_shows_no_card_from_start_to_end(name, seed_):
    trainer, watch = Trainer(preset(name, seed(seed_))), Watch()
    while trainer.stopped_by is None:
        findings = diagnose(trainer)
        assert not any(found.is_hopeless for found in findings), trainer.step_count
        watch.update(findings)
        assert [found.sentence for found in watch.shown] == [], trainer.step_count
        trainer.run(max(1, trainer.step_count // 3))
    watch.update(diagnose(trainer), settled=True)
    assert [found.sentence for found in watch.shown] == []


def test_a_short_look_at_mnist_shows_no_card(mnist_folder):
    trainer, watch = Trainer(PRESETS["mnist-two-layer"].config), Watch()
    for _ in range(8):
        watch.update(diagnose(trainer))
        assert watch.shown == ()
        trainer.run(300)


def test_a_rate_of_100_on_mnist_is_explained(mnist_folder):
    trainer = Trainer(preset("mnist-nielsen", rate(100.0)))
    trainer.run(700)
    assert np.isfinite(trainer.network.parameters).all()
    assert np.isfinite(trainer.history.view().mean).all()
    assert {found.rule for found in diagnose(trainer)} == {"rate-too-large"}


@pytest.mark.parametrize(("activation", "speed"), [("sigmoid", 30.0), ("relu", 100.0)])
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


@pytest.mark.parametrize("name", ["mnist-zeros", "mnist-nielsen"])
def test_no_ready_made_run_on_mnist_is_hopeless(mnist_folder, name):
    trainer = Trainer(PRESETS[name].config)
    for _ in range(6):
        trainer.run(150)
        assert not any(found.is_hopeless for found in diagnose(trainer)), trainer.step_count


def test_what_happened_before_a_change_is_not_held_against_the_run():
    trainer = Trainer(preset("xor-gate", lambda it: edits.set_hidden(it, ())))
    trainer.run(3_000)
    assert "stuck" in {found.rule for found in examine(case_of(trainer))}
    assert "stuck" not in {found.rule for found in examine(case_of(trainer, 2_900))}


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


def test_the_best_step_is_named_and_gone_back_to():
    config, steps = SHOWS["overfitting"]
    trainer = Trainer(config())
    trainer.run(steps)
    found = {found.rule: found for found in diagnose(trainer)}["overfitting"]
    best, history = trainer.best, trainer.history.view()
    assert found.evidence["train_before"] == history.train_loss[history.metric_steps == best.step]
    action = found.actions[0]
    assert (action.key, action.label, action.pauses) == ("best", f"Weights of step {best.step:,}", True)
    moved = action.parameters(trainer.network.copy_parameters())
    np.testing.assert_array_equal(moved, best.parameters)
    assert moved is not best.parameters
    other = np.zeros(3)
    assert action.parameters(other) is other
