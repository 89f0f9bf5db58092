"""Networks that differ in their initial weights alone, trained side by side on the same rows in the same order."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from playground.experiment.config import edits
from playground.experiment.config.schema import ExperimentConfig
from playground.experiment.probes.snapshot import Probe
from playground.experiment.runs.initial_weights import InitialWeights
from playground.experiment.training.history import HistoryView
from playground.experiment.training.layer_statistics import distinct_units
from playground.experiment.training.trainer import Trainer

MOST_COMPETITORS = 3
"""Beside the run itself; more curves could not be distinguished."""


@dataclass(frozen=True, eq=False)
class ComparedRun:
    """The progress of one network of a comparison.

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
    """The network of a run, and competitors with other initial weights that are trained on the same batches.

    Rows are drawn by the seed and the number of the step alone, so all see the same batches. They are
    independent: each run is, bit for bit, the same as alone.

    Parameters
    ----------
    lead
        The run itself, at step 0.
    starts
        The initial weights of each competitor.

    Attributes
    ----------
    trainers
        All of them, the run itself first.
    """

    def __init__(self, lead: Trainer, starts: Sequence[InitialWeights]) -> None:
        self._lead = lead
        self._starts = tuple(starts)
        self._competitors = tuple(
            Trainer(edits.change(lead.config, "network.initial", start), lead.data) for start in starts
        )
        self.trainers = (lead, *self._competitors)
        lead.competitors = self._competitors

    @property
    def is_level(self) -> bool:
        """Whether all have made the same number of steps, but for those whose run has ended."""
        return not any(map(self._steps_behind, self._competitors))

    def follow(self, should_yield: Callable[[], bool] | None = None) -> None:
        """Train each competitor up to the step of the run itself, or until `should_yield` returns True."""
        for competitor in self._competitors:
            behind = self._steps_behind(competitor)
            if not behind:
                continue
            competitor.run(behind, should_yield)
            if should_yield is not None and should_yield():
                return

    def apply_live(self, config: ExperimentConfig) -> None:
        """Apply the settings of the run to the competitors, at the same step; initial weights stay."""
        self.follow()
        for competitor, start in zip(self._competitors, self._starts, strict=True):
            competitor.apply_live(edits.change(config, "network.initial", start))

    def reset(self) -> None:
        """Reset the competitors to their initial weights."""
        for competitor in self._competitors:
            competitor.reset()

    def end(self) -> None:
        """End the comparison: train the run itself alone."""
        self._lead.competitors = ()

    def _steps_behind(self, competitor: Trainer) -> int:
        """Return the steps that a competitor has yet to make; none once its run has ended."""
        return 0 if competitor.stopped_by is not None else max(0, self._lead.step_count - competitor.step_count)


@dataclass(frozen=True)
class ComparisonProbe(Probe[tuple[ComparedRun, ...]]):
    """The progress of the networks of a comparison, the run itself first; empty without a comparison."""

    def compute(self, trainer: Trainer) -> tuple[ComparedRun, ...]:
        """Return a copy."""
        return tuple(map(_view_of, (trainer, *trainer.competitors))) if trainer.competitors else ()


def _view_of(trainer: Trainer) -> ComparedRun:
    network = trainer.network
    layers = tuple(
        (distinct_units(network.weights[k], network.biases[k]), network.sizes[k + 1]) for k in range(network.layers - 1)
    )
    return ComparedRun(trainer.step_count, trainer.history.view(), layers, trainer.stopped_by)
