"""Has a whole part of the data judged, as often as that is worth its cost."""

from time import perf_counter
from typing import Any

from playground.experiment.mistakes import Judged, Judgement
from playground.experiment.snapshot import Probe, Snapshot
from playground.runtime.session import Session
from playground.ui.outcomes import Part

SHARE = 0.016
"""Of the time, at most, goes to judging while training runs: 10,000 images twice a second."""

SHORTEST = 0.1  # seconds


class Judge:
    """Asks for the judgement of one part and keeps the latest.

    While the run moves, it asks again after a time that the last answer's cost decides; once it rests, at once.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self.judged: Judged | None = None
        self._part: Part = "test"
        self._step = -1
        self._is_moving = False
        self._next = 0.0

    def forget(self) -> None:
        """Begin anew: another run, or another part."""
        self.judged = None
        self._step = -1
        self._next = 0.0

    def probes(self, part: Part) -> tuple[Probe[Any], ...]:
        """Return the question, if it is time for it."""
        if part != self._part:
            self.forget()
            self._part = part
        is_due = self.judged is None or not self._is_moving or perf_counter() >= self._next
        return (Judgement(part),) if is_due else ()

    def take(self, snapshot: Snapshot) -> bool:
        """Note a snapshot; return whether there is a new judgement in it."""
        self._is_moving = snapshot.playing
        probe: Probe[Any] = Judgement(self._part)
        found = snapshot.answer(probe)
        if found is None:
            return False
        self.judged, self._step = found, snapshot.step
        cost = self._session.answer_seconds.get(probe, 0.0)
        self._next = perf_counter() + max(SHORTEST, cost / SHARE)
        return True

    def is_behind(self, snapshot: Snapshot) -> bool:
        """Return whether the run rests at another step than the one that was judged."""
        return not snapshot.playing and snapshot.step != self._step
