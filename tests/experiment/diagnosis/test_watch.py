"""When a card comes and goes."""

import numpy as np
import pytest

from playground.experiment.config import edits
from playground.experiment.config.presets import PRESETS
from playground.experiment.diagnosis import Case, Watch, examine
from playground.experiment.probes.probe import RunEvidence
from playground.experiment.training.trainer import Trainer
from tests.experiment.diagnosis.provoked import SHOWS, found_after, preset


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
