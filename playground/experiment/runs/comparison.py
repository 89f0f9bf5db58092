"""Networks that differ in their first weights alone, trained side by side on the same rows in the same order."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from playground.experiment.config import edits
from playground.experiment.config.schema import ExperimentConfig
from playground.experiment.probes.snapshot import Probe
from playground.experiment.runs.initial_weights import InitialWeights
from playground.experiment.training.history import HistoryView
from playground.experiment.training.layer_statistics import distinct_units
from playground.experiment.training.trainer import Trainer

MOST_RIVALS = 3
"""Beside the run itself; more curves could not be told apart."""


@dataclass(frozen=True, eq=False)
class RacerView:
    """How one network of a race is doing.

    Attributes
    ----------
    step
        Steps made.
    history
        Losses and metrics by step.
    layers
        For each hidden layer, how many of its units are distinct, and how many there are.
    stopped_by
        What ended its run, or None; ``"diverged"`` where its numbers stopped being numbers.
    """

    step: int
    history: HistoryView
    layers: tuple[tuple[int, int], ...]
    stopped_by: str | None


class Comparison:
    """The network of a run, and rivals that start from other weights and make the same steps after it.

    Rows are drawn by the seed and the number of the step alone, so all see the same batches. Nobody knows of the
    others: each run is, bit for bit, what it would be by itself.

    Parameters
    ----------
    lead
        The run itself, at step 0.
    starts
        The first weights of each rival.

    Attributes
    ----------
    racers
        All of them, the run itself first.
    """

    def __init__(self, lead: Trainer, starts: Sequence[InitialWeights]) -> None:
        self._lead = lead
        self._starts = tuple(starts)
        self._rivals = tuple(
            Trainer(edits.change(lead.config, "network.initial", start), lead.data) for start in starts
        )
        self.racers = (lead, *self._rivals)
        lead.rivals = self._rivals

    @property
    def is_level(self) -> bool:
        """Whether all have made the same number of steps, but for those whose run has ended."""
        return not any(map(self._steps_behind, self._rivals))

    def follow(self, should_yield: Callable[[], bool] | None = None) -> None:
        """Make the steps with each rival that the run itself has made before it."""
        for rival in self._rivals:
            behind = self._steps_behind(rival)
            if not behind:
                continue
            rival.run(behind, should_yield)
            if should_yield is not None and should_yield():
                return

    def apply_live(self, config: ExperimentConfig) -> None:
        """Give the rivals the settings that the run goes on with, at the same step; each keeps its first weights."""
        self.follow()
        for rival, start in zip(self._rivals, self._starts, strict=True):
            rival.apply_live(edits.change(config, "network.initial", start))

    def reset(self) -> None:
        """Take the rivals back to their starts."""
        for rival in self._rivals:
            rival.reset()

    def end(self) -> None:
        """Train without the rivals from now on."""
        self._lead.rivals = ()

    def _steps_behind(self, rival: Trainer) -> int:
        """Return the steps that a rival has yet to make; none once its run has ended."""
        return 0 if rival.stopped_by is not None else max(0, self._lead.step_count - rival.step_count)


@dataclass(frozen=True)
class RaceLook(Probe[tuple[RacerView, ...]]):
    """How the networks of a race are doing, the run itself first; empty where there is no race."""

    def compute(self, trainer: Trainer) -> tuple[RacerView, ...]:
        """Return a copy."""
        return tuple(map(_view_of, (trainer, *trainer.rivals))) if trainer.rivals else ()


def _view_of(racer: Trainer) -> RacerView:
    network = racer.network
    layers = tuple(
        (distinct_units(network.weights[k], network.biases[k]), network.sizes[k + 1]) for k in range(network.layers - 1)
    )
    return RacerView(racer.step_count, racer.history.view(), layers, racer.stopped_by)
