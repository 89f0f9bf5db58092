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
    """The progress of one network of a comparison, after so many steps.

    `layers` has for each hidden layer how many of its units are distinct, and how many there are; `stopped_by` what
    ended its run, ``"diverged"`` where its numbers stopped being numbers, or None.
    """

    step: int
    history: HistoryView
    layers: tuple[tuple[int, int], ...]
    stopped_by: str | None


def add_competitors(lead: Trainer, starts: Sequence[InitialWeights]) -> None:
    """Give a run at step 0 competitors, one for each of these initial weights.

    Rows are drawn by the seed and the number of the step alone, so all see the same batches. They are independent: each
    run is, bit for bit, the same as alone.
    """
    lead.competitors = tuple(
        Trainer(edits.change(lead.config, "network.initial", start), lead.data) for start in starts
    )


def follow(lead: Trainer, should_yield: Callable[[], bool] | None = None) -> None:
    """Train each competitor up to the step of the run itself, or until `should_yield` returns True."""
    for competitor in lead.competitors:
        behind = _steps_behind(lead, competitor)
        if not behind:
            continue
        competitor.run(behind, should_yield)
        if should_yield is not None and should_yield():
            return


def is_level(lead: Trainer) -> bool:
    """Return whether all have made the same number of steps, but for those whose run has ended."""
    return not any(_steps_behind(lead, competitor) for competitor in lead.competitors)


def apply_live(lead: Trainer, config: ExperimentConfig) -> None:
    """Apply settings to the run and, at the same step, to its competitors; their initial weights stay."""
    follow(lead)
    lead.apply_live(config)
    for competitor in lead.competitors:
        competitor.apply_live(edits.change(config, "network.initial", competitor.config.network.initial))


def _steps_behind(lead: Trainer, competitor: Trainer) -> int:
    """Return the steps that a competitor has yet to make; none once its run has ended."""
    return 0 if competitor.stopped_by is not None else max(0, lead.step_count - competitor.step_count)


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
