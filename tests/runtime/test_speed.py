import pytest

from playground.experiment.config.presets import PRESETS
from playground.experiment.config.schema import StopConfig
from playground.experiment.training.trainer import Trainer
from playground.runtime.speed import LARGEST_LAG, OPEN_END_SPEED, RateMeter, StepScheduler, watchable_speed


def play(pace: StepScheduler, step_seconds: float, until: float) -> list[float]:
    """Run a pace on a clock of its own; return when each step ended."""
    now = 0.0
    ends: list[float] = []
    pace.start(now)
    while now < until:
        due = pace.due(now)
        if due == 0:
            nap = pace.nap(now)
            assert nap > 0
            now += nap
            continue
        for _ in range(due):
            now += step_seconds
            ends.append(now)
        pace.made(due, now)
    return ends


@pytest.mark.parametrize("limit", [1.0, 60.0, 20_000.0])
def test_a_limited_speed_is_kept_exactly(limit):
    pace = StepScheduler()
    pace.set_limit(limit)
    ends = play(pace, 1e-6, 10.0)
    assert ends[0] == pytest.approx(1e-6)  # the first comes at once
    assert len(ends) == pytest.approx(10 * limit, abs=max(1, 0.005 * limit))


def test_what_was_missed_is_not_made_up_in_a_burst():
    pace = StepScheduler()
    pace.set_limit(100.0)
    play(pace, 1e-6, 1.0)
    assert pace.due(60.0) <= 1 + LARGEST_LAG * 100


def test_dragging_the_speed_makes_no_extra_steps():
    pace = StepScheduler()
    pace.set_limit(1.0)
    pace.start(0.0)
    pace.made(pace.due(0.0), 0.0)
    for k in range(1, 50):
        pace.set_limit(1.0 + k / 100)
        assert pace.due(k / 100) == 0


def test_the_meter_counts_the_last_half_second():
    meter = RateMeter()
    meter.start(0.0, 0)
    for k in range(1, 1001):
        meter.mark(k * 0.002, k * 10)
    assert meter.rate() == pytest.approx(5_000)
    for k in range(1, 1001):
        meter.mark(2.0 + k * 0.002, 10_000 + k)
    assert meter.rate() == pytest.approx(500)


def test_the_meter_knows_one_step_a_second():
    meter = RateMeter()
    assert meter.rate() == 0.0
    meter.start(0.0, 0)
    assert meter.rate() == 0.0
    for k in range(1, 6):
        meter.mark(float(k), k)
    assert meter.rate() == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("stop", "speed"),
    [
        (StopConfig(steps=10_000), 1_000),
        (StopConfig(epochs=500), 1_000),  # of twenty steps each
        (StopConfig(steps=10_000, epochs=50), 100),
        (StopConfig(steps=3), 1),
        (StopConfig(), OPEN_END_SPEED),
        (StopConfig(loss_below=0.02), OPEN_END_SPEED),
        (StopConfig(loss_below=0.02, steps=100_000), OPEN_END_SPEED),
        (StopConfig(accuracy_above=0.9, steps=1_000), 50),
    ],
)
def test_the_automatic_speed_takes_ten_seconds_where_the_end_is_known(stop: StopConfig, speed: float) -> None:
    assert watchable_speed(stop, 20.0) == speed


def test_a_ready_made_experiment_cannot_be_over_in_a_blink() -> None:
    for name in [name for name in PRESETS if "mnist" not in name and name != "fashion"]:
        trainer = Trainer(PRESETS[name].config)
        end = trainer.planned_end()
        speed = watchable_speed(trainer.config.training.stop, trainer.steps_per_epoch)
        assert speed <= OPEN_END_SPEED or (end is not None and 9 <= end[0] / speed <= 21), name
