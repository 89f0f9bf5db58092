"""How far a training step is that takes long."""

from playground.experiment.training.metrics import StepProgress


def test_the_time_of_a_whole_step_is_reckoned_from_what_is_done() -> None:
    assert StepProgress(0, 400, 0.0).step_seconds is None
    quarter = StepProgress(100, 400, 0.5)
    assert quarter.share == 0.25
    assert quarter.step_seconds == 2.0
