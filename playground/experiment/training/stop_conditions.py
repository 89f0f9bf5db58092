"""When a run ends, and how near that is."""

import math

from playground.experiment.config.schema import StopConfig
from playground.experiment.training.metrics import Metrics


def condition_met(stop: StopConfig, steps: int, epochs: float, loss: float | None, seen: Metrics | None) -> str | None:
    """Return the name of the first condition that holds, or None.

    `loss` is the training loss that ``loss_below`` is about, `seen` the latest metrics of the test part (of the
    training part where there is none).
    """
    if stop.steps is not None and steps >= stop.steps:
        return "steps"
    if stop.epochs is not None and epochs >= stop.epochs:
        return "epochs"
    if stop.loss_below is not None and loss is not None and loss < stop.loss_below:
        return "loss_below"
    accuracy = None if seen is None else seen.accuracy
    if stop.accuracy_above is not None and accuracy is not None and accuracy > stop.accuracy_above:
        return "accuracy_above"
    return None


def progress(stop: StopConfig, steps: int, epochs: float, losses: tuple[float, float] | None) -> float | None:
    """Return how near the nearest condition is, from 0 to 1; None where there is none.

    `losses` are the training loss at the start and now; on the way to ``loss_below`` every halving counts
    the same. An accuracy says nothing about when it will be reached, so it does not count.
    """
    shares: list[float] = []
    if stop.steps is not None:
        shares.append(steps / stop.steps)
    if stop.epochs is not None:
        shares.append(epochs / stop.epochs)
    if stop.loss_below and losses is not None:
        first, now = losses
        if 0 < stop.loss_below < first and now > 0:
            shares.append(math.log(first / now) / math.log(first / stop.loss_below))
    return min(max(0.0, *shares), 1.0) if shares else None


def planned_end(stop: StopConfig, step: float, epoch: int, per_epoch: float) -> tuple[float, float] | None:
    """Return the step and the epoch at which the run ends at the latest; None where that is not known.

    `step` and `epoch` are where the epoch under way ends; each epoch after it has `per_epoch` steps.
    """
    steps = [] if stop.steps is None else [float(stop.steps)]
    if stop.epochs is not None:
        steps.append(step + (stop.epochs - epoch) * per_epoch)
    return (min(steps), epoch + (min(steps) - step) / per_epoch) if steps else None
