"""How fast a run goes: the speed at which it can be watched, how many steps at a time, how many a second that is."""

import math
import time
from collections import deque
from typing import Final, Literal

from playground.experiment.config.schema import StopConfig
from playground.experiment.training import stop_conditions

UNLIMITED = 1 << 40  # steps
SHORTEST_NAP = 0.004  # seconds; a limited speed above 250 steps a second makes several steps each time
LARGEST_LAG = 0.25  # seconds; what could not be kept up with is not caught up later
RATE_WINDOW = 0.5  # seconds

# Processor time where it is counted finely (not on Windows): on a busy machine the wall clock would charge a
# frame with the work of other programs.
clock = time.thread_time if time.get_clock_info("thread_time").resolution < 1e-4 else time.perf_counter

AUTO: Final = "auto"
Speed = float | Literal["auto"] | None
"""Steps per second; `AUTO` for the speed at which the run can be watched, None for as many as can be."""

WATCHED_SECONDS = 10.0
"""How long a run takes from Play to its end at the speed `AUTO`, where the machine is fast enough."""

OPEN_END_SPEED = 700.0
"""Steps per second at the speed `AUTO` where the number of steps is unknown: the run ends at a loss, or never."""


def watchable_speed(stop: StopConfig, steps_per_epoch: float) -> float:
    """Return the steps per second, 1 at least, at which a run can be watched from its start to its end."""
    end = stop_conditions.planned_end(stop, steps_per_epoch, 1, steps_per_epoch)
    if end is None:
        return OPEN_END_SPEED
    speed = end[0] / WATCHED_SECONDS
    if stop.loss_below is not None or stop.accuracy_above is not None:
        speed = min(speed / 2, OPEN_END_SPEED)  # as a rule it ends at about half of the steps it may make
    return max(speed, 1.0)


class StepScheduler:
    """Observes a limit in steps per second where there is one.

    All times are seconds of one monotonic clock, handed in.
    """

    def __init__(self) -> None:
        self.limit: float | None = None
        self._last = -math.inf
        self._next = 0.0

    def start(self, now: float) -> None:
        """Begin to play: the first step is due at once."""
        self._next = now

    def set_limit(self, limit: float | None) -> None:
        """Change the speed: the next step is due one interval after the last one."""
        self.limit = limit
        if limit is not None:
            self._next = self._last + 1 / limit

    def due(self, now: float) -> int:
        """Return how many steps to make now, as far as there is time for them."""
        if self.limit is None:
            return UNLIMITED
        self._next = max(self._next, now - LARGEST_LAG)
        return 0 if now < self._next else 1 + int((now - self._next) * self.limit)

    def nap(self, now: float) -> float:
        """Return the seconds until there is something to do; 0 for at once."""
        if self.limit is None or now >= self._next:
            return 0.0
        return max(SHORTEST_NAP, self._next - now)

    def made(self, steps: int, now: float) -> None:
        """Note that so many steps were made, the last of which ended now."""
        if steps:
            self._last = now
            if self.limit is not None:
                self._next += steps / self.limit


class RateMeter:
    """Steps per second over the last half second, or over the last two steps where they are further apart."""

    def __init__(self) -> None:
        self._marks: deque[tuple[float, int]] = deque()

    def start(self, now: float, step: int) -> None:
        """Restart at this step; `now` in seconds, as of `time.perf_counter`."""
        self._marks.clear()
        self._marks.append((now, step))

    def mark(self, now: float, step: int) -> None:
        """Note that `step` was reached."""
        marks = self._marks
        if len(marks) > 1 and now - marks[-2][0] < RATE_WINDOW / 10:
            marks.pop()
        marks.append((now, step))
        while len(marks) > 2 and now - marks[1][0] >= RATE_WINDOW:
            marks.popleft()

    def rate(self) -> float:
        """Return the steps per second, 0 where nothing was made."""
        if len(self._marks) < 2:
            return 0.0
        (first, start), (last, end) = self._marks[0], self._marks[-1]
        return (end - start) / (last - first) if last > first else 0.0
