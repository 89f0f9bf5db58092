import pytest

from playground.runtime.pace import LARGEST_LAG, LARGEST_SLICE, SLICE, Meter, Pace


def play(pace: Pace, step_seconds: float, until: float) -> list[float]:
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
        begin = now
        for _ in range(due):
            now += step_seconds
            ends.append(now)
        pace.made(due, now - begin, now)
    return ends


@pytest.mark.parametrize("step_seconds", [1e-6, 5e-6, 250e-6, 30e-3])
def test_slices_grow_and_shrink_to_ten_milliseconds(step_seconds):
    pace = Pace()
    play(pace, step_seconds, 0.5)
    size = pace.slice_size()
    assert size == 1 or 0.4 * SLICE <= size * step_seconds <= SLICE or size == LARGEST_SLICE
    pace.made(size, 50 * SLICE, 1.0)
    assert pace.slice_size() <= max(1, size // 50)


@pytest.mark.parametrize("limit", [1.0, 3.0, 10.0, 60.0, 1_000.0, 20_000.0])
def test_a_limited_speed_is_kept_exactly(limit):
    pace = Pace()
    pace.set_limit(limit)
    ends = play(pace, 1e-6, 10.0)
    assert len(ends) == pytest.approx(10 * limit, abs=max(1, 0.005 * limit))


def test_the_first_step_comes_at_once():
    pace = Pace()
    pace.set_limit(1.0)
    assert play(pace, 1e-6, 0.5) == [pytest.approx(1e-6)]


def test_what_was_missed_is_not_made_up_in_a_burst():
    pace = Pace()
    pace.set_limit(100.0)
    play(pace, 1e-6, 1.0)
    assert pace.due(60.0) <= 1 + LARGEST_LAG * 100


def test_dragging_the_speed_makes_no_extra_steps():
    pace = Pace()
    pace.set_limit(1.0)
    pace.start(0.0)
    pace.made(pace.due(0.0), 1e-6, 0.0)
    for k in range(1, 50):
        pace.set_limit(1.0 + k / 100)
        assert pace.due(k / 100) == 0


def test_the_meter_counts_the_last_half_second():
    meter = Meter()
    meter.start(0.0, 0)
    for k in range(1, 1001):
        meter.mark(k * 0.002, k * 10)
    assert meter.rate() == pytest.approx(5_000)
    for k in range(1, 1001):
        meter.mark(2.0 + k * 0.002, 10_000 + k)
    assert meter.rate() == pytest.approx(500)


def test_the_meter_knows_one_step_a_second():
    meter = Meter()
    meter.start(0.0, 0)
    for k in range(1, 6):
        meter.mark(float(k), k)
    assert meter.rate() == pytest.approx(1.0)


def test_the_meter_says_nothing_before_the_first_step():
    meter = Meter()
    assert meter.rate() == 0.0
    meter.start(1.0, 0)
    assert meter.rate() == 0.0
