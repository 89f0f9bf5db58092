"""The runs that were left, by a reset or for another network or other data: an undo continues them."""

from collections import deque

import numpy as np

from playground.experiment.config.change_kind import ChangeKind, kind_of_change
from playground.experiment.config.schema import ExperimentConfig
from playground.experiment.training.building import needed_memory
from playground.experiment.training.trainer import Trainer

MOST, MOST_BYTES = 20, 128 << 20
"""So many runs are kept at most, the newest ones, and so much memory."""


class LeftRuns:
    """Trained runs, each under an object that whoever left it holds on to; only that very object finds it again."""

    def __init__(self) -> None:
        self._runs: deque[tuple[object, Trainer]] = deque(maxlen=MOST)

    def add(self, key: object, trainer: Trainer) -> bool:
        """Keep a run, without competitors, as the newest; return False if it is too large or still at its start."""
        is_at_start = trainer.step_count == 0 and np.array_equal(trainer.network.parameters, trainer.start)
        if is_at_start or _size(trainer) > MOST_BYTES:
            return False
        trainer.competitors = ()
        self._runs.append((key, trainer))
        while _size(*(it for _key, it in self._runs)) > MOST_BYTES:
            self._runs.popleft()
        return True

    def take(self, key: object, config: ExperimentConfig) -> Trainer | None:
        """Remove the newest run under this object and return it; None where none can go on with `config`."""
        for at in reversed(range(len(self._runs))):
            it, trainer = self._runs[at]
            if it is key and kind_of_change(trainer.config, config) <= ChangeKind.LIVE:
                del self._runs[at]
                return trainer
        return None


def _size(*trainers: Trainer) -> int:
    """Return how much memory runs take; data that they share count once."""
    arrays = {id(it): it.nbytes for one in trainers for it in vars(one.data).values() if isinstance(it, np.ndarray)}
    return sum(needed_memory(one.config, one.data) for one in trainers) + sum(arrays.values())
