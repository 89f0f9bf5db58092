"""Has a whole part of the data judged; the more rows it has, the less often."""

from collections.abc import Callable
from time import perf_counter
from typing import Any

from playground.experiment.probes.classification import ClassificationProbe, ClassificationResult
from playground.experiment.probes.snapshot import Probe, Snapshot
from playground.ui.core.labels import Part

ROWS_A_SECOND = 20_000
"""So many rows are judged while training runs: 10,000 images twice a second, a few hundred points in every frame."""


class ClassificationQuery:
    """Asks for the judgement of one part and keeps the latest.

    While the run moves, it asks again after a time that goes by the number of rows; once it rests, at once.
    """

    def __init__(self, clock: Callable[[], float] = perf_counter) -> None:
        self._clock = clock
        self.judged: ClassificationResult | None = None
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
        is_due = self.judged is None or not self._is_moving or self._clock() >= self._next
        return (ClassificationProbe(part),) if is_due else ()

    def take(self, snapshot: Snapshot) -> bool:
        """Note a snapshot; return whether there is a new judgement in it."""
        self._is_moving = snapshot.playing
        probe: Probe[Any] = ClassificationProbe(self._part)
        found = snapshot.answer(probe)
        if found is None:
            return False
        self.judged, self._step = found, snapshot.step
        self._next = self._clock() + len(found.rows) / ROWS_A_SECOND
        return True

    def is_behind(self, snapshot: Snapshot) -> bool:
        """Return whether the run rests at another step than the one that was judged."""
        return not snapshot.playing and snapshot.step != self._step
