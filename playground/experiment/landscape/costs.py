"""What each way of finding the gradient costs: forward passes, multiplications, and seconds, measured and projected."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from time import perf_counter

import numpy as np

from playground.engine.gradients import NumericalLossGradient
from playground.engine.network import Network
from playground.engine.training_step import TrainingStep
from playground.experiment.landscape.around import Batch, batch_of
from playground.experiment.probes.snapshot import Probe
from playground.experiment.training.trainer import Trainer

MEASURED = 0.03
"""Seconds for which a slow way is measured at a time; the rest is projected."""

_TRIALS, _LONGEST = 10, 0.3
"""How often each way is measured, of which the fastest counts; less often where that takes so many seconds."""


@dataclass(frozen=True)
class Cost:
    """What one gradient costs: losses computed (each a forward pass, or a part of one), and multiplications."""

    losses: int
    multiplications: int


@dataclass(frozen=True)
class MeasuredCosts:
    """The costs of one step of the run.

    Attributes
    ----------
    costs
        Of each way in `GRADIENTS`.
    seconds
        Of one gradient by each of them, measured on this machine; what takes long is projected from a part.
    steps, spent
        Steps made so far, and seconds of training they took, by the run's own method.
    """

    costs: dict[str, Cost]
    seconds: dict[str, float]
    steps: int
    spent: float


def costs_of(sizes: Sequence[int], rows: int) -> dict[str, Cost]:
    """Return what one gradient of a network costs by each way in `GRADIENTS`, over so many rows.

    Products of matrices are counted, and the products with a moved weight; not the activations.
    """
    layers = [n_in * n_out for n_in, n_out in pairwise(sizes)]
    forward = rows * sum(layers)
    parameters = [(n_in + 1) * n_out for n_in, n_out in pairwise(sizes)]
    # Forward; the gradients of the weights; and the deltas, of all layers but the first.
    backprop = 3 * forward - rows * layers[0]
    clever = forward
    for k, count in enumerate(parameters):
        after = 0 if k == len(layers) - 1 else sizes[k + 2] + sum(layers[k + 2 :])
        clever += 2 * count * rows * (1 + after)
    losses = 2 * sum(parameters)
    return {
        "backprop": Cost(1, backprop),
        "numerical": Cost(losses, clever),
        "numerical-naive": Cost(losses, losses * forward),
    }


def backprop_seconds(network: Network, batch: Batch, loss: str) -> float:
    """Return the seconds of a training step by backpropagation on this machine, the best of some trials."""
    step = TrainingStep(network.copy(), len(batch.x), loss)
    step.inputs[...], step.targets[...] = batch.x, batch.t

    def measure() -> float:
        began = perf_counter()
        step.run()
        return perf_counter() - began

    with np.errstate(all="ignore"):
        return _best(measure)


def numerical_seconds(network: Network, batch: Batch, loss: str, *, naive: bool) -> float:
    """Return the seconds of one gradient by numerical differentiation, projected from its first part; the best, too."""

    def measure() -> float:
        work = NumericalLossGradient(network, batch.x, batch.t, loss, naive)
        began = perf_counter()
        work.go_on(lambda: perf_counter() - began > MEASURED)
        return (perf_counter() - began) * work.total / work.done

    return _best(measure)


def _best(measure: Callable[[], float]) -> float:
    """Return the shortest of some measurements: the others were held up by what else the machine does."""
    end, found = perf_counter() + _LONGEST, [measure()]
    while len(found) < _TRIALS and perf_counter() < end:
        found.append(measure())
    return min(found)


@dataclass(frozen=True)
class CostProbe(Probe[MeasuredCosts]):
    """Measure the gradient of the next batch in each way; takes up to a second, so ask once."""

    def compute(self, trainer: Trainer) -> MeasuredCosts:
        """Return the costs of the network and its batch as they are now."""
        network, loss, batch = trainer.network, trainer.config.training.loss, batch_of(trainer)
        seconds = {
            "backprop": backprop_seconds(network, batch, loss),
            "numerical": numerical_seconds(network, batch, loss, naive=False),
            "numerical-naive": numerical_seconds(network, batch, loss, naive=True),
        }
        costs = costs_of(network.sizes, len(batch.x))
        return MeasuredCosts(costs, seconds, trainer.step_count, trainer.training_seconds)
