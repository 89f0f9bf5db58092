"""Results of training: how good the network is, and where its numbers stopped being numbers."""

import math
from dataclasses import dataclass
from typing import Any

from numpy.typing import NDArray

from playground.data.preparation import PreparedData

SQUARES = {"squared": 2.0, "mse": 1.0}
"""The losses made of squared errors, and how many times the loss of one number is its mean square."""


@dataclass(frozen=True, eq=False)
class Metrics:
    """How good the network is on one part of the data; `accuracy` is None for regression."""

    loss: float
    accuracy: float | None


def has_error(data: PreparedData, loss: str) -> bool:
    """Return whether the error in the units of the data follows from a loss: of one number, with a squared one."""
    return data.dataset.task == "regression" and data.n_outputs == 1 and loss in SQUARES


def root_mean_square_error(metrics: Metrics, data: PreparedData, loss: str) -> float | None:
    """Return the root mean square error in the units of the data; None where not `has_error`."""
    if not has_error(data, loss):
        return None
    scale = 1.0 if data.target_deviation is None else float(data.target_deviation[0])
    return math.sqrt(SQUARES[loss] * metrics.loss) * scale


@dataclass(frozen=True, eq=False)
class Divergence:
    """Where the numbers stopped being numbers, or the loss grew without bounds.

    `step` is the number of the step, from 1, that broke it; `layer` counts from 1 (the first hidden layer);
    `what` is ``"weights"``, ``"activations"`` or ``"loss"``.
    """

    step: int
    layer: int
    what: str
    last_loss: float


@dataclass(frozen=True, eq=False)
class Best:
    """The network at the lowest test loss that an evaluation has seen in this run.

    `step` is how many steps had been made, `test` what the evaluation gave, `parameters` a copy, flat.
    """

    step: int
    test: Metrics
    parameters: NDArray[Any]


@dataclass(frozen=True)
class StepProgress:
    """The progress of a slow training step: `done` of `total` losses computed, in `seconds`."""

    done: int
    total: int
    seconds: float

    @property
    def share(self) -> float:
        """From 0 to 1."""
        return self.done / self.total

    @property
    def step_seconds(self) -> float | None:
        """The estimated duration of the whole step, in seconds; None before the first part."""
        return self.seconds / self.share if self.done else None
