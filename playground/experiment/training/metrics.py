"""Results of training: how good the network is, and where its numbers stopped being numbers."""

from dataclasses import dataclass
from typing import Any

from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class Metrics:
    """How good the network is on one part of the data; `accuracy` is None for regression."""

    loss: float
    accuracy: float | None


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
