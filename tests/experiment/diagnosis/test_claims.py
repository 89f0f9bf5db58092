"""What the articles say of their own starts."""

import numpy as np
import pytest

from playground.experiment.config.presets import PRESETS
from playground.experiment.diagnosis import about, diagnose
from playground.experiment.training.trainer import Trainer
from tests.experiment.diagnosis.provoked import case_of


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
