"""When a card comes and goes, and what the articles say of their own starts."""

import numpy as np
import pytest

from playground.experiment.config import edits
from playground.experiment.config.presets import PRESETS
from playground.experiment.diagnosis import Watch, about, diagnose
from playground.experiment.training.trainer import Trainer
from tests.experiment.diagnosis.provoked import case_of, found_after, preset


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


@pytest.mark.parametrize(
    ("name", "steps", "words"),
    [
        ("and-gate-zeros", 10_000, "Article C calls the result of this start not reasonable. Yet every sample"),
        ("and-gate-constant", 10_000, "Article C asks why this start learns"),
        ("xor-gate-zeros", 3_000, "Article A says that zero weights learn nothing. For XOR that is true"),
        ("and-gate-textbook", 10_000, None),
    ],
)
def test_an_article_is_asked_about_first_and_answered_when_it_is_seen(name, steps, words):
    trainer = Trainer(PRESETS[name].config)
    if words is not None:
        assert about(PRESETS[name], None).endswith("?")
        assert about(PRESETS[name], case_of(trainer)).endswith("?")
    trainer.run(steps)
    harmless = name.startswith("and")  # a gate that copies learn warns of nothing
    assert [(found.rule, found.is_harmless) for found in diagnose(trainer)] == [("identical-units", harmless)]
    if words is not None:
        assert about(PRESETS[name], case_of(trainer)).startswith(words)
        rng = np.random.default_rng(0)
        trainer.set_parameters(trainer.network.parameters + rng.normal(size=trainer.network.parameters.size))
        assert about(PRESETS[name], case_of(trainer)) == ""


def test_what_no_article_speaks_of_has_its_sentence():
    assert about(PRESETS["spiral"], None) == PRESETS["spiral"].sentence
