"""When a card comes and goes."""

from playground.experiment.config import edits
from playground.experiment.config.presets import PRESETS
from playground.experiment.diagnosis import Watch
from tests.experiment.diagnosis.provoked import found_after, preset


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
