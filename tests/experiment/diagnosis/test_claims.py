"""What the articles say of their own starts."""

import numpy as np
import pytest

from playground.experiment.config.presets import PRESETS
from playground.experiment.diagnosis import Case, about, diagnose
from playground.experiment.probes.probe import RunEvidence
from playground.experiment.training.trainer import Trainer


def case_of(trainer):
    return Case(trainer.config, RunEvidence().compute(trainer), trainer.history.view(), trainer.steps_per_epoch)


@pytest.mark.parametrize("name", ["and-gate-zeros", "and-gate-constant", "and-gate-textbook"])
def test_a_gate_that_is_learnt_by_copies_warns_of_nothing_at_its_end(name):
    trainer = Trainer(PRESETS[name].config)
    trainer.run(10_000)
    assert [(found.rule, found.is_harmless) for found in diagnose(trainer)] == [("identical-units", True)]


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
