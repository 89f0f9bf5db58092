"""Networks that differ in their initial weights alone, trained side by side on the same rows in the same order."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from playground.experiment.config import edits
from playground.experiment.config.schema import ExperimentConfig
from playground.experiment.probes.snapshot import Probe
from playground.experiment.runs.initial_weights import InitialWeights
from playground.experiment.training.history import Floats, read_only
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
    steps, train_loss, accuracy
        Of each evaluation, (evaluations,): the steps made before it, the training loss, and the test accuracy (the
        training accuracy where there is no test part, NaN for regression).
    layers
        For each hidden layer how many of its units are distinct, and how many there are.
    stopped_by
        What ended its run, ``"diverged"`` where its numbers stopped being numbers, or None.
    """

    step: int
    steps: Floats
    train_loss: Floats
    accuracy: Floats
    layers: tuple[tuple[int, int], ...]
    stopped_by: str | None

    @property
    def loss(self) -> float:
        """The latest training loss."""
        return float(self.train_loss[-1])


def places(runs: Sequence[ComparedRun]) -> list[float]:
    """Return the place of each run, the first one is 0, equal ones share it; NaN where it has diverged.

    Those that have ended below the loss at which training stops come first, by how many steps they have made, whatever
    their losses are; then the others, by training loss.
    """
    orders = [_order(run) for run in runs]
    better = sorted({order for order in orders if order is not None})
    return [math.nan if order is None else float(better.index(order)) for order in orders]


def _order(run: ComparedRun) -> tuple[bool, float] | None:
    if run.stopped_by == "diverged" or not math.isfinite(run.loss):
        return None
    is_there = run.stopped_by == "loss_below"
    return (not is_there, run.step if is_there else run.loss)


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
        """Return a copy; of none that goes on an evaluation at a step that others have yet to reach."""
        if not trainer.competitors:
            return ()
        everyone = (trainer, *trainer.competitors)
        level = min((one.step_count for one in everyone if one.stopped_by is None), default=0)
        return tuple(_view_of(one, level if one.stopped_by is None else one.step_count) for one in everyone)


def _view_of(trainer: Trainer, last: int) -> ComparedRun:
    """Return the progress of a network, with its evaluations up to the step `last`."""
    network, history = trainer.network, trainer.history.view()
    evaluated_at, train, test = trainer.evaluated_at, trainer.metrics_train, trainer.metrics_test
    if train is not None and evaluated_at > history.metric_steps[-1]:
        history = history.with_evaluation(evaluated_at, np.nan, train, test)
    accuracy = history.train_accuracy if test is None else history.test_accuracy
    count = max(1, np.searchsorted(history.metric_steps, last, "right"))
    layers = tuple(
        (distinct_units(network.weights[k], network.biases[k]), network.sizes[k + 1]) for k in range(network.layers - 1)
    )
    return ComparedRun(
        step=trainer.step_count,
        steps=read_only(history.metric_steps[:count]),
        train_loss=read_only(history.train_loss[:count]),
        accuracy=read_only(accuracy[:count]),
        layers=layers,
        stopped_by=trainer.stopped_by,
    )
